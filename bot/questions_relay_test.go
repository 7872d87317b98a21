package bot

import (
	"fmt"
	"strings"
	"testing"
)

// TestWhatIsHeardUnderACard: of all that Slack tells of the office's channel, only what people
// wrote, edited or deleted in a thread is let through. What the bot or another one says there is
// not, nor what follows from it: no word can come back as one.
func TestWhatIsHeardUnderACard(t *testing.T) {
	const (
		thread = `"thread_ts":"100.000100"`
		person = `"user":"U1"`
		robot  = `"user":"UBOT","bot_id":"B1"`
	)
	message := func(inner string) string {
		return fmt.Sprintf(`{"event_id":"Ev1","event":{"type":"message","channel":"COFFICE","channel_type":"group","ts":"200.000100","event_ts":"200.000100",%s},"authorizations":[{"user_id":"UBOT","is_bot":true}]}`, inner)
	}
	changed := func(subtype, before, after string) string {
		return message(fmt.Sprintf(`"subtype":%q,"previous_message":{"ts":"150.000100",%s},"message":{"ts":"150.000100",%s}`, subtype, before, after))
	}
	for what, c := range map[string]struct {
		payload string
		want    bool
	}{
		"a reply":                      {message(person + `,"text":"a",` + thread), true},
		"a reply with a file":          {message(person + `,"subtype":"file_share","text":"a",` + thread), true},
		"a reply shown in the channel": {message(person + `,"subtype":"thread_broadcast","text":"a",` + thread), true},
		"talk in the channel":          {message(person + `,"text":"a"`), false},
		"a file in the channel":        {message(person + `,"subtype":"file_share","text":"a"`), false},
		"the head of a thread":         {message(person + `,"text":"a","thread_ts":"200.000100"`), false},
		"another channel":              {strings.Replace(message(person+`,"text":"a",`+thread), "COFFICE", "COTHER", 1), false},
		"the bot's own reply":          {message(robot + `,"text":"a",` + thread), false},
		"the bot's own file":           {message(`"user":"UBOT","subtype":"file_share","text":"a",` + thread), false},
		"the bot's own, edited":        {changed("message_changed", `"user":"UBOT","text":"a",`+thread, `"user":"UBOT","text":"b",`+thread), false},
		"the bot's own, deleted":       {changed("message_deleted", `"user":"UBOT","text":"a",`+thread, `"text":""`), false},
		"another bot's reply":          {message(`"user":"U9","bot_id":"B9","text":"a",` + thread), false},
		"a bot without a user":         {message(`"subtype":"bot_message","bot_id":"B9","text":"a",` + thread), false},
		"that somebody joined":         {message(person + `,"subtype":"channel_join","text":"a",` + thread), false},
		"an edit":                      {changed("message_changed", person+`,"text":"a",`+thread, person+`,"text":"b",`+thread), true},
		"an edit in the channel":       {changed("message_changed", person+`,"text":"a"`, person+`,"text":"b"`), false},
		"a link that is unfurled":      {changed("message_changed", person+`,"text":"a",`+thread, person+`,"text":"a","attachments":[{}],`+thread), false},
		"the bot draws its copy again": {changed("message_changed", robot+`,"text":"a",`+thread, robot+`,"text":"b",`+thread), false},
		"another bot edits":            {changed("message_changed", `"user":"U9","bot_id":"B9","text":"a",`+thread, `"user":"U9","bot_id":"B9","text":"b",`+thread), false},
		"a bot edits a person's":       {changed("message_changed", person+`,"text":"a",`+thread, robot+`,"text":"b",`+thread), false},
		"a deletion":                   {changed("message_deleted", person+`,"text":"a",`+thread, `"text":""`), true},
		"the bot deletes its copy":     {changed("message_deleted", robot+`,"text":"a",`+thread, `"text":""`), false},
		"a card deleted under replies": {changed("message_changed", robot+`,"text":"a","thread_ts":"150.000100"`, `"subtype":"tombstone","user":"USLACKBOT","text":"This message was deleted.","thread_ts":"150.000100"`), false},
		"a count of replies":           {changed("message_replied", robot+`,"text":"a","thread_ts":"150.000100"`, robot+`,"text":"a","thread_ts":"150.000100"`), false},
		"a reaction":                   {`{"event_id":"Ev1","event":{"type":"reaction_added","user":"U1"}}`, false},
		"nothing":                      {`{"event_id":"Ev1","event":{}}`, false},
	} {
		a, err := decodeEvent([]byte(c.payload))
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if got := a.event.underCard("COFFICE"); got != c.want {
			t.Errorf("%s is heard: %v, want %v", what, got, c.want)
		}
		if a.event.underCard("") {
			t.Errorf("%s is heard where there is no office's channel", what)
		}
	}
}
