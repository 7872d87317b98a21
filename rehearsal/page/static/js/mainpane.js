// The middle pane: a channel's messages with the composer below, or the Home of
// the app. It also tells the server what has been read and which tab is open.

import { act } from "./actions.js";
import { appAvatar } from "./avatar.js";
import { renderBlocks } from "./blocks.js";
import { createComposer } from "./composer.js";
import { fill, h, keepFocus, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { drawMessages, keepAtEnd, reveal, scrollToEnd } from "./messagelist.js";
import { goChannel, goHome } from "./place.js";
import { channelName, directMessage, isApp, loadOlder, mainMessages, nameOf, person, shownChannel, store, subscribe } from "./state.js";
import { getLanguage, t } from "./words.js";

const head = h("header", { class: "pane-head" });
const list = h("div", { class: "message-list", role: "log", "aria-live": "polite", tabindex: 0 });
const home = h("div", { class: "home", tabindex: -1 });
const foot = h("div", { class: "pane-foot" });
let composer = null;
let composerLanguage = "";
let shown = "";
let unreadFrom = "";
let readUpTo = "";
let homeSignature = "";

export function startMain(root, onBack) {
  root.append(head, list, home, foot);
  keepAtEnd(list);
  root.addEventListener("dragover", (event) => event.preventDefault());
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length && !foot.hidden) composer?.addFiles([...event.dataTransfer.files]);
  });
  document.addEventListener("visibilitychange", markRead);
  subscribe(() => render(onBack));
}

export function focusComposer() {
  if (matchMedia("(pointer: fine)").matches && !document.querySelector("dialog[open]")) composer?.focus();
}

/** Scrolls to a message that a link names. */
export function showMessage(ts) {
  reveal(list, ts);
}

function render(onBack) {
  const { kind, id } = store.place;
  const place = `${store.as}/${kind}/${id}`;
  const arrived = place !== shown && store.loaded;
  if (arrived) {
    shown = place;
    arrive();
  }
  const isHome = kind === "home";
  const channel = shownChannel();
  const { messages, threads, unread, last_read: lastRead, ...looks } = channel ?? {};
  redraw(head, [store.edition, store.place, store.loaded, looks], () => drawHead(channel, onBack));
  list.hidden = isHome;
  home.hidden = !isHome;
  foot.hidden = isHome || !channel;
  if (isHome) drawHome();
  else drawChannel(channel, arrived);
}

function arrive() {
  const { kind, id } = store.place;
  const channel = shownChannel();
  unreadFrom = channel?.unread ? (channel.last_read || "0") : "";
  readUpTo = "";
  homeSignature = "";
  list.replaceChildren();
  delete list.dataset.last;
  delete list.dataset.first;
  if (kind === "home") act("open_home", { tab: "home" }, { quiet: true });
  else if (id && isAppChannel(channel)) act("open_home", { tab: "messages" }, { quiet: true });
}

const isAppChannel = (channel) => channel?.kind === "im" && channel.user === store.app?.user;

function drawHead(channel, onBack) {
  const back = h("button", { type: "button", class: "button icon-only phone-only", "aria-label": t("back"), "data-key": "back", onclick: onBack }, icon("back"));
  if (store.place.kind === "home" || isAppChannel(channel)) return drawAppHead(back);
  if (!channel) return fill(head, back, h("h1", null, store.place.id ? "" : t("workspace")));
  const other = channel.kind === "im" ? person(channel.user) : null;
  const sign = { channel: "hash", private: "lock", mpim: "group" }[channel.kind];
  const note = other ? [other.title, other.deleted ? t("deactivated") : ""].filter(Boolean).join(" ・ ") : channel.topic;
  fill(head, back, h("div", { class: "head-title" },
    h("h1", null, sign ? icon(sign, 18) : null, channelName(channel)),
    note ? h("p", { class: "head-note" }, note) : null),
  channel.num_members && channel.kind !== "im" ? h("span", { class: "head-count" }, t("members", { n: channel.num_members })) : null);
}

function drawAppHead(back) {
  const isHome = store.place.kind === "home";
  const app = store.app;
  const tab = (on, word, run) => h("button", { type: "button", role: "tab", class: on ? "tab on" : "tab", "aria-selected": on ? "true" : "false", tabindex: on ? 0 : -1, "data-key": `tab-${word}`, onclick: run }, t(word));
  const tabs = h("div", {
    class: "tabs", role: "tablist", "aria-label": app.name,
    onkeydown: (event) => {
      if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
      const other = [...tabs.children].find((one) => one !== document.activeElement);
      other?.focus();
      other?.click();
    },
  }, app.home ? tab(isHome, "home", () => goHome(app.user)) : null, app.messages ? tab(!isHome, "messages", () => goChannel(directMessage(app.user)?.id ?? app.user)) : null);
  fill(head, back, appAvatar(), h("div", { class: "head-title" }, h("h1", null, app.name), h("span", { class: "tag" }, t("app"))), tabs);
}

function drawHome() {
  const view = store.home;
  const signature = view ? `${view.id}/${view.hash}/${getLanguage()}` : `none/${getLanguage()}`;
  if (signature === homeSignature) return;
  homeSignature = signature;
  const scroll = home.scrollTop;
  const ctx = view && { key: `home:${view.id}`, target: { view_id: view.id }, blocks: view.blocks };
  keepFocus(home, () => fill(home, view ? h("div", { class: "home-sheet" }, renderBlocks(view.blocks, ctx)) : h("p", { class: "empty" }, t("homeEmpty"))));
  home.scrollTop = scroll;
}

function drawChannel(channel, arrived) {
  if (!channel) {
    fill(list, h("div", { class: "empty" }, h("img", { src: "logo.svg", alt: "", class: "empty-mark" }), h("p", null, t(store.loaded ? "noPlace" : "loading"))));
    return;
  }
  list.setAttribute("aria-label", t("conversation", { name: channelName(channel) }));
  if (arrived) list.replaceChildren();
  const messages = mainMessages(channel);
  const top = [];
  if (channel.has_more) top.push({ key: "older", signature: String(store.edition), draw: () => h("button", { type: "button", class: "button older", onclick: () => loadOlder(channel.id) }, t("older")) });
  else top.push({ key: "start", signature: `${channelName(channel)}/${store.edition}`, draw: () => startOf(channel) });
  drawMessages(list, channel, messages, { unreadFrom, head: top });
  drawFoot(channel);
  if (arrived) scrollToEnd(list);
  markRead();
}

function startOf(channel) {
  return h("div", { class: "list-start" }, h("p", { class: "start-name" }, channelName(channel)),
    h("p", { class: "hint" }, channel.purpose || t(channel.kind === "im" ? "startIm" : "startChannel", { name: channelName(channel) })));
}

function drawFoot(channel) {
  const stopped = channel.is_archived || store.me?.deleted || (channel.kind === "im" && person(channel.user)?.deleted);
  if (stopped) {
    redraw(foot, ["stopped", channel.is_archived, getLanguage()], () => fill(foot, h("p", { class: "foot-note" }, t(channel.is_archived ? "archived" : "cannotWrite"))));
    return;
  }
  if (!channel.is_member) {
    redraw(foot, ["join", channel.id, channel.name, getLanguage()], () => fill(foot, h("p", { class: "foot-note" }, t("notMember", { name: channelName(channel) })),
      h("button", { type: "button", class: "button primary", "data-key": "join", onclick: () => act("person", { do: "join", channel: channel.id }) }, t("join"))));
    return;
  }
  if (!composer || composerLanguage !== getLanguage()) {
    composerLanguage = getLanguage();
    composer = createComposer();
  }
  redraw(foot, ["composer", composerLanguage], () => fill(foot, composer.root));
  const name = channelName(channel);
  composer.at({ channel: channel.id, hint: t("write", { where: channel.kind === "im" || channel.kind === "mpim" ? (isApp(person(channel.user)) ? nameOf(channel.user) : name) : `#${name}` }) });
}

function markRead() {
  const channel = shownChannel();
  const last = channel?.messages.at(-1)?.ts ?? "";
  if (!channel?.unread || document.hidden || last === readUpTo) return;
  readUpTo = last;
  act("read", { channel: channel.id }, { quiet: true });
}
