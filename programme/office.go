package programme

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Actor is who wants something.
type Actor struct {
	Person PersonID // "" for the operator and for the program itself
	Kind   ActorKind
	// At is when the person acted, by the platform's clock; zero means now. Two
	// connections have no common order, so "the later one stands" compares At.
	At time.Time
}

// ActorKind tells people from the command line and from the program itself.
// The strings are stored in the audit trail.
type ActorKind string

const (
	ByPerson   ActorKind = "person"
	ByOperator ActorKind = "operator" // the command line on the machine
	BySystem   ActorKind = "system"   // the program: schedule, matching
)

// Operator acts from the command line, System from within the program.
var (
	Operator = Actor{Kind: ByOperator}
	System   = Actor{Kind: BySystem}
)

// As is the actor for a person of the roster.
func As(p PersonID) Actor { return Actor{Person: p, Kind: ByPerson} }

// Tx is one transaction. It carries the context of the call that opened it and
// must not be used after that call returns.
type Tx interface {
	PeopleTx
	JoiningTx
	ProfilesTx
	EventsTx
	GuestsTx
	OverridesTx
	SurveyTx
	SurveyFactsTx
	EngagementsTx
	RecommendationsTx
	HandoversTx
	SessionsTx
	OffersTx
	MemosTx
	PhotosTx
	MemoActionsTx
	MemosDueTx
	MemoDraftsTx
	CorrectionsTx
	CopiesTx
	AnnouncementsTx
	HiddenTx
	OpeningsTx
	MemoQuestionsTx
	MemoSearchTx
	ConsentTx
	ConsentQuestionsTx
	SourcesTx
	EnquiriesTx
	WorkspaceTx
	DeliveriesTx
	HoldTx
	AuditTx
}

// Store opens transactions. Read sees one snapshot and cannot write; Write is
// serialised and commits when f returns nil, else leaves nothing behind.
type Store interface {
	Read(ctx context.Context, f func(Tx) error) error
	Write(ctx context.Context, f func(Tx) error) error
}

// Office is the only way to change anything: Slack, the command line and the
// rehearsal all pass through it. Its fields are set once, before use.
type Office struct {
	Store    Store
	Settings Settings
	Now      func() time.Time
	NewID    func() string // a ULID
	// NoticesDue and FactsChanged are told after a commit that left notices, or
	// that changed what reminders are planned from. Either may be nil.
	NoticesDue   func()
	FactsChanged func()
	// Changed is told after every commit; it may be nil.
	Changed func()
	// SurveyWork is told when DoWork has something to do; while it is nil, that
	// is done before the use case answers.
	SurveyWork func()
	// Holiday says whether a day is a public holiday; while it is nil there are none.
	Holiday func(Date) bool
	// MemoDue is until when a memo is to be written that could be since then; while it is
	// nil nobody is late.
	MemoDue func(since time.Time) time.Time

	// Album keeps photos; PhotosToFetch is told when somebody said where some belong. It may
	// be nil.
	Album         Album
	PhotosToFetch func()

	looks looks
	// photoFiles guards the Album: a file that is about to be named by a row must not be
	// removed because no row names it yet.
	photoFiles sync.Mutex
}

// change is a running write transaction: the store's Tx with the moment and the
// actor that hold for all of it.
type change struct {
	Tx
	office  *Office
	now     time.Time
	actor   Actor
	me      Person // zero unless the actor is a person
	notices bool
	facts   bool
	// unindexed says that memos were put on the list of MemosToIndex.
	unindexed bool
}

// when is the moment the actor acted: never later than the transaction itself.
func (c *change) when() time.Time {
	if c.actor.At.IsZero() || c.actor.At.After(c.now) {
		return c.now
	}
	return c.actor.At
}

func (c *change) factsChanged() { c.facts = true }

// notify leaves notices to be delivered once the transaction is committed.
func (c *change) notify(ns ...Notice) error {
	for _, n := range ns {
		if n.Due.IsZero() {
			n.Due = c.now
		}
		if err := c.Enqueue(c.office.NewID(), n); err != nil {
			return err
		}
	}
	c.notices = c.notices || len(ns) > 0
	return nil
}

// redraw makes messages that were sent be drawn again from today's facts.
// Match names them by Kind and Subject, and To and Occasion unless empty.
func (c *change) redraw(match Notice) error {
	c.notices = true
	return c.Redraw(match, c.now)
}

func (c *change) audit(action, subject string) error {
	return c.auditChange(action, subject, "")
}

// auditChange is audit with what changed (AuditEntry.Detail).
func (c *change) auditChange(action, subject, detail string) error {
	return c.Audit(AuditEntry{
		ID: c.office.NewID(), At: c.now, By: c.actor.Kind, Person: c.actor.Person,
		Action: action, Subject: subject, Detail: detail,
	})
}

// load finds the person who acts. People who left act no more.
func load(tx Tx, who Actor) (Person, error) {
	if who.Kind != ByPerson {
		return Person{}, nil
	}
	p, err := tx.Person(who.Person)
	if err != nil {
		return p, orMissing(err, "error.not_in_roster")
	}
	if !p.Active() {
		return p, notInRoster()
	}
	return p, nil
}

// write runs one use case as one transaction and, after the commit, tells
// whoever waits for notices and facts.
func (o *Office) write(ctx context.Context, who Actor, f func(*change) error) error {
	var c change
	err := o.Store.Write(ctx, func(tx Tx) error {
		c = change{Tx: tx, office: o, now: o.Now(), actor: who}
		var err error
		if c.me, err = load(tx, who); err != nil {
			return err
		}
		return f(&c)
	})
	if err != nil {
		return err
	}
	if o.Changed != nil {
		o.Changed()
	}
	if c.facts && o.FactsChanged != nil {
		o.FactsChanged()
	}
	if c.notices && o.NoticesDue != nil {
		o.NoticesDue()
	}
	if c.unindexed {
		return o.IndexMemos(ctx)
	}
	return nil
}

func (o *Office) read(ctx context.Context, f func(Tx) error) error {
	return o.Store.Read(ctx, f)
}

// readAs is read with the acting person loaded.
func (o *Office) readAs(ctx context.Context, who Actor, f func(Tx, Person) error) error {
	return o.read(ctx, func(tx Tx) error {
		me, err := load(tx, who)
		if err != nil {
			return err
		}
		return f(tx, me)
	})
}

// readAsOffice is read for what only the coordinator's office may see.
func (o *Office) readAsOffice(ctx context.Context, who Actor, f func(Tx) error) error {
	return o.readAs(ctx, who, func(tx Tx, me Person) error {
		if !o.may(who, me, o.Now(), Coordinator) {
			return denied("error.denied")
		}
		return f(tx)
	})
}

// manage runs what only the coordinator's office may do.
func (o *Office) manage(ctx context.Context, who Actor, f func(*change) error) error {
	return o.write(ctx, who, func(c *change) error {
		if err := c.must(Coordinator); err != nil {
			return err
		}
		return f(c)
	})
}

// may says whether the actor is one of the roles and admitted (design.md
// section 5). The operator may do what a coordinator may; the program itself
// does not pass through here.
func (o *Office) may(who Actor, me Person, now time.Time, roles ...Role) bool {
	if who.Kind == ByOperator {
		return true
	}
	return who.Kind == ByPerson && me.Admitted(o.Settings.Today(now)) && overlap(roles, me.Roles)
}

// must is may as an error for people.
func (c *change) must(roles ...Role) error {
	if c.office.may(c.actor, c.me, c.now, roles...) {
		return nil
	}
	return denied("error.denied")
}

// AuditEntry is one line of the audit trail: who did what to which record. It
// holds ids, names of states and times only, never what people wrote (programme.md duty 3).
type AuditEntry struct {
	ID      string
	At      time.Time
	By      ActorKind
	Person  PersonID
	Action  string
	Subject string
	Detail  string // what changed, as "state=open>booked", "" for most
}

func (e AuditEntry) String() string {
	line := fmt.Sprintf("%s %s %s %s %s", e.At.UTC().Format(time.RFC3339Nano), e.By, e.Person, e.Action, e.Subject)
	if e.Detail != "" {
		line += " " + e.Detail
	}
	return line
}

// AuditTx keeps the trail: append-only, each entry bound to the one before by a
// hash, so that an altered trail shows.
type AuditTx interface {
	Audit(AuditEntry) error
	// AuditTrail lists the newest entries first, limit at most.
	AuditTrail(limit int) ([]AuditEntry, error)
	// CountAudited is how often that person did that to that record after a moment (UTC).
	CountAudited(by PersonID, action, subject string, after time.Time) (int, error)
}

// Facts are what reminders are planned from. Surveys are those that were sent out by
// themselves and are not closed: nobody is chased for what is over. Waiting are the
// people who are still to answer them, SurveyHeard what they were told of them.
// Sessions are those that are booked, and that nobody has accounted for yet; Proposed
// those of whose proposed times none is picked, nor declined. Unwritten are the memos that
// are or will be to write, without Due. Enquiries are those that the office has not answered.
type Facts struct {
	Events      []Event
	People      []Person
	Attendance  []Attendance
	Speakers    []Speaker
	Arrivals    []Arrival
	Overrides   []Override
	Told        []Told
	KeyDates    []KeyDate
	Surveys     []Survey
	Waiting     []Response
	SurveyHeard []SurveyHeard
	Sessions    []BookedSession
	Proposed    []Session
	Unwritten   []MemoDue
	Enquiries   []WaitingEnquiry
}

// Facts gathers what reminders are planned from, in one snapshot.
func (o *Office) Facts(ctx context.Context) (Facts, error) {
	f := Facts{KeyDates: o.Settings.KeyDates}
	err := o.read(ctx, func(tx Tx) (err error) {
		if f.Events, err = tx.Events(); err != nil {
			return err
		}
		if f.People, err = tx.People(); err != nil {
			return err
		}
		if f.Attendance, err = tx.AllAttendance(); err != nil {
			return err
		}
		if f.Speakers, err = tx.AllSpeakers(); err != nil {
			return err
		}
		if f.Arrivals, err = tx.AllArrivals(); err != nil {
			return err
		}
		if f.Told, err = tx.Told(); err != nil {
			return err
		}
		if f.Overrides, err = tx.Overrides(); err != nil {
			return err
		}
		if err := f.addSurveys(tx, o.Now()); err != nil {
			return err
		}
		if err := f.addSessions(tx, o.Now()); err != nil {
			return err
		}
		if f.Enquiries, err = waitingEnquiries(tx); err != nil {
			return err
		}
		return f.addUnwritten(tx, o.Now())
	})
	return f, err
}

// Hint tells somebody what the bot can do, or how to ask to join, in answer to
// the inbound event: once per event.
func (o *Office) Hint(ctx context.Context, to Recipient, event string) error {
	return o.write(ctx, System, func(c *change) error {
		return c.notify(Notice{Kind: NoticeHint, Subject: event, To: to, UsefulUntil: c.now.Add(24 * time.Hour)})
	})
}
