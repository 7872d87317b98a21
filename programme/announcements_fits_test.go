package programme_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// goesTo are those whose message would go out if it were drawn now.
func goesTo(t *testing.T, h *house, id programme.AnnouncementID) string {
	t.Helper()
	var to []string
	var ds []programme.Delivery
	h.write(func(tx programme.Tx) (err error) {
		ds, err = tx.DeliveriesOf(programme.Notice{Kind: programme.NoticeAnnouncement, Subject: string(id)})
		return err
	})
	for _, d := range ds {
		m, err := h.Matter(t.Context(), d.Notice, false)
		if err != nil {
			t.Fatal(err)
		}
		if d.State == programme.Pending && m.Withdrawn == "" {
			to = append(to, string(d.To.Person()))
		}
	}
	slices.Sort(to)
	return strings.Join(to, " ")
}

// TestWhoAnsweredSinceIsLeftOut: a planned announcement looks at everybody again when it is due.
func TestWhoAnsweredSinceIsLeftOut(t *testing.T) {
	ctx := context.Background()
	said := func(which ...programme.EventAnswer) programme.AnnouncementAudience {
		return programme.AnnouncementAudience{Answers: []programme.AudienceAnswers{{Event: "workshop-1", Which: which}}}
	}
	open := said(programme.AnswerSilent, programme.AnswerUndecided)
	named := open
	named.People = []programme.PersonID{"silent"}
	for rule, c := range map[string]struct {
		to           programme.AnnouncementAudience
		before, then string
	}{
		"still open":                          {open, "silent undecided", "undecided"},
		"who is named gets it all the same":   {named, "silent undecided", "silent undecided"},
		"who comes, but not any more":         {said(programme.AnswerComing), "coming online", "online"},
		"of several answers any":              {said(programme.AnswerSilent, programme.AnswerComing), "coming online silent", "online silent"},
		"still to answer a survey":            {programme.AnnouncementAudience{Survey: &programme.AudienceSurvey{}}, "declined", ""},
		"answered a survey":                   {programme.AnnouncementAudience{Survey: &programme.AudienceSurvey{Answered: true}}, "coming", "coming"},
		"no answer is asked for, as they are": {programme.AnnouncementAudience{Audience: programme.Audience{Cohorts: []string{"R6"}}}, "silent", "silent"},
	} {
		t.Run(rule, func(t *testing.T) {
			h, survey := audienceHouse(t)
			if c.to.Survey != nil {
				c.to.Survey.Survey = survey
			}
			f := draft("op", c.to)
			f.At = h.now.Add(24 * time.Hour)
			a := h.send(f)
			h.now = f.At
			if got := goesTo(t, h, a.ID); got != c.before {
				t.Errorf("before anything is answered it goes to %q, want %q", got, c.before)
			}
			for p, answer := range map[programme.PersonID]programme.Coming{"silent": programme.Online, "coming": programme.No} {
				_, _, err := h.AnswerEvent(ctx, programme.As(p), "workshop-1", answer, "")
				wantCode(t, err, "")
			}
			h.write(func(tx programme.Tx) error {
				r, err := tx.ResponseOf(survey, "declined")
				if err != nil {
					return err
				}
				r.State = programme.Done
				return tx.SaveResponse(r)
			})
			if got := goesTo(t, h, a.ID); got != c.then {
				t.Errorf("after two answered it goes to %q, want %q", got, c.then)
			}
		})
	}
}
