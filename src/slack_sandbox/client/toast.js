// Short notices that go away by themselves.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 7000;

/** A short notice. Errors interrupt a screen reader (role=alert); the rest waits its turn. */
export function toast(text, { kind = "error", action = null } = {}) {
  const close = () => node.remove();
  const node = h(
    "div",
    { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status" },
    h("span", { class: "toast-text" }, text),
    action
      ? h(
          "button",
          {
            type: "button",
            class: "toast-action",
            on: {
              click: () => {
                action.run();
                close();
              },
            },
          },
          action.label,
        )
      : null,
    h(
      "button",
      { type: "button", class: "icon-button toast-close", "aria-label": "Dismiss", on: { click: close } },
      icon("close", 16),
    ),
  );
  const tray = document.getElementById("toasts");
  tray.append(node);
  while (tray.children.length > 4) tray.firstChild.remove();
  setTimeout(close, SHOWN_MS);
}
