package calendars

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"tsugite/programme"
)

// Calendar is one calendar of an expert.
type Calendar struct {
	Person string // the expert's mail address
	From   Source
}

// Reader reads calendars at its start and every so often from then on. Its exported fields
// are set before use.
type Reader struct {
	Calendars []Calendar
	// Every is by the clock on the wall: other people's servers follow no other.
	Every time.Duration
	Now   func() time.Time // the programme's clock: which times are looked at
	Zone  *time.Location   // of calendars that name none
	// Patience is how long one calendar may take, from asking for it until it is
	// understood; 0 is the constant of that name.
	Patience time.Duration
	Log      *slog.Logger

	// Find says whose calendars are of an address. A programme.Error says that there is
	// no such expert.
	Find func(ctx context.Context, email string) (programme.PersonID, error)
	// Keep takes what the person's calendars say is taken, in place of what they said
	// before.
	Keep func(ctx context.Context, p programme.PersonID, spans []programme.Span) error
	// Failed takes why they were not read, or (BusyPartly, after Keep) not wholly.
	Failed func(ctx context.Context, p programme.PersonID, why programme.BusyFault) error
	// Forget is told, after each round, whose calendars there are: of everyone else
	// nothing is to be kept.
	Forget func(ctx context.Context, read []programme.PersonID) error

	told map[string]string // what was last logged about whose calendars
}

const (
	// lookBack and lookAhead are how far around now times are looked at: as far ahead as
	// published times can be chosen, and a week on, should reading fail for a while.
	lookBack  = 24 * time.Hour
	lookAhead = programme.OfferedFor + 7*24*time.Hour
	// atOnce is how many people's calendars are read at the same time.
	atOnce = 4
)

// Run reads until ctx ends.
func (r *Reader) Run(ctx context.Context) error {
	if len(r.Calendars) == 0 {
		return r.Forget(ctx, nil)
	}
	tick := time.NewTicker(r.Every)
	defer tick.Stop()
	for {
		if err := r.Round(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("what calendars say was not kept", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Round reads every calendar once. Its error is Keep's, Failed's, Find's or Forget's; a
// calendar that cannot be read is none.
func (r *Reader) Round(ctx context.Context) error {
	people, of := r.byPerson()
	answers := make([]answer, len(people))
	free := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for i, email := range people {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			answers[i] = r.person(ctx, email, of[email])
		})
	}
	all.Wait()
	var errs []error
	var read []programme.PersonID
	for i, a := range answers {
		r.tell(i+1, people[i], a)
		errs = append(errs, a.err)
		if a.person != "" {
			read = append(read, a.person)
		}
	}
	if err := errors.Join(errs...); err != nil || ctx.Err() != nil {
		return err // who it was is not certain: forget nobody
	}
	return r.Forget(ctx, read)
}

// byPerson puts calendars together that are of one person, in the order of the list.
func (r *Reader) byPerson() (people []string, of map[string][]Source) {
	of = map[string][]Source{}
	for _, c := range r.Calendars {
		if len(of[c.Person]) == 0 {
			people = append(people, c.Person)
		}
		of[c.Person] = append(of[c.Person], c.From)
	}
	return people, of
}

// answer is what came of one person's calendars.
type answer struct {
	person programme.PersonID // "" if there is no such expert
	why    programme.BusyFault
	err    error
}

// person reads one person's calendars. If one of them cannot be read, what all of them
// said before stands: half of the truth would offer times that are taken.
func (r *Reader) person(ctx context.Context, email string, sources []Source) (a answer) {
	a.person, a.err = r.Find(ctx, email)
	if _, none := programme.AsError(a.err); none {
		return answer{}
	}
	if a.err != nil {
		return a
	}
	var spans []programme.Span
	for _, s := range sources {
		more, partly, err := r.one(ctx, s)
		if ctx.Err() != nil {
			return a // the program ends: nobody's calendar is at fault
		}
		if err != nil {
			a.why = whyOf(err)
			a.err = r.Failed(ctx, a.person, a.why)
			return a
		}
		if partly {
			a.why = programme.BusyPartly
		}
		spans = append(spans, more...)
	}
	if spans = merged(spans); len(spans) > programme.MostBusy {
		a.why = programme.BusyTooLarge
		a.err = r.Failed(ctx, a.person, a.why)
		return a
	}
	if a.err = r.Keep(ctx, a.person, spans); a.err == nil && a.why != "" {
		a.err = r.Failed(ctx, a.person, a.why)
	}
	return a
}

// one reads one calendar.
func (r *Reader) one(ctx context.Context, s Source) ([]programme.Span, bool, error) {
	patience := r.Patience
	if patience == 0 {
		patience = Patience
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	data, err := s.fetch(ctx)
	if err != nil {
		return nil, false, err
	}
	now := r.Now().Truncate(time.Minute)
	return Busy(ctx, data, programme.Span{From: now.Add(-lookBack), Until: now.Add(lookAhead)}, r.Zone)
}

// whyOf is the word for an error: what takes too long to understand is too large.
func whyOf(err error) programme.BusyFault {
	var f *Fault
	if errors.As(err, &f) {
		return f.Why
	}
	return programme.BusyTooLarge
}

// tell logs what became of one person's calendars when that is news. Who it is stands in
// the configuration; the log has their place in it.
func (r *Reader) tell(place int, email string, a answer) {
	news := string(a.why)
	if a.person == "" && a.err == nil {
		news = "no active expert with this address"
	}
	if r.told == nil {
		r.told = map[string]string{}
	}
	if a.err != nil || r.told[email] == news {
		return
	}
	r.told[email] = news
	if news == "" {
		r.Log.Info("an expert's calendars are read again", "person", place)
		return
	}
	r.Log.Warn("an expert's calendars cannot be read, or not wholly; what they said before stands", "person", place, "why", news)
}
