// rich_text blocks: what people's own messages are made of.

import { h } from "./dom.js";
import { characterOf, emojiNode } from "./emoji.js";
import { broadcastNode, channelNode, dateNode, groupNode, linkNode, mentionNode } from "./entities.js";

const MOST_LARGE = 12;

/** The DOM of a rich_text block; a few emoji alone are shown large. */
export function richText(block) {
  const parts = block.elements ?? [];
  return h("div", { class: isOnlyEmoji(parts) ? "rich text-large" : "rich" }, parts.map(part));
}

function isOnlyEmoji(parts) {
  const runs = parts.flatMap((one) => (one.type === "rich_text_section" ? one.elements : [{ type: "other" }]));
  const emoji = runs.filter((run) => run.type === "emoji").length;
  return (
    emoji > 0 &&
    emoji <= MOST_LARGE &&
    runs.every((run) => run.type === "emoji" || (run.type === "text" && !run.text.trim()))
  );
}

const PARTS = {
  rich_text_section: (one) => h("div", { class: "run" }, runs(one.elements)),
  rich_text_quote: (one) => h("blockquote", { class: "quote" }, runs(one.elements)),
  rich_text_preformatted: (one) => h("pre", { class: "code-block" }, h("code", null, runs(one.elements))),
  rich_text_list: list,
};

function part(one, index, all) {
  const isBelow = index > 0 && one.type === "rich_text_section";
  const isAbove = one.type === "rich_text_section" && index < all.length - 1;
  return PARTS[one.type]?.(isBelow || isAbove ? trimmed(one, isBelow, isAbove) : one) ?? null;
}

/** A section without the line breaks at its edges: what stands beside it begins a line of its own. */
function trimmed(section, atStart, atEnd) {
  const elements = [...(section.elements ?? [])];
  const cut = (at, edge) => {
    const run = elements.at(at);
    if (run?.type !== "text") return;
    elements.splice(at, 1, { ...run, text: run.text.replace(edge, "") });
  };
  if (atStart) cut(0, /^\n/);
  if (atEnd) cut(-1, /\n$/);
  return { ...section, elements };
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
