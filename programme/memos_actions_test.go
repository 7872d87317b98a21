package programme_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// agreed writes a memo by the expert about the atsugi whose next actions are these lines.
func (h *house) agreed(op string, lines ...string) programme.Memo {
	h.t.Helper()
	f := memoForm(op)
	f.Parts[programme.NextActions] = strings.Join(lines, "\n")
	m, err := h.WriteMemo(h.t.Context(), programme.As("expert"), f)
	must(h.t, err)
	return m
}

// list is what was agreed on with the atsugi as somebody sees it: "state what".
func (h *house) list(who programme.PersonID) (out []string) {
	h.t.Helper()
	l, err := h.Actions(h.t.Context(), programme.As(who), "atsugi")
	must(h.t, err)
	for _, a := range l.Actions {
		out = append(out, string(a.State)+" "+a.What)
	}
	return out
}

// action finds the one that says this.
func (h *house) action(what string) programme.MemoAction {
	h.t.Helper()
	l, err := h.Actions(h.t.Context(), programme.As("office"), "atsugi")
	must(h.t, err)
	i := slices.IndexFunc(l.Actions, func(a programme.MemoAction) bool { return a.What == what })
	if i < 0 {
		h.t.Fatalf("nothing says %q: %+v", what, l.Actions)
	}
	return l.Actions[i]
}

// TestNextActionsOfAMemo: they are what its latest version says to the atsugi, and keep what
// was said of them.
func TestNextActionsOfAMemo(t *testing.T) {
	h := newHouse(t)
	same := func(step string, want ...string) {
		t.Helper()
		if got := h.list("atsugi"); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", step, got, want)
		}
	}
	m := h.agreed("op", "・写真を撮る", "・見積を取る（9/10まで）", "専門家：資料を送る")
	same("written: what is due first", "open 見積を取る", "open 写真を撮る", "open 資料を送る")
	_, err := h.SayAction(t.Context(), programme.As("atsugi"), h.action("写真を撮る").ID, programme.ActionDone)
	must(t, err)
	same("done", "open 見積を取る", "open 資料を送る", "done 写真を撮る")

	correct := func(op, next string, change func(*programme.MemoForm)) {
		f := memoForm(op)
		f.Parts[programme.NextActions], f.Corrects = next, h.memoNow(m.ID).Version
		if change != nil {
			change(&f)
		}
		_, err := h.CorrectMemo(t.Context(), programme.As("expert"), m.ID, f, "書き直し")
		must(t, err)
	}
	correct("c1", "1. 写真を撮る（9/20まで）\n2. 窯を見る", nil)
	same("corrected: the same line keeps its state", "open 窯を見る", "done 写真を撮る")
	if a := h.action("写真を撮る"); a.Until != "2026-09-20" {
		t.Errorf("until %q", a.Until)
	}
	correct("c2", "写真を撮る\n窯を見る", func(f *programme.MemoForm) {
		f.Readers = map[string][]programme.Reader{programme.NextActions: {programme.ReadMentor}}
	})
	same("not meant for the atsugi any more")
	correct("c3", "窯を見る", func(f *programme.MemoForm) {
		f.Readers = map[string][]programme.Reader{programme.NextActions: {programme.ReadMentor, programme.ReadParticipant}}
	})
	same("meant for them again", "open 窯を見る")
	must(t, h.WithdrawMemo(t.Context(), programme.As("office"), m.ID, "取り違え"))
	same("taken back")
}

// TestWhoSaysHowNextActionsStand goes through everybody and every state, for what is the
// atsugi's to do and for what is the expert's.
func TestWhoSaysHowNextActionsStand(t *testing.T) {
	const (
		own    = "写真を撮る"
		theirs = "資料を送る"
	)
	states := []programme.ActionState{programme.ActionDone, programme.ActionNotNow, programme.ActionHelp, programme.ActionOpen}
	may := map[string][]programme.ActionState{
		"atsugi " + own: states,
		"expert " + own: {programme.ActionDone, programme.ActionOpen}, "office " + own: {programme.ActionDone, programme.ActionOpen},
		"expert " + theirs: {programme.ActionDone, programme.ActionOpen}, "office " + theirs: {programme.ActionDone, programme.ActionOpen},
	}
	h := newHouse(t)
	m := h.agreed("op", own, "専門家："+theirs)
	_, err := h.ShareMemos(t.Context(), programme.As("office"), []programme.MemoID{m.ID}, programme.Over{}) // the bureau reads it, and says nothing
	must(t, err)
	for _, who := range cast {
		for _, what := range []string{own, theirs} {
			a := h.action(what)
			for _, state := range states {
				_, err := h.SayAction(t.Context(), programme.As(who), a.ID, state)
				want := slices.Contains(may[string(who)+" "+what], state)
				if (err == nil) != want {
					t.Errorf("%s says %s of %q: %v", who, state, what, err)
				}
				if e, refused := programme.AsError(err); err != nil && (!refused || who != "atsugi" && who != "expert" && who != "office" && e.Code != codeOf(who)) {
					t.Errorf("%s is refused with %v", who, err)
				}
			}
		}
	}
	a := h.action(own)
	for state, code := range map[programme.ActionState]programme.Code{programme.ActionGone: programme.CodeInvalid, "gossip": programme.CodeInvalid} {
		_, err := h.SayAction(t.Context(), programme.As("atsugi"), a.ID, state)
		wantCode(t, err, code)
	}
	_, err = h.SayAction(t.Context(), programme.As("atsugi"), "nothing", programme.ActionDone)
	wantCode(t, err, programme.CodeNotFound)
	must(t, h.WithdrawMemo(t.Context(), programme.As("office"), m.ID, "取り違え"))
	_, err = h.SayAction(t.Context(), programme.As("expert"), a.ID, programme.ActionDone)
	if err == nil {
		t.Error("what is gone was done")
	}
}

// TestACoordinatorsOwnNextActionsAreTheirsAsAnAtsugi: of a memo about themself they are the
// participant alone.
func TestACoordinatorsOwnNextActionsAreTheirsAsAnAtsugi(t *testing.T) {
	h := newHouse(t)
	h.agreed("op", "写真を撮る", "事務局：会場を探す")
	h.joinsTheOffice("atsugi")
	_, err := h.SayAction(t.Context(), programme.As("atsugi"), h.action("会場を探す").ID, programme.ActionDone)
	wantCode(t, err, programme.CodeDenied)
	_, err = h.SayAction(t.Context(), programme.As("atsugi"), h.action("写真を撮る").ID, programme.ActionHelp)
	wantCode(t, err, "")
}

// TestTheLaterWordOnANextActionStands, whichever press arrived first.
func TestTheLaterWordOnANextActionStands(t *testing.T) {
	h := newHouse(t)
	h.agreed("op", "写真を撮る")
	id := h.action("写真を撮る").ID
	says := func(state programme.ActionState, at time.Time) {
		_, err := h.SayAction(t.Context(), programme.Actor{Kind: programme.ByPerson, Person: "atsugi", At: at}, id, state)
		must(t, err)
	}
	pressed := h.now.Add(-time.Minute)
	says(programme.ActionDone, pressed.Add(2*time.Second))
	says(programme.ActionHelp, pressed)
	if got := h.list("atsugi"); !slices.Equal(got, []string{"done 写真を撮る"}) {
		t.Errorf("%q", got)
	}
	if n := h.notices()["memo.help c:office"]; n != 0 {
		t.Errorf("the office is called %d times", n)
	}
}

// TestACallForHelpReachesOfficeAndExpert once a day, and not when it is settled before.
func TestACallForHelpReachesOfficeAndExpert(t *testing.T) {
	h := newHouse(t)
	h.agreed("op", "写真を撮る")
	id := h.action("写真を撮る").ID
	says := func(state programme.ActionState) {
		t.Helper()
		h.now = h.now.Add(time.Minute)
		_, err := h.SayAction(t.Context(), programme.As("atsugi"), id, state)
		must(t, err)
	}
	h.deliver()
	says(programme.ActionHelp)
	if got, want := h.deliver(), []string{"memo.help c:office", "memo.help p:expert"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	says(programme.ActionOpen)
	says(programme.ActionHelp)
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("told again on the same day: %q", got)
	}
	h.now = h.now.AddDate(0, 0, 1)
	says(programme.ActionOpen)
	says(programme.ActionHelp)
	says(programme.ActionDone)
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("called for what is done: %q", got)
	}
	m := h.matter(programme.NoticeMemoHelp, string(id), string(h.Settings.Today(h.now)), programme.ToChannel(programme.ChannelOffice))
	if m.Person.ID != "atsugi" || !m.Over {
		t.Errorf("about %q, over %v", m.Person.ID, m.Over)
	}
	says(programme.ActionOpen)
	says(programme.ActionHelp)
	h.edit("expert", func(p *programme.Person) { p.Pledged = "" })
	if m := h.matter(programme.NoticeMemoHelp, string(id), "", programme.ToPerson("expert")); m.Withdrawn != "denied" {
		t.Errorf("an expert who is not admitted: %q", m.Withdrawn)
	}
}

// TestHomeHasOnesOwnNextActions, and nobody else's.
func TestHomeHasOnesOwnNextActions(t *testing.T) {
	h := newHouse(t)
	h.agreed("op", "写真を撮る", "専門家：資料を送る")
	for _, who := range cast {
		if who == "left" || who == "nobody" {
			continue
		}
		want := 0
		if who == "atsugi" {
			want = 1
		}
		if got := h.home(who).Actions; len(got) != want {
			t.Errorf("%s: %+v", who, got)
		}
	}
	for _, who := range cast {
		_, err := h.Actions(t.Context(), programme.As(who), "atsugi")
		if may := slices.Contains([]programme.PersonID{"atsugi", "expert", "office"}, who); may && err != nil {
			t.Errorf("%s may not see the list: %v", who, err)
		}
		if l, _ := h.Actions(t.Context(), programme.As(who), "atsugi"); len(l.Actions) > 0 && !slices.Contains([]programme.PersonID{"atsugi", "expert", "office"}, who) {
			t.Errorf("%s sees %+v", who, l.Actions)
		}
	}
}

// TestNextActionsAreNamedWithTheNextSession: in its first reminder to the atsugi, once, and
// in the expert's briefing with how they stand.
func TestNextActionsAreNamedWithTheNextSession(t *testing.T) {
	h := newHouse(t)
	h.agreed("op", "写真を撮る", "見積を取る", "専門家：資料を送る")
	s := h.kept("s", nil)
	_, err := h.SayAction(t.Context(), programme.As("atsugi"), h.action("写真を撮る").ID, programme.ActionDone)
	must(t, err)
	reminder := func(step string, due time.Time, to programme.PersonID) programme.Matter {
		n := programme.Notice{Kind: programme.NoticeSessionReminder, Subject: "s", To: programme.ToPerson(to), Occasion: programme.SessionOccasion(step, s), Due: due}
		m, err := h.Matter(t.Context(), n, false)
		must(t, err)
		must(t, h.EnqueueAll(t.Context(), []programme.Notice{n}))
		h.deliver()
		return m
	}
	named := func(m programme.Matter) (out []string) {
		for _, a := range m.Actions {
			out = append(out, string(a.State)+" "+a.What)
		}
		return out
	}
	h.now = s.Span.From.AddDate(0, 0, -1)
	if got := named(reminder("eve", h.now, "atsugi")); !slices.Equal(got, []string{"open 見積を取る"}) {
		t.Errorf("the first reminder names %q", got)
	}
	if got := named(reminder("eve", h.now, "expert")); len(got) != 0 {
		t.Errorf("the expert's names %q", got)
	}
	h.now = s.Span.From.Add(-time.Hour)
	if got := named(reminder("hour", h.now, "atsugi")); len(got) != 0 {
		t.Errorf("the second reminder names %q", got)
	}
	brief := h.matter(programme.NoticeSessionBriefing, "s", programme.SessionOccasion("b", s), programme.ToPerson("expert"))
	if want := []string{"open 見積を取る", "open 資料を送る", "done 写真を撮る"}; !slices.Equal(named(brief), want) || !brief.Listed {
		t.Errorf("briefed %q, listed %v", named(brief), brief.Listed)
	}
	f := memoForm("between us")
	f.Parts[programme.NextActions], f.Readers = "様子を見る", map[string][]programme.Reader{programme.NextActions: {programme.ReadMentor}}
	f.Held = h.Settings.Today(h.now)
	_, err = h.WriteMemo(t.Context(), programme.As("expert"), f)
	must(t, err)
	brief = h.matter(programme.NoticeSessionBriefing, "s", programme.SessionOccasion("b", s), programme.ToPerson("expert"))
	if brief.Agreed != "様子を見る" || brief.Listed || len(brief.Actions) != 3 {
		t.Errorf("agreed %q, listed %v, %q", brief.Agreed, brief.Listed, named(brief))
	}
}

// TestManyMemosMakeOneList: newest memo first, those with a day before those without.
func TestManyMemosMakeOneList(t *testing.T) {
	h := newHouse(t)
	for i := range 3 {
		h.now = h.now.Add(time.Hour)
		h.agreed(fmt.Sprint("op", i), fmt.Sprintf("写真%dを撮る", i))
	}
	h.agreed("dated", "見積を取る（9/10まで）")
	if got, want := h.list("atsugi"), []string{"open 見積を取る", "open 写真2を撮る", "open 写真1を撮る", "open 写真0を撮る"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
