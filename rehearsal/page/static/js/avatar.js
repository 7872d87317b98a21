// A disc with the first character of a name; apps get the mark of the joint.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { displayName, isApp } from "./state.js";

const TONES = 8;

function toneOf(id) {
  let sum = 0;
  for (const character of id ?? "") sum = (sum * 31 + character.codePointAt(0)) % 9973;
  return sum % TONES;
}

export function avatar(person, { small = false } = {}) {
  if (isApp(person)) return appAvatar({ small });
  const first = [...displayName(person)].find((character) => /[\p{L}\p{N}]/u.test(character)) ?? "?";
  return h("span", { class: `avatar tone-${toneOf(person?.id)}${small ? " small" : ""}${person?.deleted ? " gone" : ""}`, "aria-hidden": "true" }, first.toUpperCase());
}

export function appAvatar({ small = false, icon = "" } = {}) {
  const character = icon ? emoji(icon.replace(/^:|:$/g, "")) : undefined;
  const inner = character ?? h("img", { src: "logo.svg", alt: "" });
  return h("span", { class: `avatar app${small ? " small" : ""}`, "aria-hidden": "true" }, inner);
}
