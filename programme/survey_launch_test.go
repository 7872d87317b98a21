package programme_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// launch sends a survey out as the coordinator and fails the test if it is refused.
func (h *house) launch(op string, def programme.SurveyDef, w programme.Window) programme.Survey {
	h.t.Helper()
	s, err := h.LaunchSurvey(h.t.Context(), programme.As("office"), op, def, w)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

// responses are those of a survey, by person.
func (h *house) responses(id programme.SurveyID) map[programme.PersonID]programme.Response {
	h.t.Helper()
	out := map[programme.PersonID]programme.Response{}
	h.read(func(tx programme.Tx) error {
		rs, err := tx.Responses(id)
		for _, r := range rs {
			out[r.Person] = r
		}
		return err
	})
	return out
}

func (h *house) read(f func(programme.Tx) error) {
	h.t.Helper()
	if err := h.Store.Read(context.Background(), f); err != nil {
		h.t.Fatal(err)
	}
}

// invites are the invitations, by person.
func (h *house) invites() map[programme.PersonID]programme.Delivery {
	h.t.Helper()
	out := map[programme.PersonID]programme.Delivery{}
	h.read(func(tx programme.Tx) error {
		for _, state := range programme.DeliveryStates {
			ds, err := tx.Deliveries(state, 10_000)
			if err != nil {
				return err
			}
			for _, d := range ds {
				if d.Kind == programme.NoticeSurveyInvite {
					out[d.To.Person()] = d
				}
			}
		}
		return nil
	})
	return out
}

// person changes somebody on the roster, or enters them.
func (h *house) person(id programme.PersonID, change func(*programme.Person)) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		p, err := tx.Person(id)
		if errors.Is(err, programme.ErrNoRow) {
			p = programme.Person{ID: id, Name: string(id), Kana: string(id), SlackID: "U" + string(id), Roles: []programme.Role{programme.Atsugi}}
		}
		change(&p)
		return tx.SavePerson(p)
	})
}

func TestLaunchAsksEveryoneOnce(t *testing.T) {
	h := newHouse(t)
	h.person("no-slack", func(p *programme.Person) { p.SlackID = "" })
	s := h.launch("launch", surveyDef(), programme.Window{})
	for _, op := range []string{"launch", "another"} { // the same press, and somebody else at the same moment
		_, err := h.LaunchSurvey(t.Context(), programme.Operator, op, surveyDef(), programme.Window{})
		wantCode(t, err, programme.CodeConflict)
	}
	want := map[string]int{"survey.invite p:atsugi": 1, "survey.invite p:other-atsugi": 1}
	if got := h.notices(); !maps.Equal(got, want) {
		t.Errorf("notices %v, want %v", got, want)
	}
	if got := slices.Sorted(maps.Keys(h.responses(s.ID))); fmt.Sprint(got) != "[atsugi no-slack other-atsugi]" {
		t.Errorf("asked %v", got)
	}
}

func TestWhatWasSentOutIsFrozenAndCounted(t *testing.T) {
	h := newHouse(t)
	edition := func(op string, def programme.SurveyDef) int {
		s := h.launch(op, def, programme.Window{})
		h.now = h.now.AddDate(0, 1, 0)
		return s.Edition
	}
	changed, other := surveyDef(), surveyDef()
	changed.Questions = slices.Clone(changed.Questions)
	changed.Questions[0].Words.Ja = "変えた"
	other.ID = "another"
	got := []int{
		edition("1", surveyDef()), edition("2", surveyDef()), edition("3", changed), edition("4", changed), edition("5", surveyDef()), edition("6", other),
	}
	if fmt.Sprint(got) != "[1 1 2 2 3 1]" {
		t.Errorf("editions %v", got)
	}
	h.read(func(tx programme.Tx) error {
		surveys, err := tx.Surveys()
		if words := surveys[len(surveys)-1].Def.Questions[0].Words.Ja; words != "一" {
			t.Errorf("the first survey asks %q now", words)
		}
		return err
	})
}

// TestNothingGoesOutThatNobodyLookedAt: between the look and the press the file may
// have been changed and the program started again.
func TestNothingGoesOutThatNobodyLookedAt(t *testing.T) {
	changes := map[string]func(*programme.SurveyDef){
		"a word":    func(d *programme.SurveyDef) { d.Questions[2].Words.En += "." },
		"the order": func(d *programme.SurveyDef) { slices.Reverse(d.Questions) },
		"a condition": func(d *programme.SurveyDef) {
			d.Questions[1].When = programme.Condition{Question: "one", Answered: true}
		},
		"who sees it":   func(d *programme.SurveyDef) { d.Questions[0].ShownTo = []programme.Reader{programme.ReadBureau} },
		"who is asked":  func(d *programme.SurveyDef) { d.Audience.Cohorts = []string{"R7"} },
		"anonymousness": func(d *programme.SurveyDef) { d.Anonymous = true },
	}
	for rule, change := range changes {
		h := newHouse(t)
		seen, now := surveyDef().Fingerprint(), surveyDef()
		change(&now)
		_, err := h.LaunchSurvey(t.Context(), programme.As("office"), "op", now, programme.Window{Seen: seen})
		if e, refused := programme.AsError(err); !refused || e.Key != "error.survey_file_changed" || len(h.invites()) != 0 {
			t.Errorf("%s: %d are asked: %v", rule, len(h.invites()), err)
		}
	}
	h := newHouse(t)
	if _, err := h.LaunchSurvey(t.Context(), programme.As("office"), "op", surveyDef(), programme.Window{Seen: surveyDef().Fingerprint()}); err != nil {
		t.Errorf("what was looked at: %v", err)
	}
}

func TestFromWhenUntilWhenASurveyIsOpen(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 9, 1+n, 9, 0, 0, 0, tokyo) } // now is day 0
	for name, c := range map[string]struct {
		w             programme.Window
		opens, closes time.Time
		faults        string
	}{
		"now, for the days of the definition": {programme.Window{}, day(0), time.Date(2026, 9, 15, 23, 59, 0, 0, tokyo), ""},
		"later, for the days from then on":    {programme.Window{Opens: day(3)}, day(3), time.Date(2026, 9, 18, 23, 59, 0, 0, tokyo), ""},
		"until a moment":                      {programme.Window{Closes: day(1)}, day(0), day(1), ""},
		"for an hour":                         {programme.Window{Opens: day(3), Closes: day(3).Add(time.Hour)}, day(3), day(3).Add(time.Hour), ""},
		"less than an hour":                   {programme.Window{Opens: day(3), Closes: day(3).Add(59 * time.Minute)}, day(0), day(0), "closes"},
		"closing before it opens":             {programme.Window{Opens: day(3), Closes: day(2)}, day(0), day(0), "closes"},
		"for 200 days":                        {programme.Window{Closes: day(200)}, day(0), day(200), ""},
		"for 201 days":                        {programme.Window{Closes: day(201)}, day(0), day(0), "closes"},
		"yesterday":                           {programme.Window{Opens: day(-1), Closes: day(3)}, day(0), day(0), "opens"},
		"in a year, closing before":           {programme.Window{Opens: day(365), Closes: day(3)}, day(0), day(0), "opens closes"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			s, err := h.LaunchSurvey(t.Context(), programme.As("office"), "op", surveyDef(), c.w)
			if c.faults != "" {
				var faults programme.Faults
				errors.As(err, &faults)
				var fields string
				for _, f := range faults {
					fields += " " + f.Field
				}
				if fields != " "+c.faults {
					t.Errorf("faults:%s, want %s", fields, c.faults)
				}
				return
			}
			if err != nil || !s.Opens.Equal(c.opens) || !s.Closes.Equal(c.closes) {
				t.Errorf("open %s to %s: %v", s.Opens, s.Closes, err)
			}
			for _, d := range h.invites() {
				if !d.Due.Equal(c.opens) || !d.UsefulUntil.Equal(c.closes) {
					t.Errorf("the invitation goes out %s and is of use until %s", d.Due, d.UsefulUntil)
				}
			}
		})
	}
}

// watched is a store that counts what each transaction writes, and can fail.
type watched struct {
	programme.Store
	rows   []int // of each transaction that wrote people or messages
	failAt int   // the number of the transaction that fails, from 1, 0 for none
	writes int
}

type watchedTx struct {
	programme.Tx
	rows int
}

func (w *watchedTx) CreateResponse(r programme.Response) error {
	w.rows++
	return w.Tx.CreateResponse(r)
}

func (w *watchedTx) Enqueue(id string, n programme.Notice) error {
	w.rows++
	return w.Tx.Enqueue(id, n)
}

func (w *watchedTx) Retime(id string, until, now time.Time) error {
	w.rows++
	return w.Tx.Retime(id, until, now)
}

var errStopped = errors.New("stopped")

func (w *watched) Write(ctx context.Context, f func(programme.Tx) error) error {
	w.writes++
	if w.writes == w.failAt {
		return errStopped
	}
	return w.Store.Write(ctx, func(tx programme.Tx) error {
		t := &watchedTx{Tx: tx}
		defer func() {
			if t.rows > 0 {
				w.rows = append(w.rows, t.rows)
			}
		}()
		return f(t)
	})
}

// crowd enters n atsugi, all at once.
func (h *house) crowd(n int) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		for i := range n {
			id := fmt.Sprintf("c%04d", i)
			if err := tx.SavePerson(programme.Person{
				ID: programme.PersonID(id), Name: id, Kana: id, SlackID: "U" + id, Roles: []programme.Role{programme.Atsugi},
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// watch lets the house's transactions be counted; the one with number failAt fails.
func (h *house) watch(failAt int) *watched {
	w := &watched{Store: h.Store, failAt: failAt}
	h.Store = w
	h.t.Cleanup(func() { h.Store = w.Store })
	return w
}

// TestManyAreAskedAFewAtATime: whoever answers something else meanwhile must not wait
// for 2,000 rows, so no transaction writes more than 100 people and their messages.
func TestManyAreAskedAFewAtATime(t *testing.T) {
	h := newHouse(t)
	h.crowd(1998) // and the two of the cast
	w := h.watch(0)
	s := h.launch("launch", surveyDef(), programme.Window{})
	if fmt.Sprint(w.rows) != "["+strings.Repeat("200 ", 19)+"200]" {
		t.Errorf("rows written by transaction: %v", w.rows)
	}
	if n := len(h.responses(s.ID)); n != 2000 || len(h.invites()) != 2000 {
		t.Errorf("%d people asked, %d invited", n, len(h.invites()))
	}
	w.rows = nil
	if _, err := h.ExtendSurvey(t.Context(), programme.As("office"), s.ID, s.Closes.AddDate(0, 0, 7)); err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range w.rows {
		total += n
		if n > 100 {
			t.Errorf("%d messages in one transaction", n)
		}
	}
	if total < 2000 {
		t.Errorf("%d messages got the new end", total)
	}
}

// TestAStopWhileAskingIsTakenUp: nobody is asked twice, nobody is forgotten, and
// those who came or went in between are treated as of today.
func TestAStopWhileAskingIsTakenUp(t *testing.T) {
	h := newHouse(t)
	h.crowd(600)
	h.watch(2)
	s, err := h.LaunchSurvey(t.Context(), programme.As("office"), "launch", surveyDef(), programme.Window{})
	if !errors.Is(err, errStopped) {
		t.Fatalf("launched: %v", err)
	}
	if n := len(h.responses(s.ID)); n != 100 {
		t.Fatalf("%d asked before the stop, want 100", n)
	}
	board, err := h.SurveyBoard(t.Context(), programme.As("office"), s.ID)
	if err != nil || !board.Launching || board.Newcomers != 502 {
		t.Errorf("launching: %v, %d to be asked: %v", board.Launching, board.Newcomers, err)
	}
	h.person("c0599", func(p *programme.Person) { p.Left = h.now })
	h.person("newcomer", func(*programme.Person) {})
	for range 2 { // a second start finds nothing to do
		if err := h.DoSurveyWork(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	rs, invites := h.responses(s.ID), h.invites()
	if _, left := rs["c0599"]; left || len(rs) != 602 || len(invites) != 602 || rs["newcomer"].ID == "" {
		t.Errorf("%d asked, %d invited, somebody who left: %v", len(rs), len(invites), left)
	}
	if board, err = h.SurveyBoard(t.Context(), programme.As("office"), s.ID); err != nil || board.Launching || board.Newcomers != 0 {
		t.Errorf("still launching: %v, %d to be asked: %v", board.Launching, board.Newcomers, err)
	}
}

func TestAClosedSurveyAsksNobodyMore(t *testing.T) {
	h := newHouse(t)
	h.crowd(300)
	h.watch(2)
	s, err := h.LaunchSurvey(t.Context(), programme.As("office"), "launch", surveyDef(), programme.Window{})
	if !errors.Is(err, errStopped) {
		t.Fatal(err)
	}
	h.now = s.Closes
	if err := h.DoSurveyWork(t.Context()); err != nil || len(h.responses(s.ID)) != 100 {
		t.Errorf("%d asked: %v", len(h.responses(s.ID)), err)
	}
}

func TestNewcomersAreAskedWhenTheOfficeSaysSo(t *testing.T) {
	h := newHouse(t)
	s := h.launch("launch", surveyDef(), programme.Window{Opens: h.now.Add(time.Hour)})
	h.person("newcomer", func(*programme.Person) {})
	if err := h.DoSurveyWork(t.Context()); err != nil {
		t.Fatal(err)
	}
	office := programme.As("office")
	board, err := h.SurveyBoard(t.Context(), office, s.ID)
	if err != nil || board.Newcomers != 1 || board.Launching {
		t.Fatalf("%d newcomers, launching %v: %v", board.Newcomers, board.Launching, err)
	}
	for _, want := range []int{1, 0} {
		if n, err := h.AskNewcomers(t.Context(), office, s.ID); err != nil || n != want {
			t.Errorf("asked %d, want %d: %v", n, want, err)
		}
	}
	if d := h.invites()["newcomer"]; !d.Due.Equal(s.Opens) {
		t.Errorf("invited at %s", d.Due)
	}
	h.now = s.Closes
	_, err = h.AskNewcomers(t.Context(), office, s.ID)
	wantCode(t, err, programme.CodeClosed)
}

func TestATrialIsTheCoordinatorsOwn(t *testing.T) {
	h := newHouse(t)
	office := programme.As("office")
	try := func(op string) programme.Survey {
		s, err := h.TrySurvey(t.Context(), office, op, surveyDef())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := try("try-1")
	_, err := h.TrySurvey(t.Context(), office, "try-1", surveyDef())
	wantCode(t, err, programme.CodeConflict)
	if got := h.deliver(); fmt.Sprint(got) != "[survey.invite p:office]" {
		t.Errorf("sent %v", got)
	}
	h.now = h.now.Add(time.Minute)
	latest := try("try-2")
	r := h.responses(latest.ID)["office"]
	if _, err := h.StartSurvey(t.Context(), office, r.ID); err != nil {
		t.Error(err)
	}
	_, err = h.StartSurvey(t.Context(), office, h.responses(first.ID)["office"].ID)
	wantCode(t, err, programme.CodeClosed)
	if home := h.home("office"); len(home.Surveys) != 0 {
		t.Errorf("Home counts %d surveys", len(home.Surveys))
	}
	for name, err := range map[string]error{
		"board":     second(h.SurveyBoard(t.Context(), office, latest.ID)),
		"chase":     second(h.ChaseSurvey(t.Context(), office, latest.ID, "op")),
		"newcomers": second(h.AskNewcomers(t.Context(), office, latest.ID)),
		"extend":    second(h.ExtendSurvey(t.Context(), office, latest.ID, h.now.AddDate(0, 0, 3))),
		"reopen":    h.ReopenSurvey(t.Context(), office, r.ID, h.now.AddDate(0, 0, 3)),
	} {
		if e, ok := programme.AsError(err); !ok || e.Code != programme.CodeNotFound {
			t.Errorf("%s of a trial: %v", name, err)
		}
	}
	if s := h.launch("launch", surveyDef(), programme.Window{}); s.Edition != 1 {
		t.Errorf("edition %d after trials", s.Edition)
	}
	h.now = latest.Closes
	_, err = h.StartSurvey(t.Context(), office, r.ID)
	wantCode(t, err, programme.CodeClosed)
}
