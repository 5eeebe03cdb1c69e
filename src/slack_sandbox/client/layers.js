// What lies above the page: dialogs, popovers and toasts. Only one thing at a time answers to Escape.

import { focusables, h, uid } from "./dom.js";
import { icon } from "./icons.js";

const dialogs = [];

/** Where a new popover or toast belongs: in the topmost dialog, since all outside it is inert. */
export function layerRoot() {
  return dialogs.at(-1) ?? document.body;
}

/**
 * Open a modal dialog named by its title. `onEscape` is asked instead of closing when given. Returns
 * {node, body, footer, title, close}; focus returns to where it was.
 */
export function openDialog({ title, className = "", content = [], footer = [], onClose = null, onEscape = null }) {
  const titleId = uid("title");
  const heading = h("h1", { class: "dialog-title", id: titleId }, title);
  const body = h("div", { class: "dialog-body" }, content);
  const foot = h("div", { class: "dialog-footer" }, footer);
  const shut = h("button", { type: "button", class: "icon-button dialog-close", "aria-label": "Close" }, icon("close"));
  const node = h("dialog", { class: `dialog ${className}`, "aria-labelledby": titleId },
    h("div", { class: "dialog-head" }, heading, shut), body, foot);
  const before = document.activeElement;
  const close = () => {
    if (!node.isConnected) return;
    dialogs.splice(dialogs.indexOf(node), 1);
    moveToasts();
    node.close();
    node.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
    onClose?.();
  };
  const escape = onEscape ?? close;
  shut.addEventListener("click", () => escape("close"));
  node.addEventListener("cancel", (event) => event.preventDefault());
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    escape("escape");
  });
  node.addEventListener("mousedown", (event) => {
    if (event.target === node && !onEscape) close();
  });
  document.body.append(node);
  node.showModal();
  dialogs.push(node);
  moveToasts();
  return { node, body, footer: foot, title: heading, close };
}

/** Ask before doing something. `ask` is Slack's confirm object with plain strings; resolves to true or false. */
export function confirmDialog({ title, text, confirm = "Yes", deny = "Cancel", danger = false }) {
  return new Promise((resolve) => {
    let answer = false;
    const yes = h("button", { type: "button", class: danger ? "button button-danger" : "button button-primary" }, confirm);
    const no = h("button", { type: "button", class: "button" }, deny);
    const dialog = openDialog({ title, className: "dialog-small", content: h("div", { class: "confirm-text" }, text),
      footer: [no, yes], onClose: () => resolve(answer) });
    no.addEventListener("click", dialog.close);
    yes.addEventListener("click", () => {
      answer = true;
      dialog.close();
    });
    yes.focus();
  });
}

let popover = null;

/**
 * Show `content` beside `anchor` (an element, or {x, y}). It closes on Escape, on a press outside, or by the returned
 * function. `role` and `label` name it; `keepFocus` leaves the focus where it is.
 */
export function openPopover({ anchor, content, role = "dialog", label, className = "", onClose = null, keepFocus = false, matchWidth = false }) {
  closePopover();
  const before = document.activeElement;
  const node = h("div", { class: `popover ${className}`, role, "aria-label": label, tabIndex: -1 }, content);
  layerRoot().append(node);
  const settle = () => place(node, anchor, matchWidth);
  settle();
  const outside = (event) => {
    if (node.contains(event.target) || (anchor instanceof Node && anchor.contains(event.target))) return;
    close(false);
  };
  const escape = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  const close = (restore = true) => {
    if (!node.isConnected) return;
    node.remove();
    popover = null;
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", escape, true);
    window.removeEventListener("scroll", settle, true);
    window.removeEventListener("resize", settle);
    if (restore && before?.isConnected && !keepFocus) before.focus({ preventScroll: true });
    onClose?.();
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", escape, true);
  window.addEventListener("scroll", settle, true);
  window.addEventListener("resize", settle);
  popover = { node, close, settle };
  if (!keepFocus) (focusables(node)[0] ?? node).focus({ preventScroll: true });
  return popover;
}

export function closePopover() {
  popover?.close(false);
}

const GAP = 6;

/** Below the anchor when there is room, else above, else where most fits; never outside the window. */
function place(node, anchor, matchWidth) {
  const at = anchor instanceof Node ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  if (matchWidth) node.style.minWidth = `${Math.round(at.width)}px`;
  const below = window.innerHeight - at.bottom - 2 * GAP;
  const above = at.top - 2 * GAP;
  node.style.maxHeight = `${Math.max(below, above, 160)}px`;
  const { width, height } = node.getBoundingClientRect();
  const top = height <= below || below >= above ? at.bottom + GAP : at.top - GAP - height;
  node.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - width - 8))}px`;
  node.style.top = `${Math.max(8, Math.min(top, window.innerHeight - height - 8))}px`;
}

/** A menu of `items`: {label, icon, run, danger, href, checked, note}; null draws a line. */
export function openMenu(anchor, items, { label = "Menu", header = null } = {}) {
  const rows = items.map((item) => (item ? menuRow(item) : h("div", { class: "menu-line", role: "separator" })));
  const list = h("div", { class: "menu", role: "menu", "aria-label": label }, rows);
  list.addEventListener("keydown", (event) => moveInList(event, [...list.querySelectorAll("[role^=menuitem]")]));
  const opened = openPopover({ anchor, content: [header, list], role: header ? "group" : "presentation", label: header ? label : null,
    className: "popover-menu", onClose: () => anchor.setAttribute?.("aria-expanded", "false") });
  anchor.setAttribute?.("aria-expanded", "true");
  (list.querySelector("[aria-checked=true]") ?? list.querySelector("[role^=menuitem]"))?.focus({ preventScroll: true });
  return opened;
}

function menuRow({ label, icon: sign, run, danger, href, checked, note, lead, data }) {
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const inside = [lead ?? (sign ? icon(sign) : null), h("span", { class: "menu-label" }, label, note ? h("span", { class: "menu-note" }, note) : null),
    checked ? icon("check") : null];
  const props = { role, class: danger ? "menu-item danger" : "menu-item", tabIndex: -1, data,
    "aria-checked": checked === undefined ? null : String(Boolean(checked)) };
  const pick = () => {
    popover?.close();
    run?.();
  };
  if (href) return h("a", { ...props, href, target: "_blank", rel: "noopener noreferrer", on: { click: pick } }, inside);
  return h("button", { ...props, type: "button", on: { click: pick } }, inside);
}

/** Arrow keys, Home, End and first letters move the focus through `items`. */
export function moveInList(event, items) {
  if (!items.length) return;
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at === -1 ? items.length - 1 : at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length].focus();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && /\S/.test(event.key)) {
    const wanted = event.key.toLowerCase();
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    after.find((item) => item.textContent.trim().toLowerCase().startsWith(wanted))?.focus();
  }
}

const SHOWN_MS = 7000;

/** A short notice. Errors interrupt a screen reader (role=alert); the rest waits its turn. */
export function toast(text, { kind = "error", action = null } = {}) {
  const close = () => node.remove();
  const node = h("div", { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status" },
    h("span", { class: "toast-text" }, text),
    action ? h("button", { type: "button", class: "toast-action", on: { click: () => { action.run(); close(); } } }, action.label) : null,
    h("button", { type: "button", class: "icon-button toast-close", "aria-label": "Dismiss", on: { click: close } }, icon("close", 16)));
  const tray = document.getElementById("toasts");
  tray.append(node);
  while (tray.children.length > 4) tray.firstChild.remove();
  setTimeout(close, SHOWN_MS);
}

function moveToasts() {
  const tray = document.getElementById("toasts");
  if (tray.parentNode !== layerRoot()) layerRoot().append(tray);
}
