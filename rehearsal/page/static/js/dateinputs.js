// Date and time pickers: the browser's own inputs, which phones and screen
// readers know. A date typed by keyboard is sent when it is complete and the
// person pauses, leaves the field or presses Enter, not at every digit.

import { h } from "./dom.js";
import { change, inputProps, keep, speaks, valueOf } from "./fire.js";
import { moment, parts } from "./time.js";

const PAUSE_MS = 900;

export function dateInput(element, slot) {
  return field(element, slot, "date", valueOf(slot, element).selected_date ?? "", (text) => ({ selected_date: text || null }));
}

export function timeInput(element, slot) {
  const zoned = element.timezone ? { timezone: element.timezone } : {};
  return field(element, slot, "time", valueOf(slot, element).selected_time ?? "", (text) => ({ selected_time: text || null, ...zoned }));
}

export function dateTimeInput(element, slot) {
  const seconds = valueOf(slot, element).selected_date_time;
  const at = seconds ? parts(new Date(seconds * 1000)) : null;
  return field(element, slot, "datetime-local", at ? `${at.date}T${at.time}` : "", (text) => {
    const [date, time] = text.split("T");
    return { selected_date_time: text ? Math.floor(moment(date, time.slice(0, 5)).getTime() / 1000) : null };
  });
}

function field(element, slot, type, text, toValue) {
  let sent = text;
  let waiting = 0;
  const send = async () => {
    clearTimeout(waiting);
    if (input.value === sent || !input.value) return;
    const before = sent;
    sent = input.value;
    if (!(await change(slot, element, toValue(input.value), input))) {
      sent = before;
      input.value = before;
    }
  };
  const input = h("input", {
    type, class: "text-input date-input", ...inputProps(slot, element), value: text, max: type === "time" ? null : type === "date" ? "9999-12-31" : "9999-12-31T23:59",
    oninput: () => {
      if (!speaks(slot)) return keep(slot, element, toValue(input.value));
      clearTimeout(waiting);
      waiting = setTimeout(send, PAUSE_MS);
    },
    onblur: () => speaks(slot) && send(),
    onkeydown: (event) => {
      if (event.key !== "Enter" || !speaks(slot)) return;
      event.preventDefault();
      send();
    },
  });
  return input;
}
