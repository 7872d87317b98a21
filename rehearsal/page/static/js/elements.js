// Block elements: what to draw for each type. Buttons, overflow menus, radio
// buttons and checkboxes are here; the rest have modules of their own.

import { combobox } from "./combobox.js";
import { dateInput, dateTimeInput, timeInput } from "./dateinputs.js";
import { h, freshId } from "./dom.js";
import { fileInput } from "./fileinput.js";
import { fire, change, inputProps, keyOf, valueOf } from "./fire.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { plain, textObject, unescape } from "./mrkdwn.js";
import { picture } from "./pictures.js";
import { richInput } from "./richinput.js";
import { textInput } from "./textinputs.js";
import { t } from "./words.js";

const DRAW = {
  button,
  workflow_button: button,
  icon_button: button,
  feedback_buttons: feedback,
  overflow,
  radio_buttons: radios,
  checkboxes,
  image: (element) => picture(element, "element-image"),
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  rich_text_input: richInput,
  file_input: fileInput,
  datepicker: dateInput,
  timepicker: timeInput,
  datetimepicker: dateTimeInput,
};

export function renderElement(element, slot) {
  const draw = DRAW[element.type] ?? (/_select$/.test(element.type) ? combobox : null);
  return draw ? draw(element, slot) : h("span", { class: "unknown" }, t("unknownBlock", { type: element.type }));
}

function button(element, slot) {
  const node = h("button", {
    class: `button ${element.style ?? ""}`, type: "button", "data-key": keyOf(slot, element),
    "aria-label": element.accessibility_label ?? null,
    onclick: () => {
      if (element.url) window.open(element.url, "_blank", "noopener,noreferrer");
      fire(slot, element, { ...(element.value !== undefined ? { value: element.value } : {}), ...(element.text ? { text: element.text } : {}) }, node);
    },
  }, element.text ? plain(element.text.text) : (element.icon ?? ""));
  return node;
}

function feedback(element, slot) {
  const one = (choice, sign) => h("button", {
    class: "button small", type: "button", "data-key": `${keyOf(slot, element)}/${choice.value}`,
    "aria-label": choice.accessibility_label ?? choice.text?.text,
    onclick: (event) => fire(slot, element, { value: choice.value, text: choice.text }, event.currentTarget),
  }, `${sign} `, plain(choice.text?.text ?? ""));
  return h("span", { class: "feedback" },
    one(element.positive_button ?? { text: { text: t("good") }, value: "positive" }, "👍"),
    one(element.negative_button ?? { text: { text: t("bad") }, value: "negative" }, "👎"));
}

function overflow(element, slot) {
  const node = h("button", {
    class: "button icon-only", type: "button", "data-key": keyOf(slot, element),
    "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": t("more"),
    onclick: () => openMenu(node, (element.options ?? []).map((option) => ({
      label: plainOf(option.text),
      hint: option.description ? plainOf(option.description) : null,
      run: () => {
        if (option.url) window.open(option.url, "_blank", "noopener,noreferrer");
        fire(slot, element, { selected_option: option }, node);
      },
    })), { label: t("more") }),
  }, icon("more"));
  return node;
}

const plainOf = (text) => unescape(text?.text ?? "");

function radios(element, slot) {
  const name = freshId("radio");
  const chosen = valueOf(slot, element).selected_option?.value;
  return choices("radiogroup", element, slot, (option, index) => h("input", {
    type: "radio", name, value: option.value, checked: option.value === chosen, "data-key": `${keyOf(slot, element)}/${index}`,
    onchange: (event) => settle(event.currentTarget, radioChecks, change(slot, element, { selected_option: option }, event.currentTarget.closest(".choices")), slot, element),
  }));
}

function checkboxes(element, slot) {
  const chosen = new Set((valueOf(slot, element).selected_options ?? []).map((option) => option.value));
  return choices("group", element, slot, (option, index) => h("input", {
    type: "checkbox", value: option.value, checked: chosen.has(option.value), "data-key": `${keyOf(slot, element)}/${index}`,
    onchange: (event) => {
      const group = event.currentTarget.closest(".choices");
      const marked = new Set([...group.querySelectorAll("input:checked")].map((input) => input.value));
      const options = element.options.filter((one) => marked.has(one.value));
      settle(event.currentTarget, checkboxChecks, change(slot, element, { selected_options: options }, group), slot, element);
    },
  }));
}

/** A list of labelled inputs; each option may carry a description. */
function choices(role, element, slot, input) {
  const props = inputProps(slot, element);
  const required = role === "radiogroup" ? props["aria-required"] : null;
  return h("div", {
    class: "choices", role, "aria-labelledby": props["aria-labelledby"], "aria-label": props["aria-label"],
    "aria-describedby": props["aria-describedby"], "aria-required": required,
  }, (element.options ?? []).map((option, index) => h("label", { class: "choice" }, input(option, index),
    h("span", null, textObject(option.text), option.description ? h("small", null, textObject(option.description)) : null))));
}

/** When the person did not confirm, the marks go back to the kept value. */
async function settle(input, checks, changing, slot, element) {
  const group = input.closest(".choices");
  if (await changing) return;
  const value = valueOf(slot, element);
  for (const one of group.querySelectorAll("input")) one.checked = checks(value, one.value);
}

const radioChecks = (value, option) => value.selected_option?.value === option;
const checkboxChecks = (value, option) => (value.selected_options ?? []).some((one) => one.value === option);
