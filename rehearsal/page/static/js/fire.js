// From an element that was used to Slack's block_actions: keep the value, ask
// for confirmation, send the click, mark the element while the app works.
//
// A slot says where an element stands: {ctx, blockId, labelId, hintId, inInput,
// dispatch, optional, touched}; ctx is {key, target, blocks}, target what `click` wants.

import { act } from "./actions.js";
import { ask } from "./dialogs.js";
import { read, stateValues, write } from "./values.js";

export function valueOf(slot, element) {
  return read(slot.ctx.key, slot.blockId, element);
}

export function keep(slot, element, value) {
  write(slot.ctx.key, slot.blockId, element, value);
  slot.touched?.();
}

/** Whether a change of this element is sent at once, not only with the form. */
export function speaks(slot) {
  return !slot.inInput || slot.dispatch;
}

/** Keeps a new value and sends it where changes are sent. Answers false if refused. */
export async function change(slot, element, value, node) {
  const before = valueOf(slot, element);
  keep(slot, element, value);
  if (!speaks(slot)) return true;
  const done = await fire(slot, element, value, node);
  if (!done) keep(slot, element, before);
  return done;
}

/** Sends the click. Answers false when the person did not confirm. */
export async function fire(slot, element, extra, node) {
  if (element.confirm && !(await ask(element.confirm))) return false;
  node?.setAttribute("aria-busy", "true");
  const action = { type: element.type, block_id: slot.blockId, action_id: element.action_id, ...extra };
  await act("click", { ...slot.ctx.target, action, values: stateValues(slot.ctx.key, slot.ctx.blocks) });
  node?.removeAttribute("aria-busy");
  return true;
}

/** The attributes every input of a slot carries. */
export function inputProps(slot, element) {
  return {
    "data-key": keyOf(slot, element),
    "aria-labelledby": slot.labelId || null,
    "aria-label": slot.labelId ? null : (element.placeholder?.text ?? element.action_id),
    "aria-describedby": slot.hintId || null,
    "aria-required": slot.inInput && !slot.optional ? "true" : null,
    "data-autofocus": element.focus_on_load ? "" : null,
  };
}

export function keyOf(slot, element) {
  return `${slot.ctx.key}/${slot.blockId}/${element.action_id}`;
}
