// Text, e-mail, URL and number inputs of Block Kit.

import { composing, h } from "./dom.js";
import { fire, inputProps, keep, valueOf } from "./fire.js";
import { t } from "./words.js";

const KINDS = {
  email_text_input: { type: "email", inputmode: "email", autocomplete: "off" },
  url_text_input: { type: "url", inputmode: "url", autocomplete: "off" },
  number_input: { type: "text", inputmode: "decimal", autocomplete: "off" },
  plain_text_input: { type: "text", autocomplete: "off" },
};

const CHARACTERS_PAUSE_MS = 500;
const COUNT_FROM = 0.8;

export function textInput(element, slot) {
  const multiline = element.type === "plain_text_input" && element.multiline;
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const left = h("span", { class: "count", "aria-live": "polite" });
  let waiting = 0;

  const send = () => {
    clearTimeout(waiting);
    fire(slot, element, { value: input.value }, input);
  };
  const input = h(multiline ? "textarea" : "input", {
    class: "text-input", ...(multiline ? { rows: 4 } : KINDS[element.type]), ...inputProps(slot, element),
    placeholder: element.placeholder?.text ?? null,
    value: valueOf(slot, element).value ?? "",
    oninput: () => {
      keep(slot, element, { value: input.value === "" ? null : input.value });
      count();
      if (slot.dispatch && triggers.includes("on_character_entered")) {
        clearTimeout(waiting);
        waiting = setTimeout(send, CHARACTERS_PAUSE_MS);
      }
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || composing(event) || multiline) return;
      if (slot.dispatch && triggers.includes("on_enter_pressed")) {
        event.preventDefault();
        send();
      }
    },
  });
  const most = element.max_length;
  const count = () => {
    const used = [...input.value].length;
    left.textContent = most && used >= most * COUNT_FROM ? t("charactersLeft", { n: most - used }) : "";
    left.classList.toggle("over", Boolean(most) && used > most);
  };
  count();
  return h("div", { class: "text-field" }, input, most ? left : null);
}
