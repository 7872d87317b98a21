package bot_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tsugite/db/dbtest"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// TestAConversationThatDoesNotOpenHasNoMessage: opening one posts nothing, so however it
// fails, nothing can have arrived; opened again it is the same, with the message in it.
func TestAConversationThatDoesNotOpenHasNoMessage(t *testing.T) {
	for _, c := range []struct {
		rule  string
		fault *rehearsal.Fault
		want  programme.SendVerdict // "" if it arrives
	}{
		{"it opens", nil, ""},
		{"the answer is lost", &rehearsal.Fault{AcceptThenDrop: true}, programme.SendRetry},
		{"Slack is in trouble", &rehearsal.Fault{Error: "internal_error"}, programme.SendRetry},
		{"too fast", &rehearsal.Fault{Status: 429, RetryAfter: 1}, programme.SendLimited},
		{"somebody's account is closed", &rehearsal.Fault{Error: "user_disabled"}, programme.SendRefused},
	} {
		t.Run(c.rule, func(t *testing.T) {
			server, poster := postRoom(t)
			store := dbtest.Open(t)
			poster.Office = &programme.Office{Store: store, Now: time.Now, Settings: programme.Settings{Zone: time.UTC}}
			err := store.Write(t.Context(), func(tx programme.Tx) error {
				return errors.Join(tx.SavePerson(programme.Person{ID: "1", Name: "1", SlackID: "U1"}), tx.SavePerson(programme.Person{ID: "2", Name: "2", SlackID: "U2"}))
			})
			if err != nil {
				t.Fatal(err)
			}
			if c.fault != nil {
				c.fault.Method = "conversations.open"
				server.AddFault(*c.fault)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			d := programme.Delivery{ID: "01KD", Op: programme.OpPost, FirstTryAt: server.Now(), Notice: programme.Notice{
				Kind: programme.NoticeSessionRoom, Subject: "s", To: programme.ToRoom("s"), Occasion: "1,2",
			}}
			receipt, err := poster.Send(ctx, d, programme.Letter{Text: "text"})
			if _, calls := posted(t, server, "chat.postMessage"); (calls > 0) != (c.want == "") {
				t.Errorf("%d messages", calls)
			}
			if c.want != "" {
				var failed *programme.SendError
				if !errors.As(err, &failed) || failed.Verdict != c.want {
					t.Errorf("%v, want %s", err, c.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d.SlackID, err = poster.Open(ctx, d); err != nil || d.SlackID != receipt.SlackID {
				t.Errorf("opened again it is %s, not %s: %v", d.SlackID, receipt.SlackID, err)
			}
			if again, found, err := poster.Find(ctx, d); err != nil || !found || again.SlackTS != receipt.SlackTS {
				t.Errorf("found %+v %v %v, want %+v", again, found, err, receipt)
			}
		})
	}
}
