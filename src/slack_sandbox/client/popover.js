// Popovers and menus: small things beside what opened them, one at a time.

import { layerRoot } from "./dialog.js";
import { focusables, h } from "./dom.js";
import { icon } from "./icons.js";

let popover = null;

/**
 * Show `content` beside `anchor` (an element, or {x, y}). It closes on Escape, on a press outside, or by the returned
 * function. `role` and `label` name it; `keepFocus` leaves the focus where it is.
 */
export function openPopover({
  anchor,
  content,
  role = "dialog",
  label,
  className = "",
  onClose = null,
  keepFocus = false,
  matchWidth = false,
}) {
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
  const rows = items.map((item) =>
    item ? menuRow(item) : h("div", { class: "menu-line", role: "separator" }),
  );
  const list = h("div", { class: "menu", role: "menu", "aria-label": label }, rows);
  list.addEventListener("keydown", (event) =>
    moveInList(event, [...list.querySelectorAll("[role^=menuitem]")]),
  );
  const opened = openPopover({
    anchor,
    content: [header, list],
    role: "region",
    label,
    className: "popover-menu",
    onClose: () => anchor.setAttribute?.("aria-expanded", "false"),
  });
  anchor.setAttribute?.("aria-expanded", "true");
  const first = list.querySelector("[aria-checked=true]") ?? list.querySelector("[role^=menuitem]");
  if (first) first.tabIndex = 0;
  first?.focus({ preventScroll: true });
  return opened;
}

function menuRow({ label, icon: sign, run, danger, href, checked, note, lead, data }) {
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const inside = [
    lead ?? (sign ? icon(sign) : null),
    h("span", { class: "menu-label" }, label, note ? h("span", { class: "menu-note" }, note) : null),
    checked ? icon("check") : null,
  ];
  const props = {
    role,
    class: danger ? "menu-item danger" : "menu-item",
    tabIndex: -1,
    data,
    "aria-checked": checked === undefined ? null : String(Boolean(checked)),
  };
  const pick = () => {
    popover?.close();
    run?.();
  };
  if (href)
    return h(
      "a",
      { ...props, href, target: "_blank", rel: "noopener noreferrer", on: { click: pick } },
      inside,
    );
  return h("button", { ...props, type: "button", on: { click: pick } }, inside);
}

/** Arrow keys, Home, End and first letters move the focus through `items`. */
export function moveInList(event, items) {
  if (!items.length) return;
  const at = items.indexOf(document.activeElement);
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at === -1 ? items.length - 1 : at - 1,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length].focus();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && /\S/.test(event.key)) {
    const wanted = event.key.toLowerCase();
    const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    after.find((item) => item.textContent.trim().toLowerCase().startsWith(wanted))?.focus();
  }
}
