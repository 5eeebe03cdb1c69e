// Interactive elements: from Block Kit's JSON to controls that act.

import { drawSelect } from "./choices.js";
import { confirmDialog } from "./dialog.js";
import { append, h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { safeUrl } from "./entities.js";
import { icon } from "./icons.js";
import { drawChoices, drawDate, drawText } from "./inputs.js";
import { image } from "./pictures.js";
import { openMenu } from "./popover.js";
import { plainText, textObject } from "./words.js";

const DRAW = {
  button: drawButton,
  workflow_button: drawButton,
  overflow: drawOverflow,
  icon_button: (element, ctx, block) =>
    drawButton(
      { ...element, accessibility_label: element.accessibility_label ?? element.text?.text },
      ctx,
      block,
    ),
  feedback_buttons: drawFeedback,
  image: (element) => image(element, "accessory-image"),
  radio_buttons: drawChoices,
  checkboxes: drawChoices,
  datepicker: drawDate,
  timepicker: drawDate,
  datetimepicker: drawDate,
  plain_text_input: drawText,
  rich_text_input: (element, ctx, block, field) =>
    drawText({ ...element, multiline: true }, ctx, block, field),
  email_text_input: drawText,
  url_text_input: drawText,
  number_input: drawText,
};

/**
 * Draw one element of `block`. `field` names it: {labelId, describedBy, required} inside an input block; elsewhere
 * its own placeholder or label has to do. `ctx` is the surface it lives on (see surface.js).
 */
export function drawElement(element, ctx, block, field = null) {
  const named = field ?? {
    label: element.accessibility_label ?? element.placeholder?.text ?? element.action_id ?? "Choice",
  };
  const draw = DRAW[element.type] ?? (element.type.endsWith("_select") ? drawSelect : null);
  if (!draw)
    return h("span", { class: "unsupported" }, `This client does not show ${element.type} elements.`);
  const node = draw(element, ctx, block, named);
  if (element.action_id) {
    node.dataset.actionId = element.action_id;
    ctx.drew(block, element, node);
  }
  return node;
}

const STYLES = { primary: "button button-primary", danger: "button button-danger" };

function drawButton(element, ctx, block) {
  const text = buttonText(element.text?.text ?? "");
  const address = safeUrl(element.url);
  const props = {
    class: STYLES[element.style] ?? "button",
    "aria-label": element.accessibility_label,
    data: { value: element.value },
  };
  const node = address
    ? h(
        "a",
        { ...props, href: address, target: "_blank", rel: "noopener noreferrer" },
        text,
        icon("external", 15),
      )
    : h("button", { ...props, type: "button" }, text);
  node.addEventListener("click", (event) => press(event, node, element, ctx, block));
  return node;
}

/** A button is called by its words; the emoji beside them are decoration, unless there is nothing else. */
function buttonText(text) {
  const parts = plainText(text);
  if (!parts.some((part) => typeof part === "string" && /[\p{L}\p{N}]/u.test(part))) return parts;
  for (const part of parts) if (part instanceof Node) part.setAttribute("aria-hidden", "true");
  return parts;
}

async function press(event, node, element, ctx, block) {
  if (node.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  if (element.confirm) {
    event.preventDefault();
    if (!(await agreed(element.confirm))) return;
    if (node.href) window.open(node.href, "_blank", "noopener");
  }
  await ctx.act(block, element);
}

function drawFeedback(element, ctx, block) {
  return h(
    "span",
    { class: "feedback" },
    [
      [element.positive_button, "👍"],
      [element.negative_button, "👎"],
    ].map(([one, face]) => {
      const node = h(
        "button",
        {
          type: "button",
          class: "button button-icon",
          "aria-label": one.accessibility_label ?? one.text.text,
          "data-tip": one.text.text,
          data: { value: one.value },
        },
        face,
      );
      node.addEventListener("click", () => ctx.act(block, element, one.value));
      return node;
    }),
  );
}

/** Show a spinner in `node` until `work` is done. The node keeps its place and its focus. */
export async function whileBusy(node, work) {
  node.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

/** Slack's confirm object, asked. */
export function agreed(confirm) {
  return confirmDialog({
    title: withEmoji(confirm.title?.text ?? "Are you sure?"),
    text: textObject(confirm.text),
    confirm: withEmoji(confirm.confirm?.text ?? "Yes"),
    deny: withEmoji(confirm.deny?.text ?? "Cancel"),
    danger: confirm.style === "danger",
  });
}

function drawOverflow(element, ctx, block) {
  const node = h(
    "button",
    {
      type: "button",
      class: "button button-icon",
      "aria-label": element.accessibility_label ?? "More options",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    icon("more"),
  );
  const choose = async (option) => {
    if (element.confirm && !(await agreed(element.confirm))) return;
    await ctx.act(block, element, option.value);
  };
  node.addEventListener("click", () =>
    openMenu(
      node,
      (element.options ?? []).map((option) => ({
        label: withEmoji(option.text?.text),
        note: withEmoji(option.description?.text),
        href: safeUrl(option.url),
        data: { value: option.value },
        run: () => choose(option),
      })),
      { label: "More options" },
    ),
  );
  return append(node);
}
