package programme_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tsugite/programme"
)

// shared writes what is shared as "survey: question question".
func shared(all []programme.SharedAnswers) string {
	var out []string
	for _, s := range all {
		line := string(s.Survey.ID) + ":"
		for _, i := range s.Items {
			line += " " + i.Question.ID
		}
		out = append(out, line)
	}
	return strings.Join(out, ", ")
}

// assign makes the expert one of f's.
func (h *house) assign(f programme.PersonID) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		p, err := tx.Person(f)
		if err != nil {
			return err
		}
		p.Mentors = []programme.PersonID{"expert"}
		return tx.SavePerson(p)
	})
}

// TestExpertReadsWhatIsMeantForThem: marked for mentors, counted, not for totals only,
// newest survey first; and that it was read is on the trail.
func TestExpertReadsWhatIsMeantForThem(t *testing.T) {
	h := newHouse(t)
	h.answered()
	h.assign("f1")
	h.assign("f2")
	h.assign("f7")
	h.later(time.Hour)
	h.sent("s2", resultsDef())
	h.said("s2", "f1", programme.Started, pick("whom", "senior"))
	for person, want := range map[programme.PersonID]string{
		"f1": "s2: whom, s: whom topic", "f2": "s: whom", "f7": "", // who declined shares nothing
	} {
		got, err := h.SharedAnswers(t.Context(), programme.As("expert"), person)
		if err != nil || shared(got) != want {
			t.Errorf("%s shares %q, want %q: %v", person, shared(got), want, err)
		}
	}
	got, err := h.SharedAnswers(t.Context(), programme.As("expert"), "f1")
	if err != nil {
		t.Fatal(err)
	}
	if !got[0].Answered.Equal(h.now) || got[0].People["senior"].Name == "" || got[1].Items[1].Answer.Text != "資金" {
		t.Errorf("f1 shares %v", got)
	}
	if !slices.Contains(h.trail(), "survey.read_shared f1") {
		t.Errorf("the trail says %v", h.trail())
	}
}

// TestWhoLeftIsNoExpertsAtsugiAnyMore: nor is who is no atsugi; the office reads on.
func TestWhoLeftIsNoExpertsAtsugiAnyMore(t *testing.T) {
	for rule, change := range map[string]func(h *house, p *programme.Person){
		"who left":         func(h *house, p *programme.Person) { p.Left = h.now },
		"who is no atsugi": func(_ *house, p *programme.Person) { p.Roles = []programme.Role{programme.Supporter} },
	} {
		t.Run(rule, func(t *testing.T) {
			h := newHouse(t)
			h.answered()
			h.assign("f1")
			h.write(func(tx programme.Tx) error {
				p, err := tx.Person("f1")
				if err != nil {
					return err
				}
				change(h, &p)
				return tx.SavePerson(p)
			})
			_, err := h.SharedAnswers(t.Context(), programme.As("expert"), "f1")
			wantCode(t, err, programme.CodeDenied)
			_, err = h.SharedAnswers(t.Context(), programme.As("office"), "f1")
			wantCode(t, err, "")
		})
	}
}

func TestTrialsShareNothing(t *testing.T) {
	h := newHouse(t)
	h.firms()
	h.assign("f1")
	h.write(func(tx programme.Tx) error {
		s := programme.Survey{ID: "t", Trial: true, Def: resultsDef(), Launched: h.now, Opens: h.now, Closes: h.now.Add(time.Hour)}
		if err := tx.CreateSurvey("op", s); err != nil {
			return err
		}
		return tx.CreateResponse(programme.Response{ID: "t-f1", Survey: "t", Person: "f1", State: programme.Asked})
	})
	h.said("t", "f1", programme.Started, pick("whom", "senior"))
	got, err := h.SharedAnswers(t.Context(), programme.As("expert"), "f1")
	if err != nil || len(got) != 0 {
		t.Errorf("shares %q: %v", shared(got), err)
	}
}

// TestWishesAreThoseWhoSaidYes and take part, with the engagements that they have.
func TestWishesAreThoseWhoSaidYes(t *testing.T) {
	h := newHouse(t)
	h.answered()
	h.said("s", "f5", programme.Done, pick("wish", "yes"))
	h.said("s", "f6", programme.Declined, pick("wish", "yes"))
	h.said("s", "f4", programme.Done, programme.Answer{Question: "wish", Picked: []string{"yes"}, At: h.now.Add(time.Second)})
	h.write(func(tx programme.Tx) error {
		p, err := tx.Person("f4")
		if err != nil {
			return err
		}
		p.Left = h.now
		return tx.SavePerson(p)
	})
	_, err := h.MakeEngagement(t.Context(), programme.As("office"), programme.EngagementForm{
		Op: "op", Atsugi: "f5", Mentor: "expert", Sessions: 2, Survey: "s",
	})
	wantCode(t, err, "")
	wishes, err := h.Wishes(t.Context(), programme.As("office"), "s")
	if err != nil || len(wishes) != 2 || wishes[0].Person.ID != "f1" || wishes[1].Person.ID != "f5" {
		t.Fatalf("wishes %v: %v", wishes, err)
	}
	if len(wishes[0].Engaged) != 0 || len(wishes[1].Engaged) != 1 || wishes[1].Engaged[0].MentorPerson.ID != "expert" {
		t.Errorf("engaged %v and %v", wishes[0].Engaged, wishes[1].Engaged)
	}
	if _, told := wishes[0].Answers["secret"]; told || wishes[0].Answers["topic"].Text != "資金" || wishes[0].Response != "s-f1" {
		t.Errorf("f1 says %v", wishes[0])
	}
	def := resultsDef()
	def.Wish = ""
	h.later(time.Hour)
	h.sent("plain", def)
	if wishes, err = h.Wishes(t.Context(), programme.As("office"), "plain"); err != nil || len(wishes) != 0 {
		t.Errorf("a survey without the question: %v: %v", wishes, err)
	}
}
