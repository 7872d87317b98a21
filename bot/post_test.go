package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot"
	"tsugite/bot/terse"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// postRoom is a poster on a local Slack with two people, one of whom speaks English.
func postRoom(t *testing.T) (*rehearsal.Server, *bot.Poster) {
	t.Helper()
	cast := &rehearsal.Cast{People: []rehearsal.Person{
		{ID: "U1", Name: "toko", RealName: "髙橋 陶子", Locale: "ja-JP"}, {ID: "U2", Name: "otto", RealName: "Otto", Locale: "en-US"},
	}}
	server, err := rehearsal.Start(rehearsal.Options{Cast: cast})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	client := &http.Client{Transport: terse.Transport{Next: http.DefaultTransport}}
	return server, &bot.Poster{API: slack.New(server.BotToken(), slack.OptionAPIURL(server.APIURL()), slack.OptionHTTPClient(client))}
}

// posted are the blocks of each call of a method that Slack accepted.
func posted(t *testing.T, server *rehearsal.Server, method string) (accepted []string, calls int) {
	t.Helper()
	for _, e := range server.Log(0) {
		if e.Method != method {
			continue
		}
		var answer struct{ OK bool }
		if err := json.Unmarshal(e.Response, &answer); err != nil {
			t.Fatal(err)
		}
		calls++
		if answer.OK {
			accepted = append(accepted, string(e.Request))
		}
	}
	return accepted, calls
}

func TestALetterWhoseBlocksAreRefusedGoesOutInItsSpareOnes(t *testing.T) {
	const chart = `[{"type":"data_visualization","title":"t","chart":{"type":"pie","segments":[{"label":"l","value":1}]}}]`
	const spare = `[{"type":"section","text":{"type":"plain_text","text":"spare"}}]`
	for _, c := range []struct {
		rule    string
		refusal string
		spare   string
		calls   int
		verdict programme.SendVerdict // "" if it arrives
		shows   string
	}{
		{"a workspace that knows charts gets them", "", spare, 1, "", "data_visualization"},
		{"one that knows none gets the text", "invalid_blocks", spare, 2, "", "spare"},
		{"without a spare it is refused", "invalid_blocks", "", 1, programme.SendRefused, ""},
		{"another refusal is final", "is_archived", spare, 1, programme.SendRefused, ""},
		{"what may have arrived is not sent twice", "internal_error", spare, 1, programme.SendLost, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			server, poster := postRoom(t)
			if c.refusal != "" {
				server.AddFault(rehearsal.Fault{Method: "chat.postMessage", Error: c.refusal})
			}
			letter := programme.Letter{Text: "text", Body: []byte(chart), Account: "U1"}
			if c.spare != "" {
				letter.Spare = []byte(c.spare)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			receipt, err := poster.Send(ctx, programme.Delivery{ID: "01KD", Op: programme.OpPost}, letter)
			accepted, calls := posted(t, server, "chat.postMessage")
			if calls != c.calls {
				t.Errorf("%d calls, want %d", calls, c.calls)
			}
			if c.verdict != "" {
				var refused *programme.SendError
				if !errors.As(err, &refused) || refused.Verdict != c.verdict || len(accepted) != 0 {
					t.Fatalf("%v, accepted %d", err, len(accepted))
				}
				return
			}
			if err != nil || receipt.SlackTS == "" {
				t.Fatalf("%+v %v", receipt, err)
			}
			if len(accepted) != 1 || !strings.Contains(accepted[0], c.shows) {
				t.Errorf("Slack has %q", accepted)
			}
		})
	}
}
