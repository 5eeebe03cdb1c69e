// Talking with the sandbox's server. Every call says as whom.

import { state } from "./store.js";

const SENTENCES = {
  already_archived: "This channel is archived already.",
  already_in_channel: "They are in this channel already.",
  cant_delete_message: "You cannot delete this message.",
  cant_edit: "You cannot edit this message.",
  cant_update_message: "You cannot edit this message.",
  channel_not_found: "That channel does not exist, or you cannot see it.",
  invalid_name: "Channel names have lower-case letters, digits, hyphens and underscores.",
  invalid_name_specials: "Channel names have lower-case letters, digits, hyphens and underscores.",
  is_archived: "This channel is archived.",
  msg_too_long: "This message is too long.",
  name_taken: "A channel has that name already.",
  no_text: "There is nothing to send.",
  not_in_channel: "You are not in this channel.",
  offline: "The sandbox does not answer. Is it still running?",
  user_not_found: "There is nobody of that name here.",
  operation_timeout: "The app did not answer in time.",
};

/** A refusal by the server: `code` is Slack's error name, the message a sentence for people. */
export class Refused extends Error {
  constructor(answer) {
    super(
      answer.message || SENTENCES[answer.error] || `That did not work (${answer.error ?? "unknown_error"}).`,
    );
    this.name = "Refused";
    this.code = answer.error;
    this.errors = answer.errors ?? {};
  }
}

/** GET /client/<path> as the present person (or as `params.as`). Throws Refused. */
export async function read(path, params = {}) {
  const query = new URLSearchParams({ as: state.me?.id ?? "" });
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined) query.set(name, value);
  }
  return answerOf(fetch(`/client/${path}?${query}`, { headers: { Accept: "application/json" } }));
}

/** POST /client/act as the present person: `act("react", {channel, ts, name})`. Throws Refused. */
export async function act(verb, body = {}) {
  return answerOf(
    fetch("/client/act", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: state.me.id, do: verb, ...body }),
    }),
  );
}

/** Send up a File as the present person; returns the id with which a message can share it. Throws Refused. */
export async function upload(file) {
  const query = new URLSearchParams({ as: state.me.id, name: file.name });
  return (await answerOf(fetch(`/client/upload?${query}`, { method: "POST", body: file }))).file;
}

/** Write a message, with `files` (a list of Files) uploaded before. Throws Refused. */
export async function say(body, files = []) {
  const ids = [];
  for (const file of files) ids.push(await upload(file));
  return act("say", ids.length ? { ...body, files: ids } : body);
}

async function answerOf(request) {
  let answer;
  try {
    const response = await request;
    answer = await response.json();
    if (!response.ok && answer.ok === undefined) answer = { ok: false, error: `http_${response.status}` };
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) throw new Refused({ error: "offline" });
    throw error;
  }
  if (answer.ok === false) throw new Refused(answer);
  return answer;
}
