package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

func TestWhatFollowsAnEventIsLookedAtAgain(t *testing.T) {
	thanks, catchUp, memo := programme.NoticeEventThanks, programme.NoticeEventCatchUp, programme.NoticeEventMemo
	after := time.Date(2026, 9, 24, 10, 0, 0, 0, tokyo)
	const occasion = "x@20260918T0500Z"
	eve, early := time.Date(2026, 9, 17, 0, 0, 0, 0, tokyo), time.Date(2026, 9, 16, 23, 59, 0, 0, tokyo)
	for _, c := range []struct {
		rule   string
		kind   programme.NoticeKind
		change func(*house)
		want   string
	}{
		{"thanks for who said they come", thanks, func(h *house) { h.says("atsugi", "workshop", programme.Yes, eve) }, ""},
		{"none for who said nothing", thanks, func(*house) {}, "no"},
		{"none for who was not seen", thanks, func(h *house) {
			h.says("atsugi", "workshop", programme.Yes, eve)
			h.arrives("workshop", "other-atsugi")
		}, "no"},
		{"thanks for who was there after all", thanks, func(h *house) {
			h.says("atsugi", "workshop", programme.No, eve)
			h.arrives("workshop", "atsugi")
		}, ""},
		{"materials for who said no at the end", catchUp, func(h *house) { h.says("atsugi", "workshop", programme.No, eve) }, ""},
		{"none for who said no in time", catchUp, func(h *house) { h.says("atsugi", "workshop", programme.No, early) }, "no"},
		{"none once there are none", catchUp, func(h *house) {
			h.says("atsugi", "workshop", programme.No, eve)
			h.write(func(tx programme.Tx) error {
				e, err := tx.Event("workshop")
				e.Materials = ""
				if err == nil {
					err = tx.SaveEvent(e)
				}
				return err
			})
		}, "no"},
		{"the memo of what took place", memo, func(*house) {}, ""},
		{"nothing of what was cancelled", memo, func(h *house) {
			h.now = time.Date(2026, 9, 10, 10, 0, 0, 0, tokyo)
			if _, err := h.CancelEvent(h.t.Context(), programme.As("office"), "workshop", ""); err != nil {
				h.t.Fatal(err)
			}
			h.now = after
		}, "cancelled"},
		{"nothing of another start", memo, func(h *house) {
			h.now = time.Date(2026, 9, 10, 10, 0, 0, 0, tokyo)
			at := time.Date(2026, 9, 19, 14, 0, 0, 0, tokyo)
			if _, err := h.MoveEvent(h.t.Context(), programme.As("office"), "workshop", 0, at, time.Time{}, ""); err != nil {
				h.t.Fatal(err)
			}
			h.now = after
		}, "moved"},
		{"nothing before the end", memo, func(h *house) { h.now = time.Date(2026, 9, 18, 16, 59, 0, 0, tokyo) }, "moved"},
		{"nothing that is held", memo, func(h *house) {
			o := programme.Override{Subject: "workshop", Action: programme.OverrideHold}
			if err := h.OverrideNotice(h.t.Context(), programme.As("office"), o); err != nil {
				h.t.Fatal(err)
			}
		}, "held"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := autumn(t)
			h.now = after
			c.change(h)
			to := programme.ToPerson("atsugi")
			if c.kind == memo {
				to = programme.ToChannel(programme.ChannelOffice)
			}
			if m := h.matter(c.kind, "workshop", occasion, to); m.Withdrawn != c.want {
				t.Errorf("withdrawn %q, want %q", m.Withdrawn, c.want)
			}
		})
	}
}

// thanks is the letter after the seminar of 26 August.
func (h *house) thanks(who programme.PersonID) programme.Matter {
	return h.matter(programme.NoticeEventThanks, "seminar", "thanks@20260826T0500Z", programme.ToPerson(who))
}

func TestTheQuestionnaireOfAnEvent(t *testing.T) {
	h := autumn(t)
	h.arrives("seminar", "atsugi", "other-atsugi")
	if !h.thanks("atsugi").Questionnaire {
		t.Fatal("the thanks come without the questionnaire")
	}
	d, err := h.StartEventSurvey(t.Context(), programme.As("atsugi"), "seminar")
	if err != nil {
		t.Fatal(err)
	}
	closes := time.Date(2026, 9, 16, 23, 59, 0, 0, tokyo) // 21 days after the event
	if d.Response.State != programme.Started || d.Response.Current != "useful" || d.Survey.Event != "seminar" || !d.Survey.Closes.Equal(closes) {
		t.Errorf("%+v of %+v", d.Response, d.Survey)
	}
	again, err := h.StartEventSurvey(t.Context(), programme.As("atsugi"), "seminar")
	if err != nil || again.Response.ID != d.Response.ID {
		t.Errorf("a second press: %v, %v", again.Response, err)
	}
	other, err := h.StartEventSurvey(t.Context(), programme.As("other-atsugi"), "seminar")
	if err != nil || other.Survey.ID != d.Survey.ID || other.Response.ID == d.Response.ID {
		t.Errorf("the next person: %+v, %v", other, err)
	}
	if n := h.notices()["survey.question p:atsugi"]; n != 1 {
		t.Errorf("%d questions asked, want 1", n)
	}
	if n := h.notices()["survey.invite p:atsugi"]; n != 0 {
		t.Error("an invitation beside the thanks")
	}

	if _, err := h.AnswerQuestion(t.Context(), programme.As("atsugi"), d.Response.ID, "useful", programme.Input{Picked: []string{"4"}}); err != nil {
		t.Fatal(err)
	}
	if h.thanks("atsugi").Questionnaire || !h.thanks("other-atsugi").Questionnaire {
		t.Error("the questionnaire is offered to who answered it, or no longer to who did not")
	}
	_, err = h.StartEventSurvey(t.Context(), programme.As("atsugi"), "seminar")
	wantCode(t, err, programme.CodeClosed)

	home, err := h.Home(t.Context(), programme.As("office"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range home.Progress {
		if p.Code == programme.TargetSurvey && p.Done != 0 {
			t.Error("the questionnaire of an event counts as the status survey")
		}
	}
}

func TestWhoCannotAnswerTheQuestionnaire(t *testing.T) {
	for _, c := range []struct {
		rule   string
		who    programme.PersonID
		event  programme.EventID
		change func(*house)
		want   programme.Code
	}{
		{"who was not there", "atsugi", "seminar", func(h *house) { h.arrives("seminar", "other-atsugi") }, programme.CodeNotFound},
		{"an event that has none", "atsugi", "meeting", func(h *house) { h.arrives("meeting", "atsugi") }, programme.CodeNotFound},
		{"a definition that is gone", "atsugi", "seminar", func(h *house) {
			h.arrives("seminar", "atsugi")
			h.Settings.Surveys = nil
		}, programme.CodeNotFound},
		{"an event that there is not", "atsugi", "nothing", func(*house) {}, programme.CodeNotFound},
		{"after it closed", "atsugi", "seminar", func(h *house) {
			h.arrives("seminar", "atsugi")
			h.now = time.Date(2026, 9, 16, 23, 59, 0, 0, tokyo)
		}, programme.CodeClosed},
		{"who said they come, before it begins", "atsugi", "workshop", func(h *house) { h.says("atsugi", "workshop", programme.Yes, h.now) }, programme.CodeNotFound},
	} {
		t.Run(c.rule, func(t *testing.T) {
			h := autumn(t)
			c.change(h)
			_, err := h.StartEventSurvey(t.Context(), programme.As(c.who), c.event)
			wantCode(t, err, c.want)
			if c.event == "seminar" && h.thanks(c.who).Questionnaire {
				t.Error("it is offered all the same")
			}
		})
	}
}
