// The form that switches a fault on: only the fields that its kind knows are shown.

import { fill, h, uid } from "./dom.js";

const GROUPS = { calls: "Calls of apps", events: "Events", interactions: "Commands and interactions" };
const NUMBERS = {
  ms: ["Milliseconds", { min: 0, step: 1, value: "1000" }],
  retry_after: ["Retry-After, seconds", { min: 1, step: 1, value: "5" }],
  status: ["HTTP status", { min: 400, max: 599, step: 1, value: "" }],
};
const EVERYWHERE = {
  calls: ["Method", "chat.*"],
  events: ["Type of event", "message"],
  interactions: ["Command or interaction", "view_submission"],
};

export function labelled(label, control, hint = null) {
  control.id ||= uid("field");
  return h(
    "div",
    { class: "trouble-field" },
    h("label", { for: control.id }, label),
    control,
    hint ? h("p", { class: "note" }, hint) : null,
  );
}

export function chooser(options, value) {
  return h(
    "select",
    { class: "input" },
    options.map((one) => h("option", { value: one, selected: one === value }, one)),
  );
}

export class FaultForm {
  /** `kinds`: group -> kind -> what it does. `add(fault)` switches it on. */
  constructor(form, { kinds, how, add }) {
    Object.assign(this, { form, kinds, how, add });
    this.kind = h(
      "select",
      { class: "input", on: { change: () => this.drawFields() } },
      Object.entries(kinds).map(([group, all]) =>
        h(
          "optgroup",
          { label: GROUPS[group] },
          Object.keys(all).map((kind) => h("option", { value: kind }, kind)),
        ),
      ),
    );
    this.fields = h("div", { class: "trouble-fields" });
    this.says = h("p", { class: "note" });
    fill(
      form,
      labelled("Kind", this.kind),
      this.says,
      this.fields,
      h("button", { type: "submit", class: "button button-primary" }, "Switch on"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add({ kind: this.kind.value, ...this.values() });
    });
    this.drawFields();
  }

  /** What the kind does, and the fields that its description names. */
  drawFields() {
    const [group, all] = Object.entries(this.kinds).find(([, some]) => this.kind.value in some);
    const what = all[this.kind.value];
    const named = [...what.matchAll(/`(\w+)`/g)].map((found) => found[1]);
    this.says.textContent = `${what.replaceAll("`", "")}.`;
    const [label, example] = EVERYWHERE[group];
    const words = (name, placeholder) => h("input", { class: "input", type: "text", name, placeholder });
    const number = (name, props) =>
      h("input", { class: "input", type: "number", name, inputmode: "decimal", ...props });
    fill(
      this.fields,
      labelled(label, words("match", `all, or ${example}`)),
      labelled("Channel", words("channel", "all")),
      labelled("Chance, 0 to 1", number("chance", { min: 0, max: 1, step: "any", value: "1" })),
      labelled("How often", number("times", { min: 1, step: 1, placeholder: "always" })),
      named.filter((name) => name in NUMBERS).map((name) => labelled(NUMBERS[name][0], number(name, NUMBERS[name][1]))),
      named.includes("how") ? labelled("How", this.ways()) : null,
    );
  }

  ways() {
    const ways = h("select", { class: "input", name: "how" }, h("option", { value: "" }, "any"));
    ways.append(...this.how.map((one) => h("option", { value: one }, one)));
    return ways;
  }

  values() {
    const given = {};
    for (const field of this.fields.querySelectorAll("[name]")) {
      const value = field.value.trim();
      if (value) given[field.name] = field.type === "number" ? Number(value) : value;
    }
    return given;
  }
}
