package programme

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// SessionBoard shows how the sessions of the programme stand to the office, and without
// words to the bureau, which is not told either who said what afterwards.
func (o *Office) SessionBoard(ctx context.Context, who Actor) (Board, error) {
	var b Board
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if !o.may(who, me, o.Now(), Coordinator, Bureau) {
			return denied("error.denied")
		}
		r, err := o.sessionReader(tx, who, me)
		if err != nil {
			return err
		}
		b, err = r.board()
		return err
	})
	return b, err
}

func (r *sessionReader) board() (b Board, err error) {
	sessions, err := r.tx.Sessions(SessionFilter{})
	if err != nil {
		return b, err
	}
	office := r.office.may(r.who, r.me, r.now, Coordinator)
	elsewhere, err := agreedElsewhere(r.tx)
	if err != nil {
		return b, err
	}
	w := sortOut(sessions, r.memos, elsewhere, r.now).keepBack(func(s Session) bool { return !office || s.Of(r.me.ID) })
	b = Board{Now: r.now, Office: office, Most: r.office.Settings.Sessions.Most, Counts: w.counts}
	for _, part := range []struct {
		to   *[]SessionView
		from []Session
	}{{&b.Waiting, w.waiting}, {&b.Stuck, w.stuck}, {&b.Unsaid, w.unsaid}, {&b.Disputed, w.disputed}, {&b.NoMemo, w.noMemo}} {
		if *part.to, err = r.views(part.from); err != nil {
			return b, err
		}
	}
	if office {
		if b.Clashes, err = r.clashes(sessions); err != nil {
			return b, err
		}
	}
	noPapers, err := r.withoutPapers(sessions)
	if err != nil {
		return b, err
	}
	if b.NoPapers, err = r.views(noPapers); err != nil {
		return b, err
	}
	if b.Engagements, err = r.engagementLines(sessions, office); err != nil {
		return b, err
	}
	if b.Between, err = r.betweenLines(sessions, office); err != nil {
		return b, err
	}
	b.Mentors, err = r.loads(sessions, office)
	return b, err
}

// work is what there is to do about sessions.
type work struct {
	waiting, stuck, unsaid, disputed, noMemo []Session
	counts                                   SessionTallies
}

// sortOut finds what there is to do, the oldest of each first. Elsewhere is how many sessions
// there were beside these.
func sortOut(sessions []Session, memos map[SessionID]bool, elsewhere int, now time.Time) work {
	w := work{counts: talliesOf(sessions, elsewhere)}
	for _, s := range sessions {
		switch {
		case s.waitsAt(now):
			w.waiting = append(w.waiting, s)
		case s.State == SessionOpen, s.unmoved(now):
			w.stuck = append(w.stuck, s)
		}
		switch {
		case s.State == SessionHeld && !memos[s.ID]:
			w.noMemo = append(w.noMemo, s)
		case s.State != SessionBooked || !s.over(now):
		case s.Disputed():
			w.disputed = append(w.disputed, s)
		default:
			w.unsaid = append(w.unsaid, s)
		}
	}
	slices.SortStableFunc(w.waiting, func(a, b Session) int {
		return cmp.Or(a.Proposal.At.Compare(b.Proposal.At), cmp.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(w.stuck, func(a, b Session) int {
		return cmp.Or(a.Since().Compare(b.Since()), cmp.Compare(a.ID, b.ID))
	})
	for _, list := range [][]Session{w.unsaid, w.disputed, w.noMemo} {
		slices.SortStableFunc(list, byStart)
	}
	return w
}

// keepBack leaves among those of which not all is said the sessions of whose dispute somebody
// is not to know: the bureau, and who is one of the two.
func (w work) keepBack(hidden func(Session) bool) work {
	var disputed []Session
	for _, s := range w.disputed {
		if hidden(s) {
			w.unsaid = append(w.unsaid, s)
		} else {
			disputed = append(disputed, s)
		}
	}
	w.disputed = disputed
	slices.SortStableFunc(w.unsaid, byStart)
	return w
}

// BoardCounts are the board in numbers. Most is how many follow-ups there may be.
type BoardCounts struct {
	SessionTallies
	Most                                     int
	Waiting, Stuck, Unsaid, Disputed, NoMemo int
}

// summary is the board in numbers.
func (w work) summary(most int) BoardCounts {
	return BoardCounts{
		SessionTallies: w.counts, Most: most,
		Waiting: len(w.waiting), Stuck: len(w.stuck), Unsaid: len(w.unsaid), Disputed: len(w.disputed), NoMemo: len(w.noMemo),
	}
}

func byStart(a, b Session) int {
	return cmp.Or(a.Span.From.Compare(b.Span.From), cmp.Compare(a.ID, b.ID))
}

// engagementLines are the engagements, running ones first, with their sessions.
func (r *sessionReader) engagementLines(sessions []Session, office bool) ([]EngagementLine, error) {
	es, err := r.tx.Engagements()
	if err != nil {
		return nil, err
	}
	tallies := map[EngagementID]*SessionTally{}
	for _, e := range es {
		tallies[e.ID] = &SessionTally{}
	}
	for _, s := range sessions {
		if t := tallies[s.Engagement]; t != nil {
			t.count(s)
		}
	}
	var out []EngagementLine
	for _, e := range es {
		line := EngagementLine{EngagementView: EngagementView{Engagement: e}, SessionTally: *tallies[e.ID]}
		if line.AtsugiPerson, line.MentorPerson, err = r.pair(e.Atsugi, e.Mentor, office); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	return out, nil
}

// betweenLines are the firms and experts who have sessions between the workshops, or asked
// for one, those with something to come first, by kana.
func (r *sessionReader) betweenLines(sessions []Session, office bool) ([]BetweenLine, error) {
	type pair struct{ atsugi, mentor PersonID }
	of := map[pair]*SessionTally{}
	for _, s := range sessions {
		if s.Kind != Between || s.State == SessionCancelled || s.State == SessionNotHeld {
			continue
		}
		p := pair{s.Atsugi, s.Mentor}
		if of[p] == nil {
			of[p] = &SessionTally{}
		}
		of[p].count(s)
	}
	var out []BetweenLine
	for p, tally := range of {
		line := BetweenLine{SessionTally: *tally}
		var err error
		if line.AtsugiPerson, line.MentorPerson, err = r.pair(p.atsugi, p.mentor, office); err != nil {
			return nil, err
		}
		out = append(out, line)
	}
	slices.SortFunc(out, func(a, b BetweenLine) int {
		return cmp.Or(a.done()-b.done(), byKana(a.AtsugiPerson, b.AtsugiPerson), byKana(a.MentorPerson, b.MentorPerson))
	})
	return out, nil
}

// pair are two people, to others than the office by name alone.
func (r *sessionReader) pair(atsugi, mentor PersonID, office bool) (a, m Person, err error) {
	if a, err = r.person(atsugi); err != nil {
		return a, m, err
	}
	if m, err = r.person(mentor); err != nil || office {
		return a, m, err
	}
	return a.nameOnly(), m.nameOnly(), nil
}

// loads are what the experts have who can be given sessions, or had some, by kana.
func (r *sessionReader) loads(sessions []Session, office bool) ([]MentorLoad, error) {
	today := r.office.Settings.Today(r.now)
	week := r.office.Settings.week(r.now)
	of := map[PersonID]*MentorLoad{}
	people, err := r.tx.People()
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		if p.takesEngagements(today) {
			of[p.ID] = &MentorLoad{}
		}
	}
	for _, s := range sessions {
		if s.State != SessionHeld && s.State != SessionBooked {
			continue
		}
		if of[s.Mentor] == nil {
			of[s.Mentor] = &MentorLoad{}
		}
		of[s.Mentor].add(s, week)
	}
	var out []MentorLoad
	for _, p := range people {
		load := of[p.ID]
		if load == nil {
			continue
		}
		if load.Person = p; !office {
			load.Person = p.nameOnly()
		}
		out = append(out, *load)
	}
	return out, nil
}

func (l *MentorLoad) add(s Session, week Span) {
	l.SessionTallies.count(s)
	if !s.Span.From.Before(week.From) && s.Span.From.Before(week.Until) {
		l.ThisWeek++
	}
}

// week is Monday to Sunday around t, by the programme's days.
func (s Settings) week(t time.Time) Span {
	local := t.In(s.Zone)
	monday := s.Today(t).Add(0, -(int(local.Weekday())+6)%7)
	return Span{From: monday.At(0, 0, s.Zone), Until: monday.Add(0, 7).At(0, 0, s.Zone)}
}

// sessionLines are the reader's own engagements and sessions on Home, for supporters
// how many there are.
func (o *Office) sessionLines(tx Tx, who Actor, h *Home) error {
	if o.may(who, h.Me, h.Now, Supporter) {
		var err error
		if h.Recommended, err = countsOfRecommended(tx, h.Me.Organisation); err != nil {
			return err
		}
	}
	if !o.may(who, h.Me, h.Now, Atsugi, Mentor) {
		return nil
	}
	sessions, err := tx.Sessions(SessionFilter{Person: h.Me.ID})
	if err != nil {
		return err
	}
	r, err := o.sessionReader(tx, who, h.Me)
	if err != nil {
		return err
	}
	slices.SortStableFunc(sessions, runningFirst)
	own := slices.DeleteFunc(slices.Clone(sessions), func(s Session) bool { return !s.Running() })
	if h.Sessions, err = r.views(own); err != nil {
		return err
	}
	lines, err := r.engagementLines(sessions, false)
	for _, l := range lines {
		if l.Runs() && (h.Me.ID == l.Atsugi || h.Me.ID == l.Mentor) {
			h.Engagements = append(h.Engagements, l)
		}
	}
	return err
}

// SessionRecords are the evidence for the accounts (programme.md 2-③b): who, whom, when,
// how long, what kind, by start, those without a time last. What was talked about is not
// in it.
func (o *Office) SessionRecords(ctx context.Context, who Actor) ([]SessionRecord, error) {
	var out []SessionRecord
	err := o.export(ctx, who, "sessions.export", func(tx Tx) error {
		sessions, err := tx.Sessions(SessionFilter{})
		if err != nil {
			return err
		}
		r, err := o.sessionReader(tx, who, Person{})
		if err != nil {
			return err
		}
		for _, s := range sessions {
			record, err := r.record(s)
			if err != nil {
				return err
			}
			out = append(out, record)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b SessionRecord) int {
		if a.Span.From.IsZero() != b.Span.From.IsZero() {
			return b.Span.From.Compare(a.Span.From)
		}
		return byStart(a.Session, b.Session)
	})
	return out, err
}

// record is the session as evidence. A fee is due when an expert advised a firm; what
// the contractor is advised on is none (programme.md "What happens").
func (r *sessionReader) record(s Session) (v SessionRecord, err error) {
	if v.AtsugiPerson, err = r.person(s.Atsugi); err != nil {
		return v, err
	}
	if v.MentorPerson, err = r.person(s.Mentor); err != nil {
		return v, err
	}
	v.Payable, v.Memo = s.State == SessionHeld && v.MentorPerson.expert(), r.memos[s.ID]
	v.Session, v.Unsettled = s.withoutWords(), s.Unsettled(r.now)
	return v, nil
}
