// One message, drawn and kept up to date.

import { SYSTEM, authorOf, isSystem, toggleReaction, wordsOf } from "./author.js";
import { arrange, fill, h } from "./dom.js";
import { characterOf, emojiNode } from "./emoji.js";
import { attachments } from "./extras.js";
import { files } from "./files.js";
import { clock, moment, relative, shortClock } from "./format.js";
import { icon } from "./icons.js";
import { appBadge, avatar } from "./people.js";
import { emit, nameOf, person, state } from "./store.js";
import { Surface } from "./surface.js";
import { tell } from "./tell.js";
import { isOnlyEmoji, mrkdwn } from "./words.js";

export class MessageView {
  /** `where` is "channel", "thread" or "found": in a thread the reply line is left out. */
  constructor(where) {
    this.where = where;
    this.gutter = h("div", { class: "gutter" });
    this.content = h("div", { class: "content" });
    this.body = h("div", { class: "body" });
    this.node = h("article", { class: "message", tabIndex: -1 }, this.gutter, this.content);
    this.surface = new Surface({
      kind: "message",
      place: () => ({ channel: this.message.channel, message_ts: this.message.ts }),
    });
    this.parts = new Map();
  }

  /** Show `message`; `follows` leaves out the author, who is the one above. */
  update(message, follows = false) {
    if (this.message === message && this.follows === follows) return;
    Object.assign(this, { message, follows, author: authorOf(message) });
    this.surface.channel = message.channel;
    const { node } = this;
    Object.assign(node.dataset, { ts: message.ts, channel: message.channel, user: message.user ?? "" });
    node.setAttribute("aria-label", this.label());
    node.classList.toggle("follows", follows);
    node.classList.toggle("is-ephemeral", Boolean(message.is_ephemeral));
    node.classList.toggle("is-pinned", this.isPinned());
    node.classList.toggle("is-system", isSystem(message));
    fill(this.gutter, this.gutterParts());
    this.drawBody();
    arrange(
      this.content,
      [
        this.part("flags", this.flags()),
        this.part("byline", this.byline()),
        this.editor ?? this.body,
        this.part("reactions", this.reactions()),
        this.part("thread", this.threadLine()),
      ].filter(Boolean),
    );
  }

  /** Redraw although the message is the same: a person's name or a channel's changed. */
  refresh() {
    const { message, follows } = this;
    this.message = null;
    this.surface.drawn.clear();
    this.parts.clear();
    if (message) this.update(message, follows);
  }

  /** Keep a part's node while its content stays the same, so that focus survives updates. */
  part(name, made) {
    if (!made) {
      this.parts.delete(name);
      return null;
    }
    const kept = this.parts.get(name);
    if (kept && kept.key === made.key) return kept.node;
    const focus = kept?.node.contains(document.activeElement)
      ? document.activeElement.dataset.reaction
      : null;
    const node = made.draw();
    this.parts.set(name, { key: made.key, node });
    if (focus) queueMicrotask(() => node.querySelector(`[data-reaction="${CSS.escape(focus)}"]`)?.focus());
    return node;
  }

  label() {
    const words = wordsOf(this.message);
    const extra = this.message.is_ephemeral ? " (only visible to you)" : "";
    return `${this.author.name}: ${words.length > 300 ? `${words.slice(0, 300)}…` : words}${extra}`;
  }

  isPinned() {
    return Boolean(this.message.pinned_to?.includes(this.message.channel));
  }

  gutterParts() {
    const { message } = this;
    if (isSystem(message)) return h("span", { class: "system-icon" }, icon(SYSTEM[message.subtype], 16));
    if (this.follows)
      return h("span", { class: "gutter-time", "aria-hidden": "true" }, shortClock(message.ts));
    return avatar(this.author.one, 36);
  }

  flags() {
    const { message } = this;
    const flags = [];
    if (message.is_ephemeral) flags.push(["eye", "Only visible to you"]);
    if (this.isPinned()) flags.push(["pin", "Pinned"]);
    if (message.subtype === "thread_broadcast" && this.where === "channel")
      flags.push(["reply", "Replied to a thread"]);
    if (!flags.length) return null;
    return {
      key: JSON.stringify(flags),
      draw: () =>
        h(
          "div",
          { class: "flags" },
          flags.map(([sign, text]) => h("span", { class: `flag flag-${sign}` }, icon(sign, 13), text)),
        ),
    };
  }

  byline() {
    if (this.follows || isSystem(this.message)) return null;
    const { author, message } = this;
    const profile = (event) => emit("profile", { user: author.id, anchor: event.currentTarget });
    return {
      key: `${author.name} ${author.one?.is_bot}`,
      draw: () =>
        h(
          "div",
          { class: "byline" },
          h("button", { type: "button", class: "author", on: { click: profile } }, author.name),
          author.one?.is_bot ? appBadge() : null,
          timeLink(message),
        ),
    };
  }

  drawBody() {
    const { message, body } = this;
    if (message.subtype === "tombstone") {
      fill(body, h("p", { class: "tombstone" }, icon("trash", 15), "This message was deleted."));
      return;
    }
    const blocks = message.blocks?.length ? message.blocks : null;
    this.blocks ??= h("div", { class: "blocks" });
    if (blocks) this.surface.draw(this.blocks, blocks);
    else this.surface.draw(this.blocks, []);
    const text =
      blocks || !message.text
        ? null
        : this.part("text", { key: message.text, draw: () => textBody(message) });
    arrange(
      body,
      [
        blocks ? this.blocks : null,
        text,
        this.part("time", isSystem(message) ? { key: message.ts, draw: () => timeLink(message) } : null),
        this.part(
          "edited",
          message.edited
            ? {
                key: message.edited.ts,
                draw: () => h("span", { class: "edited", "data-tip": moment(message.edited.ts) }, "(edited)"),
              }
            : null,
        ),
        this.part("attachments", attachments(message)),
        this.part("files", files(message)),
        this.part(
          "dismiss",
          message.is_ephemeral ? { key: message.ts, draw: () => this.dismissButton() } : null,
        ),
      ].filter(Boolean),
    );
  }

  dismissButton() {
    return h(
      "button",
      {
        type: "button",
        class: "text-button dismiss",
        on: { click: () => tell("delete", { channel: this.message.channel, ts: this.message.ts }) },
      },
      "Dismiss message",
    );
  }

  reactions() {
    const { message } = this;
    if (!message.reactions?.length) return null;
    const add = (event) => emit("pick-reaction", { message: this.message, anchor: event.currentTarget });
    return {
      key: JSON.stringify(message.reactions),
      draw: () =>
        h(
          "div",
          { class: "reactions", role: "group", "aria-label": "Reactions" },
          message.reactions.map((one) => this.reaction(one)),
          h(
            "button",
            {
              type: "button",
              class: "reaction reaction-add",
              "aria-label": "Add another reaction",
              data: { reaction: "+" },
              on: { click: add },
            },
            icon("smile", 16),
          ),
        ),
    };
  }

  reaction({ name, users, count }) {
    const mine = users.includes(state.me.id);
    const who = users.map((id) => (id === state.me.id ? "you" : nameOf(id))).join(", ");
    return h(
      "button",
      {
        type: "button",
        class: "reaction",
        "aria-pressed": String(mine),
        "aria-label": `:${name}: ${count ?? users.length}, by ${who}`,
        "data-tip": `${who} reacted with :${name}:`,
        data: { reaction: name },
        on: { click: () => toggleReaction(this.message, name) },
      },
      characterOf(name) ? emojiNode(name) : `:${name}:`,
      h("span", { class: "reaction-count" }, count ?? users.length),
    );
  }

  threadLine() {
    const { message } = this;
    if (this.where !== "channel") return null;
    const open = () => emit("thread", { channel: message.channel, ts: message.thread_ts ?? message.ts });
    if (message.subtype === "thread_broadcast")
      return {
        key: "root",
        draw: () => h("button", { type: "button", class: "thread-line", on: { click: open } }, "View thread"),
      };
    if (!message.reply_count) return null;
    const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
    return {
      key: `${message.reply_count} ${message.latest_reply}`,
      draw: () =>
        h(
          "button",
          { type: "button", class: "thread-line", on: { click: open } },
          h(
            "span",
            { class: "thread-faces" },
            (message.reply_users ?? []).slice(0, 4).map((id) => avatar(person(id), 22)),
          ),
          h("span", { class: "thread-count" }, count),
          message.latest_reply
            ? h("span", { class: "thread-last" }, `Last reply ${relative(message.latest_reply)}`)
            : null,
          icon("chevron", 14),
        ),
    };
  }
}

function timeLink(message) {
  const open = (event) => {
    event.preventDefault();
    emit("goto", { channel: message.channel, ts: message.ts, thread_ts: message.thread_ts });
  };
  return h(
    "a",
    {
      class: "time",
      href: `#/archives/${message.channel}/${message.ts}`,
      "data-tip": moment(message.ts),
      on: { click: open },
    },
    h("time", { datetime: new Date(Number(message.ts) * 1000).toISOString() }, clock(message.ts)),
  );
}

function textBody(message) {
  const large = isOnlyEmoji(message.text) && !isSystem(message);
  const words = h("div", { class: large ? "text text-large" : "text" }, mrkdwn(systemText(message)));
  return message.subtype === "me_message" ? h("i", null, words) : words;
}

/** Slack's own lines may leave out who did it ("set the channel topic: …"); people want to read it. */
function systemText(message) {
  if (!isSystem(message) || !message.user || /^<@/.test(message.text)) return message.text;
  return `<@${message.user}> ${message.text}`;
}
