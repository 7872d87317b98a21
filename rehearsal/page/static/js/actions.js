// Acts of the person one is, with what the page says when they fail.

import { api, Trouble } from "./api.js";
import { refresh, store } from "./state.js";
import { toast } from "./toast.js";
import { t } from "./words.js";

/**
 * Does one act and fetches what it changed. Answers what the server answered;
 * when the act failed, its sentence has been shown unless `quiet`.
 */
export async function act(kind, details, { quiet = false } = {}) {
  let answer;
  try {
    answer = await api.act(store.as, kind, details);
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    answer = { ok: false, error: trouble.code, message: trouble.body?.message, ack: null, errors: null, view: null, calls: [] };
  }
  if (!answer.ok && !answer.errors && !quiet) toast(sentence(answer), { bad: true });
  await refresh();
  return answer;
}

/** What to tell somebody whose act failed. */
export function sentence(answer) {
  if (answer.message) return answer.message;
  if (answer.error === "unreachable") return t("offline");
  return answer.error ? t("failed", { code: answer.error }) : t("troubleConnecting");
}
