// Wires the page: reads who and where from the location, keeps the state fresh
// on every change the server tells of, and starts the panes.

import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { startClock } from "./clock.js";
import { openDrawer } from "./drawer.js";
import { fill, h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { focusComposer, showMessage, startMain } from "./mainpane.js";
import { startModal } from "./modal.js";
import { go, placeHash, readPlace } from "./place.js";
import { announceChange, become, channel, channelName, displayName, loadPeople, mainMessages, person, refresh, refreshClock, store, subscribe, waitForRelease } from "./state.js";
import { startSidebar } from "./sidebar.js";
import { startThread } from "./threadpane.js";
import { say } from "./toast.js";
import { closeWho, openWho } from "./who.js";
import { getLanguage, setLanguage, t } from "./words.js";

const LANGUAGE_KEY = "page-language";
const CLOCK_EVERY_MS = 15_000;
const RETRY_MS = 1500;
const AFTER_EVENT_MS = 30;

const byId = (id) => document.getElementById(id);

async function start() {
  setLanguage(localStorage.getItem(LANGUAGE_KEY) ?? "ja");
  drawFrame();
  startSidebar(byId("sidebar"));
  startMain(byId("main"), () => show("list"));
  startThread(byId("thread"));
  startClock(byId("clock"));
  startModal();
  waitForRelease();
  subscribe(drawFrame);
  subscribe(tellOfNews);
  addEventListener("hashchange", followHash);
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault(); // the location hash says who and where, not which element
    byId("main").focus();
  });
  await firstPeople();
  api.listen(onChange, onLink);
  setInterval(() => document.hidden || refreshClock(), CLOCK_EVERY_MS);
  await followHash();
  refreshClock();
}

/** The server may still be starting: asks until it answers. */
async function firstPeople() {
  for (;;) {
    try {
      await loadPeople();
      store.linked = true;
      return;
    } catch {
      store.linked = false;
      drawFrame();
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function followHash() {
  const { as, place, message } = readPlace();
  if (!person(as)) {
    openWho(switchTo, { must: !store.as });
    return;
  }
  closeWho();
  if (as !== store.as) {
    become(as);
    if (!localStorage.getItem(LANGUAGE_KEY)) speakFor(person(as));
    announceChange();
  }
  store.place = place;
  await refresh();
  if (!store.place.kind) return startingPlace();
  show(place.thread ? "thread" : "main");
  announceChange();
  if (message) showMessage(message);
  else if (!place.thread) focusComposer();
}

/** Where somebody begins who has not said where: the app's Home; a phone shows the list. */
function startingPlace() {
  const home = store.app?.home ? { kind: "home", id: store.app.user } : { kind: "channel", id: store.channels[0]?.id ?? "" };
  const narrow = matchMedia("(max-width: 760px)").matches;
  if (narrow || !home.id) show("list");
  else history.replaceState(null, "", placeHash(home));
  if (!narrow && home.id) followHash();
  else announceChange();
}

/** Another person in this tab keeps the place if they can see it too. */
function switchTo(id) {
  const keep = store.place.kind === "home" || channel(store.place.id)?.kind === "channel";
  go({ as: id, ...(keep ? { ...store.place, thread: "" } : { kind: "", id: "" }) });
}

function speakFor(someone) {
  setLanguage(/^en/i.test(someone.locale ?? "") ? "en" : "ja");
  store.edition += 1;
}

/** On a phone one pane is seen at a time. */
function show(pane) {
  store.pane = pane;
  document.body.dataset.pane = pane;
}

let waiting = 0;

function onChange(change) {
  if (change.kind === "person" || change.kind === "resync") loadPeople().then(announceChange, () => {});
  if (change.kind === "clock") refreshClock();
  clearTimeout(waiting);
  waiting = setTimeout(refresh, AFTER_EVENT_MS);
}

function onLink(linked) {
  const back = linked && !store.linked;
  store.linked = linked;
  if (back) loadPeople().then(refresh, () => {});
  else drawFrame();
}

function drawFrame() {
  const me = person(store.as);
  document.title = [unreadTotal() ? `(${unreadTotal()})` : "", displayName(me), store.team?.name ?? t("workspace")].filter(Boolean).join(" · ");
  byId("skip").textContent = t("skip");
  byId("sidebar").setAttribute("aria-label", t("navigation"));
  byId("thread").setAttribute("aria-label", t("thread"));
  byId("offline").hidden = store.linked;
  byId("offline").textContent = t("offline");
  redraw(byId("brand"), [store.team, store.edition], () => fill(byId("brand"), h("img", { src: "logo.svg", alt: "", class: "brand-mark" }), h("span", { class: "brand-text" }, h("strong", null, store.team?.name ?? t("workspace")), h("small", null, t("workspaceNote")))));
  redraw(byId("account"), [me, store.edition], () => fill(byId("account"), accountButtons(me)));
}

function accountButtons(me) {
  return [
    h("button", { type: "button", class: "top-button wide-only", "data-key": "language", "aria-label": t("languageLabel"), onclick: toggleLanguage }, t("language")),
    h("button", { type: "button", class: "top-button icon-only", "data-key": "tools", "aria-label": t("tools"), title: t("tools"), onclick: openDrawer }, icon("tools", 20)),
    h("button", { type: "button", class: "who-button", "data-key": "who", "aria-haspopup": "dialog", "aria-label": `${t("whoNow", { name: displayName(me) })} ${t("whoSwitch")}`, onclick: () => openWho(switchTo) },
      me ? avatar(me, { small: true }) : null, h("span", { class: "who-name" }, me ? displayName(me) : t("whoSwitch")), icon("down", 16)),
  ];
}

function toggleLanguage() {
  setLanguage(getLanguage() === "en" ? "ja" : "en");
  localStorage.setItem(LANGUAGE_KEY, getLanguage());
  store.edition += 1;
  announceChange();
}

const unreadTotal = () => store.channels.reduce((sum, one) => sum + one.unread, 0);

let heard = { as: "", last: new Map() };

/** Speaks of new messages elsewhere; the list in view speaks for itself (role=log). */
function tellOfNews() {
  if (!store.loaded) return;
  const fresh = heard.as !== store.as;
  if (fresh) heard = { as: store.as, last: new Map() };
  for (const one of store.channels) {
    const last = mainMessages(one).at(-1);
    const before = heard.last.get(one.id);
    heard.last.set(one.id, last?.ts ?? "");
    if (fresh || !last || last.ts === before || last.user === store.as || store.place.id === one.id) continue;
    say(t("newFrom", { where: channelName(one) }));
  }
}

start();
