// How far the acting person has read in a channel.

import { act } from "./api.js";
import { earlier } from "./log.js";
import { emit, state } from "./store.js";
import { orTold, tell } from "./tell.js";

const READ_MS = 250;

export class Reading {
  /** `isShown()` says whether the messages can be seen at all. */
  constructor(channelId, log, isShown) {
    Object.assign(this, { id: channelId, log, isShown, isHeldUnread: false });
  }

  get channel() {
    return state.channels.get(this.id);
  }

  stop() {
    clearTimeout(this.timer);
  }

  /** The end is in view: what is there counts as read, after a moment. */
  seen() {
    const latest = this.log.messages.at(-1)?.ts;
    const { channel } = this;
    if (!latest || !channel || this.isHeldUnread || document.visibilityState !== "visible" || !this.isShown())
      return;
    if (!channel.unread && !channel.mentions && channel.last_read && !earlier(channel.last_read, latest))
      return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.markRead(latest), READ_MS);
  }

  async markRead(ts) {
    const { channel } = this;
    if (!channel?.is_member && !channel?.is_im) return;
    Object.assign(channel, { unread: 0, mentions: 0, last_read: ts });
    emit("channels");
    await orTold(() => act("read", { channel: this.id, ts }));
  }

  /** Unread from `message` on, until one comes back to the channel. Returns the ts before it. */
  markUnread(message) {
    const before = this.log.messages[this.log.position(message.ts) - 1]?.ts ?? "0000000000.000000";
    this.isHeldUnread = true;
    tell("read", { channel: this.id, ts: before });
    return before;
  }
}
