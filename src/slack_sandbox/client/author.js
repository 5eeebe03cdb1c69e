// Who wrote a message, what it says, and how to react to it.

import { Refused, act } from "./api.js";
import { nameOf, person, state } from "./store.js";
import { toast } from "./toast.js";
import { toPlain } from "./words.js";

/** Subtypes of Slack's own lines, each with its icon. */
export const SYSTEM = {
  channel_join: "person",
  group_join: "person",
  channel_leave: "exit",
  group_leave: "exit",
  channel_topic: "pencil",
  channel_purpose: "pencil",
  group_topic: "pencil",
  group_purpose: "pencil",
  channel_name: "hash",
  group_name: "hash",
  channel_archive: "archive",
  group_archive: "archive",
  channel_unarchive: "archive",
  group_unarchive: "archive",
  pinned_item: "pin",
  bookmark_added: "bookmark",
  bot_add: "plus",
};

/** Whether Slack wrote it rather than somebody. */
export function isSystem(message) {
  return Object.hasOwn(SYSTEM, message.subtype ?? "");
}

/** Who a message is by, as {id, name, one}. */
export function authorOf(message) {
  const one = person(message.user);
  if (message.username)
    return {
      id: message.user,
      name: message.username,
      one: { ...one, real_name: message.username, is_bot: true, icon_emoji: message.icons?.emoji ?? null },
    };
  return { id: message.user, name: one ? nameOf(one.id) : (message.user ?? "App"), one };
}

/** The words of a message, for screen readers, previews and search. */
export function wordsOf(message) {
  if (message.subtype === "tombstone") return "This message was deleted.";
  const words = toPlain(message.text ?? "").trim();
  return words || (message.files?.length ? message.files.map((file) => file.name).join(", ") : "");
}

/** "white_check_mark" pressed on a message: added, or taken back when it was mine. */
export async function toggleReaction(message, name) {
  const mine = message.reactions?.some((one) => one.name === name && one.users.includes(state.me.id));
  try {
    await act(mine ? "unreact" : "react", { channel: message.channel, ts: message.ts, name });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Two quick presses: what was wanted is so already.
    if (!["already_reacted", "no_reaction"].includes(error.code)) toast(error.message);
  }
}
