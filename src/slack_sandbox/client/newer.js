// Slack's newer blocks, in a plain form: tables, cards, alerts, plans and what is drawn from data.

import { h } from "./dom.js";
import { drawElement } from "./elements.js";
import { image } from "./pictures.js";
import { richText } from "./richtext.js";
import { plainText, textObject } from "./words.js";

const words = (one) => (typeof one === "string" ? plainText(one) : textObject(one));

function cell(one) {
  if (one === null || one === undefined) return "";
  if (one.type === "rich_text") return richText(one);
  return one.text === undefined
    ? plainText(String(one.value ?? ""))
    : words(one.type === "mrkdwn" ? one : String(one.text?.text ?? one.text));
}

function grid(head, rows, caption) {
  return h(
    "div",
    { class: "table-scroll" },
    h(
      "table",
      { class: "table" },
      caption ? h("caption", null, plainText(caption)) : null,
      head
        ? h(
            "thead",
            null,
            h(
              "tr",
              null,
              head.map((one) => h("th", { scope: "col" }, cell(one))),
            ),
          )
        : null,
      h(
        "tbody",
        null,
        rows.map((row) =>
          h(
            "tr",
            null,
            row.map((one) => h("td", null, cell(one))),
          ),
        ),
      ),
    ),
  );
}

export function table(block) {
  const [head, ...rows] = block.rows ?? [];
  return grid(head ?? [], rows);
}

/** A chart as the table of its numbers. */
export function figures(block) {
  const { chart = {} } = block;
  const labels = chart.axis_config?.categories ?? [];
  const rows = (chart.series ?? []).flatMap((series) =>
    series.data.map((point) => [{ text: series.name }, { text: point.label }, { text: String(point.value) }]),
  );
  const slices = (chart.segments ?? []).map((one) => [{ text: one.label }, { text: String(one.value) }]);
  return [
    h("p", { class: "note" }, plainText(block.title ?? labels.join(", "))),
    grid(null, [...rows, ...slices]),
  ];
}

export function card(block, ctx) {
  const buttons = (block.actions ?? []).map((element) => drawElement(element, ctx, block));
  return h(
    "div",
    { class: "kit-card" },
    block.hero_image ? image(block.hero_image, "block-image") : null,
    block.title ? h("p", { class: "attachment-title" }, words(block.title)) : null,
    block.subtitle ? h("p", { class: "note" }, words(block.subtitle)) : null,
    block.body ? h("div", null, words(block.body)) : null,
    buttons.length ? h("div", { class: "kit-card-actions" }, buttons) : null,
  );
}

export function carousel(block, ctx) {
  return h(
    "div",
    { class: "carousel", role: "list" },
    (block.elements ?? []).map((one) =>
      h("div", { role: "listitem" }, card({ ...one, block_id: one.block_id ?? block.block_id }, ctx)),
    ),
  );
}

export function alertBlock(block) {
  return h("div", { class: `kit-alert kit-alert-${block.level ?? "default"}` }, words(block.text));
}

const MARKS = { complete: "✓", in_progress: "…", error: "✕", pending: "○" };

export function task(block) {
  const parts = [block.details, block.output]
    .filter(Boolean)
    .map((one) => h("div", { class: "note" }, one.type === "rich_text" ? richText(one) : words(one)));
  return h(
    "div",
    { class: "kit-task" },
    h(
      "p",
      null,
      h("span", { class: "kit-mark", "aria-label": block.status ?? "pending" }, MARKS[block.status] ?? "○"),
      words(block.title ?? ""),
    ),
    parts,
  );
}

export function plan(block) {
  return h(
    "div",
    { class: "kit-card" },
    h("p", { class: "attachment-title" }, words(block.title ?? "")),
    (block.tasks ?? []).map(task),
  );
}

export function container(block, ctx, draw) {
  return h(
    "div",
    { class: "kit-card" },
    block.title ? h("p", { class: "attachment-title" }, words(block.title)) : null,
    (block.blocks ?? block.elements ?? []).map((one) => draw(one, ctx)),
  );
}
