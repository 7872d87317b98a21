// The list of places: the app, channels, direct messages; what is unread there.

import { appAvatar, avatar } from "./avatar.js";
import { openDialog } from "./dialogs.js";
import { fill, freshId, h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { goChannel, placeHash } from "./place.js";
import { channelName, counterpart, directMessage, person, store, subscribe } from "./state.js";
import { renderPeople } from "./who.js";
import { t } from "./words.js";

export function startSidebar(root) {
  const body = h("div", { class: "side-body" });
  root.append(body);
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...root.querySelectorAll("a.side-link, button.side-link")].filter((link) => link.offsetParent);
    const next = links[links.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  subscribe(() => redraw(body, whatIsShown(), () => draw(body)));
}

const lastOf = (channel) => channel.messages.at(-1)?.ts ?? "";

/** All that the list depends on. */
function whatIsShown() {
  const channels = store.channels.map((one) => [one.id, one.name, one.kind, one.is_member, one.is_archived, one.unread, one.kind === "im" || one.kind === "mpim" ? [one.user, one.members, lastOf(one)] : 0]);
  return [store.edition, store.as, store.place, store.app, channels];
}

function draw(body) {
  const scroll = body.scrollTop;
  const opened = body.querySelector("details")?.open ?? false;
  const mine = store.channels.filter((one) => one.is_member && (one.kind === "channel" || one.kind === "private") && !one.is_archived);
  const others = store.channels.filter((one) => !one.is_member && one.kind === "channel" && !one.is_archived);
  const direct = store.channels.filter((one) => (one.kind === "im" && counterpart(one) !== store.app?.user) || one.kind === "mpim");
  direct.sort((a, b) => lastOf(b).localeCompare(lastOf(a)));
  fill(body,
    store.app ? section(t("apps"), [appLink()]) : null,
    section(t("channels"), mine.map(channelLink)),
    others.length ? h("details", { class: "side-more", open: opened }, h("summary", null, t("otherChannels")), h("ul", null, others.map(channelLink))) : null,
    section(t("directMessages"), [...direct.map(directLink), newMessage()]));
  body.scrollTop = scroll;
}

function section(title, items) {
  const id = freshId("side");
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), h("ul", null, items));
}

function entry({ key, href, current, unread, sign, label, quiet }) {
  return h("li", null, h("a", {
    class: ["side-link", current ? "current" : "", unread ? "unread" : "", quiet ? "quiet" : ""].join(" ").trim(),
    href, "data-key": `side/${key}`, "aria-current": current ? "page" : null,
  }, sign, h("span", { class: "side-name" }, label), unread ? h("span", { class: "badge", "aria-label": t("unreadCount", { n: unread }) }, unread > 99 ? "99+" : String(unread)) : null));
}

function appLink() {
  const app = store.app;
  const dm = directMessage(app.user);
  const current = store.place.id === app.user || (dm && store.place.id === dm.id);
  // With something unread one wants the messages, otherwise the Home.
  const toHome = app.home && !dm?.unread;
  return entry({
    key: app.user, current, unread: dm?.unread, label: app.name, sign: appAvatar({ small: true }),
    href: toHome ? placeHash({ kind: "home", id: app.user }) : placeHash({ kind: "channel", id: dm?.id ?? app.user }),
  });
}

function channelLink(channel) {
  return entry({
    key: channel.id, href: placeHash({ kind: "channel", id: channel.id }), current: store.place.id === channel.id, unread: channel.unread,
    label: channelName(channel), sign: icon(channel.kind === "private" ? "lock" : "hash", 16), quiet: !channel.is_member,
  });
}

function directLink(channel) {
  const other = person(counterpart(channel));
  const self = channel.kind === "im" && counterpart(channel) === store.as;
  return entry({
    key: channel.id, href: placeHash({ kind: "channel", id: channel.id }), current: store.place.id === channel.id || store.place.id === channel.user, unread: channel.unread,
    label: channelName(channel) + (self ? `（${t("you")}）` : "") + (other?.deleted && channel.kind === "im" ? `（${t("deactivated")}）` : ""),
    sign: channel.kind === "mpim" ? icon("group", 18) : avatar(other, { small: true }), quiet: channel.kind === "im" && other?.deleted,
  });
}

function newMessage() {
  return h("li", null, h("button", { type: "button", class: "side-link", "data-key": "side/new", onclick: openNewMessage }, icon("plus", 16), h("span", { class: "side-name" }, t("newMessage"))));
}

function openNewMessage() {
  const titleId = freshId("new");
  const choose = (one) => {
    dialog.close();
    goChannel(directMessage(one.id)?.id ?? one.id);
  };
  const dialog = h("dialog", { class: "who", "aria-labelledby": titleId },
    h("header", { class: "modal-head" }, h("h2", { id: titleId }, t("newMessage")),
      h("button", { type: "button", class: "button icon-only", "aria-label": t("close"), onclick: () => dialog.close() }, icon("close"))),
    renderPeople(store.people.filter((one) => one.id !== store.as && one.kind !== "slackbot"), choose));
  openDialog(dialog);
  dialog.querySelector("input").focus();
}
