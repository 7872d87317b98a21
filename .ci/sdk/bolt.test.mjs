// The local Slack under Slack's own SDK for JavaScript: an app written with Bolt,
// as people write them, over Socket Mode. It knows nothing of our bot. The
// workspace is started by .ci/sdk/run, which sets the three variables.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import bolt from "@slack/bolt";

const { App, LogLevel } = bolt;
const api = process.env.SLACK_API_URL;
const base = new URL("/", api).href;

const app = new App({
  token: process.env.SLACK_BOT_TOKEN, appToken: process.env.SLACK_APP_TOKEN, socketMode: true,
  logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl: api, retryConfig: { retries: 0 } },
});
const client = app.client;
const seen = {}; // what the listeners got, by name

const modal = {
  type: "modal", callback_id: "form", title: { type: "plain_text", text: "Form" }, submit: { type: "plain_text", text: "OK" },
  blocks: [
    { type: "input", block_id: "name", label: { type: "plain_text", text: "Name" }, element: { type: "plain_text_input", action_id: "value" } },
    { type: "input", block_id: "pick", optional: true, label: { type: "plain_text", text: "Pick" }, element: { type: "external_select", action_id: "menu", min_query_length: 0 } },
  ],
};

app.message("hello", ({ say }) => say({
  text: "hi", blocks: [{ type: "actions", block_id: "row", elements: [{ type: "button", action_id: "go", value: "1", text: { type: "plain_text", text: "Go" } }] }],
}));
app.action("go", async ({ ack, body, respond }) => {
  await ack();
  seen.opened = await client.views.open({ trigger_id: body.trigger_id, view: modal });
  seen.again = await client.views.open({ trigger_id: body.trigger_id, view: modal }).catch((e) => e.data.error);
  await respond({ text: "only you", response_type: "ephemeral", replace_original: false });
});
app.options("menu", ({ ack }) => ack({ options: [{ text: { type: "plain_text", text: "one" }, value: "1" }] }));
app.view("form", ({ ack, view }) => view.state.values.name.value.value === "bad"
  ? ack({ response_action: "errors", errors: { name: "not that" } })
  : ack({ response_action: "update", view: { type: "modal", title: { type: "plain_text", text: "Done" }, blocks: [{ type: "divider" }] } }));
app.command("/say", async ({ ack, command }) => { seen.command = command; await ack("heard"); });
app.event("app_home_opened", ({ event }) => client.views.publish({
  user_id: event.user, view: { type: "home", blocks: [{ type: "header", text: { type: "plain_text", text: "Home" } }] },
}));

const json = (response) => response.json();
const act = (verb, what) => fetch(base + "_/act", {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ as: me, [verb]: what }),
}).then(json);
const state = () => fetch(base + "_/state?as=" + me).then(json);
const refusal = (method, args) => client.apiCall(method, args).then(() => "none", (e) => e.data.error);

let me;

before(async () => {
  await app.start();
  me = (await fetch(base + "_/people").then(json)).people.find((p) => p.kind === "member").id;
});
after(() => app.stop());

test("the token says who the app is", async () => {
  const auth = await client.auth.test();
  assert.ok(auth.user_id && auth.bot_id && auth.team_id);
});

test("lists come in pages", async () => {
  const ids = [];
  for await (const page of client.paginate("users.list", { limit: 2 })) ids.push(...page.members.map((m) => m.id));
  const whole = (await client.users.list()).members.map((m) => m.id);
  assert.deepEqual(ids, whole);
});

test("a direct message opens by itself and keeps its metadata", async () => {
  const metadata = { event_type: "kind", event_payload: { key: "k" } };
  const sent = await client.chat.postMessage({ channel: me, text: "日本語 𠮷", metadata });
  assert.match(sent.channel, /^D/);
  const plain = await client.conversations.history({ channel: sent.channel });
  assert.equal(plain.messages[0].text, "日本語 𠮷");
  assert.equal(plain.messages[0].metadata?.event_payload, undefined);
  const full = await client.conversations.history({ channel: sent.channel, include_all_metadata: true });
  assert.deepEqual(full.messages[0].metadata, metadata);
});

test("a file goes up, is posted and can be read", async () => {
  const { channel } = await client.conversations.create({ name: `files-${Date.now()}`, is_private: true });
  await client.conversations.invite({ channel: channel.id, users: me });
  const done = await client.files.uploadV2({ channel_id: channel.id, filename: "a.txt", content: "words", initial_comment: "see" });
  const file = (await client.files.info({ file: done.files[0].files[0].id })).file;
  const body = await fetch(file.url_private, { headers: { authorization: `Bearer ${process.env.SLACK_BOT_TOKEN}` } });
  assert.equal(await body.text(), "words");
});

test("refusals carry Slack's own words", async () => {
  const { channel } = await client.chat.postMessage({ channel: me, text: "x" });
  assert.equal(await refusal("chat.postMessage", { channel: "CNOPE", text: "x" }), "channel_not_found");
  assert.equal(await refusal("chat.postMessage", { channel: me, blocks: [{ type: "section" }], text: "x" }), "invalid_blocks");
  assert.equal(await refusal("chat.update", { channel, ts: "1.1", text: "x" }), "message_not_found");
  assert.equal(await refusal("chat.scheduleMessage", { channel: me, text: "x", post_at: 1 }), "time_in_past");
  assert.equal(await refusal("users.info", { user: "UNOPE" }), "user_not_found");
  assert.equal(await refusal("no.such.method", {}), "unknown_method");
});

test("a word, a button, a form with an error and its mending", async () => {
  const { channel } = await client.conversations.open({ users: me });
  await act("say", { channel: channel.id, text: "hello" });
  const message = (await state()).channels.find((c) => c.id === channel.id).messages.at(-1);
  const click = await act("click", { channel: channel.id, ts: message.ts, action: { type: "button", block_id: "row", action_id: "go", value: "1" } });
  assert.equal(click.view.id, seen.opened.view.id);
  assert.equal(seen.again, "exchanged_trigger_id");
  const options = await act("suggest", { view_id: click.view.id, block_id: "pick", action_id: "menu", value: "" });
  assert.equal(options.ack.options[0].value, "1");
  const values = (value) => ({ name: { value: { type: "plain_text_input", value } } });
  assert.deepEqual((await act("submit", { view_id: click.view.id, values: values("bad") })).errors, { name: "not that" });
  const good = await act("submit", { view_id: click.view.id, values: values("good") });
  assert.equal(good.view.title.text, "Done");
  const last = (await state()).channels.find((c) => c.id === channel.id).messages.at(-1);
  assert.equal(last.text, "only you");
});

test("a command and Home", async () => {
  const said = await act("command", { command: "/say", text: "some words" });
  assert.equal(said.ack.text ?? said.ack, "heard");
  assert.equal(seen.command.text, "some words");
  await act("open_home", {});
  assert.equal((await state()).home.blocks[0].text.text, "Home");
});
