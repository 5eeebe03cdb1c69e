// Layout blocks: from Block Kit's JSON to DOM.

import { h, uid } from "./dom.js";
import { drawElement } from "./elements.js";
import { linkNode } from "./entities.js";
import { markdown } from "./markdown.js";
import { alertBlock, card, carousel, container, figures, plan, table, task } from "./newer.js";
import { image } from "./pictures.js";
import { richText } from "./richtext.js";
import { mrkdwn, plainText, textObject } from "./words.js";

const DRAW = {
  section,
  header,
  context,
  actions,
  input,
  divider: () => h("hr", { class: "divider" }),
  image: imageBlock,
  rich_text: richText,
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text)),
  context_actions: actions,
  table,
  carousel,
  plan,
  card,
  data_table: table,
  data_visualization: figures,
  alert: alertBlock,
  task_card: task,
  container: (block, ctx) => container(block, ctx, drawBlock),
  video: (block) =>
    h(
      "div",
      { class: "video" },
      linkNode(block.title_url ?? block.video_url, plainText(block.title?.text ?? "Video")),
      block.description ? h("div", { class: "note" }, plainText(block.description.text)) : null,
    ),
  file: (block) => h("div", { class: "note" }, `File ${block.external_id ?? ""}`),
};

/** Draw one block for `ctx` (a Surface). Kinds this client does not know show their text, when they have one. */
export function drawBlock(block, ctx) {
  const draw = DRAW[block.type] ?? unknown;
  return h(
    "div",
    { class: `block block-${block.type}`, data: { blockId: block.block_id } },
    draw(block, ctx),
  );
}

function unknown(block) {
  const text = block.text?.text ?? block.title?.text;
  return text
    ? plainText(text)
    : h("span", { class: "unsupported" }, `This client does not show ${block.type} blocks.`);
}

function section(block, ctx) {
  const words = [
    block.text ? h("div", { class: "section-text" }, textObject(block.text)) : null,
    block.fields?.length
      ? h(
          "div",
          { class: "fields" },
          block.fields.map((field) => h("div", { class: "field" }, textObject(field))),
        )
      : null,
  ];
  if (!block.accessory) return words;
  const label = block.text ? uid("text") : null;
  if (label) words[0].id = label;
  const named =
    block.accessory.type === "button" ||
    block.accessory.type === "overflow" ||
    !label ||
    block.accessory.placeholder
      ? null
      : { labelId: label };
  return h(
    "div",
    { class: `with-accessory with-${block.accessory.type}` },
    h("div", { class: "section-words" }, words),
    h("div", { class: "accessory" }, drawElement(block.accessory, ctx, block, named)),
  );
}

function header(block, ctx) {
  return h(
    "div",
    { class: "header-text", role: "heading", "aria-level": ctx.kind === "message" ? 3 : 2 },
    plainText(block.text?.text),
  );
}

function context(block) {
  return (block.elements ?? []).map((element) =>
    element.type === "image"
      ? image(element, "context-image")
      : h(
          "span",
          { class: "context-text" },
          element.type === "mrkdwn" ? mrkdwn(element.text) : plainText(element.text),
        ),
  );
}

function actions(block, ctx) {
  return (block.elements ?? []).map((element) => drawElement(element, ctx, block));
}

function imageBlock(block) {
  return h(
    "figure",
    { class: "figure" },
    block.title ? h("figcaption", null, plainText(block.title.text)) : null,
    image(block, "block-image"),
  );
}

/** A labelled field. The error line is filled by form.js; it stays out of sight while empty. */
function input(block, ctx) {
  const [labelId, hintId, errorId] = [uid("label"), uid("hint"), uid("error")];
  const element = block.element ?? {};
  const field = {
    labelId,
    required: !block.optional,
    describedBy: [block.hint ? hintId : null, errorId].filter(Boolean).join(" "),
  };
  const control = drawElement(element, ctx, block, field);
  const target = control.matches("input,textarea,button") ? control : control.querySelector("input,textarea");
  const single = target && !["radio_buttons", "checkboxes"].includes(element.type);
  if (single) target.id ||= uid("input");
  return [
    h(
      single ? "label" : "div",
      { class: "input-label", for: single ? target.id : null },
      h("span", { id: labelId }, plainText(block.label?.text)),
      block.optional ? h("span", { class: "optional" }, " (optional)") : null,
    ),
    control,
    h("div", { class: "field-error", id: errorId, "aria-live": "polite" }),
    block.hint ? h("div", { class: "hint", id: hintId }, plainText(block.hint.text)) : null,
  ];
}
