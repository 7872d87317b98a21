package db

import (
	"testing"
	"time"

	"tsugite/programme"
)

const lease = time.Minute

func claim(t testing.TB, db *DB, owner string, now time.Time, n int) []programme.Delivery {
	t.Helper()
	return must[[]programme.Delivery](t)(db.Claim(t.Context(), owner, now, lease, n))
}

// settled settles one outcome and says whether it was accepted.
func settled(t testing.TB, db *DB, o programme.Outcome) bool {
	t.Helper()
	return must[[]bool](t)(db.Settle(t.Context(), []programme.Outcome{o}))[0]
}

func ids(ds []programme.Delivery) string {
	s := ""
	for _, d := range ds {
		s += d.ID
	}
	return s
}

func redraw(t testing.TB, db *DB, match programme.Notice, now time.Time) {
	t.Helper()
	write(t, db, func(tx programme.Tx) error { return tx.Redraw(match, now) })
}

func sent(d programme.Delivery) programme.Outcome {
	return programme.Outcome{Delivery: d, State: programme.Sent, SlackID: "D1", SlackTS: "1.2"}
}

func TestClaimHandsOutWhatIsDue(t *testing.T) {
	db := newDB(t)
	enqueue(t, db, "a", notice("p:1", 0))
	enqueue(t, db, "b", notice("p:2", 1))
	enqueue(t, db, "c", notice("p:3", 2))
	if got := claim(t, db, "me", t0.Add(-1), 9); len(got) != 0 {
		t.Errorf("before anything is due: %s", ids(got))
	}
	got := claim(t, db, "me", minutes(1), 9)
	if ids(got) != "ab" {
		t.Fatalf("claimed %s, want ab", ids(got))
	}
	exact(t, got[0], programme.Delivery{
		ID: "a", Notice: notice("p:1", 0), State: programme.Sending, Op: programme.OpPost, NextAt: minutes(2),
		Attempts: 1, Owner: "me", FirstTryAt: minutes(1),
	})
	if got := claim(t, db, "other", minutes(1), 9); len(got) != 0 {
		t.Errorf("claimed twice: %s", ids(got))
	}
}

func TestOneRecipientsMessagesKeepTheirOrder(t *testing.T) {
	for rule, c := range map[string]func(t *testing.T, db *DB){
		"one at a time": func(t *testing.T, db *DB) {
			first := claim(t, db, "me", minutes(9), 9)
			if ids(first) != "a" || len(claim(t, db, "me", minutes(9), 9)) != 0 {
				t.Fatalf("claimed %s", ids(first))
			}
			settled(t, db, sent(first[0]))
			if got := ids(claim(t, db, "me", minutes(9), 9)); got != "b" {
				t.Errorf("then %s, want b", got)
			}
		},
		"one that backs off holds the later ones up": func(t *testing.T, db *DB) {
			d := claim(t, db, "me", minutes(1), 9)[0]
			settled(t, db, programme.Outcome{Delivery: d, State: programme.Pending, NextAt: minutes(30)})
			if got := claim(t, db, "me", minutes(29), 9); len(got) != 0 {
				t.Errorf("overtaken by %s", ids(got))
			}
			at, ok, err := db.NextAt(t.Context())
			if err != nil || !ok || !at.Equal(minutes(30)) {
				t.Errorf("next is %v %v %v, want when the back-off ends: earlier would spin", at, ok, err)
			}
		},
		"an update joins at its message's place": func(t *testing.T, db *DB) {
			settled(t, db, sent(claim(t, db, "me", minutes(9), 9)[0]))
			redraw(t, db, programme.Notice{Kind: programme.NoticeSurveyQuestion, Subject: "response", Occasion: "q0"}, minutes(9))
			got := claim(t, db, "me", minutes(9), 9)
			if ids(got) != "a" || got[0].Op != programme.OpUpdate || got[0].Attempts != 1 {
				t.Errorf("claimed %+v, want the update", got)
			}
		},
		"an update does not go out beside what is on its way": func(t *testing.T, db *DB) {
			settled(t, db, sent(claim(t, db, "me", minutes(9), 9)[0]))
			b := claim(t, db, "me", minutes(9), 9)
			redraw(t, db, programme.Notice{Kind: programme.NoticeSurveyQuestion, Subject: "response", Occasion: "q0"}, minutes(9))
			if got := claim(t, db, "me", minutes(9), 9); len(got) != 0 {
				t.Errorf("claimed %s beside %s", ids(got), ids(b))
			}
			// Its lease runs out: it comes back, and the two do not wait for each other.
			if got := claim(t, db, "me", minutes(11), 9); ids(got) != "b" || !got[0].Unsure {
				t.Errorf("claimed %+v, want b again", got)
			}
		},
		"others are not held up": func(t *testing.T, db *DB) {
			enqueue(t, db, "z", notice("p:2", 5))
			if got := claim(t, db, "me", minutes(9), 9); ids(got) != "az" {
				t.Errorf("claimed %s, want az", ids(got))
			}
		},
	} {
		t.Run(rule, func(t *testing.T) {
			db := newDB(t)
			enqueue(t, db, "b", notice("p:1", 1))
			enqueue(t, db, "a", notice("p:1", 0))
			c(t, db)
		})
	}
}

func TestLeaseThatRanOutMakesUnsure(t *testing.T) {
	db := newDB(t)
	enqueue(t, db, "a", notice("p:1", 0))
	first := claim(t, db, "dead", t0, 1)[0]
	second := claim(t, db, "me", minutes(1), 1)[0]
	if !second.Unsure || second.Attempts != 2 || !second.FirstTryAt.Equal(t0) {
		t.Errorf("second claim is %+v", second)
	}
	if settled(t, db, sent(first)) {
		t.Error("the dead one's outcome was accepted")
	}
	if !settled(t, db, sent(second)) || settled(t, db, sent(second)) {
		t.Error("want the second claim's outcome accepted, once")
	}
	redraw(t, db, programme.Notice{Kind: programme.NoticeSurveyQuestion, Subject: "response"}, minutes(2))
	claim(t, db, "dead", minutes(2), 1)
	if again := claim(t, db, "me", minutes(3), 1)[0]; again.Unsure || again.Op != programme.OpUpdate {
		t.Errorf("an update needs no look-up: %+v", again)
	}
}

func TestOutcomes(t *testing.T) {
	for rule, c := range map[string]struct {
		outcome  programme.Outcome
		state    programme.DeliveryState
		attempts int
		unsure   bool
		nextAt   time.Time
	}{
		"sent":            {programme.Outcome{State: programme.Sent, SlackTS: "1.2"}, programme.Sent, 1, false, time.Time{}},
		"back-off":        {programme.Outcome{State: programme.Pending, NextAt: minutes(5), Error: "x"}, programme.Pending, 1, false, minutes(5)},
		"429":             {programme.Outcome{State: programme.Pending, NextAt: minutes(5), GiveBack: true}, programme.Pending, 0, false, minutes(5)},
		"answer lost":     {programme.Outcome{State: programme.Sending, NextAt: minutes(5), Unsure: true}, programme.Sending, 1, true, minutes(5)},
		"look-up failed":  {programme.Outcome{State: programme.Pending, NextAt: minutes(5), Unsure: true}, programme.Pending, 1, true, minutes(5)},
		"lapsed":          {programme.Outcome{State: programme.Lapsed}, programme.Lapsed, 1, false, time.Time{}},
		"nobody can tell": {programme.Outcome{State: programme.Unknown, Error: "gave_up"}, programme.Unknown, 1, false, time.Time{}},
	} {
		t.Run(rule, func(t *testing.T) {
			db := newDB(t)
			enqueue(t, db, "a", notice("p:1", 0))
			c.outcome.Delivery = claim(t, db, "me", t0, 1)[0]
			if !settled(t, db, c.outcome) {
				t.Fatal("not accepted")
			}
			d := delivery(t, db, "a")
			if d.State != c.state || d.Attempts != c.attempts || d.Unsure != c.unsure || d.Owner != "" || d.LastError != c.outcome.Error {
				t.Errorf("delivery is %+v", d)
			}
			if !c.nextAt.IsZero() && !d.NextAt.Equal(c.nextAt) {
				t.Errorf("next at %v, want %v", d.NextAt, c.nextAt)
			}
			if settled(t, db, c.outcome) {
				t.Error("accepted a second time")
			}
		})
	}
}

// What was decided on old facts is due again at once.
func TestOutcomeOfAnOldRevision(t *testing.T) {
	match := programme.Notice{Kind: programme.NoticeSurveyQuestion, Subject: "response"}
	for rule, c := range map[string]struct {
		outcome programme.Outcome
		state   programme.DeliveryState
		op      programme.DeliveryOp
	}{
		"sent becomes an update":            {programme.Outcome{State: programme.Sent, SlackTS: "1.2"}, programme.Pending, programme.OpUpdate},
		"cancelled is looked at again":      {programme.Outcome{State: programme.Cancelled}, programme.Pending, programme.OpPost},
		"refused is tried again":            {programme.Outcome{State: programme.Refused}, programme.Pending, programme.OpPost},
		"unknown is a person's to decide":   {programme.Outcome{State: programme.Unknown}, programme.Unknown, programme.OpPost},
		"sent without a ts stays sent":      {programme.Outcome{State: programme.Sent}, programme.Sent, programme.OpPost},
		"one that backs off just backs off": {programme.Outcome{State: programme.Pending, NextAt: minutes(5)}, programme.Pending, programme.OpPost},
	} {
		t.Run(rule, func(t *testing.T) {
			db := newDB(t)
			enqueue(t, db, "a", notice("p:1", 0))
			c.outcome.Delivery = claim(t, db, "me", t0, 1)[0]
			redraw(t, db, match, t0)
			if d := delivery(t, db, "a"); d.State != programme.Sending || d.Rev != 1 {
				t.Fatalf("redrawn while on its way: %+v", d)
			}
			if !settled(t, db, c.outcome) {
				t.Fatal("not accepted")
			}
			d := delivery(t, db, "a")
			if d.State != c.state || d.Op != c.op {
				t.Errorf("it is %s %s, want %s %s", d.State, d.Op, c.state, c.op)
			}
			if c.state == programme.Pending && c.outcome.State != programme.Pending && d.NextAt.After(t0) {
				t.Errorf("due at %v, want at once", d.NextAt)
			}
		})
	}
}

func TestRedrawOfSomeKinds(t *testing.T) {
	db := newDB(t)
	var all []programme.Notice
	for i, kind := range []programme.NoticeKind{programme.NoticeSurveyQuestion, programme.NoticeSurveyReceipt, programme.NoticeSurveyInvite} {
		n := notice("p:1", i)
		n.Kind = kind
		all = append(all, n)
		enqueue(t, db, string(kind), n)
	}
	other := notice("p:2", 5)
	other.Kind, other.Subject = all[0].Kind, "another"
	enqueue(t, db, "other", other)
	settled(t, db, sent(claim(t, db, "me", t0, 1)[0]))
	write(t, db, func(tx programme.Tx) error {
		return tx.RedrawKinds([]programme.NoticeKind{all[0].Kind, all[1].Kind}, all[0].Subject, minutes(9))
	})
	for id, want := range map[string]struct {
		rev  int
		op   programme.DeliveryOp
		next time.Time
	}{
		string(all[0].Kind): {1, programme.OpUpdate, minutes(9)},
		string(all[1].Kind): {1, programme.OpPost, minutes(1)},
		string(all[2].Kind): {0, programme.OpPost, minutes(2)},
		"other":             {0, programme.OpPost, minutes(5)},
	} {
		if d := delivery(t, db, id); d.Rev != want.rev || d.State != programme.Pending || d.Op != want.op || !d.NextAt.Equal(want.next) {
			t.Errorf("%s became %+v", id, d)
		}
	}
}

func TestRedraw(t *testing.T) {
	match := programme.Notice{Kind: programme.NoticeSurveyQuestion, Subject: "response"}
	db := newDB(t)
	for i, id := range []string{"a", "b"} {
		enqueue(t, db, id, notice(programme.Recipient("p:"+id), i))
	}
	settled(t, db, sent(claim(t, db, "me", t0, 1)[0]))
	onlyB := match
	onlyB.To = "p:b"
	redraw(t, db, onlyB, minutes(3))
	if d := delivery(t, db, "a"); d.Rev != 0 || d.State != programme.Sent {
		t.Errorf("another recipient's was redrawn: %+v", d)
	}
	if d := delivery(t, db, "b"); d.Rev != 1 || d.State != programme.Pending || d.Op != programme.OpPost || !d.NextAt.Equal(minutes(1)) {
		t.Errorf("one that waits needs a revision only: %+v", d)
	}
	redraw(t, db, match, minutes(3))
	want := delivery(t, db, "a")
	exact(t, want, programme.Delivery{
		ID: "a", Notice: notice("p:a", 0), State: programme.Pending, Op: programme.OpUpdate, Rev: 1, NextAt: minutes(3),
		SlackID: "D1", SlackTS: "1.2",
	})
}

func TestEnqueueAgain(t *testing.T) {
	useful := func(n int) time.Time { return minutes(n) }
	for rule, c := range map[string]struct {
		outcome programme.Outcome
		until   time.Time // of the second notice; the first's is 10
		state   programme.DeliveryState
	}{
		"a cancelled one is revived":             {programme.Outcome{State: programme.Cancelled}, useful(10), programme.Pending},
		"a lapsed one that is useful longer":     {programme.Outcome{State: programme.Lapsed}, useful(20), programme.Pending},
		"a lapsed one that is always useful now": {programme.Outcome{State: programme.Lapsed}, time.Time{}, programme.Pending},
		"a lapsed one planned just the same":     {programme.Outcome{State: programme.Lapsed}, useful(10), programme.Lapsed},
		"a sent one":                             {programme.Outcome{State: programme.Sent, SlackTS: "1"}, useful(20), programme.Sent},
		"a cancelled one that stands in Slack":   {programme.Outcome{State: programme.Cancelled, SlackTS: "1"}, useful(20), programme.Cancelled},
		"a refused one":                          {programme.Outcome{State: programme.Refused}, useful(20), programme.Refused},
		"an unknown one":                         {programme.Outcome{State: programme.Unknown}, useful(20), programme.Unknown},
		"one that waits keeps its own times":     {programme.Outcome{State: programme.Pending, NextAt: minutes(7)}, useful(20), programme.Pending},
	} {
		t.Run(rule, func(t *testing.T) {
			db := newDB(t)
			n := notice("p:1", 0)
			n.UsefulUntil = minutes(10)
			enqueue(t, db, "a", n)
			c.outcome.Delivery = claim(t, db, "me", t0, 1)[0]
			settled(t, db, c.outcome)
			n.Due, n.UsefulUntil = minutes(5), c.until
			enqueue(t, db, "b", n)
			d := delivery(t, db, "a")
			if d.State != c.state {
				t.Fatalf("it is %s, want %s", d.State, c.state)
			}
			revived := c.state == programme.Pending && c.outcome.State != programme.Pending
			if revived != d.Due.Equal(minutes(5)) || revived && (d.Attempts != 0 || !d.NextAt.Equal(minutes(5)) || !d.UsefulUntil.Equal(c.until)) {
				t.Errorf("delivery is %+v", d)
			}
			err := db.Read(t.Context(), func(tx programme.Tx) error { _, err := tx.Delivery("b"); return err })
			wantError(t, err, programme.ErrNoRow)
		})
	}
}

func TestOrphansComeBackWhenSlackIsDone(t *testing.T) {
	db := newDB(t)
	enqueue(t, db, "a", notice("p:1", 0))
	d := claim(t, db, "dead", t0, 1)[0]
	for _, at := range []time.Time{d.NextAt, t0.Add(20 * time.Second)} {
		if n := must[int](t)(db.Orphans(t.Context(), at)); n != 1 {
			t.Errorf("%d orphans, want 1", n)
		}
		if settled(t, db, sent(d)) {
			t.Error("the dead one's outcome was accepted")
		}
	}
	if got := claim(t, db, "me", t0.Add(19*time.Second), 1); len(got) != 0 {
		t.Error("claimed before Slack was done with the dead one's request")
	}
	if got := claim(t, db, "me", t0.Add(20*time.Second), 1); len(got) != 1 || !got[0].Unsure {
		t.Errorf("claimed %+v, want it unsure", got)
	}
}

func TestNothingGoesOutOnHold(t *testing.T) {
	ctx, db := t.Context(), newDB(t)
	enqueue(t, db, "a", notice("p:1", 0))
	for _, why := range []string{"", programme.HeldRestored, programme.HeldByPerson, "", programme.HeldClock} {
		hold(t, db, why)
		err := db.Read(ctx, func(tx programme.Tx) error {
			if held, got, err := tx.Held(); err != nil || held != (why != "") || got != why {
				t.Errorf("on hold for %q: %v, %q, %v", why, held, got, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, ok, err := db.NextAt(ctx); err != nil || ok != (why == "") {
			t.Errorf("on hold for %q: something is next: %v %v", why, ok, err)
		}
	}
	if got := claim(t, db, "me", minutes(1), 1); len(got) != 0 {
		t.Error("claimed on hold")
	}
}

// hold puts deliveries on hold, or lets them go.
func hold(t *testing.T, db *DB, why string) {
	t.Helper()
	write(t, db, func(tx programme.Tx) error { return tx.SetHold(why) })
}

func TestPersonSettlesUnknown(t *testing.T) {
	for _, state := range []programme.DeliveryState{programme.Sent, programme.Pending} {
		db := newDB(t)
		enqueue(t, db, "a", notice("p:1", 0))
		settled(t, db, programme.Outcome{Delivery: claim(t, db, "me", t0, 1)[0], State: programme.Unknown, Unsure: true})
		settle := func(id string) error {
			return db.Write(t.Context(), func(tx programme.Tx) error { return tx.SettleDelivery(id, state, minutes(2)) })
		}
		if err := settle("a"); err != nil {
			t.Fatal(err)
		}
		if d := delivery(t, db, "a"); d.State != state || d.Unsure || d.Attempts != 0 {
			t.Errorf("delivery is %+v", d)
		}
		wantError(t, settle("a"), programme.ErrStale)
		wantError(t, settle("none"), programme.ErrNoRow)
	}
}

func TestOutcomeOfAnotherClaimIsRefused(t *testing.T) {
	db := newDB(t)
	enqueue(t, db, "a", notice("p:1", 0))
	d := claim(t, db, "me", t0, 1)[0]
	for rule, change := range map[string]func(*programme.Delivery){
		"another Courier's":    func(d *programme.Delivery) { d.Owner = "other" },
		"an earlier attempt's": func(d *programme.Delivery) { d.Attempts-- },
		"another lease's":      func(d *programme.Delivery) { d.NextAt = d.NextAt.Add(1) },
		"another delivery's":   func(d *programme.Delivery) { d.ID = "b" },
	} {
		other := d
		change(&other)
		if settled(t, db, sent(other)) {
			t.Errorf("%s was accepted", rule)
		}
	}
	d.NextAt = d.NextAt.In(tokyo) // the moment counts, not how it is written
	if !settled(t, db, sent(d)) {
		t.Error("its own was refused")
	}
}

// It should not happen, but must not stop a recipient's messages for ever.
func TestTwoOnTheirWayToOneRecipientBothComeBack(t *testing.T) {
	db := newDB(t)
	enqueue(t, db, "a", notice("p:1", 0))
	enqueue(t, db, "b", notice("p:1", 1))
	if _, err := db.writer.Exec(`UPDATE deliveries SET state = 'sending', owner = 'dead'`); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a", "b"} {
		got := claim(t, db, "me", minutes(5), 9)
		if ids(got) != want {
			t.Fatalf("claimed %s, want %s", ids(got), want)
		}
		settled(t, db, sent(got[0]))
	}
}
