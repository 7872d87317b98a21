// What the page knows: the last answers of the server, who one is, where one
// looks. Panes subscribe and redraw; only this module asks for the state.

import { api } from "./api.js";

export const store = {
  people: [],
  team: null,
  /** The app under test: its user, commands, shortcuts and tabs. */
  app: null,
  as: "",
  me: null,
  channels: [],
  home: null,
  views: [],
  clock: null,
  linked: true,
  loaded: false,
  /** Where one looks: kind is "channel" or "home", id a channel or the app's user. */
  place: { kind: "", id: "", thread: "" },
  /** Which pane a phone shows: "list", "main" or "thread". */
  pane: "list",
  /** Grows when names or the language change: everything is drawn again. */
  edition: 0,
};

/** Messages before those of the state, fetched on demand: channel id → {messages, threads, has_more}. */
const older = new Map();

const listeners = new Set();

export function subscribe(listener) {
  listeners.add(listener);
}

let pressed = false;
let late = false;

/** Redraws what changed; while a pointer is pressed only after its release. */
export function announceChange() {
  late = pressed;
  if (pressed) return;
  for (const listener of listeners) listener();
}

/**
 * A button must not be replaced between the press and the release of a pointer:
 * the browser would drop the click without a word.
 */
export function waitForRelease() {
  const release = () => setTimeout(() => { // the click comes after the release
    pressed = false;
    if (late) announceChange();
  });
  addEventListener("pointerdown", () => {
    pressed = true;
  }, true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, release, true);
  addEventListener("blur", release); // of the window: a release elsewhere is not told
}

let lastPeople = "";

export async function loadPeople() {
  const answer = await api.people();
  const text = JSON.stringify(answer);
  if (text === lastPeople) return;
  lastPeople = text;
  store.people = answer.people;
  store.team = answer.team;
  store.app = answer.app;
  store.edition += 1;
}

/** Becomes another person; what the last one saw is forgotten. */
export function become(id) {
  store.as = id;
  store.me = null;
  store.channels = [];
  store.home = null;
  store.views = [];
  store.loaded = false;
  older.clear();
}

let running = null;
let again = false;

/** Fetches the state; calls that come while one is under way become one more. */
export function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = fetchState().finally(() => {
    running = null;
    if (again) {
      again = false;
      refresh();
    }
  });
  return running;
}

async function fetchState() {
  const as = store.as;
  if (!as) return;
  try {
    const answer = await api.state(as);
    if (as !== store.as) {
      again = true;
      return;
    }
    store.me = answer.me;
    store.channels = answer.channels.map(withOlder);
    store.home = answer.home;
    store.views = answer.views;
    store.clock = { ...store.clock, now: answer.now };
    store.loaded = true;
    store.linked = true;
  } catch (trouble) {
    if (as !== store.as) return;
    store.linked = trouble.status !== 0;
  }
  announceChange();
}

function withOlder(channel) {
  const before = older.get(channel.id);
  if (!before) return channel;
  const first = channel.messages[0]?.ts ?? "";
  const messages = [...before.messages.filter((message) => !first || message.ts < first), ...channel.messages];
  return { ...channel, messages, threads: { ...before.threads, ...channel.threads }, has_more: before.has_more };
}

/** Fetches the messages before the first one shown. */
export async function loadOlder(id) {
  const first = channel(id)?.messages[0];
  if (!first) return;
  const answer = await api.state(store.as, { channel: id, before: first.ts });
  const page = answer.channels.find((one) => one.id === id);
  if (!page) return;
  const known = older.get(id) ?? { messages: [], threads: {} };
  older.set(id, { messages: [...page.messages, ...known.messages], threads: { ...known.threads, ...page.threads }, has_more: Boolean(page.has_more) });
  store.channels = store.channels.map((one) => (one.id === id ? withOlder(one) : one));
  announceChange();
}

export async function refreshClock() {
  try {
    store.clock = await api.clock();
    announceChange();
  } catch {
    // The bar keeps showing the last known time; the link notice says the rest.
  }
}

export function person(id) {
  return store.people.find((one) => one.id === id);
}

export function displayName(one) {
  return one?.display_name || one?.real_name || one?.name || "";
}

export function nameOf(id) {
  return displayName(person(id)) || (id === store.app?.user ? store.app.name : "") || id;
}

export function isApp(one) {
  return one?.kind === "bot" || one?.kind === "slackbot";
}

export function channel(id) {
  return store.channels.find((one) => one.id === id);
}

/** The other person of a direct message; oneself in the notes to oneself. */
export function counterpart(dm) {
  return dm.user ?? store.as;
}

export function channelName(one) {
  if (!one) return "";
  if (one.kind === "im") return nameOf(counterpart(one));
  if (one.kind === "mpim") return (one.members ?? []).filter((id) => id !== store.as).map(nameOf).join("、") || one.name;
  return one.name;
}

/** The direct message with a person or the app, once there is one. */
export function directMessage(userId) {
  return store.channels.find((one) => one.kind === "im" && counterpart(one) === userId);
}

/**
 * The channel whose messages the place shows, if there is one. A place may name
 * a person: that is the direct message with them, which a first message opens.
 */
export function shownChannel() {
  const { kind, id } = store.place;
  if (kind !== "channel") return undefined;
  const found = channel(id) ?? directMessage(id);
  if (found || !person(id)) return found;
  return { id, kind: "im", user: id, name: nameOf(id), unread: 0, is_member: true, messages: [] };
}

/** The messages of the channel itself: thread answers stay in their thread. */
export function mainMessages(one) {
  return (one?.messages ?? []).filter((message) => !isReply(message) || message.subtype === "thread_broadcast");
}

export function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

export function repliesOf(one, ts) {
  return (one?.threads?.[ts] ?? []).filter((message) => message.ts !== ts);
}

export function zone() {
  return store.me?.tz || "Asia/Tokyo";
}
