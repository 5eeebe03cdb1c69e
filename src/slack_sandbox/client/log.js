// Messages in memory, in the order of their ts: one log per channel, one per open thread.

import { read } from "./api.js";

const FIRST_PAGE = 50;
const SEEK_PAGE = 500;

/** Compare Slack timestamps, which are decimal strings of equal precision. */
export function earlier(a, b) {
  return a.length === b.length ? a < b : Number(a) < Number(b);
}

class Log {
  constructor(channel) {
    this.channel = channel;
    this.messages = [];
    this.hasMore = false;
    this.isOpen = false;
    this.onChange = null;
    this.pending = null;
    this.arrived = null; // what the stream brought while a page was on its way: ts -> message, null when deleted
  }

  /** Where `ts` is, or would be put. */
  position(ts) {
    let [low, high] = [0, this.messages.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (earlier(this.messages[middle].ts, ts)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  get(ts) {
    const found = this.messages[this.position(ts)];
    return found?.ts === ts ? found : null;
  }

  /** Add or replace; says whether it was new. */
  put(message) {
    this.arrived?.set(message.ts, message);
    const at = this.position(message.ts);
    const isNew = this.messages[at]?.ts !== message.ts;
    this.messages.splice(at, isNew ? 0 : 1, message);
    this.onChange?.({ isNew, message, isLast: at === this.messages.length - 1 });
    return isNew;
  }

  /** Replace, if it is here. */
  change(message) {
    if (this.get(message.ts)) this.put(message);
    else this.arrived?.set(message.ts, message);
  }

  drop(ts) {
    this.arrived?.set(ts, null);
    const at = this.position(ts);
    if (this.messages[at]?.ts !== ts) return;
    this.messages.splice(at, 1);
    this.onChange?.({ dropped: ts });
  }

  /** Read a page, and put into it what the stream brought meanwhile, which is newer: {messages, has_more, others}. */
  async page(kind, query) {
    const arrived = (this.arrived = new Map());
    try {
      const page = await read(kind, { channel: this.channel, ...query });
      const here = new Set(page.messages.map((message) => message.ts));
      const messages = page.messages.map((message) =>
        arrived.has(message.ts) ? arrived.get(message.ts) : message,
      );
      const others = [...arrived.values()].filter((message) => message && !here.has(message.ts));
      return { ...page, messages: messages.filter(Boolean), others };
    } finally {
      this.arrived = null;
    }
  }

  /** One request at a time; others wait for the same answer. */
  once(work) {
    this.pending ??= work().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }
}

export class ChannelLog extends Log {
  /** Load the newest page; what came over the stream meanwhile is kept. */
  open() {
    return this.once(async () => {
      const page = await this.page("history", { limit: FIRST_PAGE });
      const oldest = page.messages[0]?.ts;
      this.messages = page.messages;
      this.hasMore = page.has_more;
      this.isOpen = true;
      for (const message of page.others)
        if (isInChannel(message) && !(oldest && earlier(message.ts, oldest)))
          this.messages.splice(this.position(message.ts), 0, message);
      this.onChange?.({ reloaded: true });
    });
  }

  /** Load the page before what is here. */
  older(limit = FIRST_PAGE) {
    if (!this.hasMore) return Promise.resolve();
    return this.once(async () => {
      const page = await this.page("history", { before: this.messages[0]?.ts, limit });
      this.messages = [...page.messages, ...this.messages];
      this.hasMore = page.has_more && page.messages.length > 0;
      this.onChange?.({ older: page.messages.length });
    });
  }

  /** Load back until `ts` is here; false when there is no such message. */
  async seek(ts) {
    if (!this.isOpen) await this.open();
    while (this.hasMore && !this.get(ts) && this.messages.length && earlier(ts, this.messages[0].ts))
      await this.older(SEEK_PAGE);
    return this.get(ts) !== null;
  }
}

export class ThreadLog extends Log {
  constructor(channel, ts) {
    super(channel);
    this.ts = ts;
  }

  open() {
    return this.once(async () => {
      const page = await this.page("replies", { ts: this.ts });
      this.messages = page.messages;
      for (const message of page.others) this.messages.splice(this.position(message.ts), 0, message);
      this.isOpen = true;
      this.onChange?.({ reloaded: true });
    });
  }
}

const logs = new Map();

/** The log of a channel, made at first need. */
export function logOf(channel) {
  if (!logs.has(channel)) logs.set(channel, new ChannelLog(channel));
  return logs.get(channel);
}

/** Forget all logs: another person acts, or the stream missed something. */
export function forgetLogs() {
  logs.clear();
}

/** Whether a message shows in its channel, not only in its thread. */
export function isInChannel(message) {
  return !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
}
