package programme

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Opening is that an atsugi showed a memo about themself to a support organisation: its
// people read what the atsugi read of that version, until it is closed again or another
// version is opened in its place.
type Opening struct {
	Memo         MemoID
	Organisation string // as on the roster
	Version      int
	At           time.Time
	Closed       time.Time // zero while it is open
}

// Stands says whether the memo is open to the organisation.
func (v Opening) Stands() bool { return v.Closed.IsZero() }

// OpeningsTx keeps what was opened.
type OpeningsTx interface {
	// Openings lists those of a memo, closed ones too, by when they were opened.
	Openings(MemoID) ([]Opening, error)
	// OpenMemoTo ends the opening to the same organisation that stands, if one does.
	OpenMemoTo(Opening) error
	CloseMemoTo(id MemoID, organisation string, at time.Time) error
}

// openingTo is the opening of the memo to an organisation that stands, if one does.
func openingTo(tx Tx, id MemoID, organisation string) (v Opening, open bool, err error) {
	if organisation == "" {
		return v, false, nil
	}
	list, err := tx.Openings(id)
	i := slices.IndexFunc(list, func(v Opening) bool { return v.Stands() && v.Organisation == organisation })
	if i < 0 {
		return v, false, err
	}
	return list[i], true, err
}

// OpenToOrganisation shows a memo to a support organisation, in the version that the
// atsugi has before them: their own decision, and theirs alone. What it says later is
// theirs to open again. If it is their bank, who recommended them, or whom they named
// privately, they are asked once more: CodeConflict unless confirmed. Its people are told.
// Doing it again changes nothing.
func (o *Office) OpenToOrganisation(ctx context.Context, who Actor, id MemoID, version int, organisation string, confirmed bool) error {
	return o.write(ctx, who, func(c *change) error {
		m, err := c.ownMemo(id)
		if err != nil {
			return err
		}
		if version != m.Version {
			return &Error{Code: CodeConflict, Key: "error.memo_newer"}
		}
		staff, err := supportersOf(c.Tx, organisation)
		if err != nil {
			return err
		}
		if len(staff) == 0 {
			return invalid("organisation", "error.choice")
		}
		if was, open, err := openingTo(c.Tx, id, organisation); open && was.Version == version || err != nil {
			return err
		}
		ws, err := walls(c, c.me, staff, []string{organisation})
		if err != nil {
			return err
		}
		if len(ws) > 0 && !confirmed {
			return &Error{Code: CodeConflict, Field: "organisation", Key: "error.wall_own", Args: map[string]any{"Walls": ws}}
		}
		if err := c.auditChange("memo.open", string(id), strings.TrimSpace("version="+strconv.Itoa(version)+" "+wallDetail(ws))); err != nil {
			return err
		}
		return c.openTo(m, organisation, staff)
	})
}

// openTo keeps that the organisation reads the memo as it is now, and tells its people.
func (c *change) openTo(m Memo, organisation string, staff []Person) error {
	v := Opening{Memo: m.ID, Organisation: organisation, Version: m.Version, At: c.now}
	if err := c.OpenMemoTo(v); err != nil {
		return err
	}
	if err := c.copied(CopyOpened, string(m.ID), m.Version, ToOrganisation(organisation)); err != nil {
		return err
	}
	for _, p := range staff {
		n := Notice{Kind: NoticeMemoOpened, Subject: string(m.ID), To: ToPerson(p.ID), Occasion: v.occasion()}
		if err := c.notify(n); err != nil {
			return err
		}
	}
	return nil
}

// occasion is of the notice that tells of the opening.
func (v Opening) occasion() string {
	return versionOf(v.Version) + "@" + v.At.UTC().Format(occasionForm)
}

// CloseToOrganisation takes that back, whatever became of the organisation since.
func (o *Office) CloseToOrganisation(ctx context.Context, who Actor, id MemoID, organisation string) error {
	return o.write(ctx, who, func(c *change) error {
		if _, err := c.ownMemo(id); err != nil {
			return err
		}
		if _, open, err := openingTo(c.Tx, id, organisation); !open || err != nil {
			return err
		}
		if err := c.CloseMemoTo(id, organisation, c.now); err != nil {
			return err
		}
		if err := c.redraw(Notice{Kind: NoticeMemoOpened, Subject: string(id)}); err != nil {
			return err
		}
		return c.audit("memo.close", string(id))
	})
}

// ownMemo finds a memo about the actor of which something is theirs to read.
func (c *change) ownMemo(id MemoID) (Memo, error) {
	m, err := c.Memo(id)
	if err != nil {
		return m, orMissing(err, "error.memo_gone")
	}
	if c.actor.Kind != ByPerson || m.Atsugi == "" || m.Atsugi != c.me.ID || !m.Withdrawn.IsZero() ||
		len(visible(m, []Reader{ReadParticipant}).Parts) == 0 {
		return m, missing("error.memo_gone")
	}
	return m, nil
}

// supportersOf are the organisation's people who take part.
func supportersOf(tx Tx, organisation string) ([]Person, error) {
	if organisation == "" {
		return nil, nil
	}
	people, err := tx.People()
	return slices.DeleteFunc(slices.Clone(people), func(p Person) bool {
		return !p.Active() || !p.Has(Supporter) || p.Organisation != organisation
	}), err
}

// SupportOrganisations lists those to which a memo can be opened, by name, for an atsugi.
func (o *Office) SupportOrganisations(ctx context.Context, who Actor) ([]string, error) {
	var names []string
	err := o.readAs(ctx, who, func(tx Tx, me Person) error {
		if who.Kind != ByPerson || !me.Has(Atsugi) {
			return denied("error.denied")
		}
		people, err := tx.People()
		names = organisations(slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return !p.Has(Supporter) }))
		return err
	})
	return names, err
}

// openReader says whether somebody reads a memo because its atsugi opened it to their
// organisation.
func (o *Office) openReader(tx Tx, who Actor, me Person, m Memo, now time.Time) (bool, error) {
	if who.Kind != ByPerson || m.Atsugi == "" || !o.may(who, me, now, Supporter) {
		return false, nil
	}
	_, open, err := openingTo(tx, m.ID, me.Organisation)
	return open, err
}

// lookAtOpened is for an organisation's people, who are told that a memo was opened to
// them: of the latest opening, and only while it stands.
func (o *Office) lookAtOpened(tx Tx, m *Matter, update bool) error {
	memo, err := tx.Memo(MemoID(m.Notice.Subject))
	if err != nil {
		return err
	}
	v, open, err := openingTo(tx, memo.ID, m.To.Organisation)
	if err != nil {
		return err
	}
	reads, err := o.openReader(tx, As(m.To.ID), m.To, memo, o.Now())
	if err != nil {
		return err
	}
	m.Over = !open || !reads || !memo.Withdrawn.IsZero()
	switch {
	case update:
	case m.Over:
		m.Withdrawn = withdrawnDenied
	case m.Notice.Occasion != v.occasion():
		m.Withdrawn = withdrawnMoved // a newer notice says what stands
	}
	m.Memo, err = memoView(tx, memo.withoutWords())
	return err
}
