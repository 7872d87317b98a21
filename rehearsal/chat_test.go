package rehearsal_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/rehearsal"
)

const (
	alice  = "U0000ALICE"
	bob    = "U00000BOB0"
	hanako = "U000HANAKO"
	guest  = "U0000GUEST"
	otto   = "U000000OUT"
	dora   = "U0000GONE0"
)

func TestPostingErrors(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to, random, staff := general(t, s), channelNamed(t, s, "random"), channelNamed(t, s, "staff")
	post := func(args ...string) object { return form(t, s, "chat.postMessage", args...) }
	first := wantOK(t, post("channel", to, "text", "first"))["ts"].(string)
	for _, c := range []struct {
		rule string
		args []string
		want string
	}{
		{"an unknown channel", []string{"channel", "C404", "text", "x"}, "channel_not_found"},
		{"a private channel without the bot", []string{"channel", staff, "text", "x"}, "channel_not_found"},
		{"a public channel without the bot", []string{"channel", random, "text", "x"}, "not_in_channel"},
		{"nothing to say", []string{"channel", to}, "no_text"},
		{"empty blocks say nothing", []string{"channel", to, "text", "", "blocks", "[]"}, "no_text"},
		{"blocks that are no array", []string{"channel", to, "blocks", "{}"}, "invalid_blocks_format"},
		{"a section without text", []string{"channel", to, "blocks", `[{"type":"section"}]`}, "invalid_blocks"},
		{"metadata without a payload", []string{"channel", to, "text", "x", "metadata", `{"event_type":"a"}`}, "invalid_metadata_format"},
		{"metadata with a blank type and a payload", []string{"channel", to, "text", "x", "metadata", `{"event_type":"","event_payload":{"k":1}}`}, "invalid_metadata_format"},
		{"metadata of nothing but what is unknown", []string{"channel", to, "text", "x", "metadata", `{"event":null}`}, "invalid_metadata_format"},
		{"metadata of more than 16 KB", []string{"channel", to, "text", "x", "metadata", `{"event_type":"a","event_payload":{"k":"` + strings.Repeat("v", 17000) + `"}}`}, "metadata_too_large"},
		{"a thread that is not there", []string{"channel", to, "text", "x", "thread_ts", "1.000001"}, "thread_not_found"},
		{"a thread that is no timestamp", []string{"channel", to, "text", "x", "thread_ts", "then"}, "invalid_thread_ts"},
		{"somebody who left", []string{"channel", dora, "text", "x"}, "user_disabled"},
		{"a stranger", []string{"channel", otto, "text", "x"}, "channel_not_found"},
		{"markdown beside text", []string{"channel", to, "text", "x", "markdown_text", "y"}, "markdown_text_conflict"},
		{"too much markdown", []string{"channel", to, "markdown_text", strings.Repeat("y", 12001)}, "msg_too_long"},
	} {
		t.Run(c.rule, func(t *testing.T) { wantError(t, post(c.args...), c.want) })
	}
	for _, c := range []struct {
		rule, method string
		args         []string
		want         string
	}{
		{"an update of nothing", "chat.update", []string{"channel", to, "ts", "1.000001", "text", "x"}, "message_not_found"},
		{"an update that is too long", "chat.update", []string{"channel", to, "ts", first, "text", strings.Repeat("x", 4001)}, "msg_too_long"},
		{"an update to nothing", "chat.update", []string{"channel", to, "ts", first}, "no_text"},
		{"an update needs a conversation", "chat.update", []string{"channel", alice, "ts", first, "text", "x"}, "channel_not_found"},
		{"a deletion of nothing", "chat.delete", []string{"channel", to, "ts", "1.000001"}, "message_not_found"},
		{"a whisper to who is not there", "chat.postEphemeral", []string{"channel", to, "user", otto, "text", "x"}, "user_not_in_channel"},
		{"a whisper to nobody", "chat.postEphemeral", []string{"channel", to, "user", "U404", "text", "x"}, "user_not_found"},
		{"a link to nothing", "chat.getPermalink", []string{"channel", to, "message_ts", "1.000001"}, "message_not_found"},
		{"a time that has passed", "chat.scheduleMessage", []string{"channel", to, "text", "x", "post_at", "1"}, "time_in_past"},
		{"a time too far off", "chat.scheduleMessage", []string{"channel", to, "text", "x", "post_at", strconv.FormatInt(time.Now().Add(121*24*time.Hour).Unix(), 10)}, "time_too_far"},
		{"a time that is none", "chat.scheduleMessage", []string{"channel", to, "text", "x", "post_at", "soon"}, "invalid_time"},
		{"cancelling nothing", "chat.deleteScheduledMessage", []string{"channel", to, "scheduled_message_id", "Q1"}, "invalid_scheduled_message_id"},
		{"blocks that cannot be sent", "blocks.validate", []string{"blocks", `[{"type":"nonsense"}]`}, "invalid_blocks"},
	} {
		t.Run(c.rule, func(t *testing.T) { wantError(t, form(t, s, c.method, c.args...), c.want) })
	}
}

func TestSomebodyElsesMessageCannotBeChanged(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to := general(t, s)
	said := act(t, s, object{"as": alice, "say": object{"channel": to, "text": "mine"}})
	ts := said["ts"].(string)
	wantError(t, form(t, s, "chat.update", "channel", to, "ts", ts, "text", "x"), "cant_update_message")
	wantError(t, form(t, s, "chat.delete", "channel", to, "ts", ts), "cant_delete_message")
}

func TestInvalidBlocksSayWhere(t *testing.T) {
	s := start(t, rehearsal.Options{})
	out := form(t, s, "chat.postMessage", "channel", general(t, s), "text", "x",
		"blocks", `[{"type":"header","text":{"type":"plain_text","text":"`+strings.Repeat("x", 151)+`"}}]`)
	wantError(t, out, "invalid_blocks")
	if got := dig(t, out, "response_metadata", "messages", 0).(string); !strings.HasSuffix(got, "[json-pointer:/blocks/0/text/text]") || !strings.HasPrefix(got, "[ERROR] ") {
		t.Errorf("message %q", got)
	}
}

func TestAMessageToAPersonOpensTheDM(t *testing.T) {
	s := start(t, rehearsal.Options{})
	api := client(s)
	channel, ts, err := api.PostMessage(alice, slack.MsgOptionText("hello", false),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "key", EventPayload: map[string]any{"id": "42"}}))
	if err != nil || !strings.HasPrefix(channel, "D") {
		t.Fatalf("channel %q, %v", channel, err)
	}
	for _, with := range []bool{true, false} {
		h, err := api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: channel, IncludeAllMetadata: with})
		if err != nil || len(h.Messages) != 1 || h.Messages[0].Timestamp != ts {
			t.Fatalf("history %+v, %v", h, err)
		}
		if got := h.Messages[0].Metadata.EventType; with != (got == "key") {
			t.Errorf("include_all_metadata %v: metadata %q", with, got)
		}
	}
	if _, _, _, err := api.UpdateMessage(channel, ts, slack.MsgOptionText("changed", false)); err != nil {
		t.Error(err)
	}
	dm := channelOf(t, state(t, s, alice), channel)
	if got := dig(t, dm, "messages", 0, "text"); got != "changed" {
		t.Errorf("alice sees %v", got)
	}
	if dig(t, dm, "unread") != float64(1) {
		t.Errorf("unread %v", dm["unread"])
	}
	act(t, s, object{"as": alice, "read": object{"channel": channel}})
	if got := channelOf(t, state(t, s, alice), channel)["unread"]; got != float64(0) {
		t.Errorf("after reading %v", got)
	}
}

func TestAnUpdateKeepsWhatItDoesNotName(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to := general(t, s)
	m := wantOK(t, form(t, s, "chat.postMessage", "channel", to, "text", "a", "blocks", `[{"type":"divider"}]`))
	ts := m["ts"].(string)
	if got := wantOK(t, form(t, s, "chat.update", "channel", to, "ts", ts, "text", "b")); dig(t, got, "message", "blocks", 0, "type") != "divider" || got["text"] != "b" {
		t.Errorf("text only: %v", got)
	}
	if got := wantOK(t, form(t, s, "chat.update", "channel", to, "ts", ts, "text", "c", "blocks", "[]")); dig(t, got, "message", "blocks") != nil {
		t.Errorf("empty blocks: %v", got)
	}
}

func TestThreadsCountTheirReplies(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to := general(t, s)
	head := wantOK(t, form(t, s, "chat.postMessage", "channel", to, "text", "head"))["ts"].(string)
	reply := wantOK(t, form(t, s, "chat.postMessage", "channel", to, "text", "one", "thread_ts", head))["ts"].(string)
	act(t, s, object{"as": alice, "say": object{"channel": to, "text": "two", "thread_ts": reply}})
	wantOK(t, form(t, s, "chat.postMessage", "channel", to, "text", "three", "thread_ts", head, "reply_broadcast", "true"))
	history := wantOK(t, form(t, s, "conversations.history", "channel", to))
	if got := texts(history["messages"]); got != "three|head" {
		t.Errorf("history shows %s", got)
	}
	parent := dig(t, history, "messages", 1).(object)
	if parent["reply_count"] != float64(3) || parent["reply_users_count"] != float64(2) || parent["thread_ts"] != head {
		t.Errorf("parent %v", parent)
	}
	page := wantOK(t, form(t, s, "conversations.replies", "channel", to, "ts", head, "limit", "2"))
	if got := texts(page["messages"]); got != "head|one" || page["has_more"] != true {
		t.Errorf("first page %s", got)
	}
	page = wantOK(t, form(t, s, "conversations.replies", "channel", to, "ts", head, "limit", "3", "cursor", dig(t, page, "response_metadata", "next_cursor").(string)))
	if got := texts(page["messages"]); got != "head|two|three" || page["has_more"] != false {
		t.Errorf("second page %s", got)
	}
	wantError(t, form(t, s, "conversations.replies", "channel", to, "ts", "1.000001"), "thread_not_found")
	wantOK(t, form(t, s, "chat.delete", "channel", to, "ts", reply))
	wantOK(t, form(t, s, "chat.delete", "channel", to, "ts", head))
	page = wantOK(t, form(t, s, "conversations.replies", "channel", to, "ts", head))
	if got := texts(page["messages"]); got != "This message was deleted.|two|three" || dig(t, page, "messages", 0, "subtype") != "tombstone" {
		t.Errorf("after deletion %s", got)
	}
}

func texts(list any) string {
	var out []string
	for _, m := range list.([]any) {
		out = append(out, m.(object)["text"].(string))
	}
	return strings.Join(out, "|")
}

func TestHistoryComesInPages(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to := general(t, s)
	var stamps []string
	for _, text := range []string{"1", "2", "3", "4", "5"} {
		stamps = append(stamps, wantOK(t, form(t, s, "chat.postMessage", "channel", to, "text", text))["ts"].(string))
	}
	for i := 1; i < len(stamps); i++ {
		if stamps[i] <= stamps[i-1] {
			t.Errorf("ts %s after %s", stamps[i], stamps[i-1])
		}
	}
	for _, c := range []struct {
		rule, want string
		args       []string
	}{
		{"newest first", "5|4|3|2|1", nil},
		{"oldest is left out", "5|4|3", []string{"oldest", stamps[1]}},
		{"unless inclusive", "5|4|3|2", []string{"oldest", stamps[1], "inclusive", "true"}},
		{"latest is left out", "2|1", []string{"latest", stamps[2]}},
		{"one message by its ts", "3", []string{"latest", stamps[2], "oldest", stamps[2], "inclusive", "1"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := texts(wantOK(t, form(t, s, "conversations.history", append([]string{"channel", to}, c.args...)...))["messages"]); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	var all []string
	cursor := ""
	for range 3 {
		page := wantOK(t, form(t, s, "conversations.history", "channel", to, "limit", "2", "cursor", cursor))
		all = append(all, texts(page["messages"]))
		if page["has_more"] == true {
			cursor = dig(t, page, "response_metadata", "next_cursor").(string)
		}
	}
	if got := strings.Join(all, " "); got != "5|4 3|2 1" {
		t.Errorf("pages %s", got)
	}
	for args, code := range map[[2]string]string{{"cursor", "x"}: "invalid_cursor", {"limit", "x"}: "invalid_limit", {"oldest", "x"}: "invalid_ts_oldest", {"latest", "x"}: "invalid_ts_latest"} {
		wantError(t, form(t, s, "conversations.history", "channel", to, args[0], args[1]), code)
	}
}

func TestScheduledMessagesFollowTheClock(t *testing.T) {
	now := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	s := start(t, rehearsal.Options{Now: now, Frozen: true})
	to := general(t, s)
	at := func(d time.Duration) string { return strconv.FormatInt(now.Add(d).Unix(), 10) }
	wantOK(t, form(t, s, "chat.scheduleMessage", "channel", to, "text", "later", "post_at", at(time.Hour)))
	wantOK(t, form(t, s, "chat.scheduleMessage", "channel", to, "text", "never", "post_at", at(time.Hour), "metadata", `{"event_type":"a","event_payload":{}}`))
	gone := wantOK(t, form(t, s, "chat.scheduleMessage", "channel", to, "text", "gone", "post_at", at(time.Hour)))
	wantOK(t, form(t, s, "chat.deleteScheduledMessage", "channel", to, "scheduled_message_id", gone["scheduled_message_id"].(string)))
	if got := len(wantOK(t, form(t, s, "chat.scheduledMessages.list"))["scheduled_messages"].([]any)); got != 2 {
		t.Errorf("%d are scheduled", got)
	}
	if resp, out := post(t, s, "_/clock", object{"advance": "2h"}); resp.StatusCode != 200 || out["now"] != "2026-09-01T02:00:00Z" {
		t.Fatalf("clock %v", out)
	}
	messages := wantOK(t, form(t, s, "conversations.history", "channel", to))["messages"]
	if got := texts(messages); got != "later" {
		t.Errorf("posted %q", got)
	}
	if got := dig(t, messages, 0, "ts"); got != at(time.Hour)+".000000" {
		t.Errorf("posted at %v", got)
	}
}

func TestRateLimitsFollowTheClock(t *testing.T) {
	limits := rehearsal.Limits{ChannelPerSecond: 1, ChannelBurst: 2, WorkspacePerMinute: 300}
	s := start(t, rehearsal.Options{Now: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC), Frozen: true, Limits: &limits})
	to := general(t, s)
	send1 := func() (int, string, object) {
		resp, out := send(t, "POST", s.APIURL()+"chat.postMessage", "application/json; charset=utf-8", mustJSON(t, object{"channel": to, "text": "x"}), "Authorization", "Bearer "+s.BotToken())
		return resp.StatusCode, resp.Header.Get("Retry-After"), out
	}
	for range 2 {
		if code, _, out := send1(); code != 200 {
			t.Fatalf("within the burst: %v", out)
		}
	}
	if code, after, out := send1(); code != 429 || after != "1" || out["error"] != "ratelimited" {
		t.Errorf("beyond the burst: %d %s %v", code, after, out)
	}
	post(t, s, "_/clock", object{"advance": "1s"})
	if code, _, out := send1(); code != 200 {
		t.Errorf("a second later: %v", out)
	}
}
