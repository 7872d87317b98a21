package programme

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"
)

// Known is what is kept about somebody, as they may see it themself: their profile, what
// they said, and who looked at it. The office's own remark on the roster (note) is not in
// it, nor are memos' parts that are not meant for them: a formal request for disclosure
// (開示請求) is answered by the office, which weighs what others wrote in confidence.
type Known struct {
	Me      Person // without Note
	Profile Profile
	Experts []Person
	Office  []Person // of whom to ask, by kana
	Now     time.Time

	Surveys  []Dialogue     // that have their name and an answer, newest first; not anonymous ones
	Events   []KnownEvent   // that they answered or came to, by start
	Sessions []KnownSession // newest first
	Memos    []MemoView     // about them, newest first, with the parts meant for them
	Readings []KnownReading // of memos about them by others, and files that carried them out, newest first

	Corrections []Correction      // that they asked for, by memo, newest memo first
	Actions     []MemoAction      // that those memos say to them, newest memo first
	Questions   []ConsentQuestion // that they asked of a text, newest text first
	Enquiries   []EnquiryView     // that they asked the office, spoken of last first, with what was said by both

	Consents     []Consent        // all that was said of them, in that order
	Publications []OwnPublication // that concern them, newest first
	Hidden       []HiddenView     // by whom they would rather not be seen
	Photos       []Photo          // in which they are, newest first
}

// KnownEvent is somebody's own part in an event.
type KnownEvent struct {
	Event      Event
	Attendance Attendance
	Here       bool // checked in
}

// KnownSession is a session of somebody's own.
type KnownSession struct {
	Session Session
	Other   Person
}

// KnownReading is how often memos about somebody came before an organisation on a day, in
// one way. Nobody is named (programme.md "Consent and sharing in practice").
type KnownReading struct {
	Day          Date
	Organisation string // "" if the reader has none; Role says what they are then
	Role         Role   // the first of the reader's; Coordinator for the command line
	// File is CopyDigest or CopyExport if a file carried the memo out; "" if its page was
	// opened, or a search showed words of it.
	File  string
	Times int
}

// KnownAboutMe gathers what is kept about the person who asks.
func (o *Office) KnownAboutMe(ctx context.Context, who Actor) (Known, error) {
	var k Known
	err := o.readAs(ctx, who, func(tx Tx, me Person) (err error) {
		if me.ID == "" { // the operator is nobody of the roster
			return denied("error.denied")
		}
		k, err = o.known(tx, who, me)
		return err
	})
	return k, err
}

func (o *Office) known(tx Tx, who Actor, me Person) (k Known, err error) {
	k = Known{Me: me, Now: o.Now()}
	k.Me.Note = ""
	if k.Experts, err = peopleOf(tx, slices.Concat(me.Mentors, me.Engaged)); err != nil {
		return k, err
	}
	everyone, err := tx.People()
	if err != nil {
		return k, err
	}
	for _, p := range everyone {
		if p.Has(Coordinator) && p.Admitted(o.Settings.Today(k.Now)) && len(k.Office) < 5 {
			k.Office = append(k.Office, p)
		}
	}
	if k.Profile, err = profileOf(tx, me.ID); err != nil {
		return k, err
	}
	for _, gather := range []func(Tx, *Known) error{knownSurveys, knownEvents, knownSessions} {
		if err := gather(tx, &k); err != nil {
			return k, err
		}
	}
	if err := o.knownConsents(tx, &k); err != nil {
		return k, err
	}
	if err := o.knownMemos(tx, who, &k); err != nil {
		return k, err
	}
	if err := knownEnquiries(tx, &k); err != nil {
		return k, err
	}
	if err := knownSaid(tx, &k); err != nil {
		return k, err
	}
	return k, knownPhotos(tx, &k)
}

// knownPhotos are the photos in which the office recognised the person. Of one that is kept
// with a memo that is not theirs to read they know the picture and its day alone.
func knownPhotos(tx Tx, k *Known) error {
	photos, err := tx.PhotosShowing(k.Me.ID)
	for _, p := range photos {
		own := func(v MemoView) bool { return v.Memo.ID == p.Memo }
		if p.Event == "" && !slices.ContainsFunc(k.Memos, own) {
			p = p.bare()
		}
		p.People = nil // who else is in it is theirs to know
		k.Photos = append(k.Photos, p)
	}
	return err
}

// knownConsents are what the person agreed to, what of theirs is to be published, and whom
// they named privately.
func (o *Office) knownConsents(tx Tx, k *Known) (err error) {
	if k.Consents, err = tx.ConsentsOf(k.Me.ID, ""); err != nil {
		return err
	}
	if k.Publications, err = o.ownPublications(tx, k.Me.ID); err != nil {
		return err
	}
	k.Hidden, err = hiddenViews(tx, k.Me.ID)
	return err
}

// peopleOf are those of the ids, each once.
func peopleOf(tx Tx, ids []PersonID) (out []Person, err error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	for _, id := range ids {
		p, err := tx.Person(id)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	SortByKana(out)
	return out, nil
}

// knownSurveys are the surveys with the person's name on what they answered.
func knownSurveys(tx Tx, k *Known) error {
	responses, err := tx.ResponsesOf(k.Me.ID)
	if err != nil {
		return err
	}
	for _, r := range responses {
		d, err := dialogue(tx, r.ID)
		if err != nil {
			return err
		}
		if len(d.Answers) > 0 && !d.Survey.Trial && !d.Survey.Def.Anonymous {
			d.Person.Note = ""
			k.Surveys = append(k.Surveys, d)
		}
	}
	return nil
}

func knownEvents(tx Tx, k *Known) error {
	events, err := tx.Events()
	if err != nil {
		return err
	}
	for _, e := range events {
		a, err := tx.Attendance(e.ID, k.Me.ID)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		here, _, err := tx.Arrived(e.ID, AttendeeID(k.Me.ID))
		if err != nil {
			return err
		}
		if here || a.Answer != Undecided {
			k.Events = append(k.Events, KnownEvent{Event: e, Attendance: a, Here: here})
		}
	}
	return nil
}

func knownSessions(tx Tx, k *Known) error {
	sessions, err := tx.Sessions(SessionFilter{Person: k.Me.ID})
	if err != nil {
		return err
	}
	for _, s := range sessions {
		other, err := tx.Person(s.Other(k.Me.ID))
		if err != nil {
			return err
		}
		k.Sessions = append(k.Sessions, KnownSession{Session: s, Other: other})
	}
	slices.SortStableFunc(k.Sessions, func(a, b KnownSession) int { return b.Session.Span.From.Compare(a.Session.Span.From) })
	return nil
}

// knownMemos are the memos about the person that they may open, and who read any about
// them, those that they may not open among them.
func (o *Office) knownMemos(tx Tx, who Actor, k *Known) error {
	memos, err := tx.Memos(MemoFilter{Atsugi: k.Me.ID, Withdrawn: true})
	if err != nil {
		return err
	}
	times := map[KnownReading]int{}
	for _, m := range memos {
		v, err := o.seenBy(tx, who, k.Me, m, k.Now)
		if err != nil {
			return err
		}
		if len(v.Memo.Parts) > 0 {
			k.Memos = append(k.Memos, v)
		}
		if err := o.countReadings(tx, k.Me.ID, m.ID, times); err != nil {
			return err
		}
	}
	for r, n := range times {
		r.Times = n
		k.Readings = append(k.Readings, r)
	}
	slices.SortFunc(k.Readings, func(a, b KnownReading) int {
		return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Organisation, b.Organisation), cmp.Compare(a.Role, b.Role), cmp.Compare(a.File, b.File))
	})
	return nil
}

// countReadings adds the readings of a memo by others, and the files that carried it out, to
// those of their days.
func (o *Office) countReadings(tx Tx, me PersonID, id MemoID, times map[KnownReading]int) error {
	count := func(by KnownReading, at time.Time, who PersonID) error {
		if who == me {
			return nil
		}
		by.Day = DateOf(at, o.Settings.Zone)
		if who != "" {
			p, err := tx.Person(who)
			if err != nil {
				return err
			}
			if by.Organisation = p.Organisation; len(p.Roles) > 0 {
				by.Role = p.Roles[0]
			}
		}
		if by.Organisation != "" {
			by.Role = "" // colleagues of several roles are one organisation
		}
		times[by]++
		return nil
	}
	readings, err := tx.Readings(id)
	if err != nil {
		return err
	}
	for _, r := range readings {
		if err := count(KnownReading{Role: Coordinator}, r.At, r.Person); err != nil {
			return err
		}
	}
	copies, err := tx.CopiesOf(string(id))
	if err != nil {
		return err
	}
	for _, c := range copies {
		by := KnownReading{Role: Coordinator, File: c.Kind}
		switch c.Kind {
		case CopyDigest:
			by.Role = Bureau
		case CopyExport:
		default: // what may be read, and one's own file
			continue
		}
		if err := count(by, c.At, c.To.Person()); err != nil {
			return err
		}
	}
	return nil
}

// Somebody may have what is known about them sent as a file so often within sentAllWithin.
const (
	mostSentAll   = 3
	sentAllWithin = 24 * time.Hour
	sentAllUseful = 24 * time.Hour
	actionSentAll = "own.data"
	// mostSentPhotos is how many pictures come with it; the page has a button for each.
	mostSentPhotos = 20
)

// SendMeAll has all that KnownAboutMe shows, with what the parts and answers say, sent to
// the person who asks as a file in their own conversation, once for each operation op. It is
// drawn from what is kept at the moment of sending; the memos in it count as read. The newest
// pictures in which the person is come with it, a file each. More than three a day are refused.
func (o *Office) SendMeAll(ctx context.Context, who Actor, op string) error {
	return o.write(ctx, who, func(c *change) error {
		if c.me.ID == "" { // the operator has no conversation to send it to
			return denied("error.denied")
		}
		n := Notice{
			Kind: NoticeOwnData, Subject: string(c.me.ID), To: ToPerson(c.me.ID),
			Occasion: op, UsefulUntil: c.now.Add(sentAllUseful),
		}
		if _, err := c.DeliveryOf(n); !errors.Is(err, ErrNoRow) {
			return err // the same form again
		}
		sent, err := c.CountAudited(c.me.ID, actionSentAll, string(c.me.ID), c.now.Add(-sentAllWithin))
		if err != nil {
			return err
		}
		if sent >= mostSentAll {
			return tooOften("error.own_data_often", mostSentAll)
		}
		if err := c.notify(n); err != nil {
			return err
		}
		k := Known{Me: c.me, Now: c.now}
		if err := o.knownMemos(c.Tx, c.actor, &k); err != nil {
			return err
		}
		for _, v := range k.Memos {
			if err := c.reads(v.Memo); err != nil {
				return err
			}
			if err := c.copied(CopyOwnData, string(v.Memo.ID), v.Memo.Version, n.To); err != nil {
				return err
			}
		}
		if err := knownPhotos(c.Tx, &k); err != nil {
			return err
		}
		for _, p := range k.Photos[:min(len(k.Photos), mostSentPhotos)] {
			if err := c.sendPhoto(p, op); err != nil {
				return err
			}
		}
		return c.audit(actionSentAll, string(c.me.ID))
	})
}

// lookAtOwnData finds what is known about somebody, for themself alone.
func (o *Office) lookAtOwnData(tx Tx, m *Matter) (err error) {
	if m.To.ID == "" || m.Notice.Subject != string(m.To.ID) {
		m.Withdrawn = withdrawnDenied
		return nil
	}
	m.Known, err = o.known(tx, As(m.To.ID), m.To)
	return err
}
