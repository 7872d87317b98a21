// Slack's mrkdwn as DOM nodes: *bold* _italic_ ~strike~ `code`, fences, quotes,
// <links>, mentions, dates and emoji. Like Slack it wants a break before and
// after a style mark, so 日本*語*です stays literal here too.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { placeHash } from "./place.js";
import { channel, channelName, nameOf, person, store } from "./state.js";
import { slackDate } from "./time.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };

/** Renders a text object: {type: "mrkdwn"|"plain_text", text, emoji, verbatim}. */
export function textObject(object) {
  if (!object) return document.createDocumentFragment();
  if (typeof object === "string") return plain(object);
  return object.type === "mrkdwn" ? mrkdwn(object.text, { verbatim: object.verbatim }) : plain(object.text, object.emoji !== false);
}

/** Plain text with its line breaks, and emoji if asked. */
export function plain(text, emojis = true) {
  const fragment = document.createDocumentFragment();
  pushText(fragment, emojis ? withEmoji(text ?? "") : (text ?? ""));
  return fragment;
}

export function mrkdwn(text, options = {}) {
  const fragment = document.createDocumentFragment();
  const pieces = String(text ?? "").split(/```([\s\S]+?)```/);
  pieces.forEach((piece, index) => {
    if (index % 2 === 1) fragment.append(h("pre", { class: "code-block" }, unescape(piece.replace(/^\n|\n$/g, ""))));
    else lines(fragment, index ? piece.replace(/^\n/, "") : piece, options);
  });
  return fragment;
}

function lines(parent, text, options) {
  let quoted = [];
  let normal = [];
  const flushNormal = () => {
    if (normal.length) inline(parent, normal.join("\n"), options);
    normal = [];
  };
  const flushQuoted = () => {
    if (quoted.length) {
      const quote = h("blockquote");
      inline(quote, quoted.join("\n"), options);
      parent.append(quote);
    }
    quoted = [];
  };
  for (const line of text.split("\n")) {
    const quote = line.match(/^(?:&gt;|>)\s?(.*)$/);
    if (quote) {
      flushNormal();
      quoted.push(quote[1]);
    } else {
      flushQuoted();
      normal.push(line);
    }
  }
  flushNormal();
  flushQuoted();
}

function inline(parent, text, options) {
  let pending = "";
  const flush = () => {
    if (pending) words(parent, pending, options);
    pending = "";
  };
  for (let i = 0; i < text.length; ) {
    const span = spanAt(text, i, options);
    if (span) {
      flush();
      parent.append(span.node);
      i = span.end;
    } else {
      pending += text[i];
      i += 1;
    }
  }
  flush();
}

/** The code, entity or styled run that starts at i, if one does. */
function spanAt(text, i, options) {
  const mark = text[i];
  if (mark === "<") {
    const end = text.indexOf(">", i);
    const node = end > i + 1 ? entity(text.slice(i + 1, end)) : null;
    return node && { node, end: end + 1 };
  }
  if (mark === "`") {
    const end = text.indexOf("`", i + 1);
    if (end <= i + 1 || text.slice(i, end).includes("\n")) return null;
    return { node: h("code", null, unescape(text.slice(i + 1, end))), end: end + 1 };
  }
  if (!STYLES[mark] || isWord(before(text, i)) || !text[i + 1] || /\s/.test(text[i + 1]) || text[i + 1] === mark) return null;
  const end = closing(text, i);
  if (end < 0) return null;
  const node = h(STYLES[mark]);
  inline(node, text.slice(i + 1, end), options);
  return { node, end: end + 1 };
}

function closing(text, start) {
  const mark = text[start];
  for (let i = start + 1; i < text.length; i += 1) {
    if (text[i] === "\n") return -1;
    if (text[i] === "<") {
      const end = text.indexOf(">", i);
      if (end > 0) i = end;
    } else if (text[i] === mark && i > start + 1 && !/\s/.test(text[i - 1]) && !isWord(after(text, i))) {
      return i;
    }
  }
  return -1;
}

const before = (text, i) => [...text.slice(Math.max(0, i - 2), i)].at(-1) ?? "";
const after = (text, i) => [...text.slice(i + 1, i + 3)][0] ?? "";
const isWord = (character) => /[\p{L}\p{N}]/u.test(character);

function words(parent, text, options) {
  const pieces = options.verbatim ? [text] : text.split(/(https?:\/\/[^\s<>、。「」（）]+)/);
  pieces.forEach((piece, index) => {
    if (index % 2 === 1) parent.append(link(unescape(piece)));
    else pushText(parent, withEmoji(unescape(piece)));
  });
}

function pushText(parent, text) {
  text.split("\n").forEach((line, index) => {
    if (index) parent.append(h("br"));
    if (line) parent.append(line);
  });
}

export function unescape(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** What stands between < and >. */
function entity(content) {
  const bar = content.indexOf("|");
  const target = bar < 0 ? content : content.slice(0, bar);
  const label = bar < 0 ? "" : unescape(content.slice(bar + 1));
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target.slice(6), label);
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label || `@${target.slice(9)}`);
  if (target.startsWith("!")) return broadcast(target.slice(1), label);
  return /^(https?:|mailto:|tel:|slack:)/i.test(target) ? link(unescape(target), label) : null;
}

export function mention(id, label = "") {
  const known = person(id);
  const name = known ? nameOf(id) : label.replace(/^@/, "") || id;
  return h("span", { class: id === store.as ? "mention mention-me" : "mention" }, `@${name}`);
}

export function channelLink(id, label = "") {
  const known = channel(id);
  return h("a", { class: "mention", href: placeHash({ kind: "channel", id }) }, `#${known ? channelName(known) : label || id}`);
}

export function broadcast(range, label = "") {
  return h("span", { class: "mention mention-me" }, label || `@${range}`);
}

function date(rest, fallback) {
  const [seconds, format, url] = rest.split("^");
  const shown = Number.isFinite(Number(seconds)) && format ? slackDate(Number(seconds), format) : fallback;
  const node = h("time", { datetime: Number.isFinite(Number(seconds)) ? new Date(Number(seconds) * 1000).toISOString() : null }, shown);
  return url ? link(unescape(url), shown) : node;
}

/** A link that opens outside of the page; other schemes stay text. */
export function link(url, label = "") {
  const shown = label ? withEmoji(label) : url.replace(/^mailto:/, "");
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return h("span", { class: "link-text", title: url }, shown);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, shown);
}
