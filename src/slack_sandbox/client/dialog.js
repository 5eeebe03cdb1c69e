// Modal dialogs. What opens above the page belongs inside the topmost one, since all outside it is inert.

import { h, uid } from "./dom.js";
import { icon } from "./icons.js";

const dialogs = [];

/** Where a new popover, tooltip or toast belongs. */
export function layerRoot() {
  return dialogs.at(-1) ?? document.body;
}

/**
 * Open a modal dialog named by its title. `onEscape` is asked instead of closing when given. Returns
 * {node, body, footer, title, close}; focus returns to where it was.
 */
export function openDialog({
  title,
  className = "",
  content = [],
  footer = [],
  onClose = null,
  onEscape = null,
}) {
  const titleId = uid("title");
  const heading = h("h1", { class: "dialog-title", id: titleId }, title);
  const body = h("div", { class: "dialog-body" }, content);
  const foot = h("div", { class: "dialog-footer" }, footer);
  const shut = h(
    "button",
    { type: "button", class: "icon-button dialog-close", "aria-label": "Dismiss dialog" },
    icon("close"),
  );
  const node = h(
    "dialog",
    { class: `dialog ${className}`, "aria-labelledby": titleId },
    h("div", { class: "dialog-head" }, heading, shut),
    body,
    foot,
  );
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
    const yes = h(
      "button",
      { type: "button", class: danger ? "button button-danger" : "button button-primary" },
      confirm,
    );
    const no = h("button", { type: "button", class: "button" }, deny);
    const dialog = openDialog({
      title,
      className: "dialog-small",
      content: h("div", { class: "confirm-text" }, text),
      footer: [no, yes],
      onClose: () => resolve(answer),
    });
    no.addEventListener("click", dialog.close);
    yes.addEventListener("click", () => {
      answer = true;
      dialog.close();
    });
    yes.focus();
  });
}

function moveToasts() {
  const tray = document.getElementById("toasts");
  if (tray.parentNode !== layerRoot()) layerRoot().append(tray);
}
