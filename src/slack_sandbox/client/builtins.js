// Commands of the workspace itself, in every channel.

import { Refused, act } from "./api.js";
import { decode } from "./encode.js";
import { emit, state } from "./store.js";

const BUILTIN = [
  {
    command: "/archive",
    description: "Archive this channel",
    run: ({ channel }) => act("archive", { channel }),
  },
  { command: "/invite", usage_hint: "@someone", description: "Add somebody to this channel", run: invite },
  { command: "/join", usage_hint: "#channel", description: "Open a channel and join it", run: join },
  { command: "/leave", description: "Leave this channel", run: ({ channel }) => act("leave", { channel }) },
  {
    command: "/topic",
    usage_hint: "[words]",
    description: "Say what this channel is about",
    run: ({ channel, text }) => act("topic", { channel, topic: decode(text) }),
  },
];

/** The workspace's commands that no app has taken over. */
export function builtinCommands() {
  return BUILTIN.filter((one) => !state.commands.some((other) => other.command === one.command));
}

/** The builtin `name`, or undefined. */
export function builtin(name) {
  return builtinCommands().find((one) => one.command === name);
}

async function invite({ channel, text }) {
  const users = [...text.matchAll(/<@([UW][A-Z0-9]+)>/g)].map((found) => found[1]);
  if (!users.length) throw new Refused({ message: "Say whom to invite: /invite @someone" });
  for (const user of users) await act("invite", { channel, user });
}

async function join({ text }) {
  const found = /<#([CG][A-Z0-9]+)/.exec(text);
  if (!found) throw new Refused({ message: "Say which channel: /join #channel" });
  await act("join", { channel: found[1] });
  emit("goto", { channel: found[1] });
}
