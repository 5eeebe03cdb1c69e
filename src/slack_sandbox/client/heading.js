// The top of a channel's page: name, topic, tools, menu, bookmarks.

import { confirmDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { linkNode } from "./entities.js";
import { editPurpose, editTopic, invite, renameChannel } from "./forms.js";
import { icon } from "./icons.js";
import { appBadge, avatar, presenceDot } from "./people.js";
import { openMenu } from "./popover.js";
import { openPeople } from "./sidebar.js";
import { emit, isDirect, labelOf, person, signOf, state, titleOf } from "./store.js";
import { tell } from "./tell.js";
import { mrkdwn, toPlain } from "./words.js";

export class Heading {
  constructor(channelId) {
    this.id = channelId;
    this.header = h("header", { class: "channel-head" });
    this.bookmarks = h("div", {
      class: "bookmarks",
      role: "navigation",
      "aria-label": "Bookmarks",
      hidden: true,
    });
  }

  get channel() {
    return state.channels.get(this.id);
  }

  /** Only when something in it changed: a redraw takes the focus away. */
  draw() {
    this.drawBookmarks();
    const {
      name,
      topic,
      is_archived: isArchived,
      is_member: isMember,
      num_members: members,
      pins,
      user,
    } = this.channel;
    const key = JSON.stringify([name, topic, isArchived, isMember, members, pins?.length, person(user)]);
    if (this.headerKey === key) return;
    this.headerKey = key;
    fill(this.header, this.headerParts());
  }

  headerParts() {
    const { channel } = this;
    const other = channel.is_im ? person(channel.user) : null;
    const sign = other
      ? avatar(other, 28)
      : icon(signOf(channel), 20);
    const name = h(
      "button",
      {
        type: "button",
        class: "channel-name",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        on: {
          click: (event) =>
            other
              ? emit("profile", { user: other.id, anchor: event.currentTarget })
              : this.menu(event.currentTarget),
        },
      },
      sign,
      h("h1", null, titleOf(channel)),
      other?.is_bot ? appBadge() : presenceDot(other),
      other ? null : icon("chevron", 14),
    );
    return [
      h(
        "button",
        {
          type: "button",
          class: "icon-button only-narrow",
          "aria-label": "Show channels",
          on: { click: () => emit("drawer", true) },
        },
        icon("menu", 22),
      ),
      name,
      this.topic(other),
      h("div", { class: "channel-tools" }, this.tools()),
      h(
        "button",
        {
          type: "button",
          class: "head-me only-narrow",
          "aria-label": `You are ${state.me.real_name || state.me.name}. Act as somebody else`,
          on: { click: (event) => openPeople(event.currentTarget) },
        },
        avatar(state.me, 30),
      ),
    ];
  }

  topic(other) {
    const { channel } = this;
    if (other) return h("div", { class: "channel-topic" }, other.title ?? "");
    if (!channel.topic && isDirect(channel)) return h("div", { class: "channel-topic" });
    if (!channel.topic)
      return h(
        "button",
        { type: "button", class: "channel-topic topic-add", on: { click: () => editTopic(channel) } },
        "Add a topic",
      );
    return h(
      "div",
      { class: "channel-topic", title: toPlain(channel.topic), "aria-label": "Topic" },
      mrkdwn(channel.topic),
    );
  }

  tools() {
    const { channel } = this;
    const tool = (label, sign, run, text = null) =>
      h(
        "button",
        {
          type: "button",
          class: text ? "head-tool has-text" : "head-tool",
          "aria-label": text ? `${label}, ${text}` : label,
          "data-tip": label,
          on: { click: (event) => run(event.currentTarget) },
        },
        icon(sign, 18),
        text,
      );
    return [
      channel.is_im
        ? null
        : tool(
            "Members",
            "people",
            () => emit("pane", { kind: "members", channel: this.id }),
            String(channel.num_members ?? ""),
          ),
      tool(
        "Pinned messages",
        "pin",
        () => emit("pane", { kind: "pins", channel: this.id }),
        channel.pins?.length ? String(channel.pins.length) : null,
      ),
      tool("Search in this channel", "search", () => emit("pane", { kind: "search", channel: this.id })),
      channel.is_im ? null : tool("Channel menu", "more", (node) => this.menu(node)),
    ];
  }

  menu(anchor) {
    const { channel } = this;
    const isOpen = !channel.is_archived;
    const items = [
      { label: "Members", icon: "people", run: () => emit("pane", { kind: "members", channel: this.id }) },
      isOpen && channel.is_member
        ? { label: "Add people", icon: "plus", run: () => invite(channel) }
        : undefined,
      isOpen ? { label: "Edit topic", icon: "pencil", run: () => editTopic(channel) } : undefined,
      isOpen ? { label: "Edit description", icon: "info", run: () => editPurpose(channel) } : undefined,
      isOpen && channel.is_member
        ? { label: "Rename channel", icon: "hash", run: () => renameChannel(channel) }
        : undefined,
      {
        label: "Copy channel id",
        note: channel.id,
        icon: "link",
        run: () => navigator.clipboard?.writeText(channel.id),
      },
      isOpen && channel.is_member ? null : undefined,
      isOpen && channel.is_member
        ? { label: "Leave channel", icon: "exit", run: () => tell("leave", { channel: this.id }) }
        : undefined,
      isOpen && channel.is_member
        ? { label: "Archive channel", icon: "archive", danger: true, run: () => this.archive() }
        : undefined,
    ];
    openMenu(
      anchor,
      items.filter((item) => item !== undefined),
      { label: "Channel menu" },
    );
  }

  async archive() {
    const yes = await confirmDialog({
      title: `Archive ${labelOf(this.channel)}?`,
      text: "Everybody leaves it and nobody can write in it any more. Its messages stay.",
      confirm: "Archive",
      danger: true,
    });
    if (yes) await tell("archive", { channel: this.id });
  }

  drawBookmarks() {
    const list = this.channel.bookmarks ?? [];
    this.bookmarks.hidden = list.length === 0;
    fill(
      this.bookmarks,
      list.map((one) =>
        h(
          "span",
          { class: "bookmark", data: { bookmark: one.id } },
          one.emoji ? withEmoji(`:${one.emoji.replaceAll(":", "")}:`) : icon("bookmark", 14),
          linkNode(one.link, one.title),
        ),
      ),
    );
  }
}
