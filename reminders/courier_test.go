package reminders_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
	"tsugite/rehearsal"
	"tsugite/reminders"
)

const post = "chat.postMessage"

func TestCourierDeliversOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, 20, nil)
	r.ask(0, 1, 2)
	r.start()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Sent: 3})
	r.ask(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Sent: 11})
	r.once(11)
	if n := r.calls("conversations.history"); n != 0 {
		t.Errorf("%d look-ups for messages whose answer came", n)
	}
	if at, ok := r.NextAt(); ok {
		t.Errorf("with nothing left it goes on at %v", at)
	}
}

func TestCourierWaitsForWhatIsDueLater(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	due := r.slack.Now().Add(3 * time.Hour)
	r.enqueue(func(n *programme.Notice) { n.Due = due }, 0)
	r.start()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Pending: 1})
	if at, ok := r.NextAt(); !ok || !at.Equal(due) {
		t.Errorf("goes on at %v %v, want %v", at, ok, due)
	}
	r.leap(3*time.Hour - time.Second)
	r.expect(programme.DeliveryCounts{programme.Pending: 1})
	r.leap(time.Second)
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
}

// A fault of Slack: what the delivery is afterwards, and once time has passed.
func TestCourierAndFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule  string
		fault rehearsal.Fault
		then  programme.DeliveryState // right after
		wait  time.Duration
		ends  programme.DeliveryState
		sends int // calls of chat.postMessage
		looks int
	}{
		{"accepted and the answer lost: found, not sent again", rehearsal.Fault{AcceptThenDrop: true},
			programme.Pending, 20 * time.Second, programme.Sent, 1, 1},
		{"a server error: looked up, then sent again", rehearsal.Fault{Status: 500},
			programme.Pending, 20 * time.Second, programme.Sent, 2, 1},
		{"internal_error may mean anything", rehearsal.Fault{Error: "internal_error"},
			programme.Pending, 20 * time.Second, programme.Sent, 2, 1},
		{"a server error is not looked up before Slack settled", rehearsal.Fault{Status: 503},
			programme.Pending, 19 * time.Second, programme.Pending, 1, 0},
		{"a clear no for now is sent again without a look", rehearsal.Fault{Error: "service_unavailable"},
			programme.Pending, 2 * time.Second, programme.Sent, 2, 0},
		{"a clear no is for good", rehearsal.Fault{Error: "restricted_action"},
			programme.Refused, time.Hour, programme.Refused, 1, 0},
		{"429 waits as long as it says", rehearsal.Fault{Status: 429, RetryAfter: 30},
			programme.Pending, 29 * time.Second, programme.Pending, 1, 0},
		{"429 is no attempt and no doubt", rehearsal.Fault{Status: 429, RetryAfter: 30},
			programme.Pending, 30 * time.Second, programme.Sent, 2, 0},
	} {
		t.Run(c.rule, func(t *testing.T) {
			r := newRig(t, 1, nil)
			c.fault.Method = post
			r.slack.AddFault(c.fault)
			r.ask(0)
			r.start()
			r.settled()
			r.expect(programme.DeliveryCounts{c.then: 1})
			r.leap(c.wait)
			r.expect(programme.DeliveryCounts{c.ends: 1})
			if sends, looks := r.calls(post), r.calls("conversations.history"); sends != c.sends || looks != c.looks {
				t.Errorf("sent %d times and looked %d times, want %d and %d", sends, looks, c.sends, c.looks)
			}
			if c.ends == programme.Sent {
				r.once(1)
			}
		})
	}
}

func TestCourierGateIsForEverybody(t *testing.T) {
	t.Parallel()
	r := newRig(t, 20, nil)
	r.Workers = 1
	r.slack.AddFault(rehearsal.Fault{Method: post, Status: 429, RetryAfter: 10})
	r.ask(0, 1, 2, 3, 4)
	r.start()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Pending: 5})
	if n := r.calls(post); n != 1 {
		t.Errorf("%d calls although the first was limited", n)
	}
	r.leap(10 * time.Second)
	r.expect(programme.DeliveryCounts{programme.Sent: 5})
	r.once(5)
}

func TestCourierSpacesOneChannel(t *testing.T) {
	t.Parallel()
	r := newRig(t, 2, nil)
	steps := 0
	three := func() {
		for range 3 {
			steps++
			r.enqueue(func(n *programme.Notice) {
				n.Occasion = programme.EventOccasion(fmt.Sprint("step", steps), workshop(t, 0))
			}, 0)
		}
		r.settled()
	}
	r.start()
	three()
	r.expect(programme.DeliveryCounts{programme.Sent: 3})
	r.slack.AddFault(rehearsal.Fault{Method: post, Status: 429, RetryAfter: 1})
	three()
	for sent := 3; sent <= 6; sent++ {
		r.expect(programme.DeliveryCounts{programme.Sent: sent, programme.Pending: 6 - sent})
		r.leap(time.Second)
	}
}

func TestCourierFindsWhatItsTimeoutGaveUp(t *testing.T) {
	r := newRig(t, 1, nil)
	r.Timeout = 200 * time.Millisecond
	r.slack.AddFault(rehearsal.Fault{Method: post, HangMS: 600})
	r.ask(0)
	r.start()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Pending: 1})
	r.waitFor("Slack to take the message after all", func() bool { return r.calls(post) == 1 })
	r.leap(20 * time.Second)
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
	r.once(1)
}

// waitFor looks again and again until something holds.
func (r *rig) waitFor(what string, holds func() bool) {
	r.t.Helper()
	deadline := time.After(patience)
	for !holds() {
		select {
		case <-deadline:
			r.t.Fatalf("waited in vain for %s", what)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// The clock leaps over the lease while the message is on its way: the Courier
// gets its own row anew, and must neither send again nor lose the outcome.
func TestCourierClaimsItsOwnRowAnew(t *testing.T) {
	r := newRig(t, 2, nil)
	r.slack.AddFault(rehearsal.Fault{Method: post, HangMS: 700})
	r.ask(0)
	r.start()
	r.waitFor("the claim", func() bool { return r.counts()[programme.Sending] == 1 })
	r.leap(5 * time.Minute)
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
	r.once(1)
	if n := r.calls("conversations.history"); n != 0 {
		t.Errorf("%d look-ups for a message whose answer came", n)
	}
}

func TestCourierLooksUpTheLastAttemptToo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule  string
		fault rehearsal.Fault
		ends  programme.DeliveryState
		code  string
	}{
		{"it arrived", rehearsal.Fault{Method: post, AcceptThenDrop: true}, programme.Sent, ""},
		{"it did not arrive", rehearsal.Fault{Method: post, Status: 500}, programme.Unknown, "gave_up"},
		{"nobody can look", rehearsal.Fault{Method: "conversations.history", Error: "missing_scope"}, programme.Unknown, "missing_scope"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			r := newRig(t, 1, nil)
			r.MaxAttempts = 1
			if c.fault.Method != post {
				r.slack.AddFault(rehearsal.Fault{Method: post, AcceptThenDrop: true})
			}
			r.slack.AddFault(c.fault)
			r.ask(0)
			r.start()
			r.settled()
			r.leap(20 * time.Second)
			r.expect(programme.DeliveryCounts{c.ends: 1})
			if d := r.only(c.ends); d.LastError != c.code {
				t.Errorf("stored reason %q, want %q", d.LastError, c.code)
			}
		})
	}
}

func TestCourierBacksOffWithoutConnection(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	r.poster.API = client("http://127.0.0.1:1/api/", "xoxb-nobody", time.Second)
	r.ask(0)
	stop := r.start()
	r.settled()
	for range 20 {
		at, ok := r.NextAt()
		if !ok {
			t.Fatal("gave up without a connection")
		}
		r.leap(at.Sub(r.slack.Now()))
	}
	r.expect(programme.DeliveryCounts{programme.Pending: 1})
	stop()
	r.poster.API = client(r.slack.APIURL(), r.slack.BotToken(), time.Second)
	r.start()
	r.leap(5 * time.Minute)
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
	r.once(1)
}

func TestCourierLooksAtTodaysFacts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule   string
		change func(*rig)
		want   programme.DeliveryState
		reason string
	}{
		{"answered meanwhile", func(r *rig) { r.answer(0, programme.No) }, programme.Cancelled, "no"},
		{"of no use any more", func(r *rig) {
			r.ask(0)
			_, err := r.slack.Advance(context.Background(), workshop(r.t, 0).Start)
			noError(r.t, err)
		}, programme.Lapsed, "too_late"},
		{"asleep", func(r *rig) {
			r.Asleep = quiet(r.t, "17:00-07:30").Asleep(r.office.Settings.Zone)
		}, programme.Cancelled, "quiet_hours"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			r := newRig(t, 1, nil)
			var withdrawn []programme.Notice
			r.Withdrawn = func(n programme.Notice) { withdrawn = append(withdrawn, n) }
			c.change(r)
			r.ask(0)
			r.start()
			r.settled()
			r.expect(programme.DeliveryCounts{c.want: 1})
			if d := r.only(c.want); d.LastError != c.reason {
				t.Errorf("stored reason %q, want %q", d.LastError, c.reason)
			}
			if (c.want == programme.Cancelled) != (len(withdrawn) == 1) {
				t.Errorf("the planner was told of %d cancelled notices", len(withdrawn))
			}
			r.once(0)
		})
	}
}

// TestASurveyWaitsForTheMorning: an invitation that the office sends out at 22:00
// stays until 7:30, untried, and goes out then.
func TestASurveyWaitsForTheMorning(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	r.Asleep = quiet(t, "21:00-07:30").Asleep(r.office.Settings.Zone)
	night := moment(t, "2026-09-17T22:00:00+09:00")
	_, err := r.slack.Advance(context.Background(), night)
	noError(t, err)
	r.invite(1, night.Add(48*time.Hour))
	r.start()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Pending: 1})
	if d := r.only(programme.Pending); d.Attempts != 0 {
		t.Errorf("%d attempts at night", d.Attempts)
	}
	if at, ok := r.NextAt(); !ok || !at.Equal(moment(t, "2026-09-18T07:30:00+09:00")) {
		t.Errorf("the courier goes on at %v %v", at, ok)
	}
	r.leap(9 * time.Hour)
	r.once(0)
	r.leap(30 * time.Minute)
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
	r.once(1)
}

// invite asks everybody to answer a survey that is open until then.
func (r *rig) invite(people int, closes time.Time) {
	r.t.Helper()
	s := programme.Survey{ID: "s1", Opens: r.slack.Now(), Launched: r.slack.Now(), Closes: closes, Def: programme.SurveyDef{
		ID: "status", Title: programme.Text{Ja: "現状把握アンケート"}, Minutes: 3,
		Questions: []programme.Question{{ID: "q1", Kind: programme.YesNo, Words: programme.Text{Ja: "続けますか"}}},
	}}
	noError(r.t, r.db.Write(context.Background(), func(tx programme.Tx) error {
		if err := tx.CreateSurvey("op-s1", s); err != nil {
			return err
		}
		for i := range people {
			if err := tx.CreateResponse(programme.Response{
				ID: programme.ResponseID(fmt.Sprint("r", i)), Survey: s.ID, Person: atsugi(i).ID, State: programme.Asked,
			}); err != nil {
				return err
			}
		}
		return nil
	}))
	for i := range people {
		noError(r.t, r.office.EnqueueAll(context.Background(), []programme.Notice{{
			Kind: programme.NoticeSurveyInvite, Subject: fmt.Sprint("r", i), To: programme.ToPerson(atsugi(i).ID), Due: s.Opens, UsefulUntil: s.Closes,
		}}))
	}
}

func (r *rig) answer(person int, a programme.Coming) {
	r.t.Helper()
	_, _, err := r.office.AnswerEvent(context.Background(), programme.As(atsugi(person).ID), workshop(r.t, 0).ID, a, "")
	noError(r.t, err)
}

func TestCourierUpdatesAMessageThatStands(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	r.ask(0)
	r.start()
	r.settled()
	for _, lost := range []rehearsal.Fault{{AcceptThenDrop: true}, {Status: 500}} {
		lost.Method = "chat.update"
		r.slack.AddFault(lost)
	}
	r.answer(0, programme.No)
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Pending: 1})
	r.leap(20 * time.Second)
	r.leap(20 * time.Second)
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
	if n := r.calls("chat.update"); n != 3 {
		t.Errorf("updated %d times, want three tries", n)
	}
	if n := r.calls("conversations.history"); n != 0 {
		t.Errorf("%d look-ups for updates, which may be repeated", n)
	}
	r.slack.AddFault(rehearsal.Fault{Method: "chat.update", Error: "cant_update_message"})
	r.answer(0, programme.NotYet)
	r.settled()
	if d := r.only(programme.Sent); d.LastError != "cant_update_message" || d.SlackTS == "" {
		t.Errorf("after a refused update: %q, ts %q", d.LastError, d.SlackTS)
	}
	r.once(1)
}

func TestOneSlowRecipientHoldsUpNobodyElse(t *testing.T) {
	r := newRig(t, 40, nil)
	r.Workers = 4
	r.slack.AddFault(rehearsal.Fault{Method: post, HangMS: 1500})
	r.ask(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
	r.start()
	r.waitFor("the others", func() bool { return r.counts()[programme.Sent] == 15 })
	if n := r.counts()[programme.Sending]; n != 1 {
		t.Errorf("%d are on their way, want the slow one", n)
	}
	r.settled()
	r.once(16)
}

func TestCourierOnHold(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	hold := func(why string) {
		noError(t, r.db.Write(context.Background(), func(tx programme.Tx) error { return tx.SetHold(why) }))
	}
	hold(programme.HeldByPerson)
	r.ask(0)
	r.start()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Pending: 1})
	hold("")
	r.Wake()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
}

func TestCourierStopsWithWhatIsInHand(t *testing.T) {
	r := newRig(t, 10, nil)
	r.Workers = 2
	r.slack.AddFault(rehearsal.Fault{Method: post, LatencyMS: 300, Times: -1})
	r.ask(0, 1, 2, 3, 4, 5)
	stop := r.start()
	r.waitFor("the first two", func() bool { return r.counts()[programme.Sending] == 2 })
	stop()
	c := r.counts()
	if c[programme.Sending] != 0 || c[programme.Sent]+c[programme.Pending] != 6 {
		t.Errorf("left behind: %v", c)
	}
	r.once(c[programme.Sent])
}

func TestCourierStopsBeforeSendingAgain(t *testing.T) {
	r := newRig(t, 1, nil)
	r.slack.AddFault(rehearsal.Fault{Method: post, Status: 500})
	r.ask(0)
	stop := r.start()
	r.settled()
	r.slack.AddFault(rehearsal.Fault{Method: "conversations.history", HangMS: 700})
	_, err := r.slack.Advance(context.Background(), r.slack.Now().Add(20*time.Second))
	noError(t, err)
	r.Wake()
	r.waitFor("the look-up", func() bool { return r.counts()[programme.Sending] == 1 })
	stop()
	r.expect(programme.DeliveryCounts{programme.Pending: 1})
	if n := r.calls(post); n != 1 {
		t.Errorf("sent %d times, want not again once it stops", n)
	}
	if d := r.only(programme.Pending); d.Unsure || d.Attempts != 1 {
		t.Errorf("handed back unsure %v after %d attempts", d.Unsure, d.Attempts)
	}
}

func TestCourierTakesOverFromADeadProcess(t *testing.T) {
	t.Parallel()
	r := newRig(t, 2, nil)
	r.ask(0, 1)
	claimed, err := r.db.Claim(context.Background(), "the dead", r.slack.Now(), time.Hour, 2)
	noError(t, err)
	_, err = r.poster.Send(context.Background(), claimed[0], letter(t, r, claimed[0])) // the dead got this far
	noError(t, err)
	r.start()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Sending: 2})
	r.leap(20 * time.Second)
	r.expect(programme.DeliveryCounts{programme.Sent: 2})
	r.once(2)
}

func letter(t testing.TB, r *rig, d programme.Delivery) programme.Letter {
	t.Helper()
	l, err := r.poster.Draw(context.Background(), d)
	noError(t, err)
	return l
}

func TestCourierRefusesTimesThatDoNotFit(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	r.Lease, r.Timeout, r.Settle = 30*time.Second, 15*time.Second, 15*time.Second
	if err := r.Run(context.Background()); err == nil || !strings.Contains(err.Error(), "must be longer") {
		t.Errorf("error %v", err)
	}
}

func TestQuietEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c := &reminders.Courier{Now: time.Now}
	if err := c.Quiet(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v of a courier that does not run", err)
	}
}
