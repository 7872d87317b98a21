package programme_test

import (
	"fmt"
	"time"

	"tsugite/programme"
)

// resultsDef is a survey with a question of every kind.
func resultsDef() programme.SurveyDef {
	words := func(s string) programme.Text { return programme.Text{Ja: s, En: s} }
	choices := func(ids ...string) (cs []programme.Choice) {
		for _, id := range ids {
			cs = append(cs, programme.Choice{ID: id, Words: words(id), Write: id == "other"})
		}
		return cs
	}
	bureau, mentor := []programme.Reader{programme.ReadBureau}, []programme.Reader{programme.ReadMentor}
	return programme.SurveyDef{
		ID: "status", Title: words("現状把握"), Wish: "wish",
		Questions: []programme.Question{
			{ID: "role", Kind: programme.Single, Words: words("役割"), Choices: choices("head", "staff", "other"), ShownTo: bureau},
			{ID: "tried", Kind: programme.Multi, Words: words("試したこと"), Choices: choices("sales", "craft", "other"), Optional: true},
			{ID: "mood", Kind: programme.Scale, Words: words("手応え"), Max: 5},
			{ID: "people", Kind: programme.Number, Words: words("人数")},
			{ID: "when", Kind: programme.Day, Words: words("時期")},
			{ID: "rank", Kind: programme.Ranking, Words: words("課題"), Choices: choices("money", "heirs", "sales"), Most: 3},
			{ID: "whom", Kind: programme.Whom, Words: words("相談相手"), ShownTo: mentor},
			{ID: "wish", Kind: programme.YesNo, Words: words("希望")},
			{ID: "topic", Kind: programme.Short, Words: words("相談したいこと"), ShownTo: mentor,
				When: programme.Condition{Question: "wish", Is: []string{"yes"}}},
			{ID: "secret", Kind: programme.YesNo, Words: words("内緒"), TotalsOnly: true, ShownTo: []programme.Reader{programme.ReadMentor, programme.ReadBureau}},
			{ID: "word", Kind: programme.LongText, Words: words("ひとこと"), Optional: true},
		},
	}
}

// firm is an atsugi of the results' cast.
type firm struct{ id, cohort, place string }

var firms = []firm{
	{"f1", "R6", "茨城県"}, {"f2", "R6", "茨城県"}, {"f3", "R6", "茨城県"}, {"f4", "R6", "茨城県"}, {"f5", "R6", "茨城県"},
	{"f6", "R7", "茨城県"}, {"f7", "R7", "群馬県"},
}

// firms enters the atsugi f1 to f7.
func (h *house) firms() {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		for _, f := range firms {
			err := tx.SavePerson(programme.Person{
				ID: programme.PersonID(f.id), Name: f.id, Kana: f.id, SlackID: "U" + f.id, Roles: []programme.Role{programme.Atsugi},
				Cohorts: []string{f.cohort}, Prefecture: f.place,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// sent keeps a survey of two weeks that firms were asked by.
func (h *house) sent(id programme.SurveyID, def programme.SurveyDef) programme.Survey {
	h.t.Helper()
	s := programme.Survey{ID: id, Def: def, Edition: 1, Launched: h.now, Opens: h.now, Closes: h.now.AddDate(0, 0, 14)}
	h.write(func(tx programme.Tx) error {
		if err := tx.CreateSurvey("op-"+string(id), s); err != nil {
			return err
		}
		for _, f := range firms {
			r := programme.Response{ID: responseOf(id, f.id), Survey: id, Person: programme.PersonID(f.id), State: programme.Asked}
			if err := tx.CreateResponse(r); err != nil {
				return err
			}
		}
		return nil
	})
	return s
}

func responseOf(s programme.SurveyID, person string) programme.ResponseID {
	return programme.ResponseID(string(s) + "-" + person)
}

// said keeps answers of a person, and how far they are.
func (h *house) said(s programme.SurveyID, person string, state programme.ResponseState, answers ...programme.Answer) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		r, err := tx.Response(responseOf(s, person))
		if err != nil {
			return err
		}
		r.State = state
		if err := tx.SaveResponse(r); err != nil {
			return err
		}
		for _, a := range answers {
			a.Response = r.ID
			if a.By == "" {
				a.By, a.Via = r.Person, programme.ViaChat
			}
			if a.At.IsZero() {
				a.At = h.now
			}
			if _, err := tx.SaveAnswer(a); err != nil {
				return err
			}
		}
		return nil
	})
}

func pick(question string, ids ...string) programme.Answer {
	return programme.Answer{Question: question, Picked: ids}
}

func write(question, text string, ids ...string) programme.Answer {
	return programme.Answer{Question: question, Text: text, Picked: ids}
}

func number(question string, n int) programme.Answer {
	return programme.Answer{Question: question, Number: n}
}

// answered is the survey "s" with six who answered, of whom f3 is not through, and f7
// who declined after an answer.
func (h *house) answered() programme.Survey {
	h.t.Helper()
	h.firms()
	s := h.sent("s", resultsDef())
	day := func(d programme.Date) programme.Answer { return programme.Answer{Question: "when", Date: d} }
	h.said("s", "f1", programme.Done, pick("role", "head"), pick("tried", "sales", "craft"), number("mood", 1), number("people", 3),
		day("2027-04-01"), pick("rank", "money", "heirs", "sales"), pick("whom", "expert"), pick("wish", "yes"), write("topic", "資金"),
		pick("secret", "yes"), write("word", "一言"))
	h.said("s", "f2", programme.Done, pick("role", "head"), programme.Answer{Question: "tried", Skipped: true}, number("mood", 2), number("people", 5),
		day("2027-10-01"), pick("rank", "heirs"), pick("whom", "expert"), pick("wish", "no"), write("topic", "取り下げた話題"), pick("secret", "no"))
	h.said("s", "f3", programme.Started, write("role", "相談役", "other"), pick("tried", "sales"), number("mood", 2))
	h.said("s", "f4", programme.Done, pick("role", "staff"), write("tried", "展示会", "sales", "other"), number("mood", 4), number("people", 10),
		day("2030-04-01"), pick("rank", "sales", "money"), pick("whom", "senior"), pick("wish", "no"), pick("secret", "no"))
	h.said("s", "f5", programme.Done, pick("role", "staff"), pick("tried", "craft"), number("mood", 5), number("people", 40), pick("secret", "no"))
	h.said("s", "f6", programme.Done, programme.Answer{Question: "role", Picked: []string{"other"}, Open: true}, number("mood", 4), pick("secret", "no"))
	h.said("s", "f7", programme.Declined, pick("role", "head"), number("mood", 1), pick("secret", "yes"))
	return s
}

// ballots casts n ballots about the scale "mood" and the text "word".
func (h *house) ballots(s programme.SurveyID, n int) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error {
		for i := range n {
			err := tx.CastBallot(programme.Ballot{Survey: s, Answers: []programme.Answer{
				number("mood", 1+i%5), {Question: "word", Text: fmt.Sprint("匿名 ", i)},
			}})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// anonymousDef asks namelessly; few answer the question "rare".
func anonymousDef() programme.SurveyDef {
	words := programme.Text{Ja: "問", En: "q"}
	return programme.SurveyDef{ID: "voice", Anonymous: true, Questions: []programme.Question{
		{ID: "mood", Kind: programme.Scale, Max: 5, Words: words},
		{ID: "word", Kind: programme.LongText, Words: words},
		{ID: "rare", Kind: programme.Short, Words: words, Optional: true},
	}}
}

func (h *house) later(d time.Duration) { h.now = h.now.Add(d) }
