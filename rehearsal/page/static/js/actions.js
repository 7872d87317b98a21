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
  if (!answer.ok && !answer.errors && !quiet) toast(sentence(answer, { command: details.command }), { bad: true });
  await refresh();
  return answer;
}

// The server's words for why, where the page has a sentence of its own for it.
const SENTENCES = {
  operation_timeout: "troubleConnecting",
  dispatch_failed: "appAway",
  unknown_command: "unknownCommand",
  message_not_found: "messageGone",
  view_not_found: "formGone",
  user_disabled: "cannotWrite",
  is_archived: "archived",
  msg_too_long: "messageTooLong",
  messages_tab_read_only: "cannotWrite",
  messages_tab_disabled: "cannotWrite",
  unreachable: "offline",
};

/** What to tell somebody whose act failed, in the language of the page. */
export function sentence(answer, args = {}) {
  const known = SENTENCES[answer.error];
  if (known) return t(known, args);
  return answer.message || (answer.error ? t("failed", { code: answer.error }) : t("troubleConnecting"));
}
