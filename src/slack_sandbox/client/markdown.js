// The markdown block: the common part of Markdown (headings, lists, quotes, fences, tables, emphasis, links).

import { h } from "./dom.js";
import { linkNode } from "./entities.js";
import { plainText } from "./words.js";

/** The DOM of a Markdown text, as a list of nodes. */
export function markdown(text) {
  const lines = String(text ?? "")
    .replaceAll("\r\n", "\n")
    .split("\n");
  const out = [];
  while (lines.length) out.push(block(lines));
  return out.filter(Boolean);
}

function block(lines) {
  const line = lines[0];
  if (!line.trim()) return lines.shift() && null;
  if (/^\s*(```|~~~)/.test(line)) return fence(lines);
  if (/^#{1,6}\s/.test(line)) return heading(lines.shift());
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return lines.shift() && h("hr", { class: "divider" });
  if (/^\s*>/.test(line)) return quote(lines);
  if (/^\s*([-*+]|\d+[.)])\s/.test(line)) return list(lines);
  if (line.includes("|") && /^\s*\|?\s*:?-+/.test(lines[1] ?? "")) return table(lines);
  return paragraph(lines);
}

function fence(lines) {
  const mark = lines.shift().trim().slice(0, 3);
  const body = takeWhile(lines, (line) => !line.trim().startsWith(mark));
  lines.shift();
  return h("pre", { class: "code-block" }, h("code", null, body.join("\n")));
}

function heading(line) {
  const [, marks, text] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line) ?? [null, "#", line];
  return h(
    "p",
    {
      class: "md-heading",
      role: "heading",
      "aria-level": Math.min(marks.length + 1, 6),
      data: { level: marks.length },
    },
    spans(text),
  );
}

function quote(lines) {
  const body = takeWhile(lines, (line) => /^\s*>/.test(line));
  return h(
    "blockquote",
    { class: "quote" },
    spans(body.map((line) => line.replace(/^\s*>\s?/, "")).join("\n")),
  );
}

function list(lines) {
  const ordered = /^\s*\d/.test(lines[0]);
  const items = takeWhile(lines, (line) => /^\s*([-*+]|\d+[.)])\s/.test(line));
  return h(
    ordered ? "ol" : "ul",
    { class: "list" },
    items.map((item) => {
      const depth = Math.min(Math.floor(/^\s*/.exec(item)[0].length / 2), 4);
      return h(
        "li",
        { class: depth ? `indent-${depth}` : null },
        spans(item.replace(/^\s*([-*+]|\d+[.)])\s+(\[[ xX]\]\s)?/, "")),
      );
    }),
  );
}

function table(lines) {
  const rows = takeWhile(lines, (line) => line.includes("|"));
  const cells = (row) =>
    row
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => spans(cell.trim()));
  return h(
    "div",
    { class: "table-scroll" },
    h(
      "table",
      { class: "table" },
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          cells(rows[0]).map((cell) => h("th", { scope: "col" }, cell)),
        ),
      ),
      h(
        "tbody",
        null,
        rows.slice(2).map((row) =>
          h(
            "tr",
            null,
            cells(row).map((cell) => h("td", null, cell)),
          ),
        ),
      ),
    ),
  );
}

function paragraph(lines) {
  const first = lines.shift();
  const rest = takeWhile(
    lines,
    (line) => line.trim() && !/^\s*(>|#{1,6}\s|```|~~~|[-*+]\s|\d+[.)]\s)/.test(line),
  );
  return h("p", { class: "md-paragraph" }, spans([first, ...rest].join("\n")));
}

function takeWhile(lines, keep) {
  const taken = [];
  while (lines.length && keep(lines[0])) taken.push(lines.shift());
  return taken;
}

const SPANS = [
  [/^`([^`]+)`/, (found) => h("code", { class: "code" }, found[1])],
  [/^(\*\*|__)(?=\S)(.+?\S?)\1/, (found) => h("b", null, spans(found[2]))],
  [/^~~(?=\S)(.+?)~~/, (found) => h("s", null, spans(found[1]))],
  [/^\*(?=\S)([^*]+?)\*/, (found) => h("i", null, spans(found[1]))],
  [/^_(?=\S)([^_]+?)_(?!\w)/, (found) => h("i", null, spans(found[1]))],
  [/^!?\[([^\]]*)\]\((\S+?)(?:\s+"[^"]*")?\)/, (found) => linkNode(found[2], found[1] || found[2])],
  [/^<?(https?:\/\/[^\s<>)]+)>?/, (found) => linkNode(found[1], found[1])],
];

function spans(text) {
  const out = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    const found = span(text, at);
    if (found) {
      out.push(plainText(plain), found.node);
      plain = "";
      at += found.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  return [...out, plainText(plain)];
}

function span(text, at) {
  const rest = text.slice(at);
  for (const [pattern, draw] of SPANS) {
    const found = pattern.exec(rest);
    if (found && !(rest[0] === "_" && /\w/.test(text[at - 1] ?? "")))
      return { node: draw(found), length: found[0].length };
  }
  return null;
}
