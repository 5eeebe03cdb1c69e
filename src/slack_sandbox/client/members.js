// Who is in a channel: looked for, looked at, added, removed.

import { read } from "./api.js";
import { confirmDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { invite } from "./forms.js";
import { icon } from "./icons.js";
import { searchBox } from "./inputs.js";
import { appBadge, avatar, presenceDot } from "./people.js";
import { emit, fullNameOf, isDirect, labelOf, on, person, state } from "./store.js";
import { orTold, tell } from "./tell.js";

const MANY = 8; // from here on one wants to search

/** Draw the members of `channel` into `body` and keep them true while `isShown()`; returns what stops that. */
export function openMembers(body, channel, isShown) {
  const list = h("ul", { class: "members", "aria-label": "Members" });
  const box = searchBox("Find members", { hidden: true });
  const top = h("div", { class: "members-top" });
  let members = [];
  let drawn = null;
  const show = () => {
    const query = box.value.trim().toLowerCase();
    const words = (one) => `${fullNameOf(one.id)} ${one.name} ${one.title ?? ""}`.toLowerCase();
    const fits = members.filter((one) => words(one).includes(query));
    fill(list, fits.length ? fits.map((one) => memberRow(one, channel)) : nobody());
  };
  const load = async () => {
    const one = state.channels.get(channel);
    const key = JSON.stringify([one?.num_members, one?.is_member, one?.is_archived]);
    if (key === drawn) return;
    drawn = key;
    const answer = await orTold(() => read("members", { channel }));
    if (!answer || !isShown()) return;
    members = answer.members.map(person).filter(Boolean).sort(byName);
    box.hidden = members.length < MANY;
    fill(top, mayChange(one) ? addButton(one, answer.members) : null);
    show();
  };
  box.addEventListener("input", show);
  fill(body, h("div", { class: "pane-list" }, top, box, list));
  load();
  return on("channels", load);
}

const byName = (a, b) =>
  Number(a.is_bot) - Number(b.is_bot) || fullNameOf(a.id).localeCompare(fullNameOf(b.id));

const mayChange = (channel) => Boolean(channel?.is_member && !channel.is_archived && !isDirect(channel));

const nobody = () => h("li", { class: "options-empty" }, "Nobody matches");

function addButton(channel, members) {
  return h(
    "button",
    { type: "button", class: "button", on: { click: () => invite(channel, members) } },
    icon("plus", 16),
    "Add people",
  );
}

function memberRow(one, channel) {
  const remove = h(
    "button",
    {
      type: "button",
      class: "icon-button member-remove",
      "aria-label": `Remove ${fullNameOf(one.id)}`,
      "data-tip": "Remove from channel",
      on: { click: () => kick(one, channel) },
    },
    icon("exit", 16),
  );
  return h(
    "li",
    { class: "member" },
    h(
      "button",
      {
        type: "button",
        class: "pick-row",
        data: { user: one.id },
        on: { click: (event) => emit("profile", { user: one.id, anchor: event.currentTarget }) },
      },
      h("span", { class: "pick-lead" }, avatar(one, 32)),
      h(
        "span",
        { class: "pick-title" },
        h(
          "span",
          null,
          fullNameOf(one.id),
          one.id === state.me.id ? " (you)" : "",
          " ",
          one.is_bot ? appBadge() : presenceDot(one),
        ),
        one.title ? h("span", { class: "pick-note" }, one.title) : null,
      ),
    ),
    one.id !== state.me.id && mayChange(state.channels.get(channel)) ? remove : null,
  );
}

async function kick(one, channel) {
  const yes = await confirmDialog({
    title: `Remove ${fullNameOf(one.id)}?`,
    text: `They leave ${labelOf(state.channels.get(channel))}, and may be added again.`,
    confirm: "Remove",
    danger: true,
  });
  if (yes) await tell("kick", { channel, user: one.id });
}
