package programme

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// sessionSight is as whom somebody looks at a session; the zero value sees none.
type sessionSight struct {
	own    bool // one of the two: the atsugi, or the expert while admitted
	office bool // the coordinator, unless the session is one of their own
	bureau bool // that it takes place, and no words
}

func (s sessionSight) any() bool { return s.own || s.office || s.bureau }

// acts says whether they do anything with the session, and do not only see it.
func (s sessionSight) acts() bool { return s.own || s.office }

// sessionSightOf says as whom the person looks at the session (design.md section 5,
// "sessions"). A coordinator who is one of the two is only that in it, also once they take
// part as that no longer: nobody answers for the other side, or decides about what they are
// paid for themselves. Other coordinators are the office.
func (o *Office) sessionSightOf(who Actor, me Person, s Session, now time.Time) sessionSight {
	return sessionSight{
		own: who.Kind == ByPerson && (me.ID == s.Atsugi && o.may(who, me, now, Atsugi) ||
			me.ID == s.Mentor && o.may(who, me, now, Mentor)),
		office: !s.Of(me.ID) && o.may(who, me, now, Coordinator),
		bureau: o.may(who, me, now, Bureau),
	}
}

// mustBeOffice refuses what the office alone does to who is not the office here, with a
// sentence of its own for a coordinator who is one of the two.
func (s sessionSight) mustBeOffice() error {
	switch {
	case s.office:
		return nil
	case s.own:
		return denied("error.session_own")
	}
	return denied("error.denied")
}

// SessionPage shows one session to the two, to the office and to the bureau; for
// everybody else there is none.
func (o *Office) SessionPage(ctx context.Context, who Actor, id SessionID) (SessionView, error) {
	var v SessionView
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		s, err := tx.Session(id)
		if err != nil {
			return orMissing(err, "error.session_gone")
		}
		r, err := o.sessionReader(tx, who, me)
		if err != nil {
			return err
		}
		vs, err := r.views([]Session{s})
		if err != nil {
			return err
		}
		if len(vs) == 0 {
			return missing("error.session_gone")
		}
		v = vs[0]
		return nil
	})
	return v, err
}

// Sessions lists those that the person may open: their own, all of them for the office
// and the bureau. First the booked ones by start, then the open ones, newest first, then
// what is over, latest first.
func (o *Office) Sessions(ctx context.Context, who Actor) ([]SessionView, error) {
	var out []SessionView
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		f := SessionFilter{Person: me.ID}
		switch {
		case o.may(who, me, o.Now(), Coordinator, Bureau):
			f.Person = ""
		case !o.may(who, me, o.Now(), Atsugi, Mentor):
			return denied("error.denied")
		}
		sessions, err := tx.Sessions(f)
		if err != nil {
			return err
		}
		r, err := o.sessionReader(tx, who, me)
		if err != nil {
			return err
		}
		slices.SortStableFunc(sessions, runningFirst)
		out, err = r.views(sessions)
		return err
	})
	return out, err
}

// runningFirst orders sessions that the store listed as Sessions does.
func runningFirst(a, b Session) int {
	rank := func(s Session) int {
		switch s.State {
		case SessionBooked:
			return 0
		case SessionOpen:
			return 1
		}
		return 2
	}
	if rank(a) != 2 {
		return cmp.Compare(rank(a), rank(b))
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), b.Span.From.Compare(a.Span.From))
}

// SessionCounts says how many sessions the firms that the reader's organisation
// recommended have, by kind and state: nothing else of sessions is for supporters, and counts of
// participation are never suppressed (programme.md "Consent and sharing in practice").
func (o *Office) SessionCounts(ctx context.Context, who Actor) (SessionTallies, error) {
	var counts SessionTallies
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if who.Kind != ByPerson || !o.may(who, me, o.Now(), Supporter) {
			return denied("error.denied")
		}
		counts, err = countsOfRecommended(tx, me.Organisation)
		return err
	})
	return counts, err
}

func countsOfRecommended(tx Tx, organisation string) (counts SessionTallies, err error) {
	people, err := tx.People()
	if err != nil {
		return counts, err
	}
	theirs := map[PersonID]bool{}
	for _, p := range people {
		theirs[p.ID] = recommendedBy(p, organisation)
	}
	sessions, err := tx.Sessions(SessionFilter{})
	for _, s := range sessions {
		if theirs[s.Atsugi] {
			counts.count(s)
		}
	}
	return counts, err
}

// sessionReader draws up what one person may see of sessions, in one transaction.
type sessionReader struct {
	office *Office
	tx     Tx
	who    Actor
	me     Person
	now    time.Time
	people map[PersonID]Person   // as they were met
	runs   map[EngagementID]bool // likewise
	pairs  map[[2]PersonID]bool  // with a running engagement; nil until asked for
	memos  map[SessionID]bool    // whose memo is written
}

func (o *Office) sessionReader(tx Tx, who Actor, me Person) (*sessionReader, error) {
	memos, err := tx.SessionsWithMemo()
	return &sessionReader{
		office: o, tx: tx, who: who, me: me, now: o.Now(), memos: memos,
		people: map[PersonID]Person{}, runs: map[EngagementID]bool{},
	}, err
}

// views leaves out what the person may not see.
func (r *sessionReader) views(sessions []Session) ([]SessionView, error) {
	var out []SessionView
	for _, s := range sessions {
		as := r.office.sessionSightOf(r.who, r.me, s, r.now)
		if !as.any() {
			continue
		}
		v, err := r.view(s, as)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// view is the session with what the reader may do, without what is not theirs.
func (r *sessionReader) view(s Session, as sessionSight) (v SessionView, err error) {
	v = SessionView{Session: s, Now: r.now, Office: as.office, Memo: r.memos[s.ID]}
	if v.AtsugiPerson, err = r.person(s.Atsugi); err != nil {
		return v, err
	}
	if v.MentorPerson, err = r.person(s.Mentor); err != nil {
		return v, err
	}
	if v.Ended, err = r.ended(s.Engagement); err != nil {
		return v, err
	}
	v.Paid = (as.office || as.bureau) && v.MentorPerson.expert()
	v.MayPapers = v.Paid && as.office
	set := r.office.Settings
	v.Published = r.office.asksAgain(s, r.me.ID, as)
	v.allow(sessionStand{Session: s, me: r.me.ID, as: as, seen: s.Version, now: r.now, set: set.Sessions},
		s.mayMeet(v.AtsugiPerson, v.MentorPerson, v.Ended, set.Today(r.now)) == nil)
	if v.MayKind {
		if v.Engaged, err = r.engaged(s); err != nil {
			return v, err
		}
	}
	v.hide(r.me.ID, as)
	return v, nil
}

func (r *sessionReader) person(id PersonID) (Person, error) {
	p, known := r.people[id]
	if known {
		return p, nil
	}
	p, err := r.tx.Person(id)
	r.people[id] = p
	return p, err
}

// ended says whether the session is of an engagement that ended.
func (r *sessionReader) ended(id EngagementID) (bool, error) {
	if id == "" {
		return false, nil
	}
	runs, known := r.runs[id]
	if known {
		return !runs, nil
	}
	e, err := r.tx.Engagement(id)
	r.runs[id] = e.Runs()
	return !e.Runs(), err
}

// beforeCutOff says whether there is still time for the two to move or cancel by
// themselves what begins at start.
func (s SessionSettings) beforeCutOff(start, now time.Time) bool {
	return !now.After(start.Add(-s.CutOff))
}

// hide takes out of the view what is not the reader's.
func (v *SessionView) hide(me PersonID, as sessionSight) {
	v.Session = v.Session.seenBy(me, as)
	if !as.office {
		v.AtsugiPerson, v.MentorPerson = v.AtsugiPerson.nameOnly(), v.MentorPerson.nameOnly()
	}
}

// answered is what a use case answers: of what it refused, nothing.
func answered(s Session, err error) (Session, error) {
	if err != nil {
		return Session{}, err
	}
	return s, nil
}

// seenBy is the session without what is not the reader's. What one of the two says
// afterwards is not shown to the other: neither has to answer to the other for it. The way
// into an expert's own room is for those who agreed on a time, not for who asked for one.
func (s Session) seenBy(me PersonID, as sessionSight) Session {
	if as.office {
		return s
	}
	s.ToOffice = ""
	if !as.bureau {
		s.Papers = FeePapers{}
	}
	if !as.own {
		s = s.withoutWords()
		s.OfficeSays = Unsaid
	}
	if s.Requested && !s.wasAgreedOn() && me != s.Mentor {
		s.URL, s.Proposal.URL = "", ""
	}
	if me != s.Atsugi {
		s.AtsugiSays, s.Last.Emptied.AtsugiSays = Unsaid, Unsaid
	}
	if me != s.Mentor {
		s.MentorSays, s.Last.Emptied.MentorSays = Unsaid, Unsaid
	}
	return s
}

// wasAgreedOn says whether a time of the session was ever agreed on. What never had one
// knows no change but that it was called off.
func (s Session) wasAgreedOn() bool { return s.Seq > 1 || s.Seq == 1 && s.State != SessionCancelled }

// withoutWords is that and when the two meet, and nothing of what about, nor the way into
// the room.
func (s Session) withoutWords() Session {
	s.Topic, s.Bring, s.Contest, s.Next, s.ToOffice = "", "", false, "", ""
	s.Reason, s.Proposal.Reason, s.Last.Reason = "", "", ""
	s.Stage, s.Avoid = StageUnsaid, ""
	s.URL, s.Proposal.URL = "", ""
	return s
}
