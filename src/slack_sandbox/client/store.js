// What this tab knows of the workspace, and the bus that tells the parts of the page what changed.

export const state = {
  me: null,
  team: null,
  people: new Map(),
  channels: new Map(),
  commands: [],
  shortcuts: [],
  groups: new Map(),
  emoji: {},
  homes: new Map(), // app id -> published home view
  skew: 0, // seconds the workspace's clock is ahead of this computer's
};

const SLACKBOT = "USLACKBOT"; // speaks for the workspace; nobody acts as it or writes to it

const listeners = new Map();

/** Call `fn` on every `topic`; returns the function that stops it. */
export function on(topic, fn) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(fn);
  return () => listeners.get(topic).delete(fn);
}

export function emit(topic, detail) {
  for (const fn of [...(listeners.get(topic) ?? [])]) fn(detail);
}

/** Take the answer of /client/boot as the new truth. */
export function takeBoot(boot) {
  state.me = boot.me;
  state.team = boot.team;
  state.people = new Map(boot.people.map((one) => [one.id, one]));
  state.channels = new Map(boot.channels.map((channel) => [channel.id, channel]));
  state.commands = boot.commands ?? [];
  state.shortcuts = boot.shortcuts ?? [];
  state.groups = new Map((boot.usergroups ?? []).map((one) => [one.id, one]));
  state.emoji = boot.emoji ?? {};
  for (const home of boot.homes ?? []) state.homes.set(home.app_id, home.view);
  state.skew = (boot.now ?? Date.now() / 1000) - Date.now() / 1000;
}

/** The workspace's present, in unix seconds: its clock may have been moved. */
export function now() {
  return Date.now() / 1000 + state.skew;
}

export function person(id) {
  return state.people.get(id);
}

/** What a person is called in the list of messages. */
export function nameOf(id) {
  const found = state.people.get(id);
  if (!found) return id ?? "Somebody";
  return found.display_name || found.real_name || found.name;
}

/** What a person is called where there is room for the full name. */
export function fullNameOf(id) {
  const found = state.people.get(id);
  return found ? found.real_name || found.display_name || found.name : (id ?? "Somebody");
}

/** People one can pick, most often by name; apps come last, the deleted not at all. */
export function pickablePeople({ apps = true } = {}) {
  return [...state.people.values()]
    .filter((one) => !one.deleted && one.id !== SLACKBOT && (apps || !one.is_bot))
    .sort((a, b) => Number(a.is_bot) - Number(b.is_bot) || fullNameOf(a.id).localeCompare(fullNameOf(b.id)));
}

/** Whether it is a conversation with one person or a few, rather than a channel. */
export function isDirect(channel) {
  return Boolean(channel && (channel.is_im || channel.is_channel === false));
}

/** The icon of a channel or of a conversation of several. */
export function signOf(channel) {
  if (channel.is_archived) return "archive";
  if (isDirect(channel)) return "people";
  return channel.is_private ? "lock" : "hash";
}

/** Who else is in a conversation of several, from the name that Slack gives it (`mpdm-lee--rae--bo-1`). */
function othersIn(channel) {
  const handles = channel.name.replace(/^mpdm-|-\d+$/g, "").split("--");
  const all = [...state.people.values()];
  const ids = handles.map((handle) => all.find((one) => one.name === handle)?.id ?? handle);
  return ids.filter((id) => id !== state.me?.id).map(nameOf);
}

/** The heading of a channel or conversation without its `#`. */
export function titleOf(channel) {
  if (!channel) return "";
  if (!channel.is_im) return isDirect(channel) ? othersIn(channel).join(", ") : channel.name;
  return channel.user === state.me?.id ? `${fullNameOf(channel.user)} (you)` : fullNameOf(channel.user);
}

/** "#general", or the person's name for a direct message. */
export function labelOf(channel) {
  if (!channel) return "";
  return isDirect(channel) ? titleOf(channel) : `#${channel.name}`;
}

/** The app behind a direct message, or null when it is with a person. */
export function appOf(channel) {
  const other = channel?.is_im ? state.people.get(channel.user) : null;
  return other?.is_bot ? other : null;
}
