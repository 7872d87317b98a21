package programme

import (
	"slices"
	"strconv"
	"strings"
)

// Places is how many places a ranking has.
func (q Question) Places() int {
	places := min(MaxRanked, len(q.Choices))
	if q.Most > 0 {
		places = min(places, q.Most)
	}
	return places
}

// readRanking reads a ranking place by place, or given as a whole.
func (q Question) readRanking(in Input, was Answer) (Answer, error) {
	var sofar []string
	if was.Open {
		sofar = was.Picked
	}
	switch {
	case in.Next != "":
		return q.rank(sofar, in.Next, in.End)
	case in.End:
		if !was.Open && len(was.Picked) > 0 {
			return q.ranked(was.Picked)
		}
		return q.ranked(sofar)
	case len(in.Picked) > 0:
		return q.ranked(in.Picked)
	case len(sofar) > 0 && slices.Contains(endWords, bare(in.Text)):
		return q.ranked(sofar)
	}
	switch ids := q.typedRanking(in.Text); len(ids) {
	case 0:
		return Answer{}, q.choiceError(in.Text)
	case 1:
		return q.rank(sofar, ids[0], false)
	default:
		return q.ranked(ids)
	}
}

// endWords end a ranking before all its places are taken.
var endWords = []string{"以上", "いじょう", "終わり", "おわり", "終了", "これだけ", "なし", "ない", "done", "end", "that's all"}

// rank puts a choice at the next place. A choice that has one keeps it: a second
// press is the same press.
func (q Question) rank(sofar []string, id string, end bool) (Answer, error) {
	if !slices.Contains(sofar, id) {
		sofar = append(slices.Clone(sofar), id)
	}
	a, err := q.ranked(sofar)
	a.Open = err == nil && !end && len(a.Picked) < q.Places()
	return a, err
}

// ranked is a whole ranking.
func (q Question) ranked(ids []string) (Answer, error) {
	for i, id := range ids {
		switch {
		case !slices.ContainsFunc(q.Choices, func(c Choice) bool { return c.ID == id }):
			return Answer{}, q.choiceError("")
		case slices.Contains(ids[:i], id):
			return Answer{}, invalid(q.ID, "error.ranking_twice")
		}
	}
	switch {
	case len(ids) == 0:
		return Answer{}, invalid(q.ID, "error.answer_required")
	case len(ids) > q.Places():
		return Answer{}, invalid(q.ID, "error.choice_most", "Most", q.Places())
	}
	return Answer{Picked: slices.Clone(ids)}, nil
}

// typedRanking reads labels and numbers in their order: "3 1 2", "3>1>2", and "312"
// where one digit is enough. It is empty if anything is no choice.
func (q Question) typedRanking(text string) []string {
	if ids, all := q.allOf(text); all {
		return ids
	}
	if ids, rest := q.several(text); len(rest) == 0 && len(ids) > 0 {
		return ids
	}
	t := bare(text)
	if len(q.Choices) > 9 || len(t) > q.Places() {
		return nil
	}
	var ids []string
	for digit := range strings.SplitSeq(t, "") {
		n, err := strconv.Atoi(digit)
		if err != nil || n < 1 || n > len(q.Choices) {
			return nil
		}
		ids = append(ids, q.Choices[n-1].ID)
	}
	return ids
}
