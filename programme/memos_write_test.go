package programme_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// heldEvent enters an event that began an hour ago, at which some people speak.
func (h *house) heldEvent(id programme.EventID, speakers ...programme.PersonID) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		err := tx.SaveEvent(programme.Event{
			ID: id, Kind: programme.Workshop, Title: "ワークショップ", Start: h.now.Add(-time.Hour), End: h.now,
			Place: "会館", Approved: "2026-06-01",
		})
		for _, p := range speakers {
			if err == nil {
				err = tx.SaveSpeaker(programme.Speaker{Event: id, Person: p, Status: programme.SpeakerAgreed, By: "office", At: h.now})
			}
		}
		return err
	})
}

func eventForm(op string, event programme.EventID) programme.MemoForm {
	f := memoForm(op)
	f.Kind, f.Atsugi, f.Event, f.Held = programme.OfEvent, "", event, ""
	return f
}

// TestWhoWritesAndReadsMemosOfEvents: the office, and the experts who speak at it; no
// participant reads what is about nobody, even if the form says so.
func TestWhoWritesAndReadsMemosOfEvents(t *testing.T) {
	const all = "situation issues advice next praise confidential"
	for _, c := range []struct {
		who     programme.PersonID
		code    programme.Code
		reads   string // what the writer wrote
		offices string // what the office wrote
	}{
		{"office", "", all, all},
		{"expert", "", all, ""},
		{"other-expert", programme.CodeInvalid, "", ""}, // does not speak
		{"senior", programme.CodeInvalid, "", ""},       // speaks, and is no expert
		{"atsugi", programme.CodeDenied, "", ""},        // speaks, too
		{"supporter", programme.CodeDenied, "", ""},
		{"bureau", programme.CodeDenied, "", ""},
		{"unpledged", programme.CodeDenied, "", ""},
	} {
		t.Run(string(c.who), func(t *testing.T) {
			h := newHouse(t)
			h.heldEvent("event", "expert", "senior", "atsugi")
			write := func(who programme.PersonID) (programme.Memo, error) {
				f := eventForm("op-"+string(who), "event")
				f.Readers = map[string][]programme.Reader{"advice": programme.Readers}
				return h.WriteMemo(t.Context(), programme.As(who), f)
			}
			own, err := write(c.who)
			wantCode(t, err, c.code)
			offices, err := write("office")
			must(t, err)
			if own.ID != "" {
				if got := h.keysOf(c.who, own.ID); got != c.reads {
					t.Errorf("reads %q of their own, want %q", got, c.reads)
				}
			}
			if got := h.keysOf(c.who, offices.ID); got != c.offices {
				t.Errorf("reads %q of the office's, want %q", got, c.offices)
			}
			if offices.Held != "2026-09-01" || offices.Atsugi != "" || offices.Event != "event" {
				t.Errorf("it is of %s about %q at %q", offices.Held, offices.Atsugi, offices.Event)
			}
		})
	}
}

// keysOf are the parts that the person reads of a memo.
func (h *house) keysOf(who programme.PersonID, id programme.MemoID) string {
	v, err := h.ReadMemo(context.Background(), programme.As(who), id)
	var keys []string
	for _, p := range v.Memo.Parts {
		keys = append(keys, p.Key)
	}
	if (err == nil) != (len(keys) > 0) {
		h.t.Errorf("%s: error %v with parts %v", who, err, keys)
	}
	return strings.Join(keys, " ")
}

// TestNoMemoOfAnEventThatWasNotHeld, nor of one that there is not.
func TestNoMemoOfAnEventThatWasNotHeld(t *testing.T) {
	for rule, change := range map[string]func(*programme.Event){
		"to come":    func(e *programme.Event) { e.Start, e.End = e.Start.Add(2*time.Hour), e.End.Add(2*time.Hour) },
		"called off": func(e *programme.Event) { e.Cancelled = e.Start },
	} {
		h := newHouse(t)
		h.heldEvent("event")
		e := h.event("event")
		change(&e)
		h.write(func(tx programme.Tx) error { return tx.SaveEvent(e) })
		for _, id := range []programme.EventID{"event", "nowhere"} {
			_, err := h.WriteMemo(t.Context(), programme.As("office"), eventForm("op", id))
			wantCode(t, err, programme.CodeInvalid)
			if e, _ := programme.AsError(err); e == nil || e.Field != "event" {
				t.Errorf("%s, %s: stands beside another field: %v", rule, id, err)
			}
		}
	}
}

// TestThreeFieldsAreEnough: about whom, and the required parts; the day is today's, or the
// session's.
func TestThreeFieldsAreEnough(t *testing.T) {
	h := newHouse(t)
	h.kept("s", nil)
	h.now = sessionStart.AddDate(0, 0, 2)
	for session, want := range map[programme.SessionID]programme.Date{"": "2026-09-12", "s": "2026-09-10"} {
		f := programme.MemoForm{Op: "op" + string(session), Kind: programme.OfSession, Atsugi: "atsugi", Session: session,
			Parts: map[string]string{"situation": "現状", "advice": "助言"}}
		m, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
		if must(t, err); m.Held != want || m.Session != session || len(m.Parts) != 2 {
			t.Errorf("of %q: on %s, of %q with %d parts; want %s", session, m.Held, m.Session, len(m.Parts), want)
		}
	}
}

// TestTheWriterChoosesReadersWithinTheirRight (programme.md "Consent and sharing in
// practice"): the bureau's core parts cannot be cut off, 取扱注意 not opened, the office
// always reads, and the public is for the office to choose.
func TestTheWriterChoosesReadersWithinTheirRight(t *testing.T) {
	type rs = []programme.Reader
	const (
		participant, mentor, office, bureau, public = programme.ReadParticipant, programme.ReadMentor,
			programme.ReadOffice, programme.ReadBureau, programme.ReadPublic
	)
	for _, c := range []struct {
		rule   string
		who    programme.PersonID
		part   string
		chosen rs
		want   rs
	}{
		{"as configured", "expert", "praise", nil, rs{participant, mentor, office, bureau}},
		{"narrowed", "expert", "praise", rs{participant}, rs{participant, office}},
		{"to nobody", "expert", "praise", rs{}, rs{office}},
		{"a core part narrowed", "expert", "issues", rs{mentor}, rs{mentor, office, bureau}},
		{"widened to the participant", "expert", "issues", rs{participant, mentor}, rs{participant, mentor, office, bureau}},
		{"an expert means it for the public", "expert", "praise", rs{participant, public}, rs{participant, office}},
		{"the office does", "office", "praise", rs{participant, public}, rs{participant, office, public}},
		{"取扱注意 opened", "office", programme.Confidential, programme.Readers, rs{mentor, office}},
		{"a reader that there is not", "office", "praise", rs{"everybody"}, rs{office}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := newHouse(t)
			f := memoForm("op")
			if c.chosen != nil {
				f.Readers = map[string][]programme.Reader{c.part: c.chosen}
			}
			m, err := h.WriteMemo(t.Context(), programme.As(c.who), f)
			must(t, err)
			is := func(p programme.Part) bool { return p.Key == c.part }
			if got := m.Parts[slices.IndexFunc(m.Parts, is)].Readers; !slices.Equal(got, c.want) {
				t.Errorf("read by %v, want %v", got, c.want)
			}
		})
	}
}

// TestNobodyWritesAboutThemself, whatever else they are.
func TestNobodyWritesAboutThemself(t *testing.T) {
	for _, kind := range []programme.MemoKind{programme.OfSession, programme.OfHearing, programme.OfCall} {
		h := newHouse(t)
		h.joinsTheOffice("atsugi")
		f := memoForm("op")
		f.Kind = kind
		_, err := h.WriteMemo(t.Context(), programme.As("atsugi"), f)
		wantCode(t, err, programme.CodeInvalid)
		f.Atsugi = "other-atsugi"
		_, err = h.WriteMemo(t.Context(), programme.As("atsugi"), f)
		wantCode(t, err, "")
		d, err := h.BeginMemo(t.Context(), programme.As("atsugi"), programme.MemoStart{})
		if must(t, err); slices.ContainsFunc(d.Subjects, func(p programme.Person) bool { return p.ID == "atsugi" }) {
			t.Errorf("%s: they are offered themself", kind)
		}
	}
}

// TestARepeatWithOtherWordsKeepsThem: the memo is as it was sent first, the words of the
// second are a draft, once, and somebody else's form is nobody's.
func TestARepeatWithOtherWordsKeepsThem(t *testing.T) {
	h := newHouse(t)
	first := h.memo("op")
	f := memoForm("op")
	f.Parts["advice"] = "別の助言"
	for range 2 {
		m, err := h.WriteMemo(t.Context(), programme.As("expert"), f)
		wantCode(t, err, programme.CodeConflict)
		if m.ID != first.ID {
			t.Errorf("answers with %q, want %q", m.ID, first.ID)
		}
	}
	if ds := h.drafts("expert"); len(ds) != 1 || ds[0].Form.Parts["advice"] != "別の助言" || ds[0].Form.Op == "op" {
		t.Errorf("drafts are %+v", ds)
	}
	m, err := h.WriteMemo(t.Context(), programme.As("office"), f)
	wantCode(t, err, programme.CodeInvalid)
	if m.ID != "" {
		t.Error("the office's answer is the expert's memo")
	}
}

// drafts are the person's, newest first.
func (h *house) drafts(who programme.PersonID) (out []programme.MemoDraft) {
	h.t.Helper()
	must(h.t, h.Store.Read(context.Background(), func(tx programme.Tx) (err error) {
		out, err = tx.MemoDraftsOf(who)
		return err
	}))
	return out
}
