package programme

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
)

// OpenMemoTo and CloseMemoTo are the store's, and keep the search in step with it, so that no
// use case can forget to (see memos_follow.go).
func (c *change) OpenMemoTo(v Opening) error {
	if err := c.Tx.OpenMemoTo(v); err != nil {
		return err
	}
	return c.indexMemo(v.Memo)
}

func (c *change) CloseMemoTo(id MemoID, organisation string, at time.Time) error {
	if err := c.Tx.CloseMemoTo(id, organisation, at); err != nil {
		return err
	}
	return c.indexMemo(id)
}

// SavePerson is the store's, too. The rows of memos about somebody hold where they are and
// what they are called: if that changes they are made anew after the commit, some at a
// time, because there may be hundreds.
func (c *change) SavePerson(p Person) error {
	if p.Version > 0 {
		was, err := c.Person(p.ID)
		if err != nil && !errors.Is(err, ErrNoRow) {
			return err
		}
		if was.Prefecture != p.Prefecture || spelledNames(was) != spelledNames(p) {
			if err := c.IndexMemosAbout(p.ID); err != nil {
				return err
			}
			c.unindexed = true
		}
	}
	return c.Tx.SavePerson(p)
}

// memoRead is what a reader reads of a memo, and how a row says so.
type memoRead struct {
	memo   Memo
	reader Reader
	mark   string
}

// indexMemo makes the memo's rows of the search anew.
func (c *change) indexMemo(id MemoID) error {
	m, err := c.Memo(id)
	if err != nil {
		return err
	}
	var atsugi Person
	if m.Atsugi != "" {
		if atsugi, err = c.Person(m.Atsugi); err != nil {
			return err
		}
	}
	reads, err := c.readsOf(m)
	if err != nil {
		return err
	}
	return c.IndexMemo(m.ID, rowsOf(atsugi, reads))
}

// readsOf is as seenBy has it: the office, the experts and the atsugi read the latest
// version, the bureau what was shared, an organisation what was opened to it, and nobody but
// the office what was taken back.
func (c *change) readsOf(m Memo) ([]memoRead, error) {
	out := []memoRead{{m, ReadOffice, readBy(ReadOffice)}}
	if !m.Withdrawn.IsZero() {
		return out, nil
	}
	out = append(out, memoRead{m, ReadMentor, readBy(ReadMentor)}, memoRead{m, ReadParticipant, readBy(ReadParticipant)})
	add := func(version int, r Reader, mark string) (err error) {
		as := m
		if version != m.Version {
			as, err = c.MemoAsOf(m.ID, version)
		}
		out = append(out, memoRead{as, r, mark})
		return err
	}
	if m.SharedVersion > 0 {
		if err := add(m.SharedVersion, ReadBureau, readBy(ReadBureau)); err != nil {
			return nil, err
		}
	}
	openings, err := c.Openings(m.ID)
	for _, v := range openings {
		if err == nil && v.Stands() {
			err = add(v.Version, ReadParticipant, openedTo(v.Organisation))
		}
	}
	return out, err
}

// spelledNames is how somebody is found by name, reading and firm.
func spelledNames(p Person) string {
	return strings.Join([]string{spelledName(p.Name), spelledName(p.Kana), spelledName(p.Organisation)}, " ")
}

func spelledName(s string) string { return spell(foldName(s)).String() }

// rowsOf are the rows of the search of a memo about somebody: one for each set of parts
// that some reader reads, so that words in different parts are found together, and never
// with those of a part that is not for the reader.
func rowsOf(atsugi Person, reads []memoRead) []MemoRow {
	var rows []MemoRow
	spelled := map[string]string{} // the same words are read by several
	names := spelledNames(atsugi)
	for _, e := range reads {
		m := visible(e.memo, []Reader{e.reader})
		if len(m.Parts) == 0 {
			continue
		}
		row := MemoRow{Text: spelledTexts(m, spelled), Names: names, Marks: marksOf(m, atsugi)}
		same := slices.IndexFunc(rows, func(other MemoRow) bool {
			return other.Text == row.Text && slices.Equal(other.Marks[:len(row.Marks)], row.Marks)
		})
		if same < 0 {
			same = len(rows)
			rows = append(rows, row)
		}
		rows[same].Marks = append(rows[same].Marks, e.mark)
	}
	return rows
}

func spelledTexts(m Memo, spelled map[string]string) string {
	var texts []string
	for _, t := range searched(m) {
		if _, ok := spelled[t.Text]; !ok {
			spelled[t.Text] = spell(t.Text).String()
		}
		texts = append(texts, spelled[t.Text])
	}
	return strings.Join(texts, " ")
}

// marksOf are those of a row for whomever.
func marksOf(m Memo, atsugi Person) []string {
	marks := append(heldMarks(m.Held), ofKind(m.Kind))
	if m.Atsugi != "" {
		marks = append(marks, about(m.Atsugi))
	}
	if m.Writer != "" {
		marks = append(marks, writtenBy(m.Writer))
	}
	if atsugi.Prefecture != "" {
		marks = append(marks, ofPrefecture(atsugi.Prefecture))
	}
	return marks
}

// IndexMemos makes the search's rows anew of memos that were written with an earlier
// version of the program, or about somebody who is called otherwise since. It goes on where
// it was stopped.
func (o *Office) IndexMemos(ctx context.Context) error {
	for left := true; left; {
		err := o.Store.Write(ctx, func(tx Tx) error {
			c := &change{Tx: tx, office: o, now: o.Now(), actor: System}
			ids, err := c.MemosToIndex(indexAtOnce)
			if err != nil {
				return err
			}
			for _, id := range ids {
				if err := c.indexMemo(id); err != nil {
					return err
				}
			}
			left = len(ids) == indexAtOnce
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
