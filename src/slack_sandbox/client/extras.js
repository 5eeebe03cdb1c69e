// What hangs below a message's text: legacy attachments.

import { h } from "./dom.js";
import { linkNode } from "./entities.js";
import { image } from "./pictures.js";
import { Surface } from "./surface.js";
import { mrkdwn, plainText } from "./words.js";

/** {key, draw} for a message's attachments, or null. */
export function attachments(message) {
  if (!message.attachments?.length) return null;
  return {
    key: JSON.stringify(message.attachments),
    draw: () =>
      h(
        "div",
        { class: "attachments" },
        message.attachments.map((one) => attachment(one, message)),
      ),
  };
}

const NAMED = { good: "#2e8b57", warning: "#d19a2a", danger: "#c3392b" };

function attachment(one, message) {
  const bar = h("div", { class: "attachment-bar" });
  const color =
    NAMED[one.color] ?? (/^#?[0-9a-f]{6}$/i.test(one.color ?? "") ? `#${one.color.replace("#", "")}` : null);
  if (color) bar.style.backgroundColor = color;
  const inside = h("div", { class: "attachment-body" });
  if (one.blocks?.length) {
    new Surface({
      kind: "message",
      channel: message.channel,
      place: () => ({ channel: message.channel, message_ts: message.ts }),
    }).draw(inside, one.blocks);
  } else {
    inside.append(...legacy(one));
  }
  return h("div", { class: "attachment" }, bar, inside);
}

function legacy(one) {
  const title = one.title
    ? h(
        "p",
        { class: "attachment-title" },
        one.title_link ? linkNode(one.title_link, plainText(one.title)) : plainText(one.title),
      )
    : null;
  const fields = one.fields?.length
    ? h(
        "dl",
        { class: "attachment-fields" },
        one.fields.map((field) =>
          h(
            "div",
            { class: field.short ? "is-short" : null },
            h("dt", null, plainText(field.title)),
            h("dd", null, mrkdwn(field.value)),
          ),
        ),
      )
    : null;
  return [
    one.pretext ? h("div", { class: "text" }, mrkdwn(one.pretext)) : null,
    one.author_name ? h("p", { class: "note" }, plainText(one.author_name)) : null,
    title,
    one.text || (!title && one.fallback)
      ? h("div", { class: "text" }, mrkdwn(one.text ?? one.fallback))
      : null,
    fields,
    one.image_url
      ? image({ image_url: one.image_url, alt_text: one.title ?? "Attached image" }, "block-image")
      : null,
    one.footer ? h("p", { class: "note" }, plainText(one.footer)) : null,
  ].filter(Boolean);
}
