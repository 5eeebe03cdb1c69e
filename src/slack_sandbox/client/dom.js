// Building DOM. Text only ever enters as text nodes, so what people write can never become markup.

/**
 * Make an element. `props`: `class`, `on` (listeners), `data` (dataset), `value`/`checked`/`disabled`… as
 * properties, everything else as an attribute; null, undefined and false are left out. Children may nest.
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    setProp(node, name, value);
  }
  append(node, children);
  return node;
}

const AS_PROPERTY = new Set(["value", "checked", "disabled", "hidden", "open", "multiple", "tabIndex"]);

function setProp(node, name, value) {
  if (name === "class") node.className = value;
  else if (name === "on") for (const [type, fn] of Object.entries(value)) node.addEventListener(type, fn);
  else if (name === "data")
    for (const [key, item] of Object.entries(value)) {
      if (item !== null && item !== undefined) node.dataset[key] = item;
    }
  else if (AS_PROPERTY.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/** Add children: nodes, strings, numbers, nested lists; empty values are skipped. */
export function append(node, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/** Replace everything inside `node`. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, ...children);
}

/** Text for screen readers only. */
export function hidden(text) {
  return h("span", { class: "visually-hidden" }, text);
}

let counter = 0;

/** A page-unique id, for labels and descriptions to point at. */
export function uid(prefix = "e") {
  counter += 1;
  return `${prefix}-${counter}`;
}

/**
 * Make `parent` hold exactly `nodes`, in order, touching only what differs: nodes that stay keep their
 * focus, scroll position and typed text.
 */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let cursor = parent.firstChild;
  for (const node of nodes) {
    if (node === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(node, cursor);
  }
}

const FOCUSABLE =
  "a[href],button:not(:disabled),input:not(:disabled),select:not(:disabled)," +
  "textarea:not(:disabled),[tabindex]:not([tabindex='-1'])";

/** What the Tab key would stop at inside `root`, in order. */
export function focusables(root) {
  return [...root.querySelectorAll(FOCUSABLE)].filter(
    (node) => node.offsetParent !== null || node === document.activeElement,
  );
}

/** Whether the page is laid out for a phone. */
export function isNarrow() {
  return window.matchMedia("(max-width: 760px)").matches;
}
