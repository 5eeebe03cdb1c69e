// The list above the message box: commands, people, channels and emoji that fit what is being typed.

import { builtinCommands } from "./builtins.js";
import { h, uid } from "./dom.js";
import { characterOf, findEmoji } from "./emoji.js";
import { icon } from "./icons.js";
import { avatar, presenceDot } from "./people.js";
import { fullNameOf, isDirect, nameOf, pickablePeople, state } from "./store.js";
import { toPlain } from "./words.js";

const MOST = 8;

/** Watches a textarea; `picks` learns whom a typed name means. Keys go through `key(event)` first. */
export class Suggest {
  constructor(box, { commands, picks }) {
    Object.assign(this, { box, commands, picks, items: [], active: 0 });
    this.list = h("div", {
      class: "suggest-list",
      role: "listbox",
      id: uid("suggest"),
      "aria-label": "Suggestions",
    });
    this.tip = h("div", { class: "suggest-tip", role: "status" });
    this.node = h("div", { class: "suggest", hidden: true }, this.list, this.tip);
    box.setAttribute("aria-controls", this.list.id);
    box.setAttribute("aria-autocomplete", "list");
    box.addEventListener("input", () => this.update());
    box.addEventListener("click", () => this.update());
    box.addEventListener("blur", () => setTimeout(() => document.activeElement !== box && this.hide(), 150));
  }

  update() {
    const before = this.box.value.slice(0, this.box.selectionStart);
    const found =
      this.commands && before.startsWith("/") ? this.commandItems(before) : this.tokenItems(before);
    this.items = found.items;
    this.start = found.start;
    this.tip.replaceChildren(...(found.tip ? [found.tip] : []));
    this.tip.hidden = !found.tip;
    this.draw();
  }

  commandItems(before) {
    const all = [...state.commands, ...builtinCommands()];
    const typed = /^(\/\S*)$/.exec(before);
    if (typed) {
      const fits = all.filter((one) => one.command.startsWith(typed[1].toLowerCase())).slice(0, MOST + 4);
      return { start: 0, items: fits.map(commandItem) };
    }
    const name = before.split(/\s/, 1)[0].toLowerCase();
    const command = all.find((one) => one.command === name);
    const inside = this.tokenItems(before);
    if (inside.items.length || !command) return inside;
    return {
      start: 0,
      items: [],
      tip: h(
        "span",
        null,
        h("b", null, command.command),
        command.usage_hint ? ` ${command.usage_hint}` : "",
        h("span", { class: "note" }, ` ${command.description ?? ""}`),
      ),
    };
  }

  tokenItems(before) {
    const found = /(?:^|[\s(])([@#:])([^\s@#:]*)$/.exec(before);
    if (!found) return { items: [] };
    const [, sign, query] = found;
    const items = { "@": peopleItems, "#": channelItems, ":": emojiItems }[sign](query.toLowerCase());
    return { items: items.slice(0, MOST), start: before.length - query.length - 1 };
  }

  draw() {
    this.node.hidden = this.items.length === 0 && this.tip.hidden;
    this.list.hidden = this.items.length === 0;
    this.active = 0;
    this.list.replaceChildren(
      ...this.items.map((item, at) => {
        const row = h(
          "div",
          { class: "suggest-row", role: "option", id: uid("row"), "aria-selected": "false" },
          item.draw(),
        );
        row.addEventListener("pointerdown", (event) => event.preventDefault());
        row.addEventListener("pointermove", () => this.point(at));
        row.addEventListener("click", () => this.take(at));
        return row;
      }),
    );
    this.point(0);
  }

  point(at) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = at;
    const row = this.list.children[at];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.box.setAttribute("aria-activedescendant", row.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  hide() {
    this.items = [];
    this.tip.hidden = true;
    this.draw();
  }

  /** Handle a key while the list is open; true when it was for the list. */
  key(event) {
    if (!this.items.length) return false;
    const last = this.items.length - 1;
    if (event.key === "ArrowDown") this.point(this.active === last ? 0 : this.active + 1);
    else if (event.key === "ArrowUp") this.point(this.active === 0 ? last : this.active - 1);
    else if (event.key === "Escape") this.hide();
    else if (event.key === "Tab" || event.key === "Enter") return this.accept(event);
    else return false;
    return true;
  }

  accept(event) {
    const item = this.items[this.active];
    // What is typed in full already is sent by Enter, not completed once more.
    if (event.key === "Enter" && item.insert === this.box.value.slice(this.start, this.box.selectionStart)) {
      item.pick?.(this.picks);
      this.hide();
      return false;
    }
    this.take(this.active);
    return true;
  }

  take(at) {
    const item = this.items[at];
    const end = this.box.selectionStart;
    item.pick?.(this.picks);
    this.box.setRangeText(`${item.insert} `, this.start, end, "end");
    this.box.focus();
    this.hide();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function commandItem(one) {
  return {
    insert: one.command,
    draw: () => [
      h("span", { class: "suggest-sign" }, "/"),
      h(
        "span",
        { class: "suggest-text" },
        h("b", null, one.command),
        one.usage_hint ? h("span", { class: "suggest-hint" }, ` ${one.usage_hint}`) : null,
        one.description ? h("span", { class: "suggest-note" }, one.description) : null,
      ),
      h("span", { class: "suggest-from" }, one.app_name ?? "Sandbox"),
    ],
  };
}

function peopleItems(query) {
  const fits = pickablePeople().filter((one) =>
    [one.name, ...fullNameOf(one.id).split(/\s+/), ...nameOf(one.id).split(/\s+/)].some((word) =>
      word.toLowerCase().startsWith(query),
    ),
  );
  const ranges = [
    ["here", "Everyone who is active"],
    ["channel", "Everyone in this channel"],
  ].filter(([name]) => query && name.startsWith(query));
  const groups = [...state.groups.values()].filter((one) => one.handle.startsWith(query));
  return [
    ...fits.map((one) => ({
      insert: `@${nameOf(one.id)}`,
      pick: (picks) => picks.set(`@${nameOf(one.id)}`, one.id),
      draw: () => [
        avatar(one, 24),
        h(
          "span",
          { class: "suggest-text" },
          h("b", null, nameOf(one.id)),
          h("span", { class: "suggest-hint" }, ` ${fullNameOf(one.id)}`),
          presenceDot(one),
        ),
        h("span", { class: "suggest-from" }, one.is_bot ? "App" : one.title),
      ],
    })),
    ...groups.map((one) => ({
      insert: `@${one.handle}`,
      draw: () => [
        h("span", { class: "suggest-sign" }, icon("people", 17)),
        h(
          "span",
          { class: "suggest-text" },
          h("b", null, one.handle),
          h("span", { class: "suggest-hint" }, ` ${one.name}`),
        ),
        h("span", { class: "suggest-from" }, "Group"),
      ],
    })),
    ...ranges.map(([name, note]) => ({
      insert: `@${name}`,
      draw: () => [
        h("span", { class: "suggest-sign" }, "@"),
        h(
          "span",
          { class: "suggest-text" },
          h("b", null, name),
          h("span", { class: "suggest-hint" }, ` ${note}`),
        ),
      ],
    })),
  ];
}

function channelItems(query) {
  return [...state.channels.values()]
    .filter((one) => !isDirect(one) && !one.is_archived && one.name.includes(query))
    .sort(
      (a, b) =>
        Number(b.name.startsWith(query)) - Number(a.name.startsWith(query)) || a.name.localeCompare(b.name),
    )
    .map((one) => ({
      insert: `#${one.name}`,
      draw: () => [
        h("span", { class: "suggest-sign" }, icon(one.is_private ? "lock" : "hash", 16)),
        h(
          "span",
          { class: "suggest-text" },
          h("b", null, one.name),
          one.topic ? h("span", { class: "suggest-hint" }, ` ${toPlain(one.topic)}`) : null,
        ),
      ],
    }));
}

function emojiItems(query) {
  if (query.length < 2) return [];
  return findEmoji(query, MOST).map((name) => ({
    insert: `:${name}:`,
    draw: () => [
      h("span", { class: "emoji suggest-sign" }, characterOf(name)),
      h("span", { class: "suggest-text" }, `:${name}:`),
    ],
  }));
}
