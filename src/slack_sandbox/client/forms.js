// Small forms: create and rename channels, say what they are about, invite.

import { Refused, act } from "./api.js";
import { openDialog } from "./dialog.js";
import { h, uid } from "./dom.js";
import { avatar } from "./people.js";
import { selectControl } from "./select.js";
import { emit, fullNameOf, labelOf, pickablePeople } from "./store.js";

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
  const form = h(
    "form",
    { class: "dialog-form", novalidate: true },
    fields,
    line,
    h("div", { class: "dialog-footer" }, send),
  );
  const dialog = openDialog({ title, className: "dialog-small", content: form });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await attempt(line, send, run)) dialog.close();
  });
  form.querySelector("input,textarea,button")?.focus();
}

function labelled(label, control, hint = null) {
  control.id ||= uid("field");
  return h(
    "div",
    { class: "dialog-field" },
    h("label", { class: "input-label", for: control.id }, label),
    control,
    hint ? h("div", { class: "hint" }, hint) : null,
  );
}

/** A box for a channel's name, which puts itself right as one types. */
function nameField(value) {
  const name = h("input", {
    class: "input",
    type: "text",
    maxlength: 80,
    autocomplete: "off",
    placeholder: "e.g. plan-budget",
    value,
  });
  name.addEventListener("input", () => {
    name.value = name.value.toLowerCase().replaceAll(" ", "-").replace(/^#/, "");
  });
  return name;
}

export function createChannel() {
  const name = nameField("");
  const isPrivate = h("input", { type: "checkbox" });
  formDialog({
    title: "Create a channel",
    submit: "Create",
    fields: [
      labelled("Name", name),
      h("label", { class: "choice-label" }, isPrivate, h("span", null, "Make it private")),
    ],
    run: async () => {
      const answer = await act("create_channel", { name: name.value.trim(), is_private: isPrivate.checked });
      emit("goto", { channel: answer.channel });
      return answer;
    },
  });
}

export function editTopic(channel) {
  const topic = h("textarea", {
    class: "input input-tall",
    rows: 3,
    maxlength: 250,
    value: channel.topic ?? "",
  });
  formDialog({
    title: `Topic of ${labelOf(channel)}`,
    submit: "Save",
    fields: labelled("Topic", topic, "What people should know at a glance."),
    run: () => act("topic", { channel: channel.id, topic: topic.value.trim() }),
  });
}

export function editPurpose(channel) {
  const purpose = h("textarea", {
    class: "input input-tall",
    rows: 3,
    maxlength: 250,
    value: channel.purpose ?? "",
  });
  formDialog({
    title: `Description of ${labelOf(channel)}`,
    submit: "Save",
    fields: labelled("Description", purpose, "What the channel is for."),
    run: () => act("purpose", { channel: channel.id, purpose: purpose.value.trim() }),
  });
}

export function renameChannel(channel) {
  const name = nameField(channel.name);
  formDialog({
    title: `Rename ${labelOf(channel)}`,
    submit: "Rename",
    fields: labelled("Name", name),
    run: () => act("rename", { channel: channel.id, name: name.value.trim() }),
  });
}

export function invite(channel, members = []) {
  let chosen = [];
  const labelId = uid("label");
  const options = () => [
    {
      options: pickablePeople()
        .filter((one) => !members.includes(one.id))
        .map((one) => ({
          value: one.id,
          text: fullNameOf(one.id),
          note: one.title,
          lead: () => avatar(one, 20),
        })),
    },
  ];
  const control = selectControl({
    field: { labelId, label: "People" },
    multi: true,
    value: [],
    placeholder: "Choose people",
    groups: options,
    labelOf: fullNameOf,
    onChange: (value) => {
      chosen = value;
    },
  });
  formDialog({
    title: `Add people to ${labelOf(channel)}`,
    submit: "Add",
    fields: h(
      "div",
      { class: "dialog-field" },
      h("div", { class: "input-label", id: labelId }, "People"),
      control,
    ),
    run: async () => {
      for (const user of chosen) await act("invite", { channel: channel.id, user });
      return chosen.length > 0 || null;
    },
  });
}
