// Small dialogs: browse and create channels, write to somebody, invite, change the topic, shortcuts.

import { Refused, act } from "./api.js";
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { openDialog } from "./layers.js";
import { toPlain } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { selectControl } from "./select.js";
import { emit, fullNameOf, labelOf, pickablePeople, state } from "./store.js";
import { tell } from "./tell.js";

/** Run `work`; on refusal say why in the dialog's own error line. */
async function attempt(line, button, work) {
  line.textContent = "";
  button.setAttribute("aria-busy", "true");
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    line.textContent = error.message;
    return null;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** A dialog with one form: `fields(node list)`, a button, and what it does. */
function formDialog({ title, submit, fields, run }) {
  const line = h("p", { class: "field-error", role: "alert" });
  const send = h("button", { type: "submit", class: "button button-primary" }, submit);
  const form = h("form", { class: "dialog-form", novalidate: true }, fields, line, h("div", { class: "dialog-footer" }, send));
  const dialog = openDialog({ title, className: "dialog-small", content: form });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await attempt(line, send, run)) dialog.close();
  });
  form.querySelector("input,textarea,button")?.focus();
}

function labelled(label, control, hint = null) {
  control.id ||= uid("field");
  return h("div", { class: "dialog-field" }, h("label", { class: "input-label", for: control.id }, label), control, hint ? h("div", { class: "hint" }, hint) : null);
}

/** A box for a channel's name, which puts itself right as one types. */
function nameField(value) {
  const name = h("input", { class: "input", type: "text", maxlength: 80, autocomplete: "off", placeholder: "e.g. plan-budget", value });
  name.addEventListener("input", () => {
    name.value = name.value.toLowerCase().replaceAll(" ", "-").replace(/^#/, "");
  });
  return name;
}

export function createChannel() {
  const name = nameField("");
  const isPrivate = h("input", { type: "checkbox" });
  formDialog({ title: "Create a channel", submit: "Create", fields: [labelled("Name", name), h("label", { class: "choice-label" }, isPrivate, h("span", null, "Make it private"))], run: async () => {
    const answer = await act("create_channel", { name: name.value.trim(), is_private: isPrivate.checked });
    emit("goto", { channel: answer.channel });
    return answer;
  } });
}

export function editTopic(channel) {
  const topic = h("textarea", { class: "input input-tall", rows: 3, maxlength: 250, value: channel.topic ?? "" });
  formDialog({ title: `Topic of ${labelOf(channel)}`, submit: "Save", fields: labelled("Topic", topic, "What people should know at a glance."), run: () => act("topic", { channel: channel.id, topic: topic.value.trim() }) });
}

export function editPurpose(channel) {
  const purpose = h("textarea", { class: "input input-tall", rows: 3, maxlength: 250, value: channel.purpose ?? "" });
  formDialog({ title: `Description of ${labelOf(channel)}`, submit: "Save", fields: labelled("Description", purpose, "What the channel is for."), run: () => act("purpose", { channel: channel.id, purpose: purpose.value.trim() }) });
}

export function renameChannel(channel) {
  const name = nameField(channel.name);
  formDialog({ title: `Rename ${labelOf(channel)}`, submit: "Rename", fields: labelled("Name", name), run: () => act("rename", { channel: channel.id, name: name.value.trim() }) });
}

export function invite(channel, members = []) {
  let chosen = [];
  const labelId = uid("label");
  const options = () => [{ options: pickablePeople().filter((one) => !members.includes(one.id)).map((one) => ({ value: one.id, text: fullNameOf(one.id), note: one.title, lead: () => avatar(one, 20) })) }];
  const control = selectControl({ field: { labelId, label: "People" }, multi: true, value: [], placeholder: "Choose people", groups: options, labelOf: fullNameOf, onChange: (value) => { chosen = value; } });
  formDialog({ title: `Add people to ${labelOf(channel)}`, submit: "Add", fields: h("div", { class: "dialog-field" }, h("div", { class: "input-label", id: labelId }, "People"), control), run: async () => {
    for (const user of chosen) await act("invite", { channel: channel.id, user });
    return chosen.length > 0 || null;
  } });
}

/** A dialog with a search box over a list; `rows(query)` gives {key, draw, run}. */
function listDialog({ title, placeholder, rows, className = "", foot = [] }) {
  const list = h("div", { class: "pick-list", role: "listbox", id: uid("pick"), "aria-label": title });
  const search = h("input", { class: "input", type: "text", placeholder, role: "combobox", "aria-expanded": "true", "aria-label": placeholder, autocomplete: "off", "aria-controls": list.id });
  const dialog = openDialog({ title, className: `dialog-list ${className}`, content: [search, list], footer: foot });
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
    fill(list, items.map((item, at) => h("div", { class: "pick-row", role: "option", id: uid("row"), "aria-selected": "false", on: { click: () => run(item), pointermove: () => active !== at && point(at) } }, item.draw())));
    if (!items.length) fill(list, h("p", { class: "options-empty", role: "status" }, "Nothing matches"));
    active = 0;
    point(0);
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    const to = { ArrowDown: Math.min(active + 1, items.length - 1), ArrowUp: Math.max(active - 1, 0) }[event.key];
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

const row = (lead, title, note, end) => [h("span", { class: "pick-lead" }, lead), h("span", { class: "pick-title" }, title, note ? h("span", { class: "pick-note" }, note) : null), end ? h("span", { class: "pick-end" }, end) : null];

const channelIcon = (one) => icon(one.is_archived ? "archive" : one.is_private ? "lock" : "hash", 17);

export function browseChannels() {
  const open = async (channel) => {
    if (!channel.is_member && !channel.is_archived && !(await tell("join", { channel: channel.id }))) return;
    emit("goto", { channel: channel.id });
  };
  const rows = (query) => [...state.channels.values()].filter((one) => !one.is_im && `${one.name} ${one.topic ?? ""} ${one.purpose ?? ""}`.toLowerCase().includes(query))
    .sort((a, b) => Number(a.is_archived) - Number(b.is_archived) || a.name.localeCompare(b.name))
    .map((one) => ({ run: () => open(one), draw: () => row(channelIcon(one), one.name, [`${one.num_members ?? 0} ${one.num_members === 1 ? "member" : "members"}`, toPlain(one.topic || one.purpose)].filter(Boolean).join(" · "), one.is_archived ? "Archived" : one.is_member ? "Joined" : "Join") }));
  const make = h("button", { type: "button", class: "button", on: { click: () => { dialog.close(); createChannel(); } } }, icon("plus", 16), "Create a channel");
  const dialog = listDialog({ title: "Browse channels", placeholder: "Search channels", rows, foot: [make] });
}

const peopleRows = (query, run) => pickablePeople().filter((one) => `${one.name} ${fullNameOf(one.id)} ${one.title ?? ""}`.toLowerCase().includes(query))
  .map((one) => ({ run: () => run(one), draw: () => row(avatar(one, 26), fullNameOf(one.id), one.title || `@${one.name}`, one.is_bot ? "App" : null) }));

export function newConversation() {
  listDialog({ title: "New message", placeholder: "Search people", rows: (query) => peopleRows(query, (one) => emit("message-person", one.id)) });
}

/** Ctrl K: go anywhere by a few letters. */
export function quickSwitch() {
  const rank = (name, query) => (name.toLowerCase().startsWith(query) ? 0 : 1);
  const rows = (query) => {
    const wanted = query.replace(/^[#@]/, "");
    const channels = [...state.channels.values()].filter((one) => !one.is_im && !one.is_archived && one.name.includes(wanted))
      .sort((a, b) => Number(b.is_member) - Number(a.is_member) || (b.unread > 0) - (a.unread > 0) || rank(a.name, wanted) - rank(b.name, wanted) || a.name.localeCompare(b.name))
      .map((one) => ({ run: () => emit("goto", { channel: one.id }), draw: () => row(channelIcon(one), one.name, toPlain(one.topic), one.unread && one.is_member ? `${one.unread} new` : null) }));
    return query.startsWith("@") ? peopleRows(wanted, (one) => emit("message-person", one.id)) : [...channels, ...peopleRows(wanted, (one) => emit("message-person", one.id))];
  };
  listDialog({ title: "Jump to", placeholder: "Channel or person", className: "dialog-jump", rows });
}

const KEYS = [
  ["Ctrl K", "Jump to a channel or person"], ["Ctrl Shift A", "Act as somebody else"], ["Alt ↑ / Alt ↓", "Previous, next channel"], ["Alt Shift ↓", "Next unread channel"],
  ["Ctrl F", "Search in this channel"], ["↑ in an empty box", "Edit your last message"], ["Enter / Shift Enter", "Send / new line"],
  ["↑ ↓ in the list", "Walk through the messages"], ["R", "React to the message"], ["T", "Reply in its thread"], ["E", "Edit it"], ["P", "Pin or unpin it"], ["L", "Copy its link"],
  ["U", "Mark unread from it"], ["Delete", "Delete it"], ["Esc", "Close what is open"], ["Ctrl /", "This list"],
];

export function showKeys() {
  openDialog({ title: "Keyboard shortcuts", className: "dialog-small", content: h("dl", { class: "keys" }, KEYS.map(([key, what]) => h("div", null, h("dt", null, h("kbd", null, key)), h("dd", null, what)))) });
}
