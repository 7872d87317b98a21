// The checks that Slack's own client makes before it sends a form.

import { read, inputsOf } from "./values.js";
import { t } from "./words.js";

/** The faults of a form as it stands: block_id → sentence. Empty when it may go. */
export function faultsOf(container, blocks) {
  const faults = {};
  for (const { block, blockId, element } of inputsOf(blocks)) {
    if (block.type !== "input") continue;
    const fault = faultOf(element, read(container, blockId, element), Boolean(block.optional));
    if (fault) faults[blockId] = fault;
  }
  return faults;
}

function faultOf(element, value, optional) {
  if (isEmpty(value)) return optional ? "" : t("needed");
  switch (element.type) {
    case "plain_text_input":
      return lengthFault(element, value.value);
    case "email_text_input":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.value) ? "" : t("badEmail");
    case "url_text_input":
      return isURL(value.value) ? "" : t("badURL");
    case "number_input":
      return numberFault(element, value.value);
    default:
      return "";
  }
}

function isEmpty(value) {
  const { type, ...rest } = value;
  return Object.entries(rest).every(([name, one]) => name === "timezone" || one === null || one === undefined || one.length === 0 || (typeof one === "string" && !one.trim()));
}

function lengthFault(element, text) {
  const length = [...text].length;
  if (element.min_length && length < element.min_length) return t("tooShort", { n: element.min_length });
  const most = element.max_length ?? 3000;
  return length > most ? t("tooLong", { n: most }) : "";
}

function isURL(text) {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

function numberFault(element, text) {
  const folded = text.normalize("NFKC").trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(folded)) return t("badNumber");
  if (!element.is_decimal_allowed && folded.includes(".")) return t("noDecimal");
  const number = Number(folded);
  if (element.min_value !== undefined && element.min_value !== "" && number < Number(element.min_value)) return t("tooSmall", { n: element.min_value });
  if (element.max_value !== undefined && element.max_value !== "" && number > Number(element.max_value)) return t("tooLarge", { n: element.max_value });
  return "";
}
