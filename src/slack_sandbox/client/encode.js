// Between what one types and the mrkdwn Slack stores.

import { unescape } from "./mrkdwn.js";
import { isDirect, nameOf, state } from "./store.js";

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const WORD = /[\p{L}\p{N}_]/u;
const CODE = /(```[\s\S]+?```|`[^`\n]+`)/;
const LINK = /^\[([^\]\n]+)\]\(((?:https?:\/\/|mailto:)[^\s()<>]+)\)/;

/**
 * Typed text to mrkdwn: `@Lee` becomes <@U…>, `#general` <#C…|general>, `[words](https://…)` <https://…|words>; `&<>`
 * are escaped, code is left alone; the workspace itself finds bare addresses. `picks` maps names chosen from the list ("@Lee") to ids, for names that several people have.
 */
export function encode(text, picks = new Map()) {
  const names = nameTable(picks);
  return text
    .split(CODE)
    .map((part, index) => (index % 2 ? escape(part) : encodeRun(part, names)))
    .join("");
}

/** [lower-case name with its sign, token], longest first. */
function nameTable(picks) {
  const table = new Map();
  for (const channel of state.channels.values())
    if (!isDirect(channel))
      table.set(
        `#${channel.name.toLowerCase()}`,
        `<#${channel.id}|${channel.is_private ? "" : channel.name}>`,
      );
  for (const one of state.people.values()) {
    if (one.deleted) continue;
    for (const name of [one.real_name, one.display_name, one.name])
      if (name) table.set(`@${name.toLowerCase()}`, `<@${one.id}>`);
  }
  for (const group of state.groups.values()) table.set(`@${group.handle.toLowerCase()}`, `<!subteam^${group.id}>`);
  for (const range of ["here", "channel", "everyone"]) table.set(`@${range}`, `<!${range}>`);
  for (const [name, id] of picks) table.set(name.toLowerCase(), `<@${id}>`);
  return [...table].sort((a, b) => b[0].length - a[0].length);
}

function encodeRun(text, names) {
  const lower = text.toLowerCase();
  let out = "";
  for (let at = 0; at < text.length;) {
    const found = linkAt(text, at) ?? nameAt(text, lower, at, names);
    out += found ? found.token : escape(text[at]);
    at += found ? found.length : 1;
  }
  return out;
}

function linkAt(text, at) {
  const found = text[at] === "[" && LINK.exec(text.slice(at));
  return found ? { token: `<${escape(found[2])}|${escape(found[1])}>`, length: found[0].length } : null;
}

function nameAt(text, lower, at, names) {
  if ((text[at] !== "@" && text[at] !== "#") || (at > 0 && WORD.test(text[at - 1]))) return null;
  for (const [name, token] of names) {
    const end = at + name.length;
    if (
      lower.startsWith(name, at) &&
      !(end < text.length && (WORD.test(text[end]) || (text[end] === "-" && WORD.test(text[end + 1] ?? ""))))
    )
      return { token, length: name.length };
  }
  return null;
}

/** Stored mrkdwn back to what one would type; `picks` is filled so that encode() finds the same people. */
export function decode(mrkdwn, picks = new Map()) {
  const text = mrkdwn.replace(/<([^<>\n]+)>/g, (whole, content) => decodeAngle(content, picks));
  return unescape(text);
}

function decodeAngle(content, picks) {
  const [target, ...label] = content.split("|");
  if (target.startsWith("@")) {
    picks.set(`@${nameOf(target.slice(1))}`, target.slice(1));
    return `@${nameOf(target.slice(1))}`;
  }
  if (target.startsWith("#")) return `#${state.channels.get(target.slice(1))?.name ?? label.join("|")}`;
  if (target.startsWith("!subteam^")) return `@${state.groups.get(target.slice(9))?.handle ?? label.join("|")}`;
  if (target.startsWith("!date^")) return label.join("|");
  if (target.startsWith("!")) return `@${target.slice(1)}`;
  const bare = target.replace(/^mailto:/, "");
  return label.length && ![target, bare].includes(label.join("|")) ? `[${label.join("|")}](${target})` : bare;
}
