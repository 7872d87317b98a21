package programme

import "context"

// RowsOf makes the search's rows of a memo that was never corrected, as whatever writes one
// does.
func RowsOf(m Memo, atsugi Person, opened ...string) []MemoRow {
	reads := []memoRead{{m, ReadOffice, readBy(ReadOffice)}, {m, ReadMentor, readBy(ReadMentor)}, {m, ReadParticipant, readBy(ReadParticipant)}}
	if m.SharedVersion > 0 {
		reads = append(reads, memoRead{m, ReadBureau, readBy(ReadBureau)})
	}
	for _, organisation := range opened {
		reads = append(reads, memoRead{m, ReadParticipant, openedTo(organisation)})
	}
	return rowsOf(atsugi, reads)
}

// SameOrganisation and SameSomebody compare names as the firewall does.
var SameOrganisation, SameSomebody = sameOrganisation, sameSomebody

// SavePerson changes a row of the roster as whatever changes one does.
func SavePerson(ctx context.Context, o *Office, p Person) error {
	return o.write(ctx, System, func(c *change) error { return c.SavePerson(p) })
}

// FindPosted looks for what was published to somebody, as a question of theirs does.
func FindPosted(ctx context.Context, o *Office, p PersonID, text string) (found []Finding, err error) {
	err = o.readAs(ctx, As(p), func(tx Tx, me Person) (err error) {
		found, err = o.find(tx, me, text, o.Now())
		return err
	})
	return found, err
}

// WaitsSince is waitsSince.
var WaitsSince = waitsSince
