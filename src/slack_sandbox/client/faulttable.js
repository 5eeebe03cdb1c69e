// What the page of what goes wrong is made of: buttons, tables, and parts that are drawn when they change.

import { fill, h } from "./dom.js";

/** A small button; `of` says to screen readers what it is about. */
export function button(label, run, { danger = false, of = "" } = {}) {
  const props = {
    type: "button",
    class: danger ? "button button-small button-danger" : "button button-small",
    "aria-label": of ? `${label}: ${of}` : null,
    on: { click: run },
  };
  return h("button", props, label);
}

/** A table that scrolls in itself; the first cell of a row is its head. */
export function table(caption, heads, rows) {
  const cell = (content, at) => h(at ? "td" : "th", at ? null : { scope: "row" }, content);
  return h(
    "div",
    { class: "trouble-table", tabindex: 0, role: "region", "aria-label": caption },
    h(
      "table",
      null,
      h("caption", { class: "visually-hidden" }, caption),
      h("thead", null, h("tr", null, heads.map(head))),
      h("tbody", null, rows.map((cells) => h("tr", null, cells.map(cell)))),
    ),
  );
}

function head(title) {
  return title ? h("th", { scope: "col" }, title) : h("td", null);
}

const drawn = new Map();

/** Draw a part again only when what it shows has changed: a button one is about to press stays where it is. */
export function draw(node, data, make) {
  const now = JSON.stringify(data);
  if (drawn.get(node) === now) return;
  drawn.set(node, now);
  fill(node, make());
}
