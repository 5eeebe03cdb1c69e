// The select elements of Block Kit: where their options come from and what they are called.

import { avatar } from "./people.js";
import { selectControl } from "./select.js";
import { fullNameOf, labelOf, nameOf, person, pickablePeople, state, titleOf } from "./store.js";
import { tell } from "./tell.js";

/** {value, text, note} of an option object. */
function option(one) {
  return { value: one.value, text: one.text?.text ?? one.value, note: one.description?.text };
}

function staticGroups(element) {
  if (element.option_groups)
    return element.option_groups.map((group) => ({
      label: group.label?.text,
      options: group.options.map(option),
    }));
  return [{ options: (element.options ?? []).map(option) }];
}

function peopleGroups() {
  return [
    {
      options: pickablePeople().map((one) => ({
        value: one.id,
        text: fullNameOf(one.id),
        note: one.title,
        search: one.name,
        lead: () => avatar(one, 20),
      })),
    },
  ];
}

function channelOption(channel) {
  return {
    value: channel.id,
    text: titleOf(channel),
    lead: () => (channel.is_im ? avatar(person(channel.user), 20) : "#"),
  };
}

const visibleChannels = () =>
  [...state.channels.values()]
    .filter((one) => !one.is_archived)
    .sort((a, b) => titleOf(a).localeCompare(titleOf(b)));

function channelGroups() {
  return [
    {
      options: visibleChannels()
        .filter((one) => !one.is_im && !one.is_private)
        .map(channelOption),
    },
  ];
}

function conversationGroups(element) {
  const { include, exclude_bot_users: noApps } = element.filter ?? {};
  const kind = (one) => (one.is_im ? "im" : one.is_private ? "private" : "public");
  const wanted = visibleChannels().filter(
    (one) => (!include || include.includes(kind(one))) && !(noApps && person(one.user)?.is_bot),
  );
  const split = (isIm) => wanted.filter((one) => Boolean(one.is_im) === isIm).map(channelOption);
  return [
    { label: "Channels", options: split(false) },
    { label: "Direct messages", options: split(true) },
  ].filter((group) => group.options.length);
}

const SOURCES = {
  static: staticGroups,
  users: peopleGroups,
  channels: channelGroups,
  conversations: conversationGroups,
};
const NAMES = {
  users: (value) => fullNameOf(value),
  channels: (value) => labelOf(state.channels.get(value)) || value,
  conversations: (value) => labelOf(state.channels.get(value)) || nameOf(value),
};

/** Draw any of the ten select elements. */
export function drawSelect(element, ctx, block, field) {
  const multi = element.type.startsWith("multi_");
  const source = element.type.replace(/^multi_/, "").replace(/_select$/, "");
  const known = knownLabels(element, ctx, block);
  return selectControl({
    field,
    multi,
    placeholder: element.placeholder?.text,
    max: element.max_selected_items,
    value: ctx.valueOf(block, element),
    clearable: Boolean(block.optional),
    groups: () => SOURCES[source]?.(element) ?? [],
    labelOf: NAMES[source] ?? ((value) => known.get(value) ?? value),
    load: source === "external" ? (query) => loadOptions(element, ctx, block, query, known) : null,
    minQuery: element.min_query_length,
    onChange: (value) => ctx.changed(block, element, value),
  });
}

/** The texts of option values: given ones at once, loaded ones as they come (they outlive a redraw). */
function knownLabels(element, ctx, block) {
  const known = ctx.labelsOf(block, element);
  const given = [
    ...staticGroups(element).flatMap((group) => group.options),
    ...[element.initial_option, ...(element.initial_options ?? [])].filter(Boolean).map(option),
  ];
  for (const one of given) known.set(one.value, one.text);
  return known;
}

async function loadOptions(element, ctx, block, query, known) {
  const answer = await tell("options", {
    ...ctx.place(),
    action_id: element.action_id,
    block_id: block.block_id,
    query,
  });
  if (!answer) return [];
  const groups = answer.option_groups
    ? staticGroups(answer)
    : [{ options: (answer.options ?? []).map(loaded) }];
  for (const one of groups.flatMap((group) => group.options)) known.set(one.value, one.text);
  return groups;
}

const loaded = (one) =>
  typeof one.text === "string" ? { value: one.value, text: one.text, note: one.description } : option(one);
