package programme_test

import (
	"slices"
	"testing"

	"tsugite/programme"
)

func engagementForm(op string) programme.EngagementForm {
	return programme.EngagementForm{Op: op, Atsugi: "other-atsugi", Mentor: "expert", Sessions: 3}
}

func (h *house) engaged(op string) programme.Engagement {
	h.t.Helper()
	e, err := h.MakeEngagement(h.t.Context(), programme.As("office"), engagementForm(op))
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

// trail lists the audit trail as "action subject", newest first.
func (h *house) trail() []string {
	h.t.Helper()
	var out []string
	err := h.Store.Read(h.t.Context(), func(tx programme.Tx) error {
		entries, err := tx.AuditTrail(1000)
		for _, e := range entries {
			out = append(out, e.Action+" "+e.Subject)
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return out
}

func TestEngagementIsMadeOnceAndBothAreTold(t *testing.T) {
	h := newHouse(t)
	h.write(func(tx programme.Tx) error { // who is not on Slack is told another way
		p, err := tx.Person("other-atsugi")
		if err != nil {
			return err
		}
		p.SlackID = ""
		return tx.SavePerson(p)
	})
	first, second := h.engaged("op"), h.engaged("op")
	if first.ID != second.ID || !first.Runs() || first.By != "office" || !first.Made.Equal(h.now) {
		t.Errorf("made %v and %v", first, second)
	}
	told := h.notices()
	if told["engagement.made p:other-atsugi"] != 1 || told["engagement.made p:expert"] != 1 || len(told) != 2 {
		t.Errorf("notices %v", told)
	}
	changed := engagementForm("op")
	changed.Sessions = 2
	_, err := h.MakeEngagement(t.Context(), programme.As("office"), changed)
	wantCode(t, err, programme.CodeConflict)
	_, err = h.MakeEngagement(t.Context(), programme.As("office"), engagementForm("op2"))
	wantCode(t, err, programme.CodeConflict)
	if !slices.Contains(h.trail(), "engagement.make "+string(first.ID)) {
		t.Errorf("the trail says %v", h.trail())
	}
}

func TestEngagementFormRefuses(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		rule, field string
		change      func(*programme.EngagementForm)
	}{
		{"no operation", "", func(f *programme.EngagementForm) { f.Op = "" }},
		{"nobody", "atsugi", func(f *programme.EngagementForm) { f.Atsugi = "nobody" }},
		{"no atsugi", "atsugi", func(f *programme.EngagementForm) { f.Atsugi = "supporter" }},
		{"an atsugi who left", "atsugi", func(f *programme.EngagementForm) { f.Atsugi = "left" }},
		{"no such expert", "mentor", func(f *programme.EngagementForm) { f.Mentor = "nobody" }},
		{"an expert without pledge", "mentor", func(f *programme.EngagementForm) { f.Mentor = "unpledged" }},
		{"a senior", "mentor", func(f *programme.EngagementForm) { f.Mentor = "senior" }},
		{"somebody of the office", "mentor", func(f *programme.EngagementForm) { f.Mentor = "office" }},
		{"one session", "sessions", func(f *programme.EngagementForm) { f.Sessions = 1 }},
		{"four sessions", "sessions", func(f *programme.EngagementForm) { f.Sessions = 4 }},
	} {
		f := engagementForm("op-" + c.rule)
		c.change(&f)
		_, err := h.MakeEngagement(t.Context(), programme.As("office"), f)
		e, refused := programme.AsError(err)
		if !refused || e.Code != programme.CodeInvalid || e.Field != c.field {
			t.Errorf("%s: %v", c.rule, err)
		}
	}
	f := engagementForm("op-survey")
	f.Survey = "none"
	_, err := h.MakeEngagement(t.Context(), programme.As("office"), f)
	wantCode(t, err, programme.CodeNotFound)
	if len(h.notices()) != 0 {
		t.Errorf("refused forms left notices: %v", h.notices())
	}
}

// TestEngagedAtsugiAreOnesOwn: while the engagement runs its expert may write, read and
// find memos of the atsugi, and no longer.
func TestEngagedAtsugiAreOnesOwn(t *testing.T) {
	h := newHouse(t)
	expert := programme.As("expert")
	form := func(op string) programme.MemoForm {
		f := memoForm(op)
		f.Atsugi = "other-atsugi"
		return f
	}
	var memo programme.Memo
	acts := map[string]func() error{
		"write": func() (err error) { memo, err = h.WriteMemo(t.Context(), expert, form("op")); return err },
		"read":  func() error { _, err := h.ReadMemo(t.Context(), expert, memo.ID); return err },
	}
	finds := func() (subject, listed bool) {
		people, err := h.MemoSubjects(t.Context(), expert)
		wantCode(t, err, "")
		home, err := h.Home(t.Context(), expert)
		wantCode(t, err, "")
		return slices.ContainsFunc(people, func(p programme.Person) bool { return p.ID == "other-atsugi" }),
			slices.ContainsFunc(home.Memos, func(v programme.MemoView) bool { return v.Memo.ID == memo.ID && memo.ID != "" })
	}
	if err := acts["write"](); err == nil {
		t.Error("writes before being engaged")
	}
	if subject, listed := finds(); subject || listed {
		t.Errorf("before: subject %v, listed %v", subject, listed)
	}
	e := h.engaged("op")
	for _, act := range []string{"write", "read"} {
		if err := acts[act](); err != nil {
			t.Errorf("%s while engaged: %v", act, err)
		}
	}
	if subject, listed := finds(); !subject || !listed {
		t.Errorf("while engaged: subject %v, listed %v", subject, listed)
	}
	for range 2 {
		wantCode(t, h.EndEngagement(t.Context(), programme.As("office"), e.ID), "")
	}
	if err := acts["read"](); err == nil {
		t.Error("reads after it ended")
	}
	if subject, listed := finds(); subject || listed {
		t.Errorf("after: subject %v, listed %v", subject, listed)
	}
}

func TestNobodyIsToldOfAnEngagementThatEnded(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("op")
	notice := programme.Notice{Kind: programme.NoticeEngagement, Subject: string(e.ID), To: programme.ToPerson("expert")}
	m, err := h.Matter(t.Context(), notice, false)
	if err != nil || m.Withdrawn != "" || m.Engagement.AtsugiPerson.ID != "other-atsugi" || m.Engagement.MentorPerson.ID != "expert" {
		t.Errorf("while it runs: %q %v: %v", m.Withdrawn, m.Engagement, err)
	}
	pledge := func(day programme.Date) {
		h.write(func(tx programme.Tx) error {
			p, err := tx.Person("expert")
			if err != nil {
				return err
			}
			p.Pledged = day
			return tx.SavePerson(p)
		})
	}
	pledge("2027-01-01")
	if m, err = h.Matter(t.Context(), notice, false); err != nil || m.Withdrawn == "" {
		t.Errorf("to an expert who is not admitted any more: %q: %v", m.Withdrawn, err)
	}
	pledge("2026-06-01")
	wantCode(t, h.EndEngagement(t.Context(), programme.As("office"), e.ID), "")
	if m, err = h.Matter(t.Context(), notice, false); err != nil || m.Withdrawn == "" {
		t.Errorf("ended and not told yet: %q: %v", m.Withdrawn, err)
	}
	if m, err = h.Matter(t.Context(), notice, true); err != nil || m.Withdrawn != "" || !m.Over {
		t.Errorf("ended and told: %q, over %v: %v", m.Withdrawn, m.Over, err)
	}
	wantCode(t, h.EndEngagement(t.Context(), programme.As("office"), "none"), programme.CodeNotFound)
}

func TestEngagementsEveryoneSeesTheirOwn(t *testing.T) {
	h := newHouse(t)
	e := h.engaged("op")
	for who, want := range map[programme.PersonID]bool{
		"office": true, "bureau": true, "expert": true, "other-atsugi": true, "atsugi": false, "other-expert": false, "senior": false,
	} {
		es, err := h.Engagements(t.Context(), programme.As(who))
		if err != nil || (len(es) == 1 && es[0].ID == e.ID) != want || !want && len(es) > 0 {
			t.Errorf("%s sees %v: %v", who, es, err)
		}
	}
	people, err := h.Experts(t.Context(), programme.As("office"))
	if err != nil || len(people) != 2 || people[0].ID != "expert" || people[1].ID != "other-expert" {
		t.Errorf("experts are %v: %v", people, err)
	}
}

// TestACoordinatorDecidesNothingOfTheirOwnEngagement: whether they are its atsugi or its
// expert, another coordinator makes and ends it, and the list says so.
func TestACoordinatorDecidesNothingOfTheirOwnEngagement(t *testing.T) {
	for _, who := range []programme.PersonID{"other-atsugi", "expert"} {
		h := newHouse(t)
		h.joinsTheOffice(who)
		_, err := h.MakeEngagement(t.Context(), programme.As(who), engagementForm("own"))
		refused(t, string(who)+" makes it", err, "denied error.session_own")
		e := h.engaged("op")
		refused(t, string(who)+" ends it", h.EndEngagement(t.Context(), programme.As(who), e.ID), "denied error.session_own")
		for reader, office := range map[programme.PersonID]bool{who: false, "office": true} {
			es, err := h.Engagements(t.Context(), programme.As(reader))
			if err != nil || len(es) != 1 || !es[0].Runs() || es[0].Office != office {
				t.Errorf("of %s, %s sees %+v: %v", who, reader, es, err)
			}
		}
		must(t, h.EndEngagement(t.Context(), programme.Operator, e.ID))
		_, err = h.MakeEngagement(t.Context(), programme.Operator, engagementForm("by the operator"))
		must(t, err)
	}
}
