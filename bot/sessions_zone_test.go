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

// TestEverybodysZoneIsAskedForAtOnce: by one question for all, which is not put again soon; what
// Slack does not answer is not known.
func TestEverybodysZoneIsAskedForAtOnce(t *testing.T) {
	people := []programme.Person{{ID: "P1", SlackID: "U1"}, {ID: "P2", SlackID: "U2"}, {ID: "P3"}, {ID: "P4", SlackID: "U4"}}
	for rule, c := range map[string]struct {
		fault *rehearsal.Fault
		want  int
	}{
		"everybody's is known":            {nil, 2},
		"Slack wants no questions":        {&rehearsal.Fault{Method: "users.list", Status: 429, RetryAfter: 30, Times: 1}, 0},
		"Slack does not answer this time": {&rehearsal.Fault{Method: "users.list", Error: "internal_error", Times: 1}, 0},
	} {
		t.Run(rule, func(t *testing.T) {
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
			z.learn(t.Context(), api)
			z.learn(t.Context(), api)
			if got := z.known(people); len(got) != c.want {
				t.Errorf("%d zones are known: %v", len(got), got)
			}
			asked := 0
			for _, e := range server.Log(0) {
				if e.Method == "users.list" {
					asked++
				}
			}
			if asked != 1 {
				t.Errorf("Slack was asked %d times", asked)
			}
		})
	}
}
