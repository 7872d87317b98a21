package programme_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tsugite/programme"
)

// memoModel is what should be true of one memo after any number of steps, kept beside the
// Office in plain words: which versions there are, and who was let in.
type memoModel struct {
	*house
	rt        *rapid.T
	run, step int
	id        programme.MemoID
	latest    int
	reviewed  bool
	shared    int // version that the bureau reads, 0 for none
	withdrawn bool
	open      map[string]int
}

const modelMemos = 100

// TestWhateverHappensToAMemoEachReadsTheirVersionOfTheirParts: written, corrected, reviewed,
// shared, opened, closed and taken back in any order, by anybody.
func TestWhateverHappensToAMemoEachReadsTheirVersionOfTheirParts(t *testing.T) {
	var h *house
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		if run++; run%modelMemos == 1 { // one database is enough for so many
			h = newHouse(t)
			h.edit("supporter", func(p *programme.Person) { p.Organisation = "足利商工会議所" })
		}
		m := &memoModel{house: h, rt: rt, run: run, latest: 1, open: map[string]int{}}
		f := memoForm(m.op())
		m.say(&f, 1)
		kept, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
		must(rt, err)
		m.id = kept.ID
		m.check()
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			m.next()
			m.check()
		}
	})
}

func (m *memoModel) op() string {
	m.step++
	return fmt.Sprintf("model-%d-%d", m.run, m.step)
}

// say makes every part of the form of one version.
func (m *memoModel) say(f *programme.MemoForm, version int) {
	for key := range f.Parts {
		f.Parts[key] = fmt.Sprintf("%s %d.%d", key, m.run, version)
	}
}

// next does one thing, and notes what should have come of it.
func (m *memoModel) next() {
	ctx, office, atsugi := m.t.Context(), programme.As("office"), programme.As("atsugi")
	const org = "足利商工会議所"
	switch what := rapid.SampledFrom([]string{"correct", "correct", "office corrects", "review", "review an old one", "share", "share", "open", "close", "bureau shares", "withdraw"}).Draw(m.rt, "what"); what {
	case "correct", "office corrects":
		who := programme.As("expert")
		if what == "office corrects" {
			who = office
		}
		f := memoForm(m.op())
		f.Corrects = m.latest
		m.say(&f, m.latest+1)
		_, err := m.CorrectMemo(ctx, who, m.id, f, "聞き違い")
		m.refused(err, m.withdrawn, what)
		if err == nil {
			m.latest++
			m.reviewed = who == office
			if m.reviewed && m.shared > 0 {
				m.shared = m.latest
			}
		}
	case "review":
		_, err := m.ReviewMemo(ctx, office, m.id, m.latest)
		m.refused(err, m.withdrawn, what)
		if err == nil {
			m.reviewed = true
			if m.shared > 0 {
				m.shared = m.latest
			}
		}
	case "review an old one":
		_, err := m.ReviewMemo(ctx, office, m.id, m.latest-1)
		m.refused(err, true, what)
	case "share":
		_, err := m.ShareMemos(ctx, office, []programme.MemoID{m.id}, programme.Over{})
		unseen := m.shared < m.latest && !m.reviewed && m.latest > 1
		m.refused(err, m.withdrawn || unseen, what)
		if err == nil {
			m.shared, m.reviewed = m.latest, true
		}
	case "bureau shares":
		_, err := m.ShareMemos(ctx, programme.As("bureau"), []programme.MemoID{m.id}, programme.Over{})
		m.refused(err, true, what)
	case "open":
		err := m.OpenToOrganisation(ctx, atsugi, m.id, m.latest, org, false)
		m.refused(err, m.withdrawn, what)
		if err == nil {
			m.open[org] = m.latest
		}
	case "close":
		err := m.CloseToOrganisation(ctx, atsugi, m.id, org)
		m.refused(err, m.withdrawn, what)
		if err == nil {
			m.open[org] = 0
		}
	case "withdraw":
		must(m.rt, m.WithdrawMemo(ctx, office, m.id, "別の方の話"))
		m.withdrawn = true
	}
}

func (m *memoModel) refused(err error, want bool, what string) {
	m.t.Helper()
	if _, meant := programme.AsError(err); (err != nil) != want || err != nil && !meant {
		m.rt.Fatalf("%s: %v, want a refusal: %v", what, err, want)
	}
}

// check compares what each of the cast reads with what they should.
func (m *memoModel) check() {
	const all, core, theirs = "situation issues advice next praise confidential", "situation issues advice next praise", "advice next praise"
	want := map[programme.PersonID]string{"office": m.words(all, m.latest)}
	if !m.withdrawn {
		want["expert"], want["atsugi"] = m.words(all, m.latest), m.words(theirs, m.latest)
		want["bureau"] = m.words(core, m.shared)
		want["supporter"] = m.words(theirs, m.open["足利商工会議所"])
	}
	for _, who := range cast {
		v, err := m.ReadMemo(m.t.Context(), programme.As(who), m.id)
		var got []string
		for _, p := range v.Memo.Parts {
			got = append(got, p.Text)
		}
		if strings.Join(got, "\n") != want[who] || (err == nil) != (want[who] != "") {
			m.rt.Fatalf("%s reads %q (%v), want %q", who, got, err, want[who])
		}
	}
}

// words are these parts of a version as they were written, "" of version 0.
func (m *memoModel) words(keys string, version int) string {
	if version == 0 {
		return ""
	}
	var out []string
	for _, key := range strings.Fields(keys) {
		out = append(out, fmt.Sprintf("%s %d.%d", key, m.run, version))
	}
	return strings.Join(out, "\n")
}
