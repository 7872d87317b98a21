package programme

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// maxPart is how many characters a part may have: Slack's text input takes 3,000.
const maxPart = 3000

// MemoSubjects lists the atsugi with whom the person has to do: experts their own and whom
// they had a session with, the office everyone. Nobody else writes memos; about themself
// nobody does, and a memo's form (BeginMemo) leaves them out.
func (o *Office) MemoSubjects(ctx context.Context, who Actor) ([]Person, error) {
	var out []Person
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		now := o.Now()
		office := o.may(who, me, now, Coordinator)
		if !office && !o.may(who, me, now, Mentor) {
			return denied("error.memo_denied")
		}
		people, err := subjects(tx, me, now, office)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.Has(Atsugi) && p.Active() {
				out = append(out, p)
			}
		}
		if len(out) == 0 {
			return denied("error.memo_no_atsugi")
		}
		return nil
	})
	return out, err
}

// subjects are those among whom to look, by kana: everyone for the office, else those
// assigned to the expert, and those of sessions whose memo they are to write.
func subjects(tx Tx, me Person, now time.Time, office bool) ([]Person, error) {
	if office {
		return tx.People()
	}
	assigned, err := tx.AssignedTo(me.ID)
	if err != nil || !me.expert() {
		return nil, err
	}
	own := slices.DeleteFunc(assigned, func(p Person) bool { return !me.Advises(p) })
	sessions, err := sessionsToWriteOf(tx, SessionFilter{Person: me.ID}, now)
	if err != nil {
		return nil, err
	}
	for _, s := range sessions {
		if s.Mentor != me.ID || slices.ContainsFunc(own, func(p Person) bool { return p.ID == s.Atsugi }) {
			continue
		}
		p, err := tx.Person(s.Atsugi)
		if err != nil {
			return nil, err
		}
		own = append(own, p)
	}
	SortByKana(own)
	return own, nil
}

// WriteMemo keeps a memo and tells the office, and its atsugi if there is something for them
// to read. Its draft goes with that. Sent twice from
// the same form it is kept once, and the answer is the memo that was kept; what was changed
// in the form since is not in it: that stays as a draft, and the writer is told. So is who
// writes of a session whose memo is there already (keepSecond).
func (o *Office) WriteMemo(ctx context.Context, who Actor, f MemoForm) (Memo, error) {
	f = f.asSent()
	var m Memo
	var second *Error
	err := o.write(ctx, who, func(c *change) (err error) {
		if m, err = c.memoFrom(f); err != nil {
			return err
		}
		if err := c.mustBeNew(f.Op); err != nil {
			return err
		}
		if second, err = c.keepSecond(m.Session, f); second != nil || err != nil {
			return err
		}
		if err := c.CreateMemo(f.Op, m); err != nil {
			return err
		}
		if err := c.spendDraft(f); err != nil {
			return err
		}
		if err := c.audit("memo.write", string(m.ID)); err != nil {
			return err
		}
		if err := c.tellOfMemo(m); err != nil {
			return err
		}
		return c.notify(Notice{Kind: NoticeMemoWritten, Subject: string(m.ID), To: ToChannel(ChannelOffice)})
	})
	if errors.Is(err, ErrRepeated) {
		return o.writtenBefore(ctx, who, MemoDraft{Form: f}, m)
	}
	switch {
	case err != nil:
		return Memo{}, err
	case second != nil:
		return Memo{}, second
	}
	return m, nil
}

// keepSecond refuses a second memo of one session, and keeps what was typed: as the
// correction of the first if that is the writer's to correct, else as the draft that it was.
func (c *change) keepSecond(session SessionID, f MemoForm) (*Error, error) {
	there, err := memoOfSession(c.Tx, session)
	if there.ID == "" || err != nil {
		return nil, err
	}
	d := MemoDraft{Form: f}
	if err := c.mayCorrect(there); err == nil {
		d.Memo = there.ID
	} else if _, meant := AsError(err); !meant {
		return nil, err
	}
	return c.keepOvertaken("error.memo_session_written", d)
}

// memoOfSession is the memo of a session that stands, the zero one if there is none.
func memoOfSession(tx Tx, id SessionID) (Memo, error) {
	if id == "" {
		return Memo{}, nil
	}
	memos, err := tx.Memos(MemoFilter{Session: id, Limit: 1})
	if len(memos) == 0 || err != nil {
		return Memo{}, err
	}
	return memos[0], nil
}

// asSent is the form without what it does not ask for as it stands: a memo of an event is
// about nobody, and none other is of an event.
func (f MemoForm) asSent() MemoForm {
	if f.Kind == OfEvent {
		f.Atsugi, f.Session = "", ""
	} else {
		f.Event = ""
	}
	return f
}

// writtenBefore answers a form that came before with what it wrote then. If that is not
// what the form says now, want, this is kept as a draft: nothing that was typed is lost.
func (o *Office) writtenBefore(ctx context.Context, who Actor, d MemoDraft, want Memo) (Memo, error) {
	var m Memo
	var differs bool
	err := o.write(ctx, who, func(c *change) error {
		kept, err := c.MemoByOp(d.Form.Op)
		if err != nil {
			return err
		}
		versions, err := c.MemoVersions(kept.ID)
		if err != nil {
			return err
		}
		if versions[kept.Version-1].By != c.me.ID {
			return invalid("", "error.form_old")
		}
		m = kept
		if differs = !m.same(want); differs {
			return c.keepRefused(d)
		}
		return nil
	})
	if err == nil && differs {
		err = &Error{Code: CodeConflict, Key: "error.memo_kept_before"}
	}
	return m, err
}

// keepRefused keeps as a draft what could not become a memo. The command line keeps none.
func (c *change) keepRefused(d MemoDraft) error {
	if c.me.ID == "" {
		return nil
	}
	_, err := c.keepBeside(d)
	return err
}

// same says whether both are of the same, with the same words for the same readers.
func (m Memo) same(n Memo) bool {
	return m.Kind == n.Kind && m.Atsugi == n.Atsugi && m.Event == n.Event && m.Held == n.Held &&
		m.Place == n.Place && m.Present == n.Present && slices.EqualFunc(m.Parts, n.Parts, func(p, q Part) bool {
		return p.Key == q.Key && p.Text == q.Text && slices.Equal(p.Readers, q.Readers)
	})
}

// keptAs says whether m holds the words that the form brought.
func (f MemoForm) keptAs(m Memo) bool {
	f = f.asSent()
	typed := f.typed()
	return m.Kind == f.Kind && m.Atsugi == f.Atsugi && m.Event == f.Event && (m.Held == f.Held || f.Held == "") &&
		m.Place == f.Place && m.Present == f.Present && len(m.Parts) == len(typed) &&
		!slices.ContainsFunc(m.Parts, func(p Part) bool { return typed[p.Key] != p.Text })
}

// memoFrom checks who writes about what, and the form by the configured parts. The first
// fault is answered; each stands beside its input.
func (c *change) memoFrom(f MemoForm) (Memo, error) {
	if err := c.must(Mentor, Coordinator); err != nil {
		return Memo{}, denied("error.memo_denied")
	}
	switch {
	case f.Op == "":
		return Memo{}, invalid("", "error.form_old")
	case !slices.Contains(MemoKinds, f.Kind):
		return Memo{}, invalid("kind", "error.choice")
	}
	m, err := c.memoOf(f)
	if err != nil {
		return m, err
	}
	m.ID, m.Kind, m.Writer, m.Written, m.Version = MemoID(c.office.NewID()), f.Kind, c.me.ID, c.now, 1
	return m, c.fill(&m, f, nil)
}

// memoOf finds whom or what the memo is of, and when that was unless the form says so: on
// the day of the session or event, else today.
func (c *change) memoOf(f MemoForm) (Memo, error) {
	zone, today := c.office.Settings.Zone, c.office.Settings.Today(c.now)
	if f.Kind == OfEvent {
		e, err := c.eventOfMemo(f.Event)
		return Memo{Event: e.ID, Held: cmp.Or(f.Held, DateOf(e.Start, zone))}, err
	}
	if f.Held == "" && f.Session == "" {
		f.Held = today
	}
	s, err := c.sessionOfMemo(f)
	if err != nil {
		return Memo{}, err
	}
	atsugi, err := c.mayWriteAbout(f.Atsugi, s.ID)
	held := f.Held
	if held == "" {
		held = DateOf(s.Span.From, zone)
	}
	return Memo{Atsugi: atsugi.ID, Session: s.ID, Held: held}, err
}

// eventOfMemo is the event if its memo is the actor's to write: the office's, and of the
// experts who speak at it. It has begun.
func (c *change) eventOfMemo(id EventID) (Event, error) {
	e, err := c.Event(id)
	switch {
	case errors.Is(err, ErrNoRow):
		return e, invalid("event", "error.choice")
	case err != nil:
		return e, err
	case !e.begun(c.now):
		return e, invalid("event", "error.memo_event_not_held")
	case c.must(Coordinator) == nil:
		return e, nil
	}
	s, err := c.Speaker(id, c.me.ID)
	if errors.Is(err, ErrNoRow) || err == nil && !(c.me.expert() && s.Status.Speaks()) {
		return e, invalid("event", "error.memo_event_not_own")
	}
	return e, err
}

// begun says whether the event takes or took place.
func (e Event) begun(now time.Time) bool { return e.Cancelled.IsZero() && !e.Start.After(now) }

// mayWriteAbout finds the atsugi if the memo is the actor's to write: the office may about
// everyone, an expert about their own and about whom they had the session with. About
// themself nobody writes.
func (c *change) mayWriteAbout(id PersonID, session SessionID) (Person, error) {
	atsugi, err := c.Person(id)
	if errors.Is(err, ErrNoRow) {
		return Person{}, invalid("atsugi", "error.choice")
	}
	if err != nil {
		return Person{}, err
	}
	if !atsugi.Has(Atsugi) || !atsugi.Active() || atsugi.ID == c.me.ID ||
		c.must(Coordinator) != nil && !c.me.Advises(atsugi) && session == "" {
		return Person{}, invalid("atsugi", "error.memo_not_own")
	}
	return atsugi, nil
}

// How many characters place and people present may have.
const (
	maxPlace   = 200
	maxPresent = 500
)

// fill checks what the form says and puts it into the memo. was are the parts of the
// version before: who reads them stays unless the form says otherwise, and those that the
// configuration does not know any more stay as they are.
func (c *change) fill(m *Memo, f MemoForm, was []Part) error {
	settings := c.office.Settings
	today := settings.Today(c.now)
	switch {
	case m.Held > today:
		return invalid("held", "error.date_future")
	case m.Held < settings.Contract:
		return invalid("held", "error.date_before", "Contract", string(settings.Contract))
	case utf8.RuneCountInString(f.Place) > maxPlace:
		return invalid("place", "error.too_long", "Max", maxPlace)
	case utf8.RuneCountInString(f.Present) > maxPresent:
		return invalid("present", "error.too_long", "Max", maxPresent)
	}
	m.Place, m.Present, m.Parts = f.Place, f.Present, nil
	office := c.must(Coordinator) == nil
	for _, def := range settings.Parts {
		part, err := def.from(f, m.aboutSomebody(), was, office)
		if err != nil {
			return err
		}
		if part.Key != "" {
			m.Parts = append(m.Parts, part)
		}
	}
	for _, p := range was {
		if !slices.ContainsFunc(settings.Parts, func(def PartDef) bool { return def.Key == p.Key }) {
			m.Parts = append(m.Parts, p)
		}
	}
	return nil
}

// aboutSomebody is the kind by which the readers go: a memo about an atsugi has a
// participant, whatever it is of.
func (m Memo) aboutSomebody() MemoKind {
	if m.Atsugi == "" {
		return OfEvent
	}
	return OfSession
}

// from is the part as the form brought it, zero if nothing is in it.
func (d PartDef) from(f MemoForm, kind MemoKind, was []Part, office bool) (Part, error) {
	text := f.Parts[d.Key]
	switch n := utf8.RuneCountInString(text); {
	case n > maxPart:
		return Part{}, invalid(d.Key, "error.too_long", "Max", maxPart)
	case strings.TrimSpace(text) == "" && d.Required:
		return Part{}, invalid(d.Key, "error.part_missing")
	case strings.TrimSpace(text) == "":
		return Part{}, nil
	}
	chosen := f.Readers[d.Key]
	if i := slices.IndexFunc(was, func(p Part) bool { return p.Key == d.Key }); chosen == nil && i >= 0 {
		chosen = was[i].Readers
	}
	return Part{Key: d.Key, Text: text, Readers: d.Audience(chosen, kind, office)}, nil
}
