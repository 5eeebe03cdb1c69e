// What comes over the stream, put where it belongs.

import { ThreadLog, isInChannel, logOf } from "./log.js";
import { showStack } from "./modals.js";
import { emit, on, state } from "./store.js";
import { toast } from "./toast.js";

/** Start listening; `threadLog()` is the log of the open thread, or null. */
export function startLive(threadLog) {
  const inThread = (message) => {
    const log = threadLog();
    const isOurs =
      log instanceof ThreadLog &&
      message.channel === log.channel &&
      (message.thread_ts === log.ts || message.ts === log.ts);
    return isOurs ? log : null;
  };
  on("live:message", (event) => {
    const message = { ...event.message, channel: event.channel };
    inThread(message)?.put(message);
    if (isInChannel(message)) logOf(event.channel).put(message);
  });
  on("live:message_changed", (event) => {
    const message = { ...event.message, channel: event.channel };
    inThread(message)?.put(message);
    logOf(event.channel).change(message);
  });
  on("live:message_deleted", ({ channel, ts }) => {
    logOf(channel).drop(ts);
    if (threadLog()?.channel === channel) threadLog().drop(ts);
  });
  on("live:channel", ({ channel }) => {
    const renamed = state.channels.get(channel.id)?.name !== channel.name;
    state.channels.set(channel.id, channel);
    emit("channels");
    if (renamed) emit("names");
  });
  on("live:channel_gone", ({ channel }) => {
    state.channels.delete(channel);
    emit("channels");
    emit("gone", channel);
  });
  on("live:people", ({ people }) => {
    const changed = people.filter((one) => looks(one) !== looks(state.people.get(one.id)));
    for (const one of people) state.people.set(one.id, one);
    const me = people.find((one) => one.id === state.me.id);
    if (me) state.me = me;
    emit("channels");
    if (changed.length) emit("names");
  });
  on("live:commands", ({ commands }) => {
    state.commands = commands;
  });
  on("live:read", ({ channel, last_read: lastRead, unread, mentions }) => {
    const known = state.channels.get(channel);
    if (known) Object.assign(known, { last_read: lastRead, unread, mentions });
    emit("channels");
  });
  on("live:view", ({ stack }) => showStack(stack ?? []));
  on("live:app_error", ({ text }) => toast(text));
}

/** What of a person shows in messages. */
function looks(one) {
  return one && JSON.stringify([one.name, one.real_name, one.display_name, one.color, one.is_bot]);
}

// Kept here so that it runs before any page draws: a published home is part of the workspace.
on("live:home", ({ app_id: appId, view }) => state.homes.set(appId, view));
