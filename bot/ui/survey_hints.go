package ui

import "tsugite/programme"

// typeHint says where to type an answer, and what it may be like.
func typeHint(q programme.Question, l Locale) string {
	switch q.Kind {
	case programme.LongText:
		return l.T("survey.type_long", words{"Max": q.Longest()})
	case programme.Number:
		return lines(l.T("survey.type_number", nil), numberBounds(q, l))
	}
	return l.T("survey.type_short", nil)
}

// numberBounds say between what a number lies and in which unit, "" without either.
func numberBounds(q programme.Question, l Locale) string {
	n := func(n *int) string { return l.T("survey.number", words{"N": grouped(*n), "Unit": unit(q, l)}) }
	switch {
	case q.From != nil && q.Until != nil:
		return l.mrkdwn("survey.bounds", words{"From": n(q.From), "Until": n(q.Until)})
	case q.From != nil:
		return l.mrkdwn("survey.bounds_from", words{"From": n(q.From)})
	case q.Until != nil:
		return l.mrkdwn("survey.bounds_until", words{"Until": n(q.Until)})
	case unit(q, l) != "":
		return l.mrkdwn("survey.bounds_unit", words{"Unit": unit(q, l)})
	}
	return ""
}

func unit(q programme.Question, l Locale) string { return line(l.Text(q.Unit), maxTitle) }

// dayHint says that a day can be typed, too, and between which days it lies.
func dayHint(q programme.Question, l Locale) string {
	return lines(l.T("survey.type_day", nil), dayBounds(q, l))
}

func dayBounds(q programme.Question, l Locale) string {
	switch {
	case q.Earliest != "" && q.Latest != "":
		return l.T("survey.bounds", words{"From": l.fullDate(q.Earliest), "Until": l.fullDate(q.Latest)})
	case q.Earliest != "":
		return l.T("survey.days_from", words{"From": l.fullDate(q.Earliest)})
	case q.Latest != "":
		return l.T("survey.days_until", words{"Until": l.fullDate(q.Latest)})
	}
	return ""
}

// howMany says how many choices may be picked.
func howMany(q programme.Question, l Locale) string {
	switch {
	case q.Least > 0 && q.Least == q.Most:
		return l.T("survey.pick_exactly", words{"Count": q.Least})
	case q.Least > 1 && q.Most > 0:
		return l.T("survey.pick_between", words{"Least": q.Least, "Most": q.Most})
	case q.Most > 0:
		return l.T("survey.pick_most", words{"Count": q.Most})
	case q.Least > 1:
		return l.T("survey.pick_least", words{"Count": q.Least})
	}
	return l.T("survey.pick_any", nil)
}
