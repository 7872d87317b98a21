// The programme's clock: what it says, and moving it forward.

import { api } from "./api.js";
import { openDialog } from "./dialogs.js";
import { fill, freshId, h, redraw } from "./dom.js";
import { icon } from "./icons.js";
import { announceChange, refresh, refreshClock, store, subscribe } from "./state.js";
import { fullMoment, moment, parts } from "./time.js";
import { toast } from "./toast.js";
import { getLanguage, t } from "./words.js";

const MORNING = "09:00";
let moving = false;

export function startClock(root) {
  subscribe(() => redraw(root, [nowLabel(), moving, store.clock?.next_due, getLanguage()], () => draw(root)));
}

const nowLabel = () => (store.clock?.now ? fullMoment(new Date(store.clock.now)) : "…");

function draw(root) {
  const now = store.clock?.now;
  const label = nowLabel();
  const quick = (key, word, run, off = false) => h("button", { type: "button", class: "clock-step wide-only", disabled: off || moving || !now, "data-key": `clock-${key}`, onclick: run }, t(word));
  fill(root,
    h("button", { type: "button", class: "clock-now", "aria-haspopup": "dialog", "aria-label": `${t("clockNow")} ${label}`, "aria-busy": moving ? "true" : null, "data-key": "clock-now", onclick: openClock }, icon("clock", 18), h("span", null, moving ? t("clockMoving") : label)),
    quick("hour", "plusHour", () => move({ advance: "1h" })),
    quick("morning", "nextMorning", () => move(nextMorning())),
    knowsNext() ? quick("next", "nextDue", () => move({ next: true }), !store.clock.next_due) : null);
}

/** The server tells what is due next only where an app of the same process says so. */
const knowsNext = () => store.clock?.next_due !== undefined;

function nextMorning() {
  const now = new Date(store.clock.now);
  const today = moment(parts(now).date, MORNING);
  if (today > now) return { now: today.toISOString() };
  return { now: moment(parts(new Date(now.getTime() + 86_400_000)).date, MORNING).toISOString() };
}

async function move(to) {
  if (moving) return;
  moving = true;
  announceChange();
  await refreshClock();
  try {
    const answer = await api.moveClock(to);
    store.clock = { ...store.clock, ...answer };
    toast(answer.settled === false ? t("clockUnsettled") : t("clockMoved", { when: fullMoment(new Date(answer.now)) }));
  } catch (trouble) {
    toast(trouble.status === 409 ? t("clockBack") : t("failed", { code: trouble.code }), { bad: true });
  }
  moving = false;
  await refresh();
  await refreshClock();
}

function openClock() {
  const now = parts(new Date(store.clock?.now ?? Date.now()));
  const titleId = freshId("clock");
  const step = (word, to, off = false) => h("button", { type: "button", class: "button", disabled: off, onclick: () => leave(to()) }, t(word));
  const input = h("input", { type: "datetime-local", class: "text-input", "aria-label": t("toDate"), value: `${now.date}T${now.time}`, min: `${now.date}T${now.time}`, max: "9999-12-31T23:59" });
  const leave = (to) => {
    dialog.close();
    move(to);
  };
  const dialog = h("dialog", { class: "ask clock-dialog", "aria-labelledby": titleId },
    h("h2", { id: titleId }, t("clock")),
    h("p", { class: "clock-big" }, fullMoment(new Date(store.clock?.now ?? Date.now()))),
    h("div", { class: "clock-steps" }, step("plusHour", () => ({ advance: "1h" })), step("nextMorning", nextMorning), knowsNext() ? step("nextDue", () => ({ next: true }), !store.clock.next_due) : null),
    h("form", {
      class: "clock-form",
      onsubmit: (event) => {
        event.preventDefault();
        const [date, time] = input.value.split("T");
        if (date) leave({ now: moment(date, time.slice(0, 5)).toISOString() });
      },
    }, h("label", null, t("toDate"), input), h("button", { type: "submit", class: "button primary" }, t("moveTo"))),
    h("div", { class: "ask-buttons" }, h("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("close"))));
  openDialog(dialog);
  input.focus();
}
