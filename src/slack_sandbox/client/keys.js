// The keys one can press, for those who ask.

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";

const KEYS = [
  ["Ctrl K", "Jump to a channel or person"],
  ["Ctrl Shift A", "Act as somebody else"],
  ["Alt ↑ / Alt ↓", "Previous, next channel"],
  ["Alt Shift ↓", "Next unread channel"],
  ["Ctrl F", "Search in this channel"],
  ["Ctrl U", "Attach files"],
  ["↑ in an empty box", "Edit your last message"],
  ["Enter / Shift Enter", "Send / new line"],
  ["↑ ↓ in the list", "Walk through the messages"],
  ["R", "React to the message"],
  ["T", "Reply in its thread"],
  ["E", "Edit it"],
  ["P", "Pin or unpin it"],
  ["L", "Copy its link"],
  ["U", "Mark unread from it"],
  ["Delete", "Delete it"],
  ["Esc", "Close what is open"],
  ["Ctrl /", "This list"],
];

export function showKeys() {
  openDialog({
    title: "Keyboard shortcuts",
    className: "dialog-small",
    content: h(
      "dl",
      { class: "keys" },
      KEYS.map(([key, what]) => h("div", null, h("dt", null, h("kbd", null, key)), h("dd", null, what))),
    ),
  });
}
