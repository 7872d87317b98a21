package programme

import (
	"cmp"
	"context"
	"slices"
)

// OfferLine is an expert of whom an atsugi can ask for a time.
type OfferLine struct {
	Offer   Offer  // without Hours and URL
	Person  Person // by name alone
	Next    []Span // the next times that can be chosen, three at most
	Known   bool   // the atsugi is advised by them, or met them in a session
	Waiting bool   // the atsugi waits to be told when they have time
}

// TimeLine is a time that can be chosen, of one or more experts.
type TimeLine struct {
	Span
	Mentors []Person // by name alone: who are known first, then by kana
}

// nextTimes is how many times of an expert are shown at a glance, and offered in place of
// one that was taken.
const nextTimes = 3

// Offers lists the experts of whom the atsugi can ask for a time: known ones first, then
// who has time soonest, then by kana.
func (o *Office) Offers(ctx context.Context, who Actor) ([]OfferLine, error) {
	var out []OfferLine
	err := o.chooseAs(ctx, who, func(ch *chooser) error {
		all, err := ch.all()
		if err != nil {
			return err
		}
		waiting, err := ch.waiting()
		if err != nil {
			return err
		}
		for _, of := range all {
			times, err := ch.times(of)
			if err != nil {
				return err
			}
			out = append(out, of.line(times, waiting[of.Mentor]))
		}
		return nil
	})
	slices.SortStableFunc(out, knownThenSoon)
	return out, err
}

// knownThenSoon orders lines that are by kana.
func knownThenSoon(a, b OfferLine) int {
	c := cmp.Or(yesFirst(a.Known, b.Known), yesFirst(len(a.Next) > 0, len(b.Next) > 0))
	if c != 0 || len(a.Next) == 0 {
		return c
	}
	return a.Next[0].From.Compare(b.Next[0].From)
}

func yesFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// OfferedTimes are the times that the atsugi can choose of one expert, by start: at which
// they have nothing else.
func (o *Office) OfferedTimes(ctx context.Context, who Actor, mentor PersonID) ([]Span, error) {
	var out []Span
	err := o.chooseAs(ctx, who, func(ch *chooser) error {
		of, err := ch.one(mentor)
		if err == nil {
			out, err = ch.times(of)
		}
		return err
	})
	return out, err
}

// TimesFirst are the times of all experts that the atsugi can choose, by start.
func (o *Office) TimesFirst(ctx context.Context, who Actor) ([]TimeLine, error) {
	var out []TimeLine
	err := o.chooseAs(ctx, who, func(ch *chooser) error {
		all, err := ch.all()
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, func(a, b offered) int { return yesFirst(a.known, b.known) })
		for _, of := range all {
			times, err := ch.times(of)
			if err != nil {
				return err
			}
			for _, t := range times {
				out = append(out, TimeLine{Span: t, Mentors: []Person{of.person.nameOnly()}})
			}
		}
		return nil
	})
	return together(out), err
}

// together puts the same times of several experts in one line, by start.
func together(lines []TimeLine) []TimeLine {
	slices.SortStableFunc(lines, func(a, b TimeLine) int {
		return cmp.Or(a.From.Compare(b.From), a.Until.Compare(b.Until))
	})
	var out []TimeLine
	for _, l := range lines {
		if last := len(out) - 1; last >= 0 && out[last].Same(l.Span) {
			out[last].Mentors = append(out[last].Mentors, l.Mentors...)
			continue
		}
		out = append(out, l)
	}
	return out
}
