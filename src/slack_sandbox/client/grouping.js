// What stands between messages, and which ones belong together.

import { authorOf, isSystem } from "./author.js";
import { h } from "./dom.js";
import { dayName } from "./format.js";

const GROUP_S = 300; // messages of one author this close together share a heading

/** Whether `message` stands under the name of the one before it. */
export function follows(message, before) {
  if (message.blocks?.some((block) => block.type !== "rich_text")) return false;
  if (!before || isSystem(message) || isSystem(before) || message.subtype === "thread_broadcast")
    return false;
  if (
    Boolean(message.is_ephemeral) !== Boolean(before.is_ephemeral) ||
    Number(message.ts) - Number(before.ts) > GROUP_S
  )
    return false;
  const [one, other] = [authorOf(message), authorOf(before)];
  return one.id === other.id && one.name === other.name && message.subtype !== "tombstone";
}

export function dayDivider(ts) {
  return h(
    "div",
    { class: "day", role: "separator", "aria-label": dayName(ts) },
    h("span", null, dayName(ts)),
  );
}

export function newDivider() {
  return h(
    "div",
    { class: "day day-new", role: "separator", "aria-label": "New messages" },
    h("span", null, "New"),
  );
}

export function replyDivider(count) {
  return h(
    "div",
    { class: "day day-replies", role: "separator" },
    h("span", null, count === 1 ? "1 reply" : `${count} replies`),
  );
}
