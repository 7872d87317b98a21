package programme

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MemoDraft is a memo's form that is not sent yet, as it was kept, with what it is drawn
// from. The fields from Subjects on are for drawing; nothing of them is kept.
type MemoDraft struct {
	Form    MemoForm
	Version int    // 0: nothing is kept yet
	Memo    MemoID // that it corrects, "" of a new one
	Reason  string // of the correction
	At      time.Time
	Person  PersonID

	Subjects []Person // the atsugi to choose from, by kana
	Events   []Event  // the events to choose from, newest first
	Atsugi   Person   // whom the form is about, zero while it is about nobody
	Event    Event
	Office   bool         // the writer writes as the office
	Cut      bool         // the message that it was started with was longer than a part may be
	Latest   Memo         // that is corrected, as it is now; its writer reads all of it
	Asked    []Correction // what its atsugi asked to be put right and is open: for the office
	Openings []Opening    // of what is corrected, that stand
}

// Newer says whether the memo that is corrected has a version which the draft knows nothing
// of. Its words are shown, and the writer decides whether theirs replace them (MemoForm.Over).
func (d MemoDraft) Newer() bool { return d.Memo != "" && d.Form.Corrects != d.Latest.Version }

// MemoDraftsTx keeps the drafts of memos.
type MemoDraftsTx interface {
	// SaveMemoDraft inserts (Version 0) or updates if the stored version is still
	// d.Version, else ErrStale.
	SaveMemoDraft(d MemoDraft) error
	MemoDraft(op string) (MemoDraft, error)
	// MemoDraftsOf lists the person's, newest first.
	MemoDraftsOf(PersonID) ([]MemoDraft, error)
	DropMemoDraft(op string) error
}

// How many drafts a person may keep. A form is not begun with maxDrafts kept; what is typed
// into forms begun before is kept all the same, up to keptDrafts.
const (
	maxDrafts  = 20
	keptDrafts = 2 * maxDrafts
)

// maxDraft is how many characters a draft may have in all, some parts' worth more than
// Slack's form can bring.
const maxDraft = 40 * maxPart

// SaveDraft keeps a form as it is. If another device wrote into the same draft since
// d.Version, or sent or dropped it, what is typed here becomes a further draft, and
// kept.Form.Op is another than d.Form.Op: the caller says so. A form in which nothing is
// typed is not kept: kept.Version is 0 then, as it is of one that was sent just so.
func (o *Office) SaveDraft(ctx context.Context, who Actor, d MemoDraft) (kept MemoDraft, err error) {
	err = o.write(ctx, who, func(c *change) (err error) {
		kept, err = c.keepDraft(d)
		return err
	})
	return kept, err
}

// KeepTyped keeps what is in a form while somebody types in it: of one that is closed, or
// swiped away, Slack does not say what was in it (design.md "Drafts"). A form that was sent
// meanwhile is left alone.
func (o *Office) KeepTyped(ctx context.Context, who Actor, d MemoDraft) error {
	return o.write(ctx, who, func(c *change) error {
		if _, err := c.MemoByOp(d.Form.Op); !errors.Is(err, ErrNoRow) {
			return err
		}
		_, err := c.keepDraft(d)
		return err
	})
}

func (c *change) keepDraft(d MemoDraft) (MemoDraft, error) {
	if c.me.ID == "" || c.must(Mentor, Coordinator) != nil {
		return d, denied("error.memo_denied")
	}
	switch {
	case d.Form.Op == "":
		return d, invalid("", "error.form_old")
	case d.length() > maxDraft:
		return d, invalid("", "error.too_long", "Max", maxDraft)
	}
	d.Person, d.At = c.me.ID, c.now
	stored, err := c.MemoDraft(d.Form.Op)
	switch {
	case errors.Is(err, ErrNoRow):
		return c.keepFirst(d)
	case err != nil:
		return d, err
	case stored.Person != c.me.ID:
		return d, invalid("", "error.form_old")
	case stored.says(d):
		return stored, nil
	case stored.Version == d.Version || stored.Form.onScreenOf(d.Form):
		d.Version = stored.Version
		return d, c.saveDraft(&d)
	}
	return c.keepBeside(d)
}

// keepFirst keeps a form of which no draft is stored: it is new, or the draft was sent or
// dropped meanwhile.
func (c *change) keepFirst(d MemoDraft) (MemoDraft, error) {
	m, err := c.MemoByOp(d.Form.Op)
	switch {
	case err == nil && !d.Form.keptAs(m):
		return c.keepBeside(d)
	case err == nil || errors.Is(err, ErrNoRow) && d.empty():
		d.Version = 0
		return d, nil
	case !errors.Is(err, ErrNoRow):
		return d, err
	case d.Version > 0:
		return c.keepBeside(d)
	}
	if err := c.roomForDraft(keptDrafts); err != nil {
		return d, err
	}
	return d, c.saveDraft(&d)
}

// keepBeside keeps what is typed as a draft of its own, once.
func (c *change) keepBeside(d MemoDraft) (MemoDraft, error) {
	d.Person, d.At = c.me.ID, c.now
	own, err := c.MemoDraftsOf(c.me.ID)
	if err != nil {
		return d, err
	}
	if i := slices.IndexFunc(own, d.says); i >= 0 {
		return own[i], nil
	}
	if i := slices.IndexFunc(own, func(e MemoDraft) bool { return e.Form.onScreenOf(d.Form) }); i >= 0 {
		d.Form.Op, d.Version = own[i].Form.Op, own[i].Version
		return d, c.saveDraft(&d)
	}
	if d.empty() {
		d.Version = 0
		return d, nil
	}
	if err := c.roomForDraft(keptDrafts); err != nil {
		return d, err
	}
	d.Form.Op, d.Version = c.office.NewID(), 0
	return d, c.saveDraft(&d)
}

func (c *change) saveDraft(d *MemoDraft) error {
	if err := c.SaveMemoDraft(*d); err != nil {
		return err
	}
	d.Version++
	d.Form.DraftVersion = d.Version
	return nil
}

func (c *change) roomForDraft(most int) error {
	own, err := c.MemoDraftsOf(c.me.ID)
	if err == nil && len(own) >= most {
		err = &Error{Code: CodeConflict, Key: "error.memo_drafts_full", Args: map[string]any{"Max": maxDrafts}}
	}
	return err
}

// keepOvertaken keeps as a draft what cannot become a memo as somebody else was faster, and
// is the refusal with Args Draft: the op to go on with. The command line keeps none.
func (c *change) keepOvertaken(key string, d MemoDraft) (*Error, error) {
	refusal := &Error{Code: CodeConflict, Key: key}
	if c.me.ID == "" {
		return refusal, nil
	}
	d.Version = d.Form.DraftVersion
	kept, err := c.keepDraft(d)
	refusal.Args = map[string]any{"Draft": kept.Form.Op}
	return refusal, err
}

// DropDraft throws a draft of one's own away; one that is gone is as good.
func (o *Office) DropDraft(ctx context.Context, who Actor, op string) error {
	return o.write(ctx, who, func(c *change) error {
		d, err := c.MemoDraft(op)
		if errors.Is(err, ErrNoRow) || err == nil && (d.Person != c.me.ID || c.me.ID == "") {
			return nil
		}
		if err != nil {
			return err
		}
		return c.DropMemoDraft(op)
	})
}

// spendDraft takes away the draft that became a memo, in the same transaction. What
// another device wrote into it meanwhile, and is not in the memo, stays as a draft of its own.
func (c *change) spendDraft(f MemoForm) error {
	d, err := c.MemoDraft(f.Op)
	if errors.Is(err, ErrNoRow) || err == nil && d.Person != c.me.ID {
		return nil
	}
	if err != nil {
		return err
	}
	if err := c.DropMemoDraft(f.Op); err != nil {
		return err
	}
	if d.Version == f.DraftVersion || d.Form.onScreenOf(f) || d.Form.within(f) {
		return nil
	}
	d.Form.Op, d.Version = c.office.NewID(), 0
	return c.saveDraft(&d)
}

// onScreenOf says whether both were typed in the same opened form.
func (f MemoForm) onScreenOf(g MemoForm) bool { return f.Screen != "" && f.Screen == g.Screen }

// within says whether every word of the form is in the other one, too.
func (f MemoForm) within(g MemoForm) bool {
	for key, text := range f.Parts {
		if !strings.Contains(g.Parts[key], strings.TrimSpace(text)) {
			return false
		}
	}
	return strings.Contains(g.Place, strings.TrimSpace(f.Place)) && strings.Contains(g.Present, strings.TrimSpace(f.Present))
}

// says tells whether both drafts hold the same.
func (d MemoDraft) says(e MemoDraft) bool {
	f, g := d.Form, e.Form
	return d.Memo == e.Memo && d.Reason == e.Reason &&
		f.Kind == g.Kind && f.Atsugi == g.Atsugi && f.Event == g.Event && f.Session == g.Session &&
		f.Held == g.Held && f.Place == g.Place && f.Present == g.Present &&
		maps.Equal(f.typed(), g.typed()) && maps.EqualFunc(f.Readers, g.Readers, slices.Equal[[]Reader])
}

// typed are the parts in which something is written.
func (f MemoForm) typed() map[string]string {
	parts := maps.Clone(f.Parts)
	maps.DeleteFunc(parts, func(_, text string) bool { return strings.TrimSpace(text) == "" })
	return parts
}

// empty says whether nobody typed anything: choosing is not typing.
func (d MemoDraft) empty() bool {
	return len(d.Form.typed()) == 0 && strings.TrimSpace(d.Form.Place+d.Form.Present+d.Reason) == ""
}

// length is in characters.
func (d MemoDraft) length() int {
	n := utf8.RuneCountInString(d.Form.Place) + utf8.RuneCountInString(d.Form.Present) + utf8.RuneCountInString(d.Reason)
	for key, text := range d.Form.Parts {
		n += utf8.RuneCountInString(key) + utf8.RuneCountInString(text)
	}
	return n
}
