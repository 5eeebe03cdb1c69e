// Texts as people see them: the tree of a mrkdwn text as DOM, or as plain words for names and previews.

import { append, h } from "./dom.js";
import { characterOf, emojiNode, joinEmoji } from "./emoji.js";
import { broadcastNode, channelNode, dateNode, groupNode, linkNode, mentionNode } from "./entities.js";
import { dateTokens } from "./format.js";
import { parse } from "./mrkdwn.js";
import { nameOf, state } from "./store.js";

/** The DOM of a mrkdwn text, as a list of nodes. */
export function mrkdwn(text) {
  return parse(text).map((block) => {
    if (block.kind === "pre")
      return h("pre", { class: "code-block" }, h("code", null, nodes(block.children)));
    if (block.kind === "quote") return h("blockquote", { class: "quote" }, nodes(block.children));
    return h("span", { class: "run" }, nodes(block.children));
  });
}

const nodes = (tree) => tree.map(draw);

const DRAW = {
  plain: (node) => node.text,
  bold: (node) => h("b", null, nodes(node.children)),
  italic: (node) => h("i", null, nodes(node.children)),
  strike: (node) => h("s", null, nodes(node.children)),
  code: (node) => h("code", { class: "code" }, nodes(node.children)),
  emoji: (node) => emojiNode(node.name),
  person: (node) => mentionNode(node.id, node.label),
  channel: (node) => channelNode(node.id, node.label),
  broadcast: (node) => broadcastNode(node.range),
  group: (node) => groupNode(node.id, node.label),
  date: (node) => dateNode(node.unix, node.pattern, node.link, node.label),
  link: (node) => linkNode(node.url, node.children ? nodes(node.children) : node.url.replace(/^mailto:/, "")),
};

function draw(node) {
  return DRAW[node.kind](node);
}

/** Text of a Block Kit text object: mrkdwn or plain. */
export function textObject(object) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plainText(object.text);
}

/** A plain_text object: nothing but shortcodes has a meaning. */
export function plainText(text) {
  const parts = [];
  let last = 0;
  const source = joinEmoji(String(text ?? ""));
  for (const found of source.matchAll(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g)) {
    if (!characterOf(found[1])) continue;
    parts.push(source.slice(last, found.index), emojiNode(found[1]));
    last = found.index + found[0].length;
  }
  parts.push(source.slice(last));
  return parts;
}

/** The words of a mrkdwn text without its marks. */
export function toPlain(text) {
  return parse(text)
    .map((block) => words(block.children))
    .join("\n");
}

function words(tree) {
  return tree
    .map((node) => {
      if (node.kind === "plain") return node.text;
      if (node.kind === "emoji") return characterOf(node.name);
      if (node.kind === "person") return `@${nameOf(node.id)}`;
      if (node.kind === "channel")
        return `#${state.channels.get(node.id)?.name ?? node.label ?? "private channel"}`;
      if (node.kind === "broadcast") return `@${node.range}`;
      if (node.kind === "group") return `@${state.groups.get(node.id)?.handle ?? node.label?.replace(/^@/, "") ?? node.id}`;
      if (node.kind === "date") return dateTokens(node.unix, node.pattern) ?? node.label ?? "";
      return node.children ? words(node.children) : (node.url ?? "");
    })
    .join("");
}

/** Whether a text is nothing but a few emoji, which are then shown large. */
export function isOnlyEmoji(text) {
  const bare = String(text ?? "").replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g, (whole, name) =>
    characterOf(name) ? "😀" : whole,
  );
  return /^(?:\s*\p{Extended_Pictographic}[\p{Emoji_Modifier}\u200d\ufe0f\p{Extended_Pictographic}]*\s*){1,12}$/u.test(
    bare,
  );
}

/** Append a text's DOM to `node`. */
export function writeMrkdwn(node, text) {
  return append(node, mrkdwn(text));
}
