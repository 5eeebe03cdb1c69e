// The files of a message: pictures as such, texts by their first lines, others by their name.

import { confirmDialog, openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { linkNode } from "./entities.js";
import { sizeOf } from "./format.js";
import { icon } from "./icons.js";
import { state } from "./store.js";
import { tell } from "./tell.js";

const MOST_SHOWN = 100_000; // bytes of a text of which the first lines are shown
const LINES = 6;
const TEXTS = new Set("text markdown csv json yaml yml xml html css sql shell sh python javascript diff".split(" "));
const PICTURES = /^image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml)$/;

/** {key, draw} for a message's files, or null. */
export function files(message) {
  if (!message.files?.length) return null;
  return {
    key: JSON.stringify(message.files),
    draw: () => h("ul", { class: "files", "aria-label": "Files" }, message.files.map(fileRow)),
  };
}

/** The address of a file's content for the acting person; the one of the API needs a token. */
export function fileAddress(id) {
  return `/client/files/${encodeURIComponent(id)}?as=${encodeURIComponent(state.me.id)}`;
}

function fileRow(one) {
  if (one.mode === "tombstone")
    return h("li", { class: "file file-gone" }, icon("trash", 15), "This file was deleted.");
  const isPicture = !one.is_external && PICTURES.test(one.mimetype ?? "");
  return h(
    "li",
    { class: isPicture ? "file-picture" : "file", data: { file: one.id } },
    isPicture ? picture(one) : [icon("file", 24), named(one), excerpt(one), tools(one)],
  );
}

function named(one) {
  const name = one.title || one.name || "File";
  const kind = [one.pretty_type ?? one.filetype, one.size ? sizeOf(one.size) : null].filter(Boolean).join(" · ");
  const address = one.is_external ? one.url_private : new URL(fileAddress(one.id), location.href).href;
  return h(
    "div",
    { class: "file-words" },
    h("div", { class: "file-name" }, linkNode(address, name)),
    h("div", { class: "note" }, kind),
  );
}

function picture(one) {
  const name = one.title || one.name;
  const open = () => showPicture(one, name);
  return [
    h("div", { class: "file-caption" }, h("span", { class: "note" }, name), tools(one)),
    h(
      "button",
      { type: "button", class: "file-open", "aria-label": `Look at ${name}`, on: { click: open } },
      h("img", { class: "block-image", src: fileAddress(one.id), alt: one.alt_txt || name, loading: "lazy" }),
    ),
  ];
}

function showPicture(one, name) {
  openDialog({
    title: name,
    className: "dialog-picture",
    content: h("img", { class: "whole-picture", src: fileAddress(one.id), alt: one.alt_txt || name }),
    footer: downloadLink(one, [icon("down", 16), "Download"], "button"),
  });
}

/** The first lines of a text, when there are not too many. */
function excerpt(one) {
  const isText = one.mimetype?.startsWith("text/") || TEXTS.has(one.filetype);
  if (one.is_external || !isText || one.size > MOST_SHOWN) return null;
  const node = h("pre", { class: "code-block file-excerpt", hidden: true });
  fetch(fileAddress(one.id))
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((text) => {
      const lines = text.split("\n");
      fill(node, lines.slice(0, LINES).join("\n"), lines.length > LINES ? "\n…" : null);
      node.hidden = !text.trim();
    })
    .catch(() => node.remove());
  return node;
}

function downloadLink(one, face, className, label = null) {
  return h(
    "a",
    { class: className, href: fileAddress(one.id), download: one.name, "aria-label": label, "data-tip": label },
    face,
  );
}

function tools(one) {
  if (one.is_external) return null;
  const isMine = one.user === state.me.id || state.me.is_admin;
  return h(
    "span",
    { class: "file-tools" },
    downloadLink(one, icon("down", 16), "tool", `Download ${one.name}`),
    isMine
      ? h(
          "button",
          {
            type: "button",
            class: "tool",
            "aria-label": `Delete ${one.name}`,
            "data-tip": "Delete file",
            on: { click: () => remove(one) },
          },
          icon("trash", 16),
        )
      : null,
  );
}

async function remove(one) {
  const yes = await confirmDialog({
    title: "Delete file",
    text: `${one.name} will be gone for everybody, wherever it is shown.`,
    confirm: "Delete",
    danger: true,
  });
  if (yes) await tell("delete_file", { file: one.id });
}
