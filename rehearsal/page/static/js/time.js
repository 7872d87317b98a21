// Dates and times in the person's zone. Slack's timestamps are seconds since
// 1970 as text ("1788231600.000100"); inputs speak local date and time.

import { zone } from "./state.js";
import { getLanguage } from "./words.js";

const WEEKDAYS = ["日", "月", "火", "水", "木", "金", "土"];

export function dateOf(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** Year, month, day, hour, minute, weekday of a moment in a zone. */
export function parts(date, timeZone = zone()) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
  const found = Object.fromEntries(format.formatToParts(date).map((part) => [part.type, part.value]));
  const day = `${found.year}-${found.month}-${found.day}`;
  return {
    year: Number(found.year), month: Number(found.month), day: Number(found.day),
    hour: Number(found.hour), minute: Number(found.minute), second: Number(found.second),
    date: day, time: `${found.hour}:${found.minute}`, weekday: new Date(`${day}T00:00:00Z`).getUTCDay(),
  };
}

/** The moment that a local date and time name in a zone. */
export function moment(date, time, timeZone = zone()) {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const seen = parts(new Date(guess), timeZone);
    guess += wanted - Date.parse(`${seen.date}T${seen.time}:${String(seen.second).padStart(2, "0")}Z`);
  }
  return new Date(guess);
}

function locale() {
  return getLanguage() === "en" ? "en-GB" : "ja-JP";
}

export function clockTime(date) {
  const p = parts(date);
  return `${p.hour}:${String(p.minute).padStart(2, "0")}`;
}

/** 9月18日(金), with the year where it is not this one. */
export function dayName(date, now = date) {
  if (getLanguage() === "en") {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone(), weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(date);
  }
  const p = parts(date);
  const year = p.year === parts(now).year ? "" : `${p.year}年`;
  return `${year}${p.month}月${p.day}日(${WEEKDAYS[p.weekday]})`;
}

export function fullMoment(date, now = date) {
  return `${dayName(date, now)} ${clockTime(date)}`;
}

/** The tokens of Slack's <!date^…> syntax, in the person's zone. */
export function slackDate(seconds, format) {
  const date = new Date(seconds * 1000);
  const p = parts(date);
  const ja = getLanguage() !== "en";
  const intl = (options) => new Intl.DateTimeFormat(locale(), { timeZone: zone(), ...options }).format(date);
  const tokens = {
    date_num: () => p.date,
    date_slash: () => `${p.year}/${String(p.month).padStart(2, "0")}/${String(p.day).padStart(2, "0")}`,
    date: () => (ja ? `${p.year}年${p.month}月${p.day}日` : intl({ dateStyle: "long" })),
    date_short: () => (ja ? `${p.year}年${p.month}月${p.day}日` : intl({ dateStyle: "medium" })),
    date_long: () => (ja ? `${p.year}年${p.month}月${p.day}日(${WEEKDAYS[p.weekday]})` : intl({ dateStyle: "full" })),
    date_pretty: () => (ja ? `${p.year}年${p.month}月${p.day}日` : intl({ dateStyle: "long" })),
    date_short_pretty: () => (ja ? `${p.year}年${p.month}月${p.day}日` : intl({ dateStyle: "medium" })),
    date_long_pretty: () => (ja ? `${p.year}年${p.month}月${p.day}日(${WEEKDAYS[p.weekday]})` : intl({ dateStyle: "full" })),
    time: () => clockTime(date),
    time_secs: () => `${clockTime(date)}:${String(p.second).padStart(2, "0")}`,
    day_divider_pretty: () => dayName(date),
    ago: () => fullMoment(date),
  };
  return format.replace(/\{(\w+)\}/g, (whole, name) => tokens[name]?.() ?? whole);
}
