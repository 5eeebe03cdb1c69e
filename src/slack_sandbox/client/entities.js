// The things inside a text that are more than text: people, channels, links, dates, whole-channel mentions.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { dateTokens, moment } from "./format.js";
import { emit, nameOf, state } from "./store.js";

const SAFE_URL = /^(https?:|mailto:|tel:)/i;

/** The address when a browser may follow it, else null: `javascript:` and its kind are shown, never linked. */
export function safeUrl(url) {
  return SAFE_URL.test(String(url ?? "").trim()) ? String(url).trim() : null;
}

/** A link in a new tab, except to a message of this workspace, which opens here. */
export function linkNode(url, children) {
  const address = safeUrl(url);
  if (!address) return h("span", null, children);
  const here = messageAddress(address);
  if (!here) return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, children);
  const open = (event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    emit("goto", here);
  };
  return h("a", { href: address, on: { click: open } }, children);
}

/** {channel, ts, thread_ts} when the address is that of a message in a channel we know. */
export function messageAddress(address) {
  const found = /\/archives\/([CDG][A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?(?:\?(.*))?$/.exec(address);
  if (!found || !state.channels.has(found[1])) return null;
  const thread = new URLSearchParams(found[4] ?? "").get("thread_ts");
  return { channel: found[1], ts: found[2] ? `${found[2]}.${found[3]}` : null, thread_ts: thread };
}

export function mentionNode(userId, label) {
  const known = state.people.get(userId);
  const mine = userId === state.me?.id;
  const show = (event) => emit("profile", { user: userId, anchor: event.currentTarget });
  return h(
    "button",
    {
      type: "button",
      class: mine ? "mention mention-me" : "mention",
      data: { user: userId },
      on: { click: show },
    },
    `@${known ? nameOf(userId) : label || userId}`,
  );
}

export function channelNode(channelId, label) {
  const known = state.channels.get(channelId);
  if (!known) return h("span", { class: "mention mention-lost" }, label ? `#${label}` : "#private channel");
  const open = (event) => {
    event.preventDefault();
    emit("goto", { channel: channelId });
  };
  return h(
    "a",
    {
      class: "mention",
      href: `#/as/${state.me.id}/${channelId}`,
      data: { channel: channelId },
      on: { click: open },
    },
    `#${known.name || label}`,
  );
}

export function broadcastNode(range) {
  return h("span", { class: "mention mention-me", "data-broadcast": range }, `@${range}`);
}

export function groupNode(id, label) {
  const known = state.groups.get(id);
  const name = known?.handle ?? (label ? label.replace(/^@/, "") : id);
  const mine = known?.users.includes(state.me?.id);
  return h("span", { class: mine ? "mention mention-me" : "mention", title: known?.name }, `@${name}`);
}

/** `<!date^unix^tokens^link|fallback>` in the reader's zone. */
export function dateNode(unix, pattern, link, fallback) {
  const text = dateTokens(unix, pattern);
  if (text === null) return withEmoji(fallback ?? "");
  const node = h(
    "time",
    { title: moment(unix), datetime: new Date(Number(unix) * 1000).toISOString() },
    text,
  );
  return link ? linkNode(link, node) : node;
}
