// Elements one types or ticks: text, numbers, dates, checkboxes, radio buttons.

import { h, uid } from "./dom.js";
import { fromLocalInput, toLocalInput, zoneName } from "./format.js";
import { textObject } from "./words.js";

const TYPES = { email_text_input: "email", url_text_input: "url", number_input: "text" };
const SETTLE_MS = 700; // a date being typed digit by digit is not yet a choice

function naming(field) {
  if (field.labelId)
    return { "aria-labelledby": field.labelId, "aria-describedby": field.describedBy ?? null };
  return { "aria-label": field.label };
}

/** A box in which one looks for something. */
export function searchBox(label, more = {}) {
  return h("input", { class: "input", type: "search", placeholder: label, "aria-label": label, autocomplete: "off", ...more });
}

/** plain_text_input, email, url and number. */
export function drawText(element, ctx, block, field) {
  const { trigger_actions_on: triggers = ["on_enter_pressed"] } = element.dispatch_action_config ?? {};
  const given = ctx.valueOf(block, element);
  const props = {
    class: "input",
    placeholder: element.placeholder?.text,
    value: given ?? "",
    ...naming(field),
    autocomplete: "off",
    "aria-required": String(Boolean(field.required)),
  };
  const node = element.multiline
    ? h("textarea", { ...props, class: "input input-tall", rows: 4 })
    : h("input", {
        ...props,
        type: TYPES[element.type] ?? "text",
        inputmode: element.type === "number_input" ? "decimal" : null,
      });
  const keep = () => ctx.keep(block, element, node.value === "" ? null : node.value);
  node.addEventListener("input", () => {
    keep();
    if (triggers.includes("on_character_entered")) ctx.changed(block, element, node.value || null);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || (element.multiline && !event.metaKey && !event.ctrlKey) || event.isComposing)
      return;
    if (!block.dispatch_action || !triggers.includes("on_enter_pressed")) return;
    event.preventDefault();
    event.stopPropagation();
    ctx.changed(block, element, node.value || null);
  });
  return element.max_length ? counted(node, element.max_length) : node;
}

/** A text box that says how much room is left when little is. */
function counted(node, most) {
  const left = h("span", { class: "count", "aria-hidden": "true" });
  const tell = () => {
    const rest = most - [...node.value].length;
    left.textContent = rest <= Math.max(20, most / 10) ? String(rest) : "";
    left.classList.toggle("is-over", rest < 0);
  };
  node.addEventListener("input", tell);
  tell();
  return h("div", { class: "counted" }, node, left);
}

const DATES = {
  datepicker: { type: "date", show: (value) => value, take: (text) => text },
  timepicker: { type: "time", show: (value) => value, take: (text) => text.slice(0, 5) },
  datetimepicker: { type: "datetime-local", show: toLocalInput, take: fromLocalInput },
};

/** datepicker, timepicker, datetimepicker: the browser's own, which phones and keyboards know. */
export function drawDate(element, ctx, block, field) {
  const { type, show, take } = DATES[element.type];
  const given = ctx.valueOf(block, element);
  const node = h("input", {
    class: "input input-date",
    type,
    value: given === null ? "" : show(given),
    ...naming(field),
    title:
      element.type === "datepicker"
        ? (element.placeholder?.text ?? null)
        : `Times are in ${element.timezone ?? zoneName()}`,
  });
  let sent = node.value;
  let timer = null;
  const send = () => {
    clearTimeout(timer);
    if (node.value === sent) return;
    sent = node.value;
    ctx.changed(block, element, node.value ? take(node.value) : null);
  };
  node.addEventListener("change", () => {
    ctx.keep(block, element, node.value ? take(node.value) : null);
    clearTimeout(timer);
    timer = setTimeout(send, SETTLE_MS);
  });
  node.addEventListener("blur", send);
  return h("span", { class: "date-box" }, node);
}

/** radio_buttons and checkboxes. */
export function drawChoices(element, ctx, block, field) {
  const many = element.type === "checkboxes";
  const name = uid("choice");
  const given = ctx.valueOf(block, element);
  const boxes = (element.options ?? []).map((option) =>
    h("input", {
      type: many ? "checkbox" : "radio",
      name,
      value: option.value,
      checked: many ? given.includes(option.value) : given === option.value,
      "aria-describedby": option.description ? `${name}-${option.value}` : null,
    }),
  );
  const value = () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    return many ? ticked : (ticked[0] ?? null);
  };
  const rows = boxes.map((box, index) => {
    const option = element.options[index];
    box.addEventListener("change", () => ctx.changed(block, element, value()));
    return h(
      "div",
      { class: "choice" },
      h("label", { class: "choice-label" }, box, h("span", null, textObject(option.text))),
      option.description
        ? h("div", { class: "choice-note", id: `${name}-${option.value}` }, textObject(option.description))
        : null,
    );
  });
  return h("div", { class: "choices", role: many ? "group" : "radiogroup", ...naming(field) }, rows);
}
