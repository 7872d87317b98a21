// One message: who, when, what, its files, reactions and thread, and the row of
// things one can do with it.

import { act } from "./actions.js";
import { appAvatar, avatar } from "./avatar.js";
import { renderBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { editing, editorOf } from "./editing.js";
import { emoji } from "./emoji.js";
import { icon } from "./icons.js";
import { openMessageMenu, pickReaction } from "./messagemenu.js";
import { mrkdwn, textObject } from "./mrkdwn.js";
import { fileList } from "./pictures.js";
import { goChannel } from "./place.js";
import { isApp, nameOf, person, repliesOf, store } from "./state.js";
import { clockTime, dateOf, fullMoment } from "./time.js";
import { t } from "./words.js";

/** Everything a message's looks depend on; unchanged means the node may stay. */
export function signatureOf(channel, message, compact) {
  const replies = repliesOf(channel, message.ts);
  return JSON.stringify([message, compact, editing(channel.id, message.ts), replies.length, replies.at(-1)?.ts, store.edition, store.as, channel.id]);
}

export function authorOf(message) {
  const id = message.user ?? (message.bot_id ? store.app?.user : "");
  return { id, person: person(id), name: message.username || nameOf(id) || message.bot_profile?.name || "", isApp: Boolean(message.bot_id) || isApp(person(id)) };
}

export function renderMessage(channel, message, { compact = false, inThread = false } = {}) {
  const author = authorOf(message);
  const at = dateOf(message.ts);
  const name = author.name;
  const node = h("article", {
    class: ["message", compact ? "compact" : "", message.is_ephemeral ? "ephemeral" : ""].join(" ").trim(),
    "data-ts": message.ts, tabindex: -1, "aria-label": `${name} ${clockTime(at)}`,
  },
  compact ? h("span", { class: "gutter-time", "aria-hidden": "true" }, clockTime(at))
    : author.isApp ? appAvatar({ icon: message.icons?.emoji ?? "" }) : avatar(author.person),
  h("div", { class: "message-main" },
    message.is_ephemeral ? onlyYou(channel, message) : null,
    compact ? null : h("div", { class: "message-head" },
      h("strong", { class: "author" }, name),
      author.isApp ? h("span", { class: "tag" }, t("app")) : null,
      author.person?.deleted ? h("span", { class: "tag" }, t("deactivated")) : null,
      h("time", { datetime: at.toISOString(), title: fullMoment(at) }, clockTime(at))),
    message.subtype === "thread_broadcast" && !inThread ? h("p", { class: "hint" }, t("alsoInChannel")) : null,
    editing(channel.id, message.ts) === null ? content(channel, message) : editorOf(channel, message),
    message.files?.length ? fileList(message.files) : null,
    reactions(channel, message),
    inThread ? null : threadLink(channel, message)),
  message.is_ephemeral ? null : tools(channel, message, inThread));
  return node;
}

function onlyYou(channel, message) {
  return h("p", { class: "only-you" }, icon("info", 14), t("onlyYou"),
    h("button", { type: "button", class: "dismiss", onclick: () => act("delete", { channel: channel.id, ts: message.ts }) }, t("dismiss")));
}

function content(channel, message) {
  if (message.subtype === "tombstone") return h("p", { class: "hint" }, t("deletedMessage"));
  const edited = message.edited ? h("small", { class: "edited" }, t("edited")) : null;
  const ctx = { key: `message:${channel.id}/${message.ts}`, target: { channel: channel.id, ts: message.ts }, blocks: message.blocks };
  const body = message.blocks?.length ? renderBlocks(message.blocks, ctx) : message.text ? h("div", { class: "text" }, mrkdwn(message.text)) : null;
  return h("div", { class: "content" }, body, edited, (message.attachments ?? []).map((one) => attachment(one, ctx)));
}

function attachment(one, ctx) {
  const inner = one.blocks?.length
    ? renderBlocks(one.blocks, { ...ctx, blocks: one.blocks })
    : [
        one.pretext ? h("div", { class: "text" }, mrkdwn(one.pretext)) : null,
        one.title ? h("strong", null, mrkdwn(one.title_link ? `<${one.title_link}|${one.title}>` : one.title)) : null,
        one.text ? h("div", { class: "text" }, mrkdwn(one.text)) : null,
        one.fields?.length ? h("div", { class: "fields" }, one.fields.map((field) => h("div", null, h("strong", null, field.title), h("br"), mrkdwn(field.value)))) : null,
        one.footer ? h("small", null, textObject(one.footer)) : null,
      ];
  const node = h("div", { class: "attachment" }, inner);
  const colour = { good: "#4d7a3f", warning: "#a86a12", danger: "#b23a2e" }[one.color] ?? one.color;
  if (/^#?[0-9a-f]{6}$/i.test(colour ?? "")) node.style.borderInlineStartColor = colour.startsWith("#") ? colour : `#${colour}`;
  return node;
}

function reactions(channel, message) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((one) => {
    const mine = (one.users ?? []).includes(store.as);
    return h("button", {
      type: "button", class: mine ? "reaction mine" : "reaction", "data-key": `react/${message.ts}/${one.name}`, "aria-pressed": mine ? "true" : "false",
      "aria-label": t("reactionCount", { name: one.name, n: one.count }), title: (one.users ?? []).map(nameOf).join("、"),
      onclick: () => act("react", { channel: channel.id, ts: message.ts, name: one.name, ...(mine ? { remove: true } : {}) }),
    }, h("span", { "aria-hidden": "true" }, emoji(one.name) ?? `:${one.name}:`), String(one.count));
  }));
}

function threadLink(channel, message) {
  const replies = repliesOf(channel, message.ts);
  const count = Math.max(replies.length, message.reply_count ?? 0);
  if (!count) return null;
  const last = replies.at(-1);
  return h("button", { type: "button", class: "thread-link", "data-key": `thread/${message.ts}`, onclick: () => goChannel(channel.id, message.ts) },
    h("span", { class: "faces" }, [...new Set(replies.map((reply) => authorOf(reply).id))].slice(0, 3).map((id) => avatar(person(id), { small: true }))),
    h("strong", null, count === 1 ? t("oneReply") : t("replies", { n: count })),
    last ? h("small", null, fullMoment(dateOf(last.ts))) : null);
}

function tools(channel, message, inThread) {
  const more = h("button", { type: "button", class: "tool", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": t("more"), title: t("more"), "data-key": `more/${message.ts}`, onclick: () => openMessageMenu(more, channel, message) }, icon("more", 18));
  const react = h("button", { type: "button", class: "tool wide-only", "aria-label": t("addReaction"), title: t("addReaction"), onclick: () => pickReaction(react, channel, message) }, icon("smile", 18));
  return h("div", { class: "message-tools" }, react,
    inThread ? null : h("button", { type: "button", class: "tool wide-only", "aria-label": t("reply"), title: t("reply"), onclick: () => goChannel(channel.id, message.thread_ts ?? message.ts) }, icon("reply", 18)),
    more);
}
