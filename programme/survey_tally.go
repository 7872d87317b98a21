package programme

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// taken are the answers of one person that count, or one ballot.
type taken struct {
	person  Person // zero of a ballot
	answers map[string]Answer
}

func ballotsTaken(tx Tx, id SurveyID) ([]taken, error) {
	ballots, err := tx.Ballots(id)
	out := make([]taken, len(ballots))
	for i, b := range ballots {
		out[i].answers = make(map[string]Answer, len(b.Answers))
		for _, a := range b.Answers {
			out[i].answers[a.Question] = a
		}
	}
	return out, err
}

// marked says whether the answers are counted by marks, which a chart can show.
func (q Question) marked() bool { return q.Kind != Number && q.Kind != Short && q.Kind != LongText }

// crosses says whether the question's totals are told by groups of people, too: not of
// what only the answers themselves name.
func (q Question) crosses() bool {
	return q.Kind == Number || q.marked() && q.Kind != Day && q.Kind != Whom
}

// tooFew says whether there are answers, but fewer than may be shown.
func tooFew(answered int, see sight) bool {
	return !see.few && answered > 0 && answered < FewestShown
}

// tallyOf counts what was answered to one question, as far as see goes. Texts, dates and
// people that somebody named are told only to who sees the answers themselves; others
// are told how many there are.
func tallyOf(q Question, ts []taken, see sight) Tally {
	t := Tally{Question: q}
	var given []Answer
	for _, x := range ts {
		a, ok := x.answers[q.ID]
		switch {
		case !ok:
			continue
		case a.Skipped:
			t.Skipped++
			continue
		}
		given = append(given, a)
		if s, ok := saying(q, a, x.person, see); ok {
			t.Said = append(t.Said, s)
		}
	}
	t.Answered = len(given)
	if tooFew(t.Answered, see) {
		return Tally{Question: q, Hidden: true}
	}
	order := map[string]int{}
	for i, c := range q.Choices {
		order[c.ID] = i
	}
	slices.SortStableFunc(t.Said, func(a, b Saying) int { return order[a.Choice] - order[b.Choice] })
	if q.marked() && (see.each || q.Kind != Day && q.Kind != Whom) {
		t.Marks = marks(q, given)
	}
	if q.Measured() {
		t.measure(given)
		// A scale's marks tell all of this; of a number, the least and the most are
		// somebody's own, and with the others few answers could be worked out.
		if t.Ranged = see.each || q.Kind == Scale; !t.Ranged {
			t.Spread, t.Median, t.Least, t.Most = 0, 0, 0, 0
		}
	}
	return t
}

// saying is what was said in an answer beside what is counted.
func saying(q Question, a Answer, by Person, see sight) (Saying, bool) {
	s := Saying{Person: by, Answer: a}
	for _, c := range q.Choices {
		if c.Write && s.Choice == "" && slices.Contains(a.Picked, c.ID) {
			s.Choice = c.ID
		}
	}
	said := q.Kind == Day || q.Kind == Whom || a.Text != ""
	return s, said && see.each
}

// marks counts the answers by choice, in the question's order; dates by year, and
// people by how often they were named.
func marks(q Question, given []Answer) []Mark {
	n := map[string]int{}
	for _, a := range given {
		switch q.Kind {
		case Scale:
			n[strconv.Itoa(a.Number)]++
		case Day:
			year, _, _ := strings.Cut(string(a.Date), "-")
			n[year]++
		case Ranking:
			for place, id := range a.Picked {
				n[id] += max(q.Places()-place, 1)
			}
		default:
			for _, id := range a.Picked {
				n[id]++
			}
		}
	}
	if q.Kind == Day || q.Kind == Whom {
		return foundMarks(q.Kind, n)
	}
	var out []Mark
	for _, c := range q.Options() {
		out = append(out, Mark{Choice: c, N: n[c.ID]})
	}
	return out
}

// foundMarks are marks for what only the answers name: years in order, people by how
// often, whose words are their names once those are known.
func foundMarks(kind QuestionKind, n map[string]int) []Mark {
	var out []Mark
	for id, times := range n {
		m := Mark{Choice: Choice{ID: id}, N: times}
		if kind == Day {
			m.Choice.Words = Text{Ja: id + "年", En: id}
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Mark) int {
		if kind == Whom && a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Choice.ID, b.Choice.ID)
	})
	return out
}

// measure works out mean, spread, median, least and most. The spread is that of those
// who answered: they were all asked, they are no sample.
func (t *Tally) measure(given []Answer) {
	if len(given) == 0 {
		return
	}
	ns := make([]int, len(given))
	for i, a := range given {
		ns[i] = a.Number
		t.Mean += float64(a.Number) / float64(len(given))
	}
	slices.Sort(ns)
	var squares float64
	for _, n := range ns {
		squares += (float64(n) - t.Mean) * (float64(n) - t.Mean)
	}
	t.Spread = math.Sqrt(squares / float64(len(ns)))
	middle := len(ns) / 2
	t.Median = float64(ns[middle])
	if len(ns)%2 == 0 {
		t.Median = (t.Median + float64(ns[middle-1])) / 2
	}
	t.Least, t.Most = ns[0], ns[len(ns)-1]
}

// nameMarks puts the names of people into the marks of questions for a person.
func nameMarks(tallies []Tally, people map[PersonID]Person) {
	for _, t := range tallies {
		for i := range t.Marks {
			if t.Question.Kind == Whom {
				c := &t.Marks[i].Choice
				name := people[PersonID(c.ID)].Name
				c.Words = Text{Ja: name, En: name}
			}
		}
	}
}
