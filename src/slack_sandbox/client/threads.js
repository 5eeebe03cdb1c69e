// The threads one has a part in, newest reply first; and whether something was said in them since one looked.

import { read } from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { earlier } from "./log.js";
import { MessageView } from "./message.js";
import { emit, labelOf, on, state } from "./store.js";
import { orTold } from "./tell.js";

const PAUSE_MS = 150;
let threads = [];
let reader = null; // whose they are
let timer = null;

let opened = null; // the thread in the pane

const seenKey = () => `sandbox.threads ${state.me.id}`;
const keyOf = (root) => `${root.channel} ${root.ts}`;
const seen = () => JSON.parse(localStorage.getItem(seenKey()) ?? "{}");

/** Remember how far the threads that `isSeen` have been read; those that are no longer listed are forgotten. */
function note(isSeen) {
  if (!threads.length) return;
  const before = seen();
  const entries = threads.map(({ root, replies }) => {
    const key = keyOf(root);
    return [key, isSeen(key) ? replies.at(-1).ts : (before[key] ?? "")];
  });
  localStorage.setItem(seenKey(), JSON.stringify(Object.fromEntries(entries)));
}

/** Whether somebody else has replied since one looked. */
export function hasNewReplies() {
  const before = seen();
  const isNew = (root, one) =>
    one.user !== state.me.id && earlier(before[keyOf(root)] || "0000000000.000000", one.ts);
  return threads.some(({ root, replies }) => replies.some((one) => isNew(root, one)));
}

/** The thread of the pane is being read; none is when it is closed. */
export function readThread(root) {
  opened = root && keyOf(root);
  if (!opened) return;
  note((key) => key === opened);
  emit("threads");
}

/** Ask for the threads of the acting person; those who show them hear `threads`. */
export async function loadThreads() {
  const who = state.me.id;
  if (who !== reader) [threads, reader] = [[], who];
  const answer = await orTold(() => read("threads"));
  if (!answer || who !== state.me.id) return;
  ({ threads } = answer);
  if (opened) note((key) => key === opened);
  emit("threads");
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(loadThreads, PAUSE_MS);
}

on("live:message", ({ message }) => message.thread_ts && message.thread_ts !== message.ts && soon());
on("live:message_changed", ({ message }) => message.thread_ts && soon());
on("live:message_deleted", soon);

/** Draw them into `body` and keep them true; returns what stops that. */
export function openThreads(body) {
  const list = h("div", { class: "pane-list" });
  const draw = () => {
    note(() => true);
    fill(list, threads.length ? threads.map(card) : nothing());
    emit("channels");
  };
  fill(body, list);
  const off = on("threads", draw);
  loadThreads();
  return off;
}

function nothing() {
  return h(
    "div",
    { class: "empty" },
    icon("reply", 28),
    h("p", null, h("b", null, "No threads yet")),
    h("p", { class: "note" }, "Threads that you write in, or are mentioned in, are listed here."),
  );
}

function card({ root, replies }) {
  const last = replies.at(-1);
  const hidden = root.reply_count - replies.length;
  const open = () => emit("goto", { channel: root.channel, ts: last.ts, thread_ts: root.ts });
  return h(
    "div",
    { class: "card" },
    h("p", { class: "note thread-place" }, labelOf(state.channels.get(root.channel))),
    drawn(root),
    hidden > 0 ? h("p", { class: "note thread-more" }, moreReplies(hidden)) : null,
    replies.map(drawn),
    h(
      "div",
      { class: "card-tools" },
      h("button", { type: "button", class: "text-button", on: { click: open } }, "Open thread"),
    ),
  );
}

const moreReplies = (count) => (count === 1 ? "1 more reply" : `${count} more replies`);

function drawn(message) {
  const view = new MessageView("found");
  view.update({ ...message, pinned_to: [] });
  return view.node;
}
