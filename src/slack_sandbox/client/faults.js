// The page of what goes wrong: faults, limits, the dice, the clock, apps, and what has come of it.

import { look, tellSandbox } from "./control.js";
import { h } from "./dom.js";
import { FaultForm, chooser, labelled } from "./faultform.js";
import { button, draw, table } from "./faulttable.js";
import { applyTheme } from "./theme.js";

const EVERY_MS = 2000;
const SHOWN_MS = 6000;
const EXTRAS = ["ms", "retry_after", "status", "how"];
const TIMES = [
  ["A minute", 60],
  ["Five minutes", 300],
  ["An hour", 3600],
];
const part = (id) => document.getElementById(id);

let quiet = null;

function say(text, isTrouble = false) {
  const said = part("said");
  said.textContent = text;
  said.classList.toggle("is-trouble", isTrouble);
  clearTimeout(quiet);
  if (!isTrouble) quiet = setTimeout(() => say(""), SHOWN_MS);
}

/** Do something, look again, and say what came of it. */
async function attempt(work, done) {
  try {
    await work();
    await refresh();
    say(done);
  } catch (error) {
    say(error.message, true);
  }
}

/** A button that tells the sandbox something. */
function order(label, path, body, done, how) {
  return button(label, () => attempt(() => tellSandbox(path, body), done), how);
}

function faultRow(one, about) {
  const known = EXTRAS.filter((name) => about[one.kind].includes(`\`${name}\``) && one[name]);
  return [
    one.kind,
    one.match === "*" ? "all" : one.match,
    one.channel ? `#${one.channel}` : "all",
    one.chance,
    one.times ?? "always",
    known.map((name) => `${name} ${one[name]}`).join(", "),
    one.struck,
    order("Switch off", `faults/${one.id}`, undefined, `${one.kind} is switched off.`, { of: one.kind }),
  ];
}

function drawFaults({ faults, kinds }) {
  const about = Object.assign({}, ...Object.values(kinds));
  const heads = ["Kind", "What", "Channel", "Chance", "Times left", "With", "Struck", ""];
  draw(part("faults"), faults, () => {
    if (!faults.length) return h("p", { class: "note" }, "Nothing goes wrong.");
    const rows = faults.map((one) => faultRow(one, about));
    const how = { danger: true };
    return [
      table("Faults that are switched on", heads, rows),
      order("Switch everything off", "faults", undefined, "Nothing goes wrong any more.", how),
    ];
  });
}

function drawRules({ limits }, { seed }, { offset }) {
  draw(part("rules"), [limits, seed, offset], () => {
    const mode = chooser(["off", "slack", "distributed"], limits);
    mode.addEventListener("change", () =>
      attempt(() => tellSandbox("settings", { limits: mode.value }), `Limits: ${mode.value}.`),
    );
    const dice = h("input", { class: "input", type: "number", step: 1, value: seed });
    const begin = () => tellSandbox("faults/seed", { seed: Number(dice.value) });
    const modes = "slack: by the tier of each method. distributed: as for apps sold outside the Marketplace.";
    return [
      labelled("Limits of calls", mode, modes),
      labelled("Seed", dice, "The same seed, the same faults."),
      button("Throw the dice from the beginning", () => attempt(begin, "The dice fall from the beginning.")),
      h(
        "div",
        { class: "trouble-row" },
        h("p", null, `The workspace's time is ${Math.round(offset)} s ahead. Let pass:`),
        TIMES.map(([label, advance]) => order(label, "clock", { advance }, `${label} has passed.`)),
      ),
    ];
  });
}

function appRow({ id, name, socket_mode: on, subscriptions_disabled: stopped, connections }) {
  const one = (label, path, body, done, how) => order(label, `apps/${id}/${path}`, body, done, { of: name, ...how });
  const reconnect = { reason: "refresh_requested" };
  return [
    name,
    on ? "WebSocket" : "HTTP",
    connections,
    stopped ? "stopped" : "sent",
    h(
      "div",
      { class: "trouble-row" },
      one(on ? "Use HTTP" : "Use WebSockets", "socket-mode", { on: !on }, `${name} is reached another way.`),
      on ? one("Ask to reconnect", "connections/disconnect", reconnect, `${name} was asked to reconnect.`) : null,
      on ? one("Cut", "connections", undefined, `${name} is cut off.`, { danger: true }) : null,
      stopped ? one("Send events again", "subscriptions", { enabled: true }, `${name} gets events again.`) : null,
    ),
  ];
}

function drawApps(apps) {
  draw(part("apps"), apps, () =>
    apps.length
      ? table("Installed apps", ["App", "Over", "Connections", "Events", ""], apps.map(appRow))
      : h("p", { class: "note" }, "No app is installed."),
  );
}

function counts(title, some) {
  const outcomes = [...new Set(Object.values(some).flatMap(Object.keys))].sort();
  const rows = Object.entries(some).map(([name, each]) => [name, ...outcomes.map((one) => each[one] ?? "")]);
  return rows.length ? [h("h3", null, title), table(title, ["", ...outcomes], rows)] : null;
}

function drawSummary({ calls, deliveries, events, open }) {
  draw(part("summary"), [calls, deliveries, events, open], () => [
    counts("Calls by method", calls),
    counts("Attempts to deliver", deliveries),
    counts("What became of events", { events: { ...events, open } }),
  ]);
}

async function refresh() {
  const paths = ["faults", "settings", "clock", "journal/summary", "apps"];
  const [faults, settings, clock, summary, apps] = await Promise.all(paths.map(look));
  const links = await Promise.all(apps.map((app) => look(`apps/${app.id}/connections`)));
  drawFaults(faults);
  drawRules(settings, faults, clock);
  drawApps(
    apps.map(({ id, name, socket_mode, subscriptions_disabled }, at) => {
      return { id, name, socket_mode, subscriptions_disabled, connections: links[at].length };
    }),
  );
  drawSummary(summary);
}

async function watch() {
  try {
    if (!document.hidden) await refresh();
  } catch (error) {
    say(error.message, true);
  }
  setTimeout(watch, EVERY_MS);
}

applyTheme();
attempt(async () => {
  const { kinds, how } = await look("faults");
  const add = (fault) => attempt(() => tellSandbox("faults", fault), `${fault.kind} is switched on.`);
  new FaultForm(part("add"), { kinds, how, add });
}, "");
setTimeout(watch, EVERY_MS);
