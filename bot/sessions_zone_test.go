package bot

import (
	"testing"

	"github.com/slack-go/slack"

	"tsugite/programme"
	"tsugite/rehearsal"
)

// TestTheZoneOfAnAccountIsAskedForNowAndThen: once for many messages, and whatever Slack
// says, the message goes out without waiting for more.
func TestTheZoneOfAnAccountIsAskedForNowAndThen(t *testing.T) {
	limited := &rehearsal.Fault{Method: "users.info", Status: 429, RetryAfter: 30, Times: 1}
	refused := &rehearsal.Fault{Method: "users.info", Error: "user_not_found", Times: 1}
	for _, c := range []struct {
		rule    string
		fault   *rehearsal.Fault
		ask     []string // accounts, one after the other
		want    []string // zones, "" for none
		inquiry int
	}{
		{"two accounts, each once", nil, []string{"U1", "U2", "U1", "U2"}, []string{"Asia/Tokyo", "Europe/London", "Asia/Tokyo", "Europe/London"}, 2},
		{"one of which Slack says nothing", refused, []string{"U2", "U2"}, []string{"", ""}, 1},
		{"Slack wants no more questions", limited, []string{"U1", "U2", "U1"}, []string{"", "", ""}, 1},
		{"somebody without an account", nil, []string{""}, []string{""}, 0},
	} {
		t.Run(c.rule, func(t *testing.T) {
			server, err := rehearsal.Start(rehearsal.Options{Cast: &rehearsal.Cast{People: []rehearsal.Person{
				{ID: "U1", Name: "toko", TZ: "Asia/Tokyo"}, {ID: "U2", Name: "otto", TZ: "Europe/London"},
			}}})
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			if c.fault != nil {
				server.AddFault(*c.fault)
			}
			api := slack.New(server.BotToken(), slack.OptionAPIURL(server.APIURL()))
			var z zones
			for i, account := range c.ask {
				got := ""
				if place := z.theirs(t.Context(), api, programme.Person{ID: "P", SlackID: account}); place != nil {
					got = place.String()
				}
				if got != c.want[i] {
					t.Errorf("question %d, of %s: %q, want %q", i+1, account, got, c.want[i])
				}
			}
			asked := 0
			for _, e := range server.Log(0) {
				if e.Method == "users.info" {
					asked++
				}
			}
			if asked != c.inquiry {
				t.Errorf("Slack was asked %d times, want %d", asked, c.inquiry)
			}
		})
	}
}
