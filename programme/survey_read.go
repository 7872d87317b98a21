package programme

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Input is what somebody gave as an answer: choices pressed, or text typed.
type Input struct {
	// Picked are choice ids; of a ranking the whole of it, the most important first; of
	// a question for a person that person's id.
	Picked []string
	// Text is what was typed; beside Picked, what the choice to be written out says.
	Text string
	Date Date // from a date picker
	// Skip leaves an optional question without an answer.
	Skip bool
	// Next puts a choice at the next place of a ranking; End says that this is all.
	// Both go on from an open answer, and Next begins anew otherwise: callers take them
	// for the question being asked only, so that a second press begins nothing.
	Next string
	End  bool
	// Source is the message in which it was typed, "" otherwise.
	Source string
}

// maxShort and maxLong are how many characters a typed answer may have: Slack's
// text input takes 3,000 (slack.md Sizes).
const (
	maxShort = 300
	maxLong  = 3000
)

// Read turns an input into an answer to q, or says kindly what is missing: an Error
// of CodeInvalid whose Field is the question. was is the answer that stands, the
// zero Answer if none does; what is open in it is gone on with. people are those who
// may be named. Who answered, when and how is not in what Read returns.
//
// Typed text is understood in any width, kana and case, and kept verbatim wherever
// it is kept at all.
func (q Question) Read(in Input, was Answer, people []Person) (Answer, error) {
	if in.Skip {
		if !q.Optional {
			return Answer{}, invalid(q.ID, "error.answer_required")
		}
		return Answer{Skipped: true}, nil
	}
	if utf8.RuneCountInString(in.Text) > q.Longest() {
		return Answer{}, invalid(q.ID, "error.too_long", "Max", q.Longest())
	}
	switch q.Kind {
	case Single, Multi:
		return q.readChoice(in, was)
	case Ranking:
		return q.readRanking(in, was)
	case Scale:
		return q.readScale(in)
	case YesNo:
		return q.readYesNo(in)
	case Number:
		return q.readNumber(in.Text)
	case Day:
		return q.readDay(in)
	case Whom:
		return q.readPerson(in, people)
	default:
		return q.readText(in.Text)
	}
}

// Longest is how many characters a typed answer may have.
func (q Question) Longest() int {
	switch {
	case q.Kind == LongText && q.Max > 0:
		return min(maxLong, q.Max)
	case q.Kind == LongText:
		return maxLong
	case q.Kind == Short && q.Max > 0:
		return min(maxShort, q.Max)
	}
	return maxShort
}

func (q Question) readText(text string) (Answer, error) {
	switch {
	case blank(text):
		return Answer{}, invalid(q.ID, "error.answer_required")
	case sticker(text):
		return Answer{}, invalid(q.ID, "error.sticker")
	}
	return Answer{Text: text}, nil
}

// readScale takes a number of the scale, or the words at its two ends.
func (q Question) readScale(in Input) (Answer, error) {
	text := bare(in.Text)
	if len(in.Picked) == 1 {
		text = in.Picked[0]
	}
	switch {
	case text == "":
	case text == bare(q.Low.Ja), text == bare(q.Low.En):
		return Answer{Number: 1}, nil
	case text == bare(q.High.Ja), text == bare(q.High.En):
		return Answer{Number: q.Max}, nil
	default:
		n, ok := wholeNumber(cutSuffixes(text, "点", "points", "point"))
		if ok && n >= 1 && n <= q.Max {
			return Answer{Number: n}, nil
		}
	}
	return Answer{}, invalid(q.ID, "error.scale", "Max", q.Max)
}

// readDay takes a day from a date picker or typed.
func (q Question) readDay(in Input) (Answer, error) {
	day := in.Date
	_, err := time.Parse(time.DateOnly, string(day))
	sound := err == nil
	if day == "" {
		if blank(in.Text) {
			return Answer{}, invalid(q.ID, "error.answer_required")
		}
		day, sound = typedDay(in.Text)
	}
	if !sound {
		return Answer{}, invalid(q.ID, "error.date")
	}
	early, late := q.Earliest != "" && day < q.Earliest, q.Latest != "" && day > q.Latest
	switch {
	case !early && !late:
		return Answer{Date: day}, nil
	case q.Earliest != "" && q.Latest != "":
		return Answer{}, invalid(q.ID, "error.date_between", "Earliest", q.Earliest, "Latest", q.Latest)
	case early:
		return Answer{}, invalid(q.ID, "error.date_early", "Earliest", q.Earliest)
	}
	return Answer{}, invalid(q.ID, "error.date_late", "Latest", q.Latest)
}

// readPerson takes somebody by id or by their whole name or kana. Of several of the
// same name the firm tells who is meant.
func (q Question) readPerson(in Input, people []Person) (Answer, error) {
	if len(in.Picked) > 0 {
		known := func(p Person) bool { return string(p.ID) == in.Picked[0] }
		if len(in.Picked) > 1 || !slices.ContainsFunc(people, known) {
			return Answer{}, invalid(q.ID, "error.person_none")
		}
		return Answer{Picked: in.Picked}, nil
	}
	if blank(in.Text) {
		return Answer{}, invalid(q.ID, "error.answer_required")
	}
	whole, begun := named(in.Text, people)
	switch {
	case len(whole) == 1:
		return Answer{Picked: []string{string(whole[0].ID)}}, nil
	case len(whole)+len(begun) == 0:
		return Answer{}, invalid(q.ID, "error.person_none")
	case len(whole) > 0:
		begun = whole
	}
	return Answer{}, invalid(q.ID, "error.person_which", "People", begun)
}
