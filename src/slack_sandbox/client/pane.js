// The right column: a thread, the pins, the members, or a search, one at a time.

import { read, say } from "./api.js";
import { takeDrops } from "./attaching.js";
import { Composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { Editor } from "./editor.js";
import { icon } from "./icons.js";
import { ThreadLog } from "./log.js";
import { MessageView } from "./message.js";
import { openMembers } from "./members.js";
import { openSearch } from "./search.js";
import { emit, labelOf, on, state } from "./store.js";
import { orTold, tell } from "./tell.js";
import { openThreads } from "./threads.js";
import { Timeline } from "./timeline.js";

const HEADINGS = {
  thread: "Thread",
  threads: "Threads",
  pins: "Pinned messages",
  members: "Members",
  search: "Search",
};

export class Pane {
  constructor({ onChange }) {
    this.onChange = onChange;
    this.title = h("h2", { class: "pane-title" });
    this.body = h("div", { class: "pane-body" });
    this.node = h(
      "aside",
      { class: "pane", "aria-label": "Details", hidden: true },
      h(
        "div",
        { class: "pane-head" },
        this.title,
        h(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": "Hide panel",
            on: { click: () => this.close() },
          },
          icon("close"),
        ),
      ),
      this.body,
    );
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      this.close();
      document.getElementById("composer")?.focus();
    });
  }

  /** `kind` is thread, pins, members or search, about `channel`; or threads, about all. */
  open({ kind, channel = null, ts = null, focus = false, show = null }) {
    this.close({ quiet: true });
    Object.assign(this, { kind, channel, ts });
    const one = state.channels.get(channel);
    const heading = HEADINGS[kind];
    fill(this.title, heading, one ? h("span", { class: "pane-note" }, labelOf(one)) : null);
    this.node.setAttribute("aria-label", one ? `${heading} in ${labelOf(one)}` : heading);
    this.node.hidden = false;
    this.node.dataset.kind = kind;
    this.onChange(true);
    this[kind]({ focus, show });
  }

  close({ quiet = false } = {}) {
    this.thread_?.timeline.destroy();
    this.thread_ = null;
    for (const off of this.offs ?? []) off();
    this.offs = [];
    this.kind = null;
    this.channel = null;
    this.body.replaceChildren();
    if (quiet) return;
    this.node.hidden = true;
    this.onChange(false);
  }

  // ---- thread

  async thread({ focus, show }) {
    const log = new ThreadLog(this.channel, this.ts);
    const timeline = new Timeline({ log, where: "thread", label: "Thread" });
    const editor = new Editor(timeline);
    this.thread_ = { log, timeline };
    this.offs = [
      on("edit", (message) => log.get(message.ts) && message.ts !== this.ts && editor.open(message)),
      on("channels", () => this.threadFoot(foot)),
      on("edit-last", () => {
        const mine = log.messages
          .slice(1)
          .findLast((message) => message.user === state.me.id && message.ts !== this.ts);
        if (mine) editor.open(mine);
      }),
    ];
    const foot = h("div", { class: "channel-foot" });
    this.reply = null;
    fill(this.body, h("div", { class: "thread" }, timeline.node, foot));
    this.threadFoot(foot);
    if (focus) foot.querySelector("textarea")?.focus();
    await orTold(() => log.open());
    if (show && log.get(show)) timeline.show(show);
  }

  threadFoot(foot) {
    const channel = state.channels.get(this.channel);
    const canWrite = channel && !channel.is_archived && (channel.is_member || channel.is_im);
    if (!canWrite) foot.replaceChildren();
    else if (!foot.firstChild) foot.append(this.replyBox(channel, foot.parentNode).node);
  }

  replyBox(channel, zone) {
    if (!this.reply) {
      this.reply = this.threadComposer(channel);
      takeDrops(zone, this.reply.attaching, "Share in this thread");
    }
    return this.reply;
  }

  threadComposer(channel) {
    const { ts } = this;
    const also = h("input", { type: "checkbox" });
    const send = async (text, files) => {
      await say({ channel: channel.id, text, thread_ts: ts, broadcast: also.checked || undefined }, files);
      also.checked = false;
    };
    return new Composer({
      label: "Reply",
      placeholder: "Reply…",
      draft: `draft ${state.me.id} ${channel.id} ${ts}`,
      takesFiles: true,
      send,
      onUp: () => emit("edit-last", ts),
      noCommands: (name) => `${name} cannot be used in threads. Write it in ${labelOf(channel)} itself.`,
      below: channel.is_im
        ? null
        : h("label", { class: "also" }, also, h("span", null, `Also send to ${labelOf(channel)}`)),
    });
  }

  // ---- lists

  threads() {
    this.offs = [openThreads(this.body)];
  }

  async pins() {
    const draw = async () => {
      const { pins = [] } = state.channels.get(this.channel) ?? {};
      if (this.drawnPins === JSON.stringify(pins)) return;
      this.drawnPins = JSON.stringify(pins);
      const messages = await this.messagesAt(pins);
      if (this.kind !== "pins") return;
      if (messages.length) this.found(messages, { unpin: true });
      else this.empty("pin", "Nothing is pinned here.", "Pin a message to keep it at hand.");
    };
    this.drawnPins = null;
    this.offs = [on("channels", draw)];
    await draw();
  }

  /** The messages with these timestamps, newest pin first. */
  async messagesAt(list) {
    const messages = await Promise.all(
      list.map(async (ts) => {
        const page = await read("replies", { channel: this.channel, ts }).catch(() => ({ messages: [] }));
        return page.messages.find((message) => message.ts === ts);
      }),
    );
    return messages.filter(Boolean);
  }

  members() {
    this.offs = [openMembers(this.body, this.channel, () => this.kind === "members")];
  }

  search() {
    openSearch(this.body, this.channel, (message, note) => this.card(message, { note }));
  }

  found(messages, options) {
    fill(
      this.body,
      h(
        "div",
        { class: "pane-list" },
        messages.map((message) => this.card(message, options)),
      ),
    );
  }

  /** A message in a list, with what one can do about it there. */
  card(message, { unpin = false, note = null } = {}) {
    const view = new MessageView("found");
    const channel = message.channel ?? this.channel;
    view.update({ ...message, channel, pinned_to: [] });
    const go = () => emit("goto", { channel, ts: message.ts, thread_ts: message.thread_ts });
    return h(
      "div",
      { class: "card" },
      view.node,
      h(
        "div",
        { class: "card-tools" },
        h("button", { type: "button", class: "text-button", on: { click: go } }, "Go to message"),
        note ? h("span", { class: "note" }, note) : null,
        unpin
          ? h(
              "button",
              {
                type: "button",
                class: "text-button",
                on: { click: () => tell("unpin", { channel: this.channel, ts: message.ts }) },
              },
              "Unpin",
            )
          : null,
      ),
    );
  }

  empty(sign, title, note) {
    fill(
      this.body,
      h(
        "div",
        { class: "empty" },
        icon(sign, 28),
        h("p", null, h("b", null, title)),
        h("p", { class: "note" }, note),
      ),
    );
  }
}
