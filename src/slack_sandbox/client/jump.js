// Lists one searches: browse channels, write to somebody, go anywhere.

import { openDialog } from "./dialog.js";
import { fill, h, uid } from "./dom.js";
import { createChannel } from "./forms.js";
import { icon } from "./icons.js";
import { avatar } from "./people.js";
import { emit, fullNameOf, isDirect, pickablePeople, signOf, state, titleOf } from "./store.js";
import { tell } from "./tell.js";
import { toPlain } from "./words.js";

/** A dialog with a search box over a list; `rows(query)` gives {key, draw, run}. */
function listDialog({ title, placeholder, rows, className = "", foot = [] }) {
  const list = h("div", { class: "pick-list", role: "listbox", id: uid("pick"), "aria-label": title });
  const search = h("input", {
    class: "input",
    type: "text",
    placeholder,
    role: "combobox",
    "aria-expanded": "true",
    "aria-label": placeholder,
    autocomplete: "off",
    "aria-controls": list.id,
  });
  const dialog = openDialog({
    title,
    className: `dialog-list ${className}`,
    content: [search, list],
    footer: foot,
  });
  let items = [];
  let active = 0;
  const point = (at) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    list.children[at]?.setAttribute("aria-selected", "true");
    list.children[at]?.scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
  };
  const run = (item) => {
    dialog.close();
    item.run();
  };
  const draw = () => {
    items = rows(search.value.trim().toLowerCase()).slice(0, 100);
    fill(
      list,
      items.map((item, at) =>
        h(
          "div",
          {
            class: "pick-row",
            role: "option",
            id: uid("row"),
            "aria-selected": "false",
            on: { click: () => run(item), pointermove: () => active !== at && point(at) },
          },
          item.draw(),
        ),
      ),
    );
    if (!items.length) fill(list, h("p", { class: "options-empty", role: "status" }, "Nothing matches"));
    active = 0;
    point(0);
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    const to = { ArrowDown: Math.min(active + 1, items.length - 1), ArrowUp: Math.max(active - 1, 0) }[
      event.key
    ];
    if (to !== undefined) {
      event.preventDefault();
      point(to);
    } else if (event.key === "Enter" && items[active]) {
      event.preventDefault();
      run(items[active]);
    }
  });
  draw();
  search.focus();
  return dialog;
}

const row = (lead, title, note, end) => [
  h("span", { class: "pick-lead" }, lead),
  h("span", { class: "pick-title" }, title, note ? h("span", { class: "pick-note" }, note) : null),
  end ? h("span", { class: "pick-end" }, end) : null,
];

const channelIcon = (one) => icon(signOf(one), 17);

export function browseChannels() {
  const open = async (channel) => {
    if (!channel.is_member && !channel.is_archived && !(await tell("join", { channel: channel.id }))) return;
    emit("goto", { channel: channel.id });
  };
  const rows = (query) =>
    [...state.channels.values()]
      .filter(
        (one) =>
          !isDirect(one) && `${one.name} ${one.topic ?? ""} ${one.purpose ?? ""}`.toLowerCase().includes(query),
      )
      .sort((a, b) => Number(a.is_archived) - Number(b.is_archived) || a.name.localeCompare(b.name))
      .map((one) => ({
        run: () => open(one),
        draw: () =>
          row(
            channelIcon(one),
            one.name,
            [
              `${one.num_members ?? 0} ${one.num_members === 1 ? "member" : "members"}`,
              toPlain(one.topic || one.purpose),
            ]
              .filter(Boolean)
              .join(" · "),
            one.is_archived ? "Archived" : one.is_member ? "Joined" : "Join",
          ),
      }));
  const make = h(
    "button",
    {
      type: "button",
      class: "button",
      on: {
        click: () => {
          dialog.close();
          createChannel();
        },
      },
    },
    icon("plus", 16),
    "Create a channel",
  );
  const dialog = listDialog({ title: "Browse channels", placeholder: "Search channels", rows, foot: [make] });
}

const peopleRows = (query, run, { apps = true } = {}) =>
  pickablePeople({ apps })
    .filter((one) => `${one.name} ${fullNameOf(one.id)} ${one.title ?? ""}`.toLowerCase().includes(query))
    .map((one) => ({
      run: () => run(one),
      draw: () =>
        row(avatar(one, 26), fullNameOf(one.id), one.title || `@${one.name}`, one.is_bot ? "App" : null),
    }));

export function newConversation() {
  listDialog({
    title: "New message",
    placeholder: "Search people",
    rows: (query) => peopleRows(query, (one) => emit("message-person", one.id)),
  });
}

/** Choose by a few letters whom to act as, where there are many. */
export function actAsSomebody() {
  listDialog({
    title: "Act as somebody else",
    placeholder: "Search people",
    rows: (query) => peopleRows(query, (one) => emit("become", one.id), { apps: false }),
  });
}

/** Ctrl K: go anywhere by a few letters. */
export function quickSwitch() {
  const rank = (name, query) => (name.toLowerCase().startsWith(query) ? 0 : 1);
  const rows = (query) => {
    const wanted = query.replace(/^[#@]/, "");
    const channels = [...state.channels.values()]
      .filter((one) => !one.is_im && !one.is_archived && titleOf(one).toLowerCase().includes(wanted))
      .sort(
        (a, b) =>
          Number(b.is_member) - Number(a.is_member) ||
          (b.unread > 0) - (a.unread > 0) ||
          rank(titleOf(a), wanted) - rank(titleOf(b), wanted) ||
          titleOf(a).localeCompare(titleOf(b)),
      )
      .map((one) => ({
        run: () => emit("goto", { channel: one.id }),
        draw: () =>
          row(
            channelIcon(one),
            titleOf(one),
            toPlain(one.topic),
            one.unread && one.is_member ? `${one.unread} new` : null,
          ),
      }));
    return query.startsWith("@")
      ? peopleRows(wanted, (one) => emit("message-person", one.id))
      : [...channels, ...peopleRows(wanted, (one) => emit("message-person", one.id))];
  };
  listDialog({ title: "Jump to", placeholder: "Channel or person", className: "dialog-jump", rows });
}
