// The emoji picker.

import { h, uid } from "./dom.js";
import { characterOf, findEmoji, rememberEmoji, usualEmoji } from "./emoji.js";
import { openPopover } from "./popover.js";

/** Let somebody pick an emoji beside `anchor`; `onPick(name)` is called once. */
export function pickEmoji(anchor, onPick) {
  const grid = h("div", { class: "emoji-grid", role: "listbox", id: uid("emoji"), "aria-label": "Emoji" });
  const hint = h("p", { class: "emoji-hint", "aria-hidden": "true" });
  const search = h("input", {
    class: "input",
    type: "text",
    placeholder: "Search emoji",
    role: "combobox",
    "aria-expanded": "true",
    "aria-label": "Search emoji",
    autocomplete: "off",
    "aria-controls": grid.id,
  });
  let cells = [];
  let active = 0;
  const point = (at, scroll = true) => {
    cells[active]?.classList.remove("is-active");
    active = at;
    const cell = cells[at];
    cell?.classList.add("is-active");
    search.setAttribute("aria-activedescendant", cell?.id ?? "");
    hint.textContent = cell ? `:${cell.dataset.emoji}:` : "Nothing matches";
    if (scroll) cell?.scrollIntoView({ block: "nearest" });
  };
  const pick = (name) => {
    opened.close();
    rememberEmoji(name);
    onPick(name);
  };
  const cellOf = (name) => {
    const cell = h(
      "button",
      {
        type: "button",
        class: "emoji-cell",
        role: "option",
        tabIndex: -1,
        id: uid("cell"),
        "aria-label": name.replaceAll("_", " "),
        data: { emoji: name },
        on: { click: () => pick(name) },
      },
      characterOf(name),
    );
    const at = cells.push(cell) - 1;
    cell.addEventListener("pointermove", () => point(at, false));
    return cell;
  };
  const draw = () => {
    cells = [];
    const query = search.value.trim();
    const parts = query
      ? findEmoji(query).map(cellOf)
      : [
          h("div", { class: "emoji-label" }, "Often used"),
          usualEmoji().map(cellOf),
          h("div", { class: "emoji-label" }, "All"),
          oneNameEach().map(cellOf),
        ];
    grid.replaceChildren(...parts.flat());
    point(0);
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    const columns = columnsOf(cells);
    const to = {
      ArrowRight: active + 1,
      ArrowLeft: active - 1,
      ArrowDown: active + columns,
      ArrowUp: active - columns,
    }[event.key];
    const inText = ["ArrowRight", "ArrowLeft"].includes(event.key) && search.value;
    if (to !== undefined && !inText) {
      event.preventDefault();
      point(Math.max(0, Math.min(to, cells.length - 1)));
    } else if (event.key === "Enter" && cells[active]) {
      event.preventDefault();
      event.stopPropagation();
      pick(cells[active].dataset.emoji);
    }
  });
  const opened = openPopover({
    anchor,
    label: "Pick an emoji",
    className: "popover-emoji",
    content: [search, grid, hint],
  });
  draw();
  opened.settle();
}

/** All emoji, each under the first of its names. */
function oneNameEach() {
  const seen = new Set();
  return findEmoji("", Infinity).filter(
    (name) => !seen.has(characterOf(name)) && seen.add(characterOf(name)),
  );
}

function columnsOf(cells) {
  const top = cells.at(-1)?.offsetTop;
  const first = cells[0]?.offsetTop;
  if (top === first) return 1;
  const row = cells.filter((cell) => cell.offsetTop === first).length;
  return Math.max(row, 1);
}
