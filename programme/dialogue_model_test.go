package programme_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
)

// TestDialoguesWalkedAtRandom walks through surveys in every way that people and
// networks have, and compares every step with the reference. For a longer walk:
// go test ./programme -run Walked -rapid.checks 2000
func TestDialoguesWalkedAtRandom(t *testing.T) {
	path := dbtest.File(t)
	h := &house{t: t, now: time.Date(2026, 9, 1, 9, 0, 0, 0, tokyo)}
	h.Office = &programme.Office{
		Settings: programme.Settings{Zone: tokyo}, Now: func() time.Time { return h.now },
		NewID: func() string { h.ids++; return fmt.Sprintf("01TEST%020d", h.ids) },
	}
	reopen := func() {
		if h.Store != nil {
			must(t, h.Store.(*db.DB).Close())
		}
		store, err := db.Open(t.Context(), path)
		must(t, err)
		h.Store = store
	}
	fewer(t, "35")
	reopen()
	defer func() { must(t, h.Store.(*db.DB).Close()) }()
	must(t, people(h.Store.(*db.DB)))
	defs := walks()
	names := slices.Sorted(maps.Keys(defs))
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		def, qs := defs[rapid.SampledFrom(names).Draw(r, "survey")]()
		w := &walk{house: h, r: r, reopen: reopen, me: programme.PersonID(fmt.Sprintf("walker-%d", n))}
		w.m = reference{qs: qs, stands: map[string]refAnswer{}, state: "asked"}
		w.open(def)
		for range rapid.IntRange(8, 24).Draw(r, "steps") {
			w.step()
		}
	})
}

// fewer makes rapid check less often than is its default: a walk is many transactions.
func fewer(t *testing.T, checks string) {
	f := flag.Lookup("rapid.checks")
	if f.Value.String() != f.DefValue {
		return // somebody asked for a number
	}
	must(t, f.Value.Set(checks))
	t.Cleanup(func() { must(t, f.Value.Set(f.DefValue)) })
}

// walk is one walk through one survey.
type walk struct {
	*house
	r      *rapid.T
	reopen func()
	m      reference
	me     programme.PersonID
	id     programme.ResponseID
	typed  []typedIn
	last   func() error // the last press, as it would be brought again
	drawn  []drawn
	sent   int
}

// typedIn is a message with an answer in it, and what stood before.
type typedIn struct {
	source, question, text string
	was                    refAnswer
}

// drawn is a form as it was opened.
type drawn struct {
	at     time.Time
	stands map[string]refAnswer
}

func (w *walk) open(def programme.SurveyDef) {
	w.write(func(tx programme.Tx) error {
		return tx.SavePerson(programme.Person{ID: w.me, Name: string(w.me), SlackID: "U" + string(w.me), Roles: []programme.Role{programme.Atsugi}})
	})
	def.ID += string(w.me)
	def.Audience = programme.Audience{People: []programme.PersonID{w.me}}
	s, err := w.LaunchSurvey(w.r.Context(), programme.As("office"), def.ID, def, programme.Window{})
	must(w.r, err)
	must(w.r, w.Store.Read(w.r.Context(), func(tx programme.Tx) error {
		r, err := tx.ResponseOf(s.ID, w.me)
		w.id = r.ID
		return err
	}))
	w.drawn = []drawn{{w.now, map[string]refAnswer{}}}
}

func (w *walk) who(ago time.Duration) programme.Actor {
	who := programme.As(w.me)
	who.At = w.now.Add(-ago)
	return who
}

// minutes is the moment as the reference has it.
func (w *walk) minutes(ago time.Duration) int { return int(w.now.Add(-ago).Unix() / 60) }

// often are the acts as often as they are made.
var often = strings.Split("press,press,press,press,type,type,type,sheet,sheet,sheet,edit,edit,change,change,"+
	"press late,press late,way,wish,place,again,skip,press badly,type badly,restart", ",")

func (w *walk) step() {
	w.post(w.now)
	w.now = w.now.Add(2 * time.Minute)
	acts := map[string]func() (happened error, ok bool){
		"press": w.press, "press late": w.pressLate, "press badly": w.pressBadly, "place": w.place,
		"type": w.say, "type badly": w.sayBadly, "wish": w.wish, "edit": w.edit, "skip": w.skip,
		"way": w.way, "change": w.change, "sheet": w.sheet, "again": w.again, "restart": w.restart,
	}
	act := rapid.SampledFrom(often).Draw(w.r, "act")
	before := w.m.line()
	err, ok := acts[act]()
	if _, meant := programme.AsError(err); err != nil && !meant && !errors.Is(err, programme.ErrNoRow) || ok != (err == nil) {
		w.r.Fatalf("%s after %s: %v, want it taken: %v", act, before, err, ok)
	}
	w.compare(act, before)
	if len(w.drawn) < 4 && rapid.IntRange(0, 2).Draw(w.r, "open a form") == 0 {
		w.drawn = append(w.drawn, drawn{w.now, maps.Clone(w.m.stands)})
	}
}

func (w *walk) compare(act, before string) {
	d, err := w.Dialogue(w.r.Context(), programme.As(w.me), w.id)
	must(w.r, err)
	if got, want := line(d), w.m.line(); got != want {
		w.r.Fatalf("%s after %s\ngot  %s\nwant %s", act, before, got, want)
	}
	var kept []string
	for _, q := range d.Survey.Def.Questions {
		if a, ok := d.Answers[q.ID]; ok {
			kept = append(kept, fmt.Sprintf("%s=%s %v", q.ID, said(a), a.Open))
		}
	}
	if got, want := strings.Join(kept, ", "), w.m.kept(); got != want {
		w.r.Fatalf("%s after %s\nkept %s\nwant %s", act, before, got, want)
	}
	if want := w.m.current; want != "" {
		m, err := w.Matter(w.r.Context(), w.asking(d), true)
		if err != nil || !m.Asked || m.Question.ID != want {
			w.r.Fatalf("%s after %s: no message asks %s: %v", act, before, want, err)
		}
	}
}

// asking is the newest message of the question being asked.
func (w *walk) asking(d programme.Dialogue) programme.Notice {
	var n programme.Notice
	must(w.r, w.Store.Read(w.r.Context(), func(tx programme.Tx) error {
		ds, err := tx.DeliveriesOf(programme.Notice{Kind: programme.NoticeSurveyQuestion, Subject: string(w.id)})
		for _, x := range ds {
			if q, _, _ := strings.Cut(x.Occasion, "#"); q == d.Response.Current {
				n = x.Notice
			}
		}
		return err
	}))
	return n
}

// drawQuestion is most often one that is due.
func (w *walk) drawQuestion() refQuestion {
	if due, _ := w.m.due(w.m.stands); rapid.IntRange(0, 3).Draw(w.r, "due") > 0 {
		return w.m.question(rapid.SampledFrom(due).Draw(w.r, "question"))
	}
	return w.m.qs[rapid.IntRange(0, len(w.m.qs)-1).Draw(w.r, "any question")]
}

func (w *walk) pressed(q refQuestion, in programme.Input, ago time.Duration) error {
	who := w.who(ago)
	w.last = func() error {
		return second(w.AnswerQuestion(w.r.Context(), who, w.id, q.id, in))
	}
	return w.last()
}

func (w *walk) press() (error, bool) {
	q := w.drawQuestion()
	try := rapid.SampledFrom(q.good).Draw(w.r, "answer")
	err := w.pressed(q, try.in, 0)
	w.m.answer(q.id, refAnswer{says: try.says, open: try.open, at: w.minutes(0)})
	return err, true
}

// pressLate is a press of a while ago that comes only now.
func (w *walk) pressLate() (error, bool) {
	q := w.drawQuestion()
	try := rapid.SampledFrom(q.good).Draw(w.r, "answer")
	ago := time.Duration(rapid.SampledFrom([]int{1, 3, 7}).Draw(w.r, "minutes ago")) * time.Minute
	err := w.pressed(q, try.in, ago)
	w.m.answer(q.id, refAnswer{says: try.says, open: try.open, at: w.minutes(ago)})
	// A form that was opened between the press and its coming shows what it cannot know.
	w.drawn = slices.DeleteFunc(w.drawn, func(f drawn) bool { return !f.at.Before(w.now.Add(-ago)) })
	return err, true
}

func (w *walk) pressBadly() (error, bool) {
	q := w.drawQuestion()
	return second(w.AnswerQuestion(w.r.Context(), w.who(0), w.id, q.id, rapid.SampledFrom(q.bad).Draw(w.r, "bad"))), false
}

// place gives a choice the next place of a ranking of two, or ends the ranking.
func (w *walk) place() (error, bool) {
	if !slices.ContainsFunc(w.m.qs, func(q refQuestion) bool { return q.id == "rank" }) {
		return nil, true
	}
	choice := rapid.SampledFrom([]string{"money", "people", ""}).Draw(w.r, "choice")
	was := w.m.stands["rank"]
	begun := was.open && was.says != ""
	if choice == "" && !begun {
		return nil, true
	}
	err := w.pressed(w.m.question("rank"), programme.Input{Next: choice, End: choice == ""}, 0)
	if w.m.current != "rank" {
		return err, true
	}
	a := refAnswer{says: choice, open: true, at: w.minutes(0)}
	switch {
	case choice == "":
		a.says, a.open = was.says, false
	case begun && was.says == choice:
	case begun:
		a.says, a.open = was.says+"+"+choice, false
	}
	w.m.answer("rank", a)
	return err, true
}

func (w *walk) typing(text string) (string, error) {
	w.sent++
	source := fmt.Sprintf("%s/%d", w.me, w.sent)
	return source, second(w.AnswerTyped(w.r.Context(), w.who(0), text, source))
}

func (w *walk) say() (error, bool) {
	if w.m.current == "" {
		_, err := w.typing("こんにちは")
		return err, false
	}
	q := w.m.question(w.m.current)
	try := rapid.SampledFrom(q.typed).Draw(w.r, "text")
	was := w.m.stands[q.id]
	source, err := w.typing(try.in.Text)
	w.typed = append(w.typed, typedIn{source, q.id, try.in.Text, was})
	w.m.answer(q.id, refAnswer{says: writtenOut(try, was), at: w.minutes(0), source: source})
	return err, true
}

// writtenOut is what typed text says: the words of an open choice, with its label
// before them or not, or what it is.
func writtenOut(t try, was refAnswer) string {
	if was.open && strings.HasSuffix(was.says, "other") {
		return was.says + ":" + strings.TrimPrefix(t.in.Text, "その他：")
	}
	return t.says
}

func (w *walk) sayBadly() (error, bool) {
	bad := "たぶん"
	if w.m.current == "" || !slices.ContainsFunc(w.m.question(w.m.current).bad, func(in programme.Input) bool { return in.Text == bad }) {
		return nil, true
	}
	_, err := w.typing(bad)
	return err, false
}

func (w *walk) wish() (error, bool) {
	word := rapid.SampledFrom([]string{"もどる", "スキップ", "中断", "やめる"}).Draw(w.r, "wish")
	_, err := w.typing(word)
	if w.m.current == "" {
		return err, false
	}
	switch word {
	case "もどる":
		return err, w.m.back()
	case "スキップ":
		return err, w.m.skip(w.m.current, w.minutes(0))
	case "中断":
		w.m.current = ""
	}
	return err, true
}

func (w *walk) skip() (error, bool) {
	q := w.drawQuestion()
	err := w.pressed(q, programme.Input{Skip: true}, 0)
	return err, w.m.skip(q.id, w.minutes(0))
}

func (w *walk) edit() (error, bool) {
	if len(w.typed) == 0 {
		return nil, true
	}
	i := rapid.IntRange(0, len(w.typed)-1).Draw(w.r, "message")
	msg := w.typed[i]
	q := w.m.question(msg.question)
	try := rapid.SampledFrom(q.typed).Draw(w.r, "text")
	changed, err := w.EditTyped(w.r.Context(), w.who(0), msg.source, msg.text, try.in.Text)
	w.typed[i].text = try.in.Text
	stands := w.m.stands[q.id]
	takes := stands.source == msg.source && msg.text != try.in.Text
	if q.text {
		takes = stands.says == msg.text && msg.text != try.in.Text
	}
	if takes {
		chat := w.m.current != "" || w.m.state == "done"
		w.m.give(q.id, refAnswer{says: writtenOut(try, msg.was), at: w.minutes(0), source: msg.source})
		w.m.goOn(chat)
	}
	if changed != takes {
		w.r.Fatalf("edit of %+v: changed %v, want %v", msg, changed, takes)
	}
	return err, true
}

// way is a press on the ways through the survey.
func (w *walk) way() (error, bool) {
	ctx := w.r.Context()
	switch rapid.SampledFrom([]string{"start", "back", "pause", "later", "decline"}).Draw(w.r, "way") {
	case "start":
		return second(w.StartSurvey(ctx, w.who(0), w.id)), w.m.start()
	case "back":
		return second(w.BackSurvey(ctx, w.who(0), w.id)), w.m.back()
	case "pause":
		w.m.current = ""
		return second(w.PauseSurvey(ctx, w.who(0), w.id)), true
	case "later":
		_, err := w.LaterSurvey(ctx, w.who(0), w.id, programme.LaterMorning)
		if w.m.state == "done" {
			return err, false
		}
		if w.m.state == "declined" {
			w.m.state = "asked"
			if len(w.m.stands) > 0 {
				w.m.state = "started"
			}
		}
		w.m.current = ""
		return err, true
	default:
		return second(w.DeclineSurvey(ctx, w.who(0), w.id)), w.m.decline()
	}
}

func (w *walk) change() (error, bool) {
	q := w.drawQuestion()
	err := second(w.ChangeAnswer(w.r.Context(), w.who(0), w.id, q.id))
	due, _ := w.m.due(w.m.stands)
	if !slices.Contains(due, q.id) {
		return err, false
	}
	w.m.reconsider(q.id)
	return err, true
}

// sheet sends in a page that was opened now or a while ago.
func (w *walk) sheet() (error, bool) {
	form := rapid.SampledFrom(append(w.drawn, drawn{w.now, maps.Clone(w.m.stands)})).Draw(w.r, "form")
	page := w.drawQuestion().page
	due, _ := w.m.due(form.stands)
	in := programme.SheetInput{Page: page, Opened: form.at, Draft: rapid.Bool().Draw(w.r, "draft"), Answers: inputs{}}
	var fields []field
	for _, q := range w.m.qs {
		if q.page != page || !slices.Contains(due, q.id) {
			continue
		}
		f, given := w.field(q, form)
		fields, in.Answers[q.id] = append(fields, f), given
	}
	got, err := w.AnswerSheet(w.r.Context(), w.who(0), w.id, in)
	ok := w.m.sheet(fields, form.stands, in.Draft, w.minutes(0))
	if next := w.m.next(page); err == nil && !in.Draft && got.Next != next {
		w.r.Fatalf("page %q leads to %q, want %q", page, got.Next, next)
	}
	return err, ok
}

// field fills in one field of a form: anew, not at all, or as it was drawn.
func (w *walk) field(q refQuestion, form drawn) (field, programme.Input) {
	was, stood := form.stands[q.id]
	switch rapid.SampledFrom([]string{"as drawn", "anew", "empty"}).Draw(w.r, q.id) {
	case "anew":
		try := rapid.SampledFrom(q.good).Draw(w.r, "answer")
		return field{id: q.id, says: try.says, open: try.open}, try.in
	case "as drawn":
		if stood && was.says != "skipped" {
			open := was.open && q.id != "rank" // a form sends a ranking whole
			return field{id: q.id, says: was.says, open: open}, prefill(q, was)
		}
	}
	return field{id: q.id, empty: true}, programme.Input{}
}

// prefill is what a form that was not touched sends.
func prefill(q refQuestion, a refAnswer) programme.Input {
	if q.good[0].in.Picked == nil {
		return text(a.says)
	}
	ids, words, _ := strings.Cut(a.says, ":")
	return programme.Input{Picked: strings.Split(ids, "+"), Text: words}
}

// again brings the last press once more: nothing may come of it.
func (w *walk) again() (error, bool) {
	if w.last != nil {
		_ = w.last() // a refusal stays one
	}
	return nil, true
}

func (w *walk) restart() (error, bool) {
	w.reopen()
	return nil, true
}
