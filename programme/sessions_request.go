package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// RequestForm is what an atsugi fills in to ask for a time that an expert published
// (offering: open).
type RequestForm struct {
	Op      string // operation id of the form; HoldTime keeps the time under it
	Mentor  PersonID
	Start   time.Time
	Mode    SessionMode // one that the expert offers
	Topic   string      // what they want to talk about; not blank
	Stage   IdeaStage
	Bring   string
	Avoid   string // what they would rather not be asked about
	Contest bool
}

// HoldTime keeps a published time free for an atsugi who has its form open, for HoldFor.
// What they kept before under another op is free again. The same op again prolongs nothing,
// nor does another form for some of the same time. If the time was taken meanwhile,
// TimeTaken finds up to three times in the error that are free.
func (o *Office) HoldTime(ctx context.Context, who Actor, op string, mentor PersonID, start time.Time) error {
	return o.write(ctx, who, func(c *change) error {
		r, err := c.requestTo(op, mentor)
		if err != nil || r.made {
			return err
		}
		hold := holderOf(r.s.Atsugi, op)
		held, err := c.heldBy(r.s.Atsugi)
		if err != nil || slices.ContainsFunc(held, func(x Occupied) bool { return x.Holder == hold && x.Span.From.Equal(start) }) {
			return err
		}
		if err := c.ExpireHolds(c.now); err != nil {
			return err
		}
		for _, x := range held {
			if err := c.ReleaseHold(x.Holder); err != nil {
				return err
			}
		}
		span, err := c.chosen(r, start)
		if err != nil {
			return err
		}
		until := c.now.Add(HoldFor)
		for _, x := range held {
			if x.Span.Overlaps(span) && x.Until.Before(until) {
				until = x.Until
			}
		}
		return r.orNext(start, c.Hold(hold, r.with(span), until))
	})
}

// FreeTime gives back what HoldTime kept, when its form was closed. Done again, or too
// late, it changes nothing.
func (o *Office) FreeTime(ctx context.Context, who Actor, op string) error {
	return o.write(ctx, who, func(c *change) error {
		return c.ReleaseHold(holderOf(c.me.ID, op))
	})
}

// RequestSession asks an expert for a time that they published, or, if they agree to
// requests at once, books it. What HoldTime kept under the form's op is used up by it. If
// the time was taken meanwhile, the error is as of HoldTime. The same form sent again
// answers what stands. An error's Field is "mode", "topic", "stage", "bring" or "avoid".
func (o *Office) RequestSession(ctx context.Context, who Actor, f RequestForm) (Session, error) {
	var s Session
	err := o.write(ctx, who, func(c *change) error {
		r, err := c.requestTo(f.Op, f.Mentor)
		if err != nil {
			return err
		}
		if s = r.s; r.made {
			s = s.seenBy(c.me.ID, r.as)
			return f.mustHaveMade(r.s)
		}
		if err := f.check(r.offer.Offer); err != nil {
			return err
		}
		if err := c.ReleaseHold(holderOf(s.Atsugi, f.Op)); err != nil {
			return err
		}
		span, err := c.chosen(r, f.Start)
		if err != nil {
			return err
		}
		if err := c.clearWay(r.with(span), func(x Occupied) bool { return x.formOf(s.Atsugi) }); err != nil {
			return err
		}
		if err := c.request(&s, r, span, f); err != nil {
			return r.orNext(f.Start, err)
		}
		_, err = c.endWait(s.Mentor, s.Atsugi)
		s = s.seenBy(c.me.ID, r.as)
		return err
	})
	return answered(s, err)
}

// request enters the session, and tells the expert, or both if it is agreed on at once.
func (c *change) request(s *Session, r asking, at Span, f RequestForm) error {
	offer := r.offer.Offer
	s.Topic, s.Stage, s.Bring, s.Avoid, s.Contest = f.Topic, f.Stage, f.Bring, f.Avoid, f.Contest
	s.Venue = offer.venue(f.Mode)
	if err := c.replaceLapsed(*s); err != nil {
		return err
	}
	if offer.Accepts {
		return c.book(s, at, s.Venue, "", f.Op, "session.accepted")
	}
	s.Proposal = Proposal{
		By: s.Atsugi, For: s.Mentor, Spans: []Span{at}, Venue: s.Venue,
		// To the second, as the occasion of its notice and the buttons of its card have it.
		At: c.now.Truncate(time.Second),
	}
	if err := c.keepSession(s, f.Op, "session.request"); err != nil {
		return err
	}
	return c.tellProposed(*s, r.as)
}

// onlyRequested says whether the session was asked for (offering: open) and never agreed on.
func (s Session) onlyRequested() bool { return s.Requested && s.State == SessionOpen && s.Seq == 0 }

// RequestDeclined says whether the expert declined the request that the session began as.
func (s Session) RequestDeclined() bool {
	return s.Requested && s.State == SessionCancelled && !s.Proposal.At.IsZero()
}

// RequestWithdrawn says whether the request that the session began as was taken back before
// it was answered.
func (s Session) RequestWithdrawn() bool {
	return s.Requested && s.State == SessionCancelled && s.Proposal.At.IsZero() && s.Last.Was != (Span{})
}

// withdrawRequest takes a request back that nobody agreed to yet, with what was asked for.
func (c *change) withdrawRequest(s Session, reason string) error {
	s.Last = SessionChange{Was: s.Proposal.Spans[0]}
	s.State, s.Reason, s.Proposal = SessionCancelled, reason, Proposal{}
	s.Seq++
	if err := c.keepSession(&s, "", "session.cancel"); err != nil {
		return err
	}
	return c.tellBoth(s, time.Time{}, NoticeSessionCancelled)
}

// declineRequest calls off a session of which the expert declined the request, for the
// reason that it holds. It is between the two: the atsugi is told, with the expert's next
// times and the way to others, and the office is not.
func (c *change) declineRequest(s Session) error {
	s.State = SessionCancelled
	if err := c.keepSession(&s, "", "session.decline"); err != nil {
		return err
	}
	return c.notify(Notice{
		Kind: NoticeSessionDeclined, Subject: string(s.ID), To: ToPerson(s.Atsugi), Occasion: ProposalOccasion(s.Proposal),
	})
}

// mustMeet refuses a way to meet that is none of the expert's.
func (of Offer) mustMeet(mode SessionMode) error {
	switch {
	case mode != ModeOnline && mode != ModeOnSite:
		return invalid("mode", "error.choice")
	case mode == ModeOnline && !of.Online || mode == ModeOnSite && !of.OnSite:
		return invalid("mode", "error.request_mode")
	}
	return nil
}

// venue is where the expert meets people who choose that way.
func (of Offer) venue(mode SessionMode) Venue {
	if mode == ModeOnline {
		return Venue{Mode: mode, URL: of.URL}
	}
	return Venue{Mode: mode, Place: of.Place}
}

// check finds the first thing that is wrong with the form besides its time.
func (f RequestForm) check(offer Offer) error {
	if err := offer.mustMeet(f.Mode); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(f.Topic) == "":
		return invalid("topic", "error.required")
	case f.Stage != StageUnsaid && !slices.Contains(IdeaStages, f.Stage):
		return invalid("stage", "error.choice")
	}
	for _, t := range []struct{ field, text string }{{"topic", f.Topic}, {"bring", f.Bring}, {"avoid", f.Avoid}} {
		if err := sessionText(t.field, t.text, MaxSessionText); err != nil {
			return err
		}
	}
	return nil
}

// mustHaveMade refuses a form whose op made another session than it asks for. The time
// of that session may have changed since.
func (f RequestForm) mustHaveMade(s Session) error {
	at := s.Span.From
	if s.State == SessionOpen && s.Proposal.Waits() {
		at = s.Proposal.Spans[0].From
	}
	if s.Mentor != f.Mentor || !s.Requested || s.Version <= 1 && !at.Equal(f.Start) {
		return &Error{Code: CodeConflict, Key: "error.session_made_before"}
	}
	return nil
}

// asking is a request on its way: whom it is between, what the expert offers, and as
// whom the actor sees it.
type asking struct {
	s     Session
	from  *chooser
	offer offered
	as    sessionSight
	made  bool // the form made s before
}

// requestTo finds out whether the atsugi may ask the expert for a time.
func (c *change) requestTo(op string, mentor PersonID) (r asking, err error) {
	if r.from, err = c.office.chooser(c.Tx, c.actor, c.me, c.now); err != nil {
		return r, err
	}
	if op == "" {
		return r, invalid("", "error.form_old")
	}
	if r.s, err = c.SessionByOp(op); err == nil {
		r.made = true
		r.as, err = c.sightOf(r.s)
		return r, err
	}
	if !errors.Is(err, ErrNoRow) {
		return r, err
	}
	if r.offer, err = r.from.one(mentor); err != nil {
		return r, err
	}
	if err := c.newRequest(&r, mentor); err != nil {
		return r, err
	}
	if err := c.mustBeAFewRequests(r); err != nil {
		return r, err
	}
	if r.s.Engagement != "" {
		return r, c.mustBeOnlyOpen(SessionFilter{Engagement: r.s.Engagement, WithoutLapsedAt: c.now})
	}
	return r, nil
}

// newRequest begins the session that is asked for: of the running engagement of the two, if
// they have one.
func (c *change) newRequest(r *asking, mentor PersonID) (err error) {
	r.s = Session{
		ID: SessionID(c.office.NewID()), Kind: Between, Atsugi: c.me.ID, Mentor: mentor, State: SessionOpen,
		Requested: true, Made: c.now, By: c.me.ID,
	}
	if r.s.Engagement, err = runningOf(c.Tx, r.s.Atsugi, mentor); err != nil {
		return err
	}
	if r.s.Engagement != "" {
		r.s.Kind = FollowUp
	}
	r.as, err = c.sightOf(r.s)
	return err
}

// runningOf is the engagement of the two that runs, "" if there is none.
func runningOf(tx Tx, atsugi, mentor PersonID) (EngagementID, error) {
	es, err := tx.Engagements()
	for _, e := range es {
		if e.Runs() && e.Atsugi == atsugi && e.Mentor == mentor {
			return e.ID, nil
		}
	}
	return "", err
}

// chosen is the published time that begins at start, if the atsugi can have it.
func (c *change) chosen(r asking, start time.Time) (Span, error) {
	times, err := r.from.times(r.offer)
	if err != nil {
		return Span{}, err
	}
	i := slices.IndexFunc(times, startsAt(start))
	if i < 0 {
		return Span{}, takenNext(times, start)
	}
	full, err := c.totalReached(r.s) // no week of the expert's is full in which there are times
	if err == nil && full != nil {
		err = full
	}
	return times[i], err
}

// orNext puts times that are free beside the refusal of one that was taken by a
// transaction beside this one.
func (r asking) orNext(start time.Time, err error) error {
	if !errors.Is(err, ErrTaken) && !errors.Is(err, &Error{Code: CodeConflict, Key: "error.time_taken"}) {
		return err
	}
	times, err := r.from.times(r.offer)
	if err != nil {
		return err
	}
	return takenNext(slices.DeleteFunc(times, startsAt(start)), start)
}

func startsAt(start time.Time) func(Span) bool {
	return func(t Span) bool { return t.From.Equal(start) }
}

// takenNext says that a time was taken, with the times after it that are free, or, if
// there are too few, the last ones before it.
func takenNext(times []Span, start time.Time) *Error {
	i, _ := slices.BinarySearchFunc(times, start, func(t Span, at time.Time) int { return t.From.Compare(at) })
	i = max(0, min(i, len(times)-nextTimes))
	next := slices.Clone(times[i:min(i+nextTimes, len(times))])
	return &Error{Code: CodeConflict, Key: keyTakenNext, Args: pairs([]any{"Next", next})}
}

// holderOf is the holder of what a form of somebody keeps: nobody frees what another
// person's form keeps, nor what a session does.
func holderOf(p PersonID, op string) string { return "form " + string(p) + " " + op }

// formOf says whether an open form of that person's keeps the time.
func (o Occupied) formOf(p PersonID) bool {
	return !o.Until.IsZero() && strings.HasPrefix(o.Holder, holderOf(p, ""))
}

// with is the time that the request takes of the two at a span; the holder is the form.
func (r asking) with(at Span) []Occupied {
	s := r.s
	s.State, s.Span = SessionBooked, at
	return s.takes(r.offer.Buffer)
}

// clearWay frees what open forms, of those chosen, keep of the time that is asked for.
func (c *change) clearWay(times []Occupied, chosen func(Occupied) bool) error {
	for _, o := range times {
		taken, err := c.Occupied(o.Person, o.Span)
		if err != nil {
			return err
		}
		for _, x := range taken {
			if !chosen(x) {
				continue
			}
			if err := c.ReleaseHold(x.Holder); err != nil {
				return err
			}
		}
	}
	return nil
}

// heldBy lists what open forms of an atsugi keep.
func (c *change) heldBy(p PersonID) ([]Occupied, error) {
	taken, err := c.Occupied(p, Span{From: c.now, Until: c.now.Add(OfferedFor + 24*time.Hour)})
	return slices.DeleteFunc(taken, func(x Occupied) bool { return !x.Until.After(c.now) }), err
}
