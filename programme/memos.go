package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MemoID is a ULID.
type MemoID string

// Reader is somebody for whom a part of a memo is meant. The strings are stored.
type Reader string

const (
	ReadParticipant Reader = "participant" // the atsugi it is about
	ReadMentor      Reader = "mentor"      // the atsugi's experts
	ReadOffice      Reader = "office"
	ReadBureau      Reader = "bureau"
	ReadPublic      Reader = "public" // the report, with consent
)

// MemoKind says what the memo is of. The strings are stored.
type MemoKind string

const (
	OfSession MemoKind = "session" // 個別相談（壁打ち）, 2-③b
	OfEvent   MemoKind = "event"
	OfHearing MemoKind = "hearing"
	OfCall    MemoKind = "call"
)

// MemoKinds lists every kind in the order the form shows them.
var MemoKinds = []MemoKind{OfSession, OfEvent, OfHearing, OfCall}

// PartDef is one part of a memo as configured: its stored key and for whom it is
// meant.
type PartDef struct {
	Key     string
	Title   Text
	Help    Text
	Readers []Reader
	// Core parts always reach the bureau: a writer cannot cut it off
	// (programme.md "Consent and sharing in practice").
	Core     bool
	Required bool
}

// Confidential is the key of 取扱注意: it never leaves the office and the
// atsugi's experts, whatever the configuration says.
const Confidential = "confidential"

// DefaultParts are the parts of a memo unless the configuration names others.
func DefaultParts() []PartDef {
	everyone := []Reader{ReadParticipant, ReadMentor, ReadOffice, ReadBureau}
	inside := []Reader{ReadMentor, ReadOffice, ReadBureau}
	return []PartDef{
		{Key: "situation", Title: Text{Ja: "現状", En: "Situation"}, Readers: inside, Core: true, Required: true},
		{Key: "issues", Title: Text{Ja: "課題", En: "Issues"}, Readers: inside, Core: true},
		{Key: "advice", Title: Text{Ja: "助言", En: "Advice"}, Readers: everyone, Core: true, Required: true},
		{Key: "next", Title: Text{Ja: "今後の取組", En: "Next actions"}, Readers: everyone, Core: true},
		{Key: "praise", Title: Text{Ja: "評価できる点", En: "What to praise"}, Readers: everyone},
		{Key: Confidential, Title: Text{Ja: "取扱注意（事務局・担当専門家限り）", En: "Confidential (office and assigned expert only)"},
			Readers: []Reader{ReadMentor, ReadOffice}},
	}
}

// Part is one part of a memo, kept verbatim.
type Part struct {
	Key     string
	Text    string
	Readers []Reader
}

// Memo is the record of a follow-up.
type Memo struct {
	ID      MemoID
	Kind    MemoKind
	Atsugi  PersonID
	Writer  PersonID
	Session SessionID // whose memo it is, "" if it was not booked here
	Held    Date
	Parts   []Part
	Written time.Time
	Shared  time.Time // with the bureau; zero until then
	Version int
}

// MemoForm is what the form brought.
type MemoForm struct {
	Op     string // the form's operation id: the same form never writes twice
	Kind   MemoKind
	Atsugi PersonID
	// Session is the one that it is of; "" finds it by the day, if there is one.
	Session SessionID
	Held    Date
	Parts   map[string]string // by part key
}

// MemoView is a memo as one reader may see it: Memo.Parts holds only theirs.
type MemoView struct {
	Memo   Memo
	Atsugi Person
	Writer Person
}

// Reading is one look at a memo by somebody.
type Reading struct {
	Memo   MemoID
	Person PersonID
	At     time.Time
}

// MemosTx keeps memos.
type MemosTx interface {
	// CreateMemo inserts; a second insert with the same op answers ErrRepeated.
	CreateMemo(op string, m Memo) error
	Memo(MemoID) (Memo, error)
	MemoByOp(op string) (Memo, error)
	// Memos lists newest first, with parts.
	Memos(f MemoFilter) ([]Memo, error)
	CountMemos(f MemoFilter) (int, error)
	// SessionsWithMemo are the sessions whose memo is written.
	SessionsWithMemo() (map[SessionID]bool, error)
	// ShareMemo marks it shared at t unless it is shared already; done says which.
	ShareMemo(id MemoID, t time.Time) (done bool, err error)
	RecordReading(Reading) error
	Readings(MemoID) ([]Reading, error)
}

// MemoFilter narrows Memos; zero fields do not.
type MemoFilter struct {
	Atsugi     PersonID
	Mentor     PersonID // about atsugi assigned to this expert, on the roster or by an engagement
	Writer     PersonID
	Kind       MemoKind
	NoSession  bool // of no session that is kept here
	OnlyShared bool
	Unshared   bool
	Limit      int
}

// maxPart is how many characters a part may have: Slack's text input takes 3,000.
const maxPart = 3000

// MemoSubjects lists the atsugi the person may write a memo about: experts their
// own and whom they had a session with, the office everyone. Nobody else writes memos.
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

// WriteMemo keeps a memo and tells the office. Saved twice from the same form it
// is kept once, and the answer is the memo that was kept; what was changed in the
// form since is not in it, and the writer has to know.
func (o *Office) WriteMemo(ctx context.Context, who Actor, f MemoForm) (Memo, error) {
	var m Memo
	err := o.write(ctx, who, func(c *change) error {
		session, err := c.sessionOfMemo(f)
		if err != nil {
			return err
		}
		atsugi, err := c.mayWriteAbout(f.Atsugi, session)
		if err != nil {
			return err
		}
		if m, err = o.memoFrom(f, c); err != nil {
			return err
		}
		m.Atsugi, m.Session = atsugi.ID, session
		if err := c.CreateMemo(f.Op, m); err != nil {
			return err
		}
		if err := c.audit("memo.write", string(m.ID)); err != nil {
			return err
		}
		if m.Session != "" {
			if err := c.redraw(Notice{Kind: NoticeSessionAfter, Subject: string(m.Session)}); err != nil {
				return err
			}
		}
		return c.notify(Notice{Kind: NoticeMemoWritten, Subject: string(m.ID), To: ToChannel(ChannelOffice)})
	})
	if errors.Is(err, ErrRepeated) {
		err = o.read(ctx, func(tx Tx) (err error) {
			m, err = tx.MemoByOp(f.Op)
			return err
		})
		if err == nil && !f.keptAs(m) {
			err = &Error{Code: CodeConflict, Key: "error.memo_kept_before"}
		}
	}
	return m, err
}

// keptAs says whether m holds what the form brought.
func (f MemoForm) keptAs(m Memo) bool {
	written := 0
	for _, text := range f.Parts {
		if strings.TrimSpace(text) != "" {
			written++
		}
	}
	return m.Kind == f.Kind && m.Atsugi == f.Atsugi && m.Held == f.Held && len(m.Parts) == written &&
		!slices.ContainsFunc(m.Parts, func(p Part) bool { return f.Parts[p.Key] != p.Text })
}

// mayWriteAbout finds the atsugi if the memo is the actor's to write: the office may about
// everyone, an expert about their own and about whom they had the session with.
func (c *change) mayWriteAbout(id PersonID, session SessionID) (Person, error) {
	if err := c.must(Mentor, Coordinator); err != nil {
		return Person{}, denied("error.memo_denied")
	}
	atsugi, err := c.Person(id)
	if errors.Is(err, ErrNoRow) {
		return Person{}, invalid("atsugi", "error.choice")
	}
	if err != nil {
		return Person{}, err
	}
	if !atsugi.Has(Atsugi) || !atsugi.Active() ||
		c.must(Coordinator) != nil && !c.me.Advises(atsugi) && session == "" {
		return Person{}, invalid("atsugi", "error.memo_not_own")
	}
	return atsugi, nil
}

// memoFrom checks the form by the configured parts. The first fault is answered;
// each stands beside its input.
func (o *Office) memoFrom(f MemoForm, c *change) (Memo, error) {
	m := Memo{ID: MemoID(o.NewID()), Kind: f.Kind, Writer: c.me.ID, Held: f.Held, Written: c.now}
	if f.Op == "" {
		return m, invalid("", "error.form_old")
	}
	if !slices.Contains(MemoKinds, f.Kind) {
		return m, invalid("kind", "error.choice")
	}
	switch today := o.Settings.Today(c.now); {
	case f.Held == "":
		return m, invalid("held", "error.date_missing")
	case f.Held > today:
		return m, invalid("held", "error.date_future")
	case f.Held < o.Settings.Contract:
		return m, invalid("held", "error.date_before", "Contract", string(o.Settings.Contract))
	}
	for _, def := range o.Settings.Parts {
		text := f.Parts[def.Key]
		switch n := utf8.RuneCountInString(text); {
		case n > maxPart:
			return m, invalid(def.Key, "error.too_long", "Max", maxPart)
		case strings.TrimSpace(text) != "":
			m.Parts = append(m.Parts, Part{Key: def.Key, Text: text, Readers: def.audience()})
		case def.Required:
			return m, invalid(def.Key, "error.part_missing")
		}
	}
	return m, nil
}

// audience is for whom the part is meant, with the two rules that no
// configuration can change: core parts reach the bureau, 取扱注意 never does.
func (d PartDef) audience() []Reader {
	if d.Key == Confidential {
		return []Reader{ReadMentor, ReadOffice}
	}
	rs := slices.Clone(d.Readers)
	if !slices.Contains(rs, ReadOffice) {
		rs = append(rs, ReadOffice)
	}
	if d.Core && !slices.Contains(rs, ReadBureau) {
		rs = append(rs, ReadBureau)
	}
	return rs
}

// readerOf says as which readers the person may look at the memo; none means not
// at all. The bureau sees shared memos only; what an atsugi sees does not wait
// for the bureau (design.md section 5). An expert sees what they wrote of a session of
// theirs although its atsugi is not, or no longer. Of a memo about themself everybody is
// the participant alone, whatever else they are in the programme.
func (o *Office) readerOf(tx Tx, who Actor, me, atsugi Person, m Memo, now time.Time) ([]Reader, error) {
	if who.Kind == ByPerson && me.ID == m.Atsugi {
		if me.Active() {
			return []Reader{ReadParticipant}, nil
		}
		return nil, nil
	}
	var rs []Reader
	if o.may(who, me, now, Coordinator) {
		rs = append(rs, ReadOffice)
	}
	if o.may(who, me, now, Mentor) {
		own, err := advised(tx, me, atsugi, m)
		if err != nil {
			return nil, err
		}
		if own {
			rs = append(rs, ReadMentor)
		}
	}
	if o.may(who, me, now, Bureau) && !m.Shared.IsZero() {
		rs = append(rs, ReadBureau)
	}
	return rs, nil
}

// visible keeps only the parts meant for one of the readers.
func visible(m Memo, rs []Reader) Memo {
	parts := make([]Part, 0, len(m.Parts))
	for _, p := range m.Parts {
		if overlap(p.Readers, rs) {
			parts = append(parts, p)
		}
	}
	m.Parts = parts
	return m
}

// ReadMemo shows a memo, only the parts meant for the reader, and records that
// it was read.
func (o *Office) ReadMemo(ctx context.Context, who Actor, id MemoID) (MemoView, error) {
	var v MemoView
	err := o.write(ctx, who, func(c *change) error {
		m, err := c.Memo(id)
		if err != nil {
			return orMissing(err, "error.memo_gone")
		}
		if v, err = memoView(c.Tx, m); err != nil {
			return err
		}
		rs, err := o.readerOf(c.Tx, who, c.me, v.Atsugi, m, c.now)
		if err != nil {
			return err
		}
		v.Memo = visible(m, rs)
		if len(v.Memo.Parts) == 0 {
			return missing("error.memo_gone")
		}
		if err := c.RecordReading(Reading{Memo: id, Person: c.me.ID, At: c.now}); err != nil {
			return err
		}
		return c.audit("memo.read", string(id))
	})
	return v, err
}

func memoView(tx Tx, m Memo) (MemoView, error) {
	v := MemoView{Memo: m}
	var err error
	if v.Atsugi, err = tx.Person(m.Atsugi); err != nil {
		return v, err
	}
	if m.Writer != "" {
		v.Writer, err = tx.Person(m.Writer)
	}
	return v, err
}

// ShareMemo shares a memo with the bureau. Doing it again changes nothing.
func (o *Office) ShareMemo(ctx context.Context, who Actor, id MemoID) (Memo, error) {
	var m Memo
	err := o.write(ctx, who, func(c *change) error {
		if err := c.must(Coordinator); err != nil {
			return err
		}
		var err error
		if m, err = c.Memo(id); err != nil {
			return orMissing(err, "error.memo_gone")
		}
		done, err := c.ShareMemo(id, c.now)
		if err != nil || !done {
			return err
		}
		m.Shared = c.now
		if err := c.redraw(Notice{Kind: NoticeMemoWritten, Subject: string(id)}); err != nil {
			return err
		}
		if err := c.audit("memo.share", string(id)); err != nil {
			return err
		}
		return c.notify(Notice{Kind: NoticeMemoShared, Subject: string(id), To: ToChannel(ChannelBureau)})
	})
	return m, err
}

// memosFor lists the memos that the person may open, newest first in each of
// their roles, each with the parts meant for them. Listing is not reading: it is
// drawn as titles only.
func (o *Office) memosFor(tx Tx, who Actor, me Person, now time.Time, limit int) ([]MemoView, error) {
	var filters []MemoFilter
	switch {
	case o.may(who, me, now, Coordinator):
		all := MemoFilter{Limit: limit}
		if me.Has(Atsugi) {
			all.Limit = 0 // of what is about themself some is not theirs to read
		}
		filters = []MemoFilter{all}
	default:
		if o.may(who, me, now, Bureau) {
			filters = append(filters, MemoFilter{OnlyShared: true, Limit: limit})
		}
		if o.may(who, me, now, Mentor) {
			filters = append(filters, MemoFilter{Mentor: me.ID}, MemoFilter{Writer: me.ID, Kind: OfSession})
		}
		if me.Has(Atsugi) {
			filters = append(filters, MemoFilter{Atsugi: me.ID})
		}
	}
	var out []MemoView
	seen := map[MemoID]bool{} // somebody of two roles finds a memo by both
	for _, f := range filters {
		memos, err := tx.Memos(f)
		if err != nil {
			return nil, err
		}
		for _, m := range memos {
			if seen[m.ID] {
				continue
			}
			seen[m.ID] = true
			v, err := memoView(tx, m)
			if err != nil {
				return nil, err
			}
			rs, err := o.readerOf(tx, who, me, v.Atsugi, m, now)
			if err != nil {
				return nil, err
			}
			v.Memo = visible(m, rs)
			if len(v.Memo.Parts) > 0 {
				out = append(out, v)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b MemoView) int { return b.Memo.Written.Compare(a.Memo.Written) })
	return out[:min(len(out), limit)], nil
}
