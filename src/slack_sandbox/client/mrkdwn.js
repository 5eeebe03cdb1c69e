// Slack's mrkdwn, from text to a small tree.

import { characterOf, joinEmoji } from "./emoji.js";

const MARKS = { "*": "bold", _: "italic", "~": "strike" };
const WORD = /[\p{L}\p{N}_@]/u;
const EMOJI = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/;
const BROADCASTS = new Set(["here", "channel", "everyone"]);

/** Undo Slack's three escapes, once. */
export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Parse a text into blocks: {kind: "text"|"quote", children} and {kind: "pre", text}. */
export function parse(text) {
  const source = joinEmoji(String(text ?? ""));
  const blocks = [];
  const fence = /```\n?([\s\S]+?)\n?```/g;
  let last = 0;
  for (let found = fence.exec(source); found; found = fence.exec(source)) {
    blocks.push(...parseLines(source.slice(last, found.index).replace(/\n$/, "")));
    blocks.push({ kind: "pre", children: codeParts(found[1]) });
    last = found.index + found[0].length;
  }
  blocks.push(...parseLines(last ? source.slice(last).replace(/^\n/, "") : source));
  return blocks;
}

function parseLines(text) {
  if (!text) return [];
  const blocks = [];
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const all = /^(?:&gt;|>){3}\s?(.*)$/.exec(lines[index]);
    if (all) {
      addLine(blocks, "quote", [all[1], ...lines.slice(index + 1)].join("\n"));
      break;
    }
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(lines[index]);
    addLine(blocks, quoted ? "quote" : "text", quoted ? quoted[1] : lines[index]);
  }
  return blocks.map(({ kind, source }) => ({ kind, children: inline(source) }));
}

function addLine(blocks, kind, line) {
  const last = blocks.at(-1);
  if (last?.kind === kind) last.source += `\n${line}`;
  else blocks.push({ kind, source: line });
}

/** Parse the marks inside one run of text. */
export function inline(text) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push({ kind: "plain", text: unescape(plain) });
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const found = take(text, at);
    if (!found) {
      plain += text[at];
      at += 1;
      continue;
    }
    flush();
    nodes.push(found.node);
    at = found.end;
  }
  flush();
  return nodes;
}

function take(text, at) {
  const char = text[at];
  if (char === "<") return takeAngle(text, at);
  if (char === ":") return takeEmoji(text, at);
  if (char === "`") return takeCode(text, at);
  if (MARKS[char]) return takeMark(text, at, char);
  return null;
}

function takeAngle(text, at) {
  const found = /^<([^<>\n]+)>/.exec(text.slice(at, at + 4000));
  return found && { node: angle(found[1]), end: at + found[0].length };
}

function takeEmoji(text, at) {
  const found = EMOJI.exec(text.slice(at, at + 120));
  return (
    found && characterOf(found[1]) && { node: { kind: "emoji", name: found[1] }, end: at + found[0].length }
  );
}

function takeCode(text, at) {
  const found = /^`([^`\n]+)`/.exec(text.slice(at));
  if (!found || !opens(text, at, "`") || !closes(text, at + found[0].length - 1, "`")) return null;
  return { node: { kind: "code", children: codeParts(found[1]) }, end: at + found[0].length };
}

function takeMark(text, at, mark) {
  if (!opens(text, at, mark)) return null;
  const end = closing(text, at + 1, mark);
  if (end === -1 || !closes(text, end, mark)) return null;
  const inner = text.slice(at + 1, end);
  return inner.trim() ? { node: { kind: MARKS[mark], children: inline(inner) }, end: end + 1 } : null;
}

/** The next `mark` on this line that is not inside code or angle brackets, or -1. */
function closing(text, from, mark) {
  for (let at = from; at < text.length && text[at] !== "\n"; at += 1) {
    if (text[at] === mark) return at;
    const skipped = (text[at] === "<" && takeAngle(text, at)) || (text[at] === "`" && takeCode(text, at));
    if (skipped) at = skipped.end - 1;
  }
  return -1;
}

// Marks count only at the edge of a word; inside marks, the edges of the inner text are edges too.
const opens = (text, at, mark) => at === 0 || (text[at - 1] !== mark && !WORD.test(text[at - 1]));
const closes = (text, at, mark) =>
  at === text.length - 1 || (text[at + 1] !== mark && !WORD.test(text[at + 1]));

function codeParts(text) {
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(/<([^<>\n]+)>/g)) {
    parts.push({ kind: "plain", text: unescape(text.slice(last, found.index)) }, angle(found[1]));
    last = found.index + found[0].length;
  }
  parts.push({ kind: "plain", text: unescape(text.slice(last)) });
  return parts.filter((part) => part.kind !== "plain" || part.text);
}

/** What stands between `<` and `>`; the first `|` ends the address and begins the label. */
function angle(content) {
  const cut = content.indexOf("|");
  const target = cut === -1 ? content : content.slice(0, cut);
  const label = cut === -1 ? null : unescape(content.slice(cut + 1));
  if (/^@[UWB][A-Z0-9]+$/.test(target)) return { kind: "person", id: target.slice(1), label };
  if (/^#[CDG][A-Z0-9]+$/.test(target)) return { kind: "channel", id: target.slice(1), label };
  if (target.startsWith("!")) return special(target.slice(1), label);
  return { kind: "link", url: unescape(target), children: label ? inline(content.slice(cut + 1)) : null };
}

function special(target, label) {
  const [name, ...rest] = target.split("^");
  if (BROADCASTS.has(name)) return { kind: "broadcast", range: name };
  if (name === "subteam") return { kind: "group", id: rest[0], label };
  if (name === "date") return { kind: "date", unix: rest[0], pattern: rest[1] ?? "", link: rest[2], label };
  return { kind: "plain", text: label ?? `<!${target}>` };
}
