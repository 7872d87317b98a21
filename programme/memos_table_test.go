package programme_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"tsugite/programme"
)

// The full table of who reads what of a memo: person × relation × part × state. Each part of
// each version of each memo carries a word of its own, so whatever comes out by whichever
// way can be looked through for words that are not its reader's.
//
// What is expected stands here as words, from design.md section 5 and programme.md "Consent
// and sharing in practice"; nothing of it is computed with the rules that are tested.

// The states that each memo goes through.
const (
	stageWritten   = iota
	stageReviewed  // by the office
	stageShared    // with the bureau
	stageCorrected // by its writer: nobody reviewed that yet; by the office: reviewed with that
	stageReshared  // the correction is reviewed, and goes to the bureau
	stageWithdrawn // taken back
	stages
)

// tableMemo is a memo of the table.
type tableMemo struct {
	name      string
	form      programme.MemoForm
	writer    programme.PersonID
	corrector programme.PersonID
	// second is for whom the corrector means parts in the second version, beside what stands.
	second map[string][]programme.Reader
	// says are the parts of each reading: p1 is the participant's of the first version, m
	// the experts', o the office's, b the bureau's.
	says map[string]string
	// reads is as whom each person reads in each state, "-" for not at all. Who is not in it
	// never reads a word.
	reads map[programme.PersonID]string
}

const (
	everyPart1 = "situation1 issues1 advice1 next1 praise1 confidential1 team1"
	everyPart2 = "situation2 issues2 advice2 next2 praise2 confidential2 team2"
)

var (
	toMentor      = []programme.Reader{programme.ReadMentor, programme.ReadOffice}
	toParticipant = []programme.Reader{programme.ReadParticipant, programme.ReadMentor, programme.ReadOffice}
)

var memoTable = []tableMemo{
	{ // about an atsugi by their expert, who cuts off the bureau from a core part, and opens 取扱注意: neither is so
		name: "own", writer: "expert", corrector: "expert",
		form: programme.MemoForm{Kind: programme.OfCall, Atsugi: "atsugi", Readers: map[string][]programme.Reader{
			"situation": {programme.ReadMentor}, "praise": toMentor, programme.Confidential: programme.Readers,
		}},
		second: map[string][]programme.Reader{"advice": toMentor}, // the atsugi reads it no more
		says: map[string]string{
			"p1": "advice1 next1", "m1": everyPart1, "o1": everyPart1, "b1": "situation1 issues1 advice1 next1",
			"p2": "next2", "m2": everyPart2, "o2": everyPart2, "b2": "situation2 issues2 advice2 next2",
		},
		reads: map[programme.PersonID]string{
			"atsugi": "p1 p1 p1 p2 p2 -", "expert": "m1 m1 m1 m2 m2 -", "office": "o1 o1 o1 o2 o2 o2", "both": "o1 o1 o1 o2 o2 o2",
			"bureau": "- - b1 b1 b2 -", "operator": "o1 o1 o1 o2 o2 o2",
		},
	},
	{ // of a session, by an expert who is not otherwise the atsugi's; what is next is not for the atsugi
		name: "met", writer: "expert", corrector: "expert",
		form: programme.MemoForm{Kind: programme.OfSession, Atsugi: "other-atsugi", Session: "s", Readers: map[string][]programme.Reader{"next": toMentor}},
		says: map[string]string{
			"p1": "advice1 praise1", "m1": everyPart1, "o1": everyPart1, "b1": "situation1 issues1 advice1 next1 praise1",
			"p2": "advice2 praise2", "m2": everyPart2, "o2": everyPart2, "b2": "situation2 issues2 advice2 next2 praise2",
		},
		reads: map[programme.PersonID]string{
			"other-atsugi": "p1 p1 p1 p2 p2 -", "expert": "m1 m1 m1 m2 m2 -", "other-expert": "m1 m1 m1 m2 m2 -",
			"office": "o1 o1 o1 o2 o2 o2", "both": "o1 o1 o1 o2 o2 o2", "bureau": "- - b1 b1 b2 -", "operator": "o1 o1 o1 o2 o2 o2",
		},
	},
	{ // of an event, by an expert who spoke there: it is about nobody, whoever it is meant for
		name: "talk", writer: "expert", corrector: "expert",
		form: programme.MemoForm{Kind: programme.OfEvent, Event: "lecture", Readers: map[string][]programme.Reader{"team": toParticipant}},
		says: map[string]string{
			"m1": everyPart1, "o1": everyPart1, "b1": "situation1 issues1 advice1 next1 praise1",
			"m2": everyPart2, "o2": everyPart2, "b2": "situation2 issues2 advice2 next2 praise2",
		},
		reads: map[programme.PersonID]string{
			"expert": "m1 m1 m1 m2 m2 -", "office": "o1 o1 o1 o2 o2 o2", "both": "o1 o1 o1 o2 o2 o2",
			"bureau": "- - b1 b1 b2 -", "operator": "o1 o1 o1 o2 o2 o2",
		},
	},
	{ // by an expert whose engagement is over: they read it no more
		name: "old", writer: "former", corrector: "office",
		form: programme.MemoForm{Kind: programme.OfCall, Atsugi: "other-atsugi"},
		says: map[string]string{
			"p1": "advice1 next1 praise1", "m1": everyPart1, "o1": everyPart1, "b1": "situation1 issues1 advice1 next1 praise1",
			"p2": "advice2 next2 praise2", "m2": everyPart2, "o2": everyPart2, "b2": "situation2 issues2 advice2 next2 praise2",
		},
		reads: map[programme.PersonID]string{
			"other-atsugi": "p1 p1 p1 p2 p2 -", "other-expert": "m1 m1 m1 m2 m2 -",
			"office": "o1 o1 o1 o2 o2 o2", "both": "o1 o1 o1 o2 o2 o2", "bureau": "- - b1 b2 b2 -", "operator": "o1 o1 o1 o2 o2 o2",
		},
	},
	{ // about somebody of the office, who is the participant alone; with a part for the public
		name: "self", writer: "office", corrector: "office",
		form: programme.MemoForm{Kind: programme.OfHearing, Atsugi: "both", Parts: map[string]string{"report": ""},
			Readers: map[string][]programme.Reader{"praise": {programme.ReadParticipant, programme.ReadOffice}}},
		says: map[string]string{
			"p1": "advice1 next1 praise1 report1", "m1": "situation1 issues1 advice1 next1 confidential1 team1",
			"o1": everyPart1 + " report1", "b1": "situation1 issues1 advice1 next1",
			"p2": "advice2 next2 praise2 report2", "m2": "situation2 issues2 advice2 next2 confidential2 team2",
			"o2": everyPart2 + " report2", "b2": "situation2 issues2 advice2 next2",
		},
		reads: map[programme.PersonID]string{
			"both": "p1 p1 p1 p2 p2 -", "expert": "m1 m1 m1 m2 m2 -", "office": "o1 o1 o1 o2 o2 o2",
			"bureau": "- - b1 b2 b2 -", "operator": "o1 o1 o1 o2 o2 o2",
		},
	},
	{ // opened by its atsugi to a support organisation, which reads what they read
		name: "open", writer: "expert", corrector: "expert",
		form: programme.MemoForm{Kind: programme.OfHearing, Atsugi: "atsugi", Readers: map[string][]programme.Reader{"team": toParticipant}},
		says: map[string]string{
			"p1": "advice1 next1 praise1 team1", "m1": everyPart1, "o1": everyPart1, "b1": "situation1 issues1 advice1 next1 praise1",
			"p2": "advice2 next2 praise2 team2", "m2": everyPart2, "o2": everyPart2, "b2": "situation2 issues2 advice2 next2 praise2",
		},
		reads: map[programme.PersonID]string{
			"atsugi": "p1 p1 p1 p2 p2 -", "banker": "p1 p1 p1 p1 p1 -", "expert": "m1 m1 m1 m2 m2 -",
			"office": "o1 o1 o1 o2 o2 o2", "both": "o1 o1 o1 o2 o2 o2", "bureau": "- - b1 b1 b2 -", "operator": "o1 o1 o1 o2 o2 o2",
		},
	},
}

// tableCast are everybody who tries to read.
var tableCast = append(slices.Clone(cast), "both", "banker", "former", "operator")

func tableActor(p programme.PersonID) programme.Actor {
	if p == "operator" {
		return programme.Operator
	}
	return programme.As(p)
}

// words are those of the memo that the person may hold in a state.
func (m tableMemo) words(who programme.PersonID, stage int) []string {
	as := "-"
	if row, ok := m.reads[who]; ok {
		as = strings.Fields(row)[stage]
	}
	var out []string
	for _, part := range strings.Fields(m.says[as]) {
		out = append(out, m.name+part)
	}
	return out
}

// past are those of earlier states that somebody finds in the memo's history, beside what
// they read now: the earlier wording of parts that they read still. The bureau has the
// version that was shared with it, a supporter the one that they read.
func (m tableMemo) past(who programme.PersonID, stage int) []string {
	var out []string
	now := m.words(who, stage)
	if row := strings.Fields(m.reads[who]); len(now) > 0 && !strings.HasPrefix(row[stage], "b") && who != "banker" {
		for _, word := range now {
			out = append(out, strings.TrimSuffix(strings.TrimSuffix(word, "1"), "2")+"1")
		}
	}
	return out
}

// allowed are the words of all memos that the person may hold in a state.
func allowed(who programme.PersonID, stage int) map[string]bool {
	out := map[string]bool{}
	for _, m := range memoTable {
		for _, word := range m.words(who, stage) {
			out[word] = true
		}
	}
	return out
}

// ever are those and the words of earlier versions that the person finds in the history.
func ever(who programme.PersonID, stage int) map[string]bool {
	out := allowed(who, stage)
	for _, m := range memoTable {
		for _, word := range m.past(who, stage) {
			out[word] = true
		}
	}
	return out
}

// tableHouse is a house in which the memos of the table are written.
func tableHouse(t *testing.T) (*house, map[string]programme.MemoID) {
	h := newHouse(t)
	h.Settings.Parts = append(h.Settings.Parts,
		programme.PartDef{Key: "team", Readers: toMentor},
		programme.PartDef{Key: "report", Readers: []programme.Reader{programme.ReadParticipant, programme.ReadOffice, programme.ReadPublic}})
	const named = programme.Date("2026-06-01")
	h.write(func(tx programme.Tx) error {
		for _, p := range []programme.Person{
			{ID: "both", Roles: []programme.Role{programme.Coordinator, programme.Atsugi}, Notified: named, Pledged: named, Mentors: []programme.PersonID{"expert"}},
			{ID: "banker", Roles: []programme.Role{programme.Supporter}, Organisation: "継手銀行"},
			{ID: "former", Roles: []programme.Role{programme.Mentor}, Kind: programme.Expert, Notified: named, Pledged: named},
		} {
			p.Name, p.Kana, p.SlackID = "試験 "+string(p.ID), string(p.ID), "U"+string(p.ID)
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return tx.SaveEvent(programme.Event{ID: "lecture", Kind: programme.Seminar, Title: "講演", Start: sessionStart.AddDate(0, 0, -1),
			End: sessionStart.AddDate(0, 0, -1).Add(3600e9), Approved: named, Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}}})
	})
	h.write(func(tx programme.Tx) error {
		return tx.SaveSpeaker(programme.Speaker{Event: "lecture", Person: "expert", Status: programme.SpeakerAgreed, By: "office", At: h.now})
	})
	h.kept("s", func(s *programme.Session) { s.Kind, s.Atsugi = programme.Between, "other-atsugi" })
	h.kept("next", func(s *programme.Session) { // of which the expert is briefed
		s.Kind, s.Span = programme.Between, programme.Span{From: sessionStart.AddDate(0, 0, 7), Until: sessionStart.AddDate(0, 0, 7).Add(3600e9)}
	})
	h.now = sessionStart.Add(7200e9)
	former, err := h.MakeEngagement(t.Context(), programme.As("office"), programme.EngagementForm{Op: "former", Atsugi: "other-atsugi", Mentor: "former", Sessions: 2})
	must(t, err)
	ids := map[string]programme.MemoID{}
	for _, m := range memoTable {
		f := m.filled("write-"+m.name, 1)
		f.Readers = m.form.Readers
		written, err := h.WriteMemo(t.Context(), programme.As(m.writer), f)
		must(t, err)
		ids[m.name] = written.ID
	}
	must(t, h.EndEngagement(t.Context(), programme.As("office"), former.ID))
	must(t, h.OpenToOrganisation(t.Context(), programme.As("atsugi"), ids["open"], 1, "継手銀行", true))
	return h, ids
}

// filled is the memo's form with the words of a version.
func (m tableMemo) filled(op string, version int) programme.MemoForm {
	f := m.form
	f.Op, f.Held, f.Parts, f.Readers = op, programme.DateOf(sessionStart, tokyo), map[string]string{}, nil
	parts := []string{"situation", "issues", "advice", "next", "praise", programme.Confidential, "team"}
	if _, report := m.form.Parts["report"]; report {
		parts = append(parts, "report")
	}
	for _, part := range parts {
		f.Parts[part] = fmt.Sprintf("言葉 %s%s%d です", m.name, part, version)
	}
	return f
}

// step brings all memos into a state.
func step(t *testing.T, h *house, ids map[string]programme.MemoID, stage int) {
	t.Helper()
	office := programme.As("office")
	for _, m := range memoTable {
		id := ids[m.name]
		var err error
		switch stage {
		case stageReviewed:
			_, err = h.ReviewMemo(t.Context(), office, id, 1)
		case stageShared:
			_, err = h.ShareMemos(t.Context(), office, []programme.MemoID{id}, programme.Over{})
		case stageCorrected:
			f := m.filled("correct-"+m.name, 2)
			f.Readers, f.Corrects = m.second, 1
			_, err = h.CorrectMemo(t.Context(), programme.As(m.corrector), id, f, "誤り")
		case stageReshared:
			_, err = h.ReviewMemo(t.Context(), office, id, 2)
		case stageWithdrawn:
			err = h.WithdrawMemo(t.Context(), office, id, "取り下げ")
		}
		if err != nil {
			t.Fatalf("%s to state %d: %v", m.name, stage, err)
		}
	}
}

// TestTheFullTableOfMemos: in every state every person finds by every way exactly, or at
// most, the words that the table says.
func TestTheFullTableOfMemos(t *testing.T) {
	h, ids := tableHouse(t)
	names := slices.Sorted(maps.Keys(ids))
	shown := map[string]bool{} // ways by which somebody was shown a word
	for stage := range stages {
		step(t, h, ids, stage)
		for _, who := range tableCast {
			checkReadings(t, h, ids, who, stage)
			for way, list := range tableWays {
				found := map[string]bool{}
				for _, name := range names {
					collect(found, list(h, who, ids[name]))
				}
				shown[way] = shown[way] || len(found) > 0
				holds := allowed(who, stage)
				if way == "export" { // every version with its words
					holds = ever(who, stage)
				}
				nothingBut(t, found, holds, "state %d: %s by %s", stage, who, way)
			}
			checkHistory(t, h, ids, who, stage)
			if stage == stageCorrected || stage == stageWithdrawn { // it takes long
				checkSearch(t, h, who, stage)
			}
		}
		checkNotices(t, h, stage)
		checkDigest(t, h, stage)
		checkTrail(t, h)
	}
	for way := range tableWays {
		if shown[way] == slices.Contains(wordless, way) {
			t.Errorf("%s shows words: %v", way, shown[way])
		}
	}
}

// wordless are the ways by which no words of a memo come out at all; by each of the others
// somebody is shown some, or the table would say nothing of it.
var wordless = []string{"desk", "event", "session", "what was shared"}
