package bot_test

import (
	"context"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"tsugite/db/dbtest"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// TestTheFirstMessageIsInTheLanguageOfTheAccount: Slack is asked about nobody twice,
// and whatever it says, the message is drawn.
func TestTheFirstMessageIsInTheLanguageOfTheAccount(t *testing.T) {
	const english, japanese = "What this app can do for you.", "このアプリでできることのご案内です。"
	limited := &rehearsal.Fault{Method: "users.info", Status: 429, RetryAfter: 30, Times: 1}
	refused := &rehearsal.Fault{Method: "users.info", Error: "user_not_found", Times: 1}
	for _, c := range []struct {
		rule    string
		locale  string // that the roster knows
		fault   *rehearsal.Fault
		to      []programme.PersonID
		want    []string
		learnt  string // of P1 in the end
		inquiry int    // calls of users.info
	}{
		{"an account in English", "", nil, []programme.PersonID{"P1", "P1"}, []string{english, english}, "en-US", 1},
		{"one of a known language", "ja", nil, []programme.PersonID{"P1"}, []string{japanese}, "ja", 0},
		{"one of which Slack says nothing", "", refused, []programme.PersonID{"P1", "P1"}, []string{japanese, japanese}, "", 1},
		{"Slack wants no more questions", "", limited, []programme.PersonID{"P1", "P2", "P1"}, []string{japanese, japanese, japanese}, "", 1},
	} {
		t.Run(c.rule, func(t *testing.T) {
			server, poster := postRoom(t)
			if c.fault != nil {
				server.AddFault(*c.fault)
			}
			poster.Office = languageOffice(t, c.locale)
			for i, to := range c.to {
				d := programme.Delivery{Op: programme.OpPost, Notice: programme.Notice{Kind: programme.NoticeHint, Subject: "e", To: programme.ToPerson(to)}}
				letter, err := poster.Draw(t.Context(), d)
				if err != nil || letter.Withdrawn != "" || letter.Text != c.want[i] {
					t.Errorf("message %d: %q %s: %v", i+1, letter.Text, letter.Withdrawn, err)
				}
			}
			p, err := poster.Office.PersonBySlack(t.Context(), "U2")
			if err != nil || p.Locale != c.learnt {
				t.Errorf("learnt %q: %v", p.Locale, err)
			}
			if _, calls := posted(t, server, "users.info"); calls != c.inquiry {
				t.Errorf("Slack was asked %d times, want %d", calls, c.inquiry)
			}
		})
	}
}

// TestNoQuestionIsAskedForAChannel, nor about somebody whose account is closed.
func TestNoQuestionIsAskedForAChannel(t *testing.T) {
	server, poster := postRoom(t)
	poster.Office = languageOffice(t, "")
	if err := poster.Office.AccountClosed(t.Context(), "U2"); err != nil {
		t.Fatal(err)
	}
	for _, to := range []programme.Recipient{programme.ToChannel(programme.ChannelOffice), programme.ToPerson("P1")} {
		d := programme.Delivery{Op: programme.OpPost, Notice: programme.Notice{Kind: programme.NoticeHint, Subject: "e", To: to}}
		if _, err := poster.Draw(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	if _, calls := posted(t, server, "users.info"); calls != 0 {
		t.Errorf("Slack was asked %d times", calls)
	}
}

// languageOffice knows P1, whose account U2 is set to English, and P2, both with the
// language that the roster has.
func languageOffice(t *testing.T, locale string) *programme.Office {
	t.Helper()
	store := dbtest.Open(t)
	err := store.Write(context.Background(), func(tx programme.Tx) error {
		for id, account := range map[programme.PersonID]string{"P1": "U2", "P2": "U1"} {
			p := programme.Person{ID: id, SlackID: account, Name: string(id), Locale: locale, Roles: []programme.Role{programme.Atsugi}}
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return &programme.Office{Store: store, Now: time.Now, NewID: func() string { return ulid.Make().String() },
		Settings: programme.Settings{Zone: time.FixedZone("JST", 9*60*60)}}
}
