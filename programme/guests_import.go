package programme

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
)

// GuestColumns are the columns that an application list may have. Rows are those of
// a roster file; the role is what the applicant says they are.
var GuestColumns = []Column{
	ColName, ColKana, ColOrganisation, ColPrefecture, ColEmail, ColPhone, ColRole, ColNote,
}

// GuestLine is a row of an application list and the guest it makes or is.
type GuestLine struct {
	Row    int
	Guest  Guest
	Fields []FieldChange // of a guest who was there before
}

// GuestPerson is a row of an application list that means somebody of the roster.
type GuestPerson struct {
	Row    int
	Person Person
	Answer Coming // as it stands afterwards
	Before Coming // as it stood: only who had not decided is answered for
}

// GuestPlan is what an application list brings.
type GuestPlan struct {
	Event     Event
	Add       []GuestLine
	Change    []GuestLine
	Unchanged []GuestLine
	People    []GuestPerson
	Faults    []RosterFault
}

// Waiting is how many of those whom the list brings wait for a place.
func (p GuestPlan) Waiting() int {
	n := 0
	for _, l := range p.Add {
		if l.Guest.Answer == Waiting {
			n++
		}
	}
	for _, l := range p.People {
		if l.Answer == Waiting && l.Before != Waiting {
			n++
		}
	}
	return n
}

// errDryRun undoes a transaction whose result was all that was wanted.
var errDryRun = errors.New("programme: dry run")

// ImportGuests brings an application list in. All rows are checked before any is
// written; a plan with faults is refused as a whole, with an Error of CodeInvalid.
// Guests are matched by e-mail, else by name and organisation, so that the same
// list may come again; people of the roster are recognised likewise and answered
// for. Nobody's answer is changed by it. A dry run does the same and undoes it.
func (o *Office) ImportGuests(ctx context.Context, who Actor, id EventID, rows []RosterRow, dryRun bool) (GuestPlan, error) {
	var plan GuestPlan
	err := o.manage(ctx, who, func(c *change) error {
		e, err := c.openEvent(id)
		if err != nil {
			return err
		}
		b, err := c.guestBook(e)
		if err != nil {
			return err
		}
		plan = b.read(rows)
		if len(plan.Faults) > 0 {
			plan.Add, plan.Change, plan.Unchanged, plan.People = nil, nil, nil, nil
			if dryRun {
				return errDryRun
			}
			return invalid("", "error.roster_refused")
		}
		if err := c.bringIn(&plan); err != nil {
			return err
		}
		if dryRun {
			return errDryRun
		}
		return nil
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return plan, err
}

// guestBook finds whom the rows of an application list mean.
type guestBook struct {
	event  Event
	guests map[string]Guest  // by key
	people map[string]Person // by key, whoever takes part
	said   map[PersonID]Coming
}

// applicantKeys are what somebody is found by, the better one first.
func applicantKeys(name, organisation, email string) []string {
	var keys []string
	if email != "" {
		keys = append(keys, "e\x00"+FoldEmail(email))
	}
	return append(keys, "n\x00"+foldName(name)+"\x00"+foldName(organisation))
}

func (c *change) guestBook(e Event) (guestBook, error) {
	b := guestBook{event: e, guests: map[string]Guest{}, people: map[string]Person{}, said: map[PersonID]Coming{}}
	guests, err := c.GuestsOf(e.ID)
	if err != nil {
		return b, err
	}
	for _, g := range guests {
		for _, k := range applicantKeys(g.Name, g.Organisation, g.Email) {
			b.guests[k] = g
		}
	}
	people, err := c.People()
	if err != nil {
		return b, err
	}
	for _, p := range people {
		if !p.Active() {
			continue
		}
		for _, k := range applicantKeys(p.Name, p.Organisation, p.Email) {
			b.people[k] = p
		}
	}
	answers, err := c.AttendanceOf(e.ID)
	for _, a := range answers {
		b.said[a.Person] = a.Answer
	}
	return b, err
}

// read plans the rows, in the order of the file.
func (b guestBook) read(rows []RosterRow) GuestPlan {
	plan := GuestPlan{Event: b.event}
	var seen applicants
	for _, r := range rows {
		g, faults := readGuest(r)
		keys := applicantKeys(g.Name, g.Organisation, g.Email)
		if row, c := seen.twice(r.Row, g, keys); row > 0 {
			faults = append(faults, r.fault(c, "roster.twice", "Row", row))
		}
		if plan.Faults = append(plan.Faults, faults...); len(faults) == 0 {
			b.place(&plan, r, g, keys)
		}
	}
	return plan
}

// applicants are those of the rows read so far.
type applicants struct {
	rows  map[string]int // the first row that has a key
	mails map[int]string // the address of a row
}

// twice finds the earlier row that means the same person, and the column that shows
// it. Two addresses are two namesakes.
func (a *applicants) twice(row int, g Guest, keys []string) (earlier int, c Column) {
	if a.rows == nil {
		a.rows, a.mails = map[string]int{}, map[int]string{}
	}
	a.mails[row] = g.Email
	for i, k := range keys {
		first, known := a.rows[k]
		switch {
		case !known:
			a.rows[k] = row
		case earlier == 0 && sameApplicant(g.Email, a.mails[first]):
			earlier, c = first, ColName
			if i == 0 && g.Email != "" {
				c = ColEmail
			}
		}
	}
	return earlier, c
}

// place says what becomes of a sound row. A key of another address does not mean
// the same person: it is only the name that they share.
func (b guestBook) place(plan *GuestPlan, r RosterRow, g Guest, keys []string) {
	for _, k := range keys {
		if p, known := b.people[k]; known && sameApplicant(g.Email, p.Email) {
			said := b.said[p.ID]
			plan.People = append(plan.People, GuestPerson{Row: r.Row, Person: p, Answer: said, Before: said})
			return
		}
		if old, known := b.guests[k]; known && sameApplicant(g.Email, old.Email) {
			line := GuestLine{Row: r.Row, Guest: g.over(old, r)}
			if line.Fields = guestDifferences(old, line.Guest); len(line.Fields) > 0 {
				plan.Change = append(plan.Change, line)
			} else {
				plan.Unchanged = append(plan.Unchanged, line)
			}
			return
		}
	}
	g.Event, g.Answer = b.event.ID, Yes
	plan.Add = append(plan.Add, GuestLine{Row: r.Row, Guest: g})
}

func sameApplicant(a, b string) bool {
	return a == "" || b == "" || FoldEmail(a) == FoldEmail(b)
}

// readGuest reads the cells of one row and finds what is wrong with each.
func readGuest(r RosterRow) (Guest, []RosterFault) {
	e := &entry{row: r}
	faults := e.readCells(GuestColumns, ColName)
	if len(e.p.Roles) > 1 {
		faults = append(faults, r.fault(ColRole, "guests.one_role"))
	}
	g := Guest{
		Name: e.p.Name, Kana: e.p.Kana, Organisation: e.p.Organisation, Prefecture: e.p.Prefecture,
		Email: e.p.Email, Phone: e.p.Phone, Note: e.p.Note,
	}
	if len(e.p.Roles) > 0 {
		g.Role = e.p.Roles[0]
	}
	return g, faults
}

// field is where a column of an application list is kept in a guest.
func (g *Guest) field(c Column) string {
	switch c {
	case ColName:
		return g.Name
	case ColKana:
		return g.Kana
	case ColOrganisation:
		return g.Organisation
	case ColPrefecture:
		return g.Prefecture
	case ColEmail:
		return g.Email
	case ColPhone:
		return g.Phone
	case ColRole:
		return string(g.Role)
	}
	return g.Note
}

// over is the guest old with what the row says. An empty cell takes nothing away:
// what people wrote on two forms adds up.
func (g Guest) over(old Guest, r RosterRow) Guest {
	said := func(c Column) bool { return strings.TrimSpace(r.Cell(c)) != "" }
	for _, c := range GuestColumns {
		if !said(c) {
			continue
		}
		switch c {
		case ColName:
			old.Name = g.Name
		case ColKana:
			old.Kana = g.Kana
		case ColOrganisation:
			old.Organisation = g.Organisation
		case ColPrefecture:
			old.Prefecture = g.Prefecture
		case ColEmail:
			old.Email = g.Email
		case ColPhone:
			old.Phone = g.Phone
		case ColRole:
			old.Role = g.Role
		case ColNote:
			old.Note = g.Note
		}
	}
	return old
}

func guestDifferences(old, new Guest) []FieldChange {
	var out []FieldChange
	for _, c := range GuestColumns {
		if from, to := old.field(c), new.field(c); from != to {
			out = append(out, FieldChange{Column: c, From: from, To: to})
		}
	}
	return out
}

// bringIn writes a plan without faults, in the order of the file, so that places
// go to whoever stands first in it.
func (c *change) bringIn(plan *GuestPlan) error {
	for i := range plan.Change {
		g := &plan.Change[i].Guest
		if err := c.SaveGuest(*g); err != nil {
			return err
		}
		if err := c.audit("guest.change", string(g.ID)); err != nil {
			return err
		}
	}
	type line struct {
		row    int
		guest  *Guest
		person *GuestPerson
	}
	var lines []line
	for i := range plan.Add {
		lines = append(lines, line{row: plan.Add[i].Row, guest: &plan.Add[i].Guest})
	}
	for i := range plan.People {
		lines = append(lines, line{row: plan.People[i].Row, person: &plan.People[i]})
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Compare(a.row, b.row) })
	isFull := false // and stays so: a list gives no place back
	full := func(e Event) (_ bool, err error) {
		if !isFull {
			isFull, err = c.full(e)
		}
		return isFull, err
	}
	for _, l := range lines {
		if l.person != nil {
			if err := c.applied(plan.Event, l.person); err != nil {
				return err
			}
			continue
		}
		l.guest.ID = GuestID(c.office.NewID())
		g, err := c.enterGuest(plan.Event, *l.guest, Undecided, full, "guest.add")
		if err != nil {
			return err
		}
		*l.guest = g
	}
	return nil
}

// applied answers for somebody of the roster who applied, unless they answered.
func (c *change) applied(e Event, p *GuestPerson) error {
	if p.Before != Undecided && p.Before != NotYet {
		return nil
	}
	a, err := c.answer(e, p.Person, Yes, "")
	p.Answer = a.Answer
	return err
}
