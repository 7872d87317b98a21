// Where the entries of a select menu come from, and how a choice is written in
// Slack's state values. An entry is {id, label, note, raw}; a group {label, entries}.

import { api } from "./api.js";
import { fold } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { unescape } from "./mrkdwn.js";
import { channelName, displayName, isApp, nameOf, store } from "./state.js";

const fromOption = (option) => ({ id: option.value, label: withEmoji(unescape(option.text?.text ?? "")), note: option.description ? unescape(option.description.text) : "", raw: option });
const fromOptions = (options) => [{ label: "", entries: (options ?? []).map(fromOption) }];
const fromGroups = (groups) => groups.map((group) => ({ label: unescape(group.label?.text ?? ""), entries: (group.options ?? []).map(fromOption) }));

/** How one type of select reads and writes: field of the value, and its list or not. */
export function choosing(type) {
  const many = type.startsWith("multi_");
  const kind = type.replace(/^multi_/, "");
  const [one, several] = {
    static_select: ["selected_option", "selected_options"],
    external_select: ["selected_option", "selected_options"],
    users_select: ["selected_user", "selected_users"],
    channels_select: ["selected_channel", "selected_channels"],
    conversations_select: ["selected_conversation", "selected_conversations"],
  }[kind] ?? ["selected_option", "selected_options"];
  const options = kind === "static_select" || kind === "external_select";
  return {
    many,
    kind,
    options,
    /** The chosen entries of a state value. */
    entries(value) {
      const raw = many ? (value[several] ?? []) : value[one] ? [value[one]] : [];
      return raw.map((item) => (options ? fromOption(item) : named(kind, item)));
    },
    /** The state value for chosen entries. */
    value(entries) {
      const raw = entries.map((entry) => entry.raw);
      return many ? { [several]: raw } : { [one]: raw[0] ?? null };
    },
  };
}

function named(kind, id) {
  if (kind === "users_select") return { id, label: nameOf(id), note: "", raw: id };
  const found = store.channels.find((channel) => channel.id === id);
  return { id, label: found ? channelLabel(found) : nameOf(id), note: "", raw: id };
}

function channelLabel(channel) {
  return channel.kind === "im" || channel.kind === "mpim" ? channelName(channel) : `#${channelName(channel)}`;
}

/** The groups that fit what has been typed. Throws nothing; a failure is an empty list. */
export async function groupsFor(element, slot, query) {
  switch (element.type.replace(/^multi_/, "")) {
    case "external_select":
      return external(element, slot, query);
    case "users_select":
      return filter([{ label: "", entries: people() }], query);
    case "channels_select":
      return filter([{ label: "", entries: channels((one) => one.kind === "channel") }], query);
    case "conversations_select":
      return filter([{ label: "", entries: conversations(element.filter ?? {}) }], query);
    default:
      return filter(element.option_groups ? fromGroups(element.option_groups) : fromOptions(element.options), query);
  }
}

async function external(element, slot, query) {
  const { channel, ts, view_id } = slot.ctx.target;
  const where = view_id ? { view_id } : { channel, ts };
  const answer = await api.act(store.as, "suggest", { ...where, block_id: slot.blockId, action_id: element.action_id, value: query }).catch(() => ({ ok: false }));
  if (!answer.ok || !answer.ack) return null;
  return answer.ack.option_groups ? fromGroups(answer.ack.option_groups) : fromOptions(answer.ack.options);
}

function people() {
  return store.people
    .filter((one) => !one.deleted && one.kind !== "slackbot")
    .sort((a, b) => Number(isApp(a)) - Number(isApp(b)))
    .map((one) => ({ id: one.id, label: displayName(one), note: one.title ?? "", search: `${one.name} ${one.real_name} ${one.email ?? ""}`, raw: one.id }));
}

function channels(wanted) {
  return store.channels.filter((one) => !one.is_archived && wanted(one)).map((one) => ({ id: one.id, label: channelLabel(one), note: "", raw: one.id }));
}

const CONVERSATION_KINDS = { channel: "public", private: "private", im: "im", mpim: "mpim" };

function conversations(filterBy) {
  return channels((one) => {
    if (filterBy.include && !filterBy.include.includes(CONVERSATION_KINDS[one.kind])) return false;
    return !(filterBy.exclude_bot_users && one.kind === "im" && isApp(store.people.find((each) => each.id === one.user)));
  });
}

function filter(groups, query) {
  const wanted = fold(query.trim());
  if (!wanted) return groups;
  return groups
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => fold(`${entry.label} ${entry.note} ${entry.search ?? ""}`).includes(wanted)) }))
    .filter((group) => group.entries.length);
}
