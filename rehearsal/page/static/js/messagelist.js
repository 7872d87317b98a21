// A list of messages with day lines, the mark of what is new, and a scroll
// position that stays where the reader left it.

import { h, reconcile } from "./dom.js";
import { authorOf, renderMessage, signatureOf } from "./message.js";
import { store } from "./state.js";
import { dateOf, dayName, parts } from "./time.js";
import { t } from "./words.js";

const TOGETHER_SECONDS = 300;
const NEAR_END_PX = 80;

/** A list that was at its end stays there when pictures load or its window changes. */
export function keepAtEnd(list) {
  let atEnd = true;
  const follow = () => {
    if (atEnd) list.scrollTop = list.scrollHeight;
  };
  list.addEventListener("scroll", () => {
    atEnd = isAtEnd(list);
  }, { passive: true });
  list.addEventListener("load", follow, true); // load does not bubble
  new ResizeObserver(follow).observe(list);
}

const isAtEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;

/** Draws the messages; `unreadFrom` is the ts after which they are new. */
export function drawMessages(list, channel, messages, { inThread = false, unreadFrom = "", head = [] } = {}) {
  const atEnd = isAtEnd(list);
  const height = list.scrollHeight;
  const lastBefore = list.dataset.last ?? "";
  const firstBefore = list.dataset.first ?? "";
  reconcile(list, [...head, ...itemsOf(channel, messages, inThread, unreadFrom)]);
  const last = messages.at(-1);
  list.dataset.last = last?.ts ?? "";
  list.dataset.first = messages[0]?.ts ?? "";
  const grewAbove = firstBefore && messages[0] && messages[0].ts < firstBefore;
  if (grewAbove) list.scrollTop += list.scrollHeight - height;
  else if (atEnd || (last && last.ts > lastBefore && last.user === store.as)) list.scrollTop = list.scrollHeight;
}

export function scrollToEnd(list) {
  list.scrollTop = list.scrollHeight;
}

/** Shows one message and marks it for a moment. */
export function reveal(list, ts) {
  const node = list.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  if (!node) return false;
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  return true;
}

function itemsOf(channel, messages, inThread, unreadFrom) {
  const items = [];
  const now = store.clock ? new Date(store.clock.now) : new Date();
  let before = null;
  let marked = false;
  for (const message of messages) {
    const at = dateOf(message.ts);
    const day = parts(at).date;
    const newDay = !before || parts(dateOf(before.ts)).date !== day;
    if (newDay && !inThread) items.push(line(`day-${day}`, dayLabel(at, now), "day-line"));
    if (!marked && unreadFrom && message.ts > unreadFrom && message.user !== store.as) {
      marked = true;
      items.push(line("new", t("newBelow"), "new-line"));
      before = null;
    }
    const compact = !newDay && before !== null && together(before, message);
    items.push({
      key: message.is_ephemeral ? `e-${message.ts}` : message.ts,
      signature: signatureOf(channel, message, compact) + inThread,
      draw: () => renderMessage(channel, message, { compact, inThread }),
    });
    before = message;
  }
  return items;
}

function together(a, b) {
  return authorOf(a).name === authorOf(b).name && !a.is_ephemeral && !b.is_ephemeral && Number(b.ts) - Number(a.ts) < TOGETHER_SECONDS && b.subtype !== "thread_broadcast";
}

function line(key, text, className) {
  return { key, signature: text, draw: () => h("div", { class: className, role: "separator", "aria-label": text }, h("span", null, text)) };
}

function dayLabel(date, now) {
  const days = Math.round((Date.parse(parts(now).date) - Date.parse(parts(date).date)) / 86_400_000);
  const word = { 0: t("today"), 1: t("yesterday") }[days];
  return word ? `${word} ${dayName(date, now)}` : dayName(date, now);
}
