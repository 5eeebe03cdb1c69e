// One widget for every kind of select: a button that opens a list, with a filter where the list is long.

import { h, uid } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { icon } from "./icons.js";
import { openPopover } from "./popover.js";

const FILTER_FROM = 8; // a list this long gets a filter box
const SHOWN = 200; // options drawn at once
const TYPING_MS = 180;

/**
 * `spec`: {field: {label | labelId, describedBy}, placeholder, multi, value, max, clearable, groups() -> [{label, options}],
 * load?(query) -> Promise<groups>, minQuery, labelOf(value), onChange(value)}; an option is {value, text, note, lead}.
 * Returns the control; its `setValue(value)` changes what is shown without telling anybody.
 */
export function selectControl(spec) {
  const listId = uid("list");
  const shown = h("span", { class: "select-value", id: uid("value") });
  const control = h(
    "button",
    {
      type: "button",
      class: "select",
      role: "combobox",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-controls": listId,
      ...naming(spec.field, shown.id),
    },
    shown,
    icon("chevron", 16),
  );
  const box = new SelectBox(spec, control, shown, listId);
  control.addEventListener("click", () => box.toggle());
  control.addEventListener("keydown", (event) => box.controlKey(event));
  control.setValue = (value) => box.show(value);
  box.show(spec.value);
  return control;
}

function naming(field, valueId) {
  if (field.labelId)
    return {
      "aria-labelledby": field.labelId,
      "aria-describedby": [valueId, field.describedBy].filter(Boolean).join(" "),
    };
  return { "aria-label": field.label, "aria-describedby": valueId };
}

class SelectBox {
  constructor(spec, control, shown, listId) {
    Object.assign(this, {
      spec,
      control,
      shown,
      listId,
      value: spec.value,
      opened: null,
      active: 0,
      rows: [],
    });
  }

  show(value) {
    this.value = value;
    const { spec } = this;
    const values = spec.multi ? (value ?? []) : [value].filter((one) => one !== null && one !== undefined);
    this.control.classList.toggle("is-empty", values.length === 0);
    if (!values.length)
      this.shown.replaceChildren(spec.placeholder || (spec.multi ? "Choose some" : "Choose an option"));
    else if (spec.multi) this.shown.replaceChildren(...values.map((one) => this.chip(one)));
    else this.shown.replaceChildren(withEmoji(spec.labelOf(value)));
  }

  chip(value) {
    const drop = (event) => {
      event.stopPropagation();
      this.change(this.value.filter((one) => one !== value));
    };
    return h(
      "span",
      { class: "chip" },
      withEmoji(this.spec.labelOf(value)),
      h("span", { class: "chip-drop", "aria-hidden": "true", on: { click: drop } }, "×"),
    );
  }

  change(value) {
    this.show(value);
    this.spec.onChange(value);
  }

  controlKey(event) {
    if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.open();
    } else if (["Backspace", "Delete"].includes(event.key)) {
      event.preventDefault();
      if (this.spec.multi && this.value.length) this.change(this.value.slice(0, -1));
      else if (!this.spec.multi && this.spec.clearable && this.value !== null) this.change(null);
    } else if (/^[\p{L}\p{N}]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.open(event.key);
      event.preventDefault();
    }
  }

  toggle() {
    if (this.opened) this.opened.close();
    else this.open();
  }

  open(typed = "") {
    if (this.opened) return;
    const { spec } = this;
    const total = spec.load ? Infinity : spec.groups().reduce((sum, group) => sum + group.options.length, 0);
    this.filter =
      total >= FILTER_FROM
        ? h("input", {
            class: "input select-filter",
            type: "text",
            role: "combobox",
            "aria-expanded": "true",
            "aria-label": "Filter options",
            placeholder: "Type to filter…",
            autocomplete: "off",
            "aria-controls": this.listId,
            value: typed,
            on: { input: () => this.refilter() },
          })
        : null;
    this.list = h("div", {
      class: "options",
      role: "listbox",
      id: this.listId,
      tabIndex: this.filter ? -1 : 0,
      "aria-label": spec.field.label ?? "Options",
      "aria-multiselectable": spec.multi ? "true" : null,
    });
    this.opened = openPopover({
      anchor: this.control,
      content: [this.filter, this.list],
      role: "presentation",
      className: "popover-select",
      matchWidth: true,
      onClose: () => {
        this.opened = null;
        this.control.setAttribute("aria-expanded", "false");
      },
    });
    this.opened.node.addEventListener("keydown", (event) => this.listKey(event));
    this.control.setAttribute("aria-expanded", "true");
    this.fresh = true;
    this.refilter(!typed);
    (this.filter ?? this.list).focus({ preventScroll: true });
    if (!this.filter && typed) this.typeAhead(typed);
  }

  refilter(atOnce = false) {
    const query = this.filter?.value.trim() ?? "";
    clearTimeout(this.timer);
    if (!this.spec.load) {
      this.draw(matching(this.spec.groups(), query));
      return;
    }
    if ([...query].length < (this.spec.minQuery ?? 3)) {
      this.draw([], "Type to search…");
      return;
    }
    this.draw([], "Searching…");
    this.timer = setTimeout(() => this.search(query), atOnce === true ? 0 : TYPING_MS);
  }

  async search(query) {
    const asked = (this.asked ?? 0) + 1;
    this.asked = asked;
    const groups = await this.spec.load(query);
    if (asked === this.asked && this.opened) this.draw(groups);
  }

  draw(groups, empty = "Nothing matches") {
    this.rows = [];
    const parts = [];
    if (this.spec.clearable && !this.spec.multi && this.value !== null && !this.filter?.value)
      parts.push(this.clearRow());
    for (const group of groups) {
      const options = group.options
        .slice(0, Math.max(0, SHOWN - this.rows.length))
        .map((option) => this.row(option));
      if (!options.length) continue;
      parts.push(
        group.label
          ? h(
              "div",
              { role: "group", "aria-label": group.label },
              h("div", { class: "options-label", "aria-hidden": "true" }, withEmoji(group.label)),
              options,
            )
          : options,
      );
    }
    if (!this.rows.length) parts.push(h("p", { class: "options-empty", role: "status" }, empty));
    this.list.replaceChildren(...parts.flat());
    const chosen = this.fresh ? this.rows.findIndex((row) => this.isChosen(row.option)) : -1;
    this.fresh = false;
    this.activate(chosen === -1 ? Math.min(this.active, Math.max(this.rows.length - 1, 0)) : chosen);
    this.opened.settle();
  }

  clearRow() {
    const node = h(
      "div",
      { class: "option option-clear", role: "option", id: uid("option"), "aria-selected": "false" },
      "Clear selection",
    );
    return this.add(node, null);
  }

  row(option) {
    const chosen = this.isChosen(option);
    const node = h(
      "div",
      {
        class: "option",
        role: "option",
        id: uid("option"),
        "aria-selected": String(chosen),
        data: { value: option.value },
      },
      option.lead?.() ?? null,
      h(
        "span",
        { class: "option-text" },
        withEmoji(option.text),
        option.note ? h("span", { class: "option-note" }, withEmoji(option.note)) : null,
      ),
      h("span", { class: "option-mark" }, chosen ? icon("check", 16) : null),
    );
    return this.add(node, option);
  }

  add(node, option) {
    const at = this.rows.length;
    node.addEventListener("pointermove", () => this.activate(at, false));
    node.addEventListener("click", () => this.pick(option));
    this.rows.push({ node, option });
    return node;
  }

  isChosen(option) {
    if (!option) return false;
    return this.spec.multi ? this.value.includes(option.value) : this.value === option.value;
  }

  activate(at, scroll = true) {
    this.rows[this.active]?.node.classList.remove("is-active");
    this.active = at;
    const row = this.rows[at];
    row?.node.classList.add("is-active");
    (this.filter ?? this.list).setAttribute("aria-activedescendant", row?.node.id ?? "");
    if (scroll) row?.node.scrollIntoView({ block: "nearest" });
  }

  pick(option) {
    const { spec } = this;
    if (!spec.multi) {
      this.opened.close();
      if (!option || option.value !== this.value) this.change(option ? option.value : null);
      return;
    }
    const has = this.value.includes(option.value);
    if (!has && spec.max && this.value.length >= spec.max) return;
    this.change(has ? this.value.filter((one) => one !== option.value) : [...this.value, option.value]);
    this.refilter(true);
  }

  listKey(event) {
    const last = this.rows.length - 1;
    const to = {
      ArrowDown: this.active >= last ? 0 : this.active + 1,
      ArrowUp: this.active <= 0 ? last : this.active - 1,
      PageDown: Math.min(this.active + 8, last),
      PageUp: Math.max(this.active - 8, 0),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.activate(to);
    } else if (event.key === "Enter" || (event.key === " " && !this.filter)) {
      event.preventDefault();
      event.stopPropagation();
      if (this.rows[this.active]) this.pick(this.rows[this.active].option);
    } else if (event.key === "Tab") {
      this.opened.close();
    } else if (!this.filter && event.key.length === 1) {
      this.typeAhead(event.key);
    }
  }

  typeAhead(letter) {
    const order = this.rows.map((row, at) => ({ row, at }));
    const after = [...order.slice(this.active + 1), ...order.slice(0, this.active + 1)];
    const found = after.find(({ row }) => row.option?.text.toLowerCase().startsWith(letter.toLowerCase()));
    if (found) this.activate(found.at);
  }
}

function matching(groups, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return groups;
  const hit = (option) =>
    words.every((word) =>
      `${option.text} ${option.note ?? ""} ${option.search ?? ""}`.toLowerCase().includes(word),
    );
  return groups.map((group) => ({ ...group, options: group.options.filter(hit) }));
}
