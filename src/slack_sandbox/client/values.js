// What an interactive element holds: where it starts, when it is empty, what is wrong with it.

const MULTI = /^multi_|^checkboxes$/;

const INITIAL = {
  static_select: (one) => one.initial_option?.value ?? null,
  external_select: (one) => one.initial_option?.value ?? null,
  radio_buttons: (one) => one.initial_option?.value ?? null,
  users_select: (one) => one.initial_user ?? null,
  channels_select: (one) => one.initial_channel ?? null,
  conversations_select: (one, ctx) =>
    one.initial_conversation ?? (one.default_to_current_conversation ? (ctx.channel ?? null) : null),
  multi_static_select: (one) => (one.initial_options ?? []).map((option) => option.value),
  multi_external_select: (one) => (one.initial_options ?? []).map((option) => option.value),
  checkboxes: (one) => (one.initial_options ?? []).map((option) => option.value),
  multi_users_select: (one) => one.initial_users ?? [],
  multi_channels_select: (one) => one.initial_channels ?? [],
  multi_conversations_select: (one, ctx) =>
    one.initial_conversations ?? (one.default_to_current_conversation && ctx.channel ? [ctx.channel] : []),
  datepicker: (one) => one.initial_date ?? null,
  timepicker: (one) => one.initial_time ?? null,
  datetimepicker: (one) => one.initial_date_time ?? null,
  plain_text_input: (one) => one.initial_value ?? null,
  rich_text_input: (one) => wordsOfRichText(one.initial_value) || null,
  email_text_input: (one) => one.initial_value ?? null,
  url_text_input: (one) => one.initial_value ?? null,
  number_input: (one) => one.initial_value ?? null,
};

/** Rich text is edited as plain text here. */
function wordsOfRichText(block) {
  if (!block) return "";
  return (
    block.text ??
    block.name ??
    (block.elements ?? []).map(wordsOfRichText).join(block.type === "rich_text" ? "\n" : "")
  );
}

/** Whether the element keeps a value (a button or an overflow menu does not). */
export function isStateful(element) {
  return Object.hasOwn(INITIAL, element?.type ?? "");
}

/** The value an element starts with, before anybody touched it. */
export function initialValue(element, ctx) {
  return INITIAL[element.type]?.(element, ctx) ?? (MULTI.test(element.type) ? [] : null);
}

export function isEmpty(value) {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

/** Slack's own checks before a form is sent: the sentence to show at the field, or null. */
export function complaint(block, value) {
  const element = block.element;
  if (isEmpty(value) || (typeof value === "string" && !value.trim()))
    return block.optional ? null : "Please complete this required field.";
  return COMPLAINTS[element.type]?.(element, value) ?? null;
}

const COMPLAINTS = {
  plain_text_input: (one, value) => {
    const length = [...value].length;
    if (one.min_length && length < one.min_length)
      return `Please write at least ${one.min_length} characters.`;
    if (one.max_length && length > one.max_length)
      return `Please write at most ${one.max_length} characters.`;
    return null;
  },
  email_text_input: (one, value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : "Please enter a valid email address.",
  url_text_input: (one, value) =>
    URL.canParse(value) && /^https?:/i.test(value) ? null : "Please enter a valid URL.",
  number_input: (one, value) => {
    if (!/^-?\d+(\.\d+)?$/.test(value)) return "Please enter a number.";
    if (!one.is_decimal_allowed && value.includes(".")) return "Please enter a whole number.";
    if (one.min_value !== undefined && Number(value) < Number(one.min_value))
      return `Please enter at least ${one.min_value}.`;
    if (one.max_value !== undefined && Number(value) > Number(one.max_value))
      return `Please enter at most ${one.max_value}.`;
    return null;
  },
};
