// Global shortcuts of apps, which need no channel.

import { openMenu } from "./popover.js";
import { state } from "./store.js";
import { tell } from "./tell.js";

/** The shortcuts that apps offer everywhere. */
export function globalShortcuts() {
  return state.shortcuts.filter((one) => one.type !== "message");
}

export function openShortcuts(anchor) {
  const items = globalShortcuts().map((one) => ({
    label: one.name,
    note: [one.app_name, one.description].filter(Boolean).join(" · "),
    icon: "bolt",
    run: () => tell("shortcut", { callback_id: one.callback_id }),
  }));
  openMenu(anchor, items, { label: "Shortcuts" });
}
