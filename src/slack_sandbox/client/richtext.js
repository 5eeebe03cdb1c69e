// rich_text blocks: what people's own messages are made of.

import { h } from "./dom.js";
import { characterOf, emojiNode } from "./emoji.js";
import { broadcastNode, channelNode, dateNode, groupNode, linkNode, mentionNode } from "./entities.js";

/** The DOM of a rich_text block. */
export function richText(block) {
  return h("div", { class: "rich" }, (block.elements ?? []).map(part));
}

const PARTS = {
  rich_text_section: (one) => h("div", { class: "run" }, runs(one.elements)),
  rich_text_quote: (one) => h("blockquote", { class: "quote" }, runs(one.elements)),
  rich_text_preformatted: (one) => h("pre", { class: "code-block" }, h("code", null, runs(one.elements))),
  rich_text_list: list,
};

function part(one) {
  return PARTS[one.type]?.(one) ?? null;
}

function list(one) {
  const items = (one.elements ?? []).map((item) =>
    h("li", null, PARTS[item.type] ? runs(item.elements) : null),
  );
  const indent = Math.min(one.indent ?? 0, 8);
  if (one.style !== "ordered") return h("ul", { class: `list indent-${indent}` }, items);
  return h("ol", { class: `list indent-${indent}`, start: (one.offset ?? 0) + 1 }, items);
}

const runs = (elements) =>
  (elements ?? []).map((element) =>
    styled(RUNS[element.type]?.(element) ?? element.text ?? "", element.style),
  );

const RUNS = {
  text: (run) => run.text,
  link: (run) => linkNode(run.url, run.text || run.url),
  user: (run) => mentionNode(run.user_id),
  channel: (run) => channelNode(run.channel_id),
  usergroup: (run) => groupNode(run.usergroup_id),
  broadcast: (run) => broadcastNode(run.range),
  emoji: (run) => (characterOf(run.name) || !run.unicode ? emojiNode(run.name) : fromCodePoints(run.unicode)),
  date: (run) => dateNode(run.timestamp, run.format ?? "{date}", run.url, run.fallback),
  color: (run) => h("span", { class: "color-chip" }, run.value),
};

function fromCodePoints(hex) {
  return String.fromCodePoint(...hex.split("-").map((code) => parseInt(code, 16)));
}

function styled(content, style) {
  if (!style) return content;
  let node = content;
  if (style.code) node = h("code", { class: "code" }, node);
  if (style.bold) node = h("b", null, node);
  if (style.italic) node = h("i", null, node);
  if (style.strike) node = h("s", null, node);
  if (style.underline) node = h("u", null, node);
  return node;
}
