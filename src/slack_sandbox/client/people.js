// How people look: initials on their colour, apps on a rounded square; and the card about one of them.

import { h, hidden } from "./dom.js";
import { characterOf } from "./emoji.js";
import { clockIn } from "./format.js";
import { icon } from "./icons.js";
import { openPopover } from "./popover.js";
import { emit, fullNameOf, nameOf, person, state } from "./store.js";

/** A picture of `one` (a Person, or {real_name, color, is_bot} for a message's own username). Decorative. */
export function avatar(one, size = 36) {
  const name = one?.real_name || one?.display_name || one?.name || "?";
  const sign = one?.icon_emoji ? characterOf(one.icon_emoji.replaceAll(":", "")) : null;
  const node = h(
    "span",
    { class: one?.is_bot ? "avatar avatar-app" : "avatar", "aria-hidden": "true" },
    sign ? h("span", { class: "emoji" }, sign) : initials(name, one?.is_bot),
  );
  const { background, ink } = readable(/^#[0-9a-f]{6}$/i.test(one?.color ?? "") ? one.color : colorFor(name));
  node.style.setProperty("--size", `${size}px`);
  node.style.backgroundColor = background;
  node.style.color = ink;
  return node;
}

function initials(name, isApp) {
  const words = name.trim().split(/\s+/);
  const letters =
    isApp || words.length === 1 ? [...words[0]].slice(0, 1) : [[...words[0]][0], [...words.at(-1)][0]];
  return letters.join("").toUpperCase();
}

function colorFor(name) {
  const palette = ["#b4532a", "#2f6f9f", "#7a4fa3", "#2e7d52", "#a23b5c", "#5b6b2f", "#8a5a12", "#38677a"];
  return palette[[...name].reduce((sum, char) => sum + char.codePointAt(0), 0) % palette.length];
}

/** Background and ink that can be told apart (WCAG AA): light colours get dark letters, others are darkened for white. */
function readable(color) {
  let channels = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  if (luminance(channels) > 0.42) return { background: color, ink: "#1b1b1b" };
  while (luminance(channels) > 0.18) channels = channels.map((one) => Math.floor(one * 0.95));
  return { background: `rgb(${channels.join(" ")})`, ink: "#ffffff" };
}

function luminance(channels) {
  const [red, green, blue] = channels.map((one) =>
    one / 255 <= 0.04045 ? one / 3294.6 : ((one / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function presenceDot(one) {
  if (!one || one.is_bot) return null;
  return h(
    "span",
    { class: one.presence === "active" ? "presence is-active" : "presence" },
    hidden(one.presence === "active" ? ", active" : ", away"),
  );
}

/** The card one gets by pressing a name. */
export function showProfile(userId, anchor) {
  const one = person(userId);
  if (!one) return;
  const message = h(
    "button",
    {
      type: "button",
      class: "button",
      on: {
        click: () => {
          card.close();
          emit("message-person", userId);
        },
      },
    },
    icon("reply", 16),
    one.is_bot ? "Open" : "Message",
  );
  const become =
    one.is_bot || one.id === state.me.id || one.is_app_user
      ? null
      : h(
          "button",
          {
            type: "button",
            class: "button",
            on: {
              click: () => {
                card.close();
                emit("become", userId);
              },
            },
          },
          icon("person", 16),
          `Act as ${nameOf(userId)}`,
        );
  const card = openPopover({
    anchor,
    label: `About ${fullNameOf(userId)}`,
    className: "popover-card",
    content: [
      h(
        "div",
        { class: "card-head" },
        avatar(one, 64),
        h(
          "div",
          null,
          h("p", { class: "card-name" }, fullNameOf(userId), one.is_bot ? appBadge() : presenceDot(one)),
          one.title ? h("p", { class: "card-title" }, one.title) : null,
        ),
      ),
      h("dl", { class: "card-facts" }, facts(one)),
      h("div", { class: "card-actions" }, message, become),
    ],
  });
}

function facts(one) {
  const local = one.tz && !one.is_bot ? clockIn(one.tz) : null;
  const rows = [
    ["Name", `@${one.name}`],
    one.display_name && one.display_name !== one.name ? ["Called", one.display_name] : null,
    local ? ["Local time", `${local} (${one.tz})`] : null,
    ["Id", one.id],
    one.deleted ? ["Account", "Deactivated"] : null,
  ];
  return rows.filter(Boolean).map(([term, value]) => [h("dt", null, term), h("dd", null, value)]);
}

export function appBadge() {
  return h("span", { class: "badge-app" }, "APP");
}
