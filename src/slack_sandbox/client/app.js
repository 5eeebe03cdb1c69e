// The page as a whole: who acts, which channel is open, what the keyboard does.

import { address } from "./address.js";
import { read } from "./api.js";
import { ChannelPage } from "./channel.js";
import { fill, h, isNarrow } from "./dom.js";
import { quickSwitch } from "./jump.js";
import { showKeys } from "./keys.js";
import { startLive } from "./live.js";
import { forgetLogs } from "./log.js";
import { dropModals, showStack } from "./modals.js";
import { Pane } from "./pane.js";
import { showProfile } from "./people.js";
import { closePopover } from "./popover.js";
import { Sidebar, openPeople } from "./sidebar.js";
import { emit, labelOf, on, state, takeBoot } from "./store.js";
import { closeStream, openStream, startSharing } from "./stream.js";
import { orTold, tell } from "./tell.js";
import { applyTheme } from "./theme.js";
import { loadThreads } from "./threads.js";
import { startTips } from "./tips.js";
import { toast } from "./toast.js";
import { pickReaction } from "./toolbar.js";

const LAST_PERSON = "sandbox.person";
const root = document.getElementById("app");
let sidebar = null;
let page = null;
let pane = null;
let drawer = null;

/** Become the person of the address and open their channel. */
async function enter() {
  const wanted = address();
  const as = wanted.as ?? sessionStorage.getItem(LAST_PERSON) ?? localStorage.getItem(LAST_PERSON);
  closeStream();
  dropModals();
  closePopover();
  forgetLogs();
  state.homes.clear();
  const boot = await bootAs(as);
  takeBoot(boot);
  sessionStorage.setItem(LAST_PERSON, state.me.id);
  localStorage.setItem(LAST_PERSON, state.me.id);
  build();
  openStream();
  loadThreads();
  if (state.channels.has(wanted.channel)) await goto(wanted);
  else await show(firstChannel());
}

/** Boot as somebody; a person who is no more makes it the first one of the workspace. */
async function bootAs(as) {
  try {
    return await read("boot", { as: as ?? "" });
  } catch (error) {
    if (!as || error.code === "offline") throw error;
    return read("boot", { as: "" });
  }
}

function firstChannel() {
  const last = localStorage.getItem(`sandbox.channel ${state.me.id}`);
  if (state.channels.has(last)) return last;
  const mine = [...state.channels.values()].filter((one) => one.is_member && !one.is_im && !one.is_archived);
  const best = mine.find((one) => one.name === "general") ?? mine[0] ?? [...state.channels.values()][0];
  return best?.id ?? null;
}

function build() {
  sidebar?.destroy();
  pane?.close({ quiet: true });
  page?.destroy();
  page = null;
  sidebar = new Sidebar({ current: () => page?.id, choose: (id) => show(id) });
  pane = new Pane({ onChange: (open) => root.classList.toggle("has-pane", open) });
  const veil = h("div", { class: "veil", on: { click: () => setDrawer(false) } });
  root.removeAttribute("data-loading");
  root.classList.remove("has-pane");
  drawer = { holder: h("div", { class: "page" }) };
  fill(root, sidebar.node, veil, drawer.holder, pane.node);
  setDrawer(false);
}

/** Open a channel; the composer takes the focus where there is a keyboard. */
async function show(id, ts = null) {
  setDrawer(false);
  if (!id) {
    fill(
      drawer.holder,
      h("main", { class: "channel" }, h("p", { class: "empty" }, "There is no channel here yet.")),
    );
    return;
  }
  if (page?.id === id) {
    if (ts) await page.goTo(ts);
    else if (!isNarrow()) page.composer.box.focus();
    return;
  }
  if (pane.channel && pane.channel !== id) pane.close();
  page?.destroy();
  page = new ChannelPage(id);
  fill(drawer.holder, page.node);
  const hash = `#/as/${state.me.id}/${id}`;
  if (location.hash !== hash)
    history.pushState(null, "", location.pathname.startsWith("/archives/") ? `/${hash}` : hash);
  localStorage.setItem(`sandbox.channel ${state.me.id}`, id);
  sidebar.draw();
  entitle();
  if (!isNarrow() && !ts) page.composer.box.focus();
  await page.open(ts);
}

function entitle() {
  const waiting = [...state.channels.values()]
    .filter((one) => one.id !== page?.id)
    .reduce((sum, one) => sum + ((one.is_im ? one.unread : one.mentions) ?? 0), 0);
  const name = page ? labelOf(state.channels.get(page.id)) : "";
  document.title = `${waiting ? `(${waiting}) ` : ""}${name} · ${state.me.real_name || state.me.name} · ${state.team?.name ?? "Sandbox workspace"}`;
}

function setDrawer(open) {
  root.classList.toggle("has-drawer", open);
  if (open) sidebar.node.querySelector(".is-current, .row")?.focus();
}

async function goto({ channel, ts, thread_ts: thread }) {
  // A channel made just now may be known to the server before the stream has told us.
  if (!state.channels.has(channel)) takeBoot(await read("boot"));
  if (!state.channels.has(channel)) {
    toast("That channel does not exist, or you cannot see it.");
    return;
  }
  const isReply = thread && ts && thread !== ts;
  if (isNarrow() && pane.kind) pane.close();
  await show(channel, isReply ? null : ts);
  if (isReply) pane.open({ kind: "thread", channel, ts: thread, show: ts });
}

async function messagePerson(user) {
  const known = [...state.channels.values()].find((one) => one.is_im && one.user === user);
  const id = known?.id ?? (await tell("open_im", { user }))?.channel;
  if (id) await goto({ channel: id });
}

/** The stream was away: what was missed comes with a new boot and new logs. */
async function catchUp() {
  const boot = await read("boot");
  takeBoot(boot);
  showStack(boot.views ?? []);
  emit("channels");
  loadThreads();
  await page?.log.open();
  await pane.thread_?.log.open();
}

/** Move `step` rows in the sidebar, to unread ones only when asked. */
function stepChannel(step, unreadOnly) {
  const rows = [...sidebar.lists.querySelectorAll(".row[data-channel]")];
  const at = rows.findIndex((row) => row.dataset.channel === page?.id);
  const order = [...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0))];
  const list = step > 0 ? order : order.reverse();
  const found = unreadOnly ? list.find((row) => row.matches(".is-unread")) : list[0];
  if (found) show(found.dataset.channel);
}

/** What one types while nothing has the focus goes into the message box. */
function isForComposer(event) {
  const { activeElement: focus } = document;
  const isNowhere = focus === document.body || focus?.matches(".log");
  return isNowhere && event.key.length === 1 && event.key !== " " && page?.composer.node.isConnected;
}

const CTRL = {
  k: () => quickSwitch(),
  f: () => page && pane.open({ kind: "search", channel: page.id }),
  u: () => page?.composer.attach(),
  "/": () => showKeys(),
};

function keys(event) {
  const command = event.ctrlKey || event.metaKey;
  if (document.querySelector("dialog[open]")) return;
  if (command && event.shiftKey && event.key.toLowerCase() === "a")
    take(event, () => openPeople(document.querySelector(".me")));
  else if (command && !event.shiftKey && !event.altKey && CTRL[event.key.toLowerCase()])
    take(event, CTRL[event.key.toLowerCase()]);
  else if (event.altKey && !command && ["ArrowDown", "ArrowUp"].includes(event.key))
    take(event, () => stepChannel(event.key === "ArrowDown" ? 1 : -1, event.shiftKey));
  else if (event.key === "Escape" && root.classList.contains("has-drawer"))
    take(event, () => setDrawer(false));
  else if (!command && !event.altKey && isForComposer(event)) page.composer.box.focus();
}

function take(event, run) {
  event.preventDefault();
  closePopover();
  run();
}

function wire() {
  on("goto", (target) => goto(target));
  on("thread", ({ channel, ts, focus }) => pane.open({ kind: "thread", channel, ts, focus }));
  on("pane", (target) =>
    pane.kind === target.kind && pane.channel === (target.channel ?? null) ? pane.close() : pane.open(target),
  );
  on("profile", ({ user, anchor }) => showProfile(user, anchor));
  on("message-person", (user) => messagePerson(user));
  on("become", (user) => {
    location.hash = `#/as/${user}${page ? `/${page.id}` : ""}`;
  });
  on("pick-reaction", pickReaction);
  on("quick-switch", quickSwitch);
  on("help", showKeys);
  on("drawer", setDrawer);
  on("channels", entitle);
  on("gone", (id) => page?.id === id && show(firstChannel()));
  on("again", () => orTold(catchUp));
  on("refused", () => begin());
  document.addEventListener("keydown", keys);
  document.querySelector("[data-skip]").addEventListener("click", (event) => {
    event.preventDefault();
    (document.getElementById("composer") ?? root.querySelector(".log"))?.focus();
  });
  window.addEventListener("hashchange", followAddress);
  startLive(() => pane?.thread_?.log ?? null);
  startTips();
}

function followAddress() {
  const wanted = address();
  if (wanted.as && wanted.as !== state.me?.id) begin();
  else if (state.channels.has(wanted.channel) && (wanted.channel !== page?.id || wanted.ts)) goto(wanted);
}

async function begin() {
  try {
    await enter();
  } catch (error) {
    fill(
      root,
      h(
        "p",
        { class: "boot-note", role: "alert" },
        `The workspace cannot be opened: ${error.message} `,
        h("button", { type: "button", class: "button", on: { click: () => begin() } }, "Try again"),
      ),
    );
    if (error.name !== "Refused") throw error;
  }
}

applyTheme();
wire();
startSharing();
window.addEventListener("unhandledrejection", (event) =>
  toast(event.reason?.message ?? "Something went wrong in this page."),
);
begin();
