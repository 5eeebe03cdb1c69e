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
let timer = null;

const seenKey = () => `sandbox.threads ${state.me.id}`;

/** Whether somebody else has replied since the list was looked at. */
export function hasNewReplies() {
  const seen = localStorage.getItem(seenKey()) ?? "0000000000.000000";
  return threads.some(({ replies }) => replies.some((one) => one.user !== state.me.id && earlier(seen, one.ts)));
}

/** Ask for the threads of the acting person; those who show them hear `threads`. */
export async function loadThreads() {
  const who = state.me.id;
  const answer = await orTold(() => read("threads"));
  if (!answer || who !== state.me.id) return;
  ({ threads } = answer);
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
    const newest = threads[0]?.replies.at(-1)?.ts;
    if (newest) localStorage.setItem(seenKey(), newest);
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
    hidden > 0 ? h("p", { class: "note thread-more" }, hidden === 1 ? "1 more reply" : `${hidden} more replies`) : null,
    replies.map(drawn),
    h(
      "div",
      { class: "card-tools" },
      h("button", { type: "button", class: "text-button", on: { click: open } }, "Open thread"),
    ),
  );
}

function drawn(message) {
  const view = new MessageView("found");
  view.update({ ...message, pinned_to: [] });
  return view.node;
}
