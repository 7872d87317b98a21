// The side pane with one thread: the parent, its answers, a composer.

import { createComposer } from "./composer.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { drawMessages, keepAtEnd, scrollToEnd } from "./messagelist.js";
import { goChannel } from "./place.js";
import { channelName, repliesOf, shownChannel, store, subscribe } from "./state.js";
import { getLanguage, t } from "./words.js";

const head = h("header", { class: "pane-head" });
const list = h("div", { class: "message-list", role: "log", "aria-live": "polite", tabindex: 0 });
const foot = h("div", { class: "pane-foot" });
let composer = null;
let drawn = "";

export function startThread(root) {
  root.append(head, list, foot);
  keepAtEnd(list);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closeThread();
  });
  subscribe(() => render(root));
}

export function closeThread() {
  const thread = store.place.thread;
  goChannel(store.place.id);
  document.querySelector(`[data-key="thread/${CSS.escape(thread)}"]`)?.focus();
}

function render(root) {
  const channel = shownChannel();
  const ts = store.place.thread;
  const parent = ts && channel?.messages.find((message) => message.ts === ts);
  root.hidden = !parent;
  if (!parent) {
    drawn = "";
    return;
  }
  const signature = `${store.as}/${channel.id}/${ts}/${getLanguage()}`;
  const arrived = signature !== drawn;
  if (arrived) {
    drawn = signature;
    list.replaceChildren();
    composer = createComposer();
    fill(foot, channel.is_member && !channel.is_archived ? composer.root : null);
    fill(head,
      h("div", { class: "head-title" }, h("h2", null, t("thread")), h("p", { class: "head-note" }, channelName(channel))),
      h("button", { type: "button", class: "button icon-only", "aria-label": t("close"), onclick: closeThread }, icon("close")));
    list.setAttribute("aria-label", t("thread"));
  }
  drawMessages(list, channel, [parent, ...repliesOf(channel, ts)], { inThread: true });
  composer.at({ channel: channel.id, thread: ts, hint: t("writeReply") });
  if (!arrived) return;
  scrollToEnd(list);
  if (matchMedia("(pointer: fine)").matches) composer.focus();
}
