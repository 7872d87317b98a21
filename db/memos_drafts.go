package db

import "tsugite/programme"

// draftForm is a memo's form as it is stored: the names stay whatever the program calls
// the fields.
type draftForm struct {
	Kind     programme.MemoKind            `json:"kind,omitempty"`
	Atsugi   programme.PersonID            `json:"atsugi,omitempty"`
	Event    programme.EventID             `json:"event,omitempty"`
	Session  programme.SessionID           `json:"session,omitempty"`
	Held     programme.Date                `json:"held,omitempty"`
	Place    string                        `json:"place,omitempty"`
	Present  string                        `json:"present,omitempty"`
	Parts    map[string]string             `json:"parts,omitempty"`
	Readers  map[string][]programme.Reader `json:"readers,omitempty"`
	Corrects int                           `json:"corrects,omitempty"`
	Reason   string                        `json:"reason,omitempty"`
	Screen   string                        `json:"screen,omitempty"`
}

const draftColumns = `op, person_id, coalesce(memo_id, ''), form, at, version`

func scanDraft(r row) (programme.MemoDraft, error) {
	var d programme.MemoDraft
	var f draftForm
	err := r.Scan(&d.Form.Op, &d.Person, &d.Memo, JSON{&f}, Time{&d.At}, &d.Version)
	d.Reason = f.Reason
	d.Form = programme.MemoForm{
		Op: d.Form.Op, Kind: f.Kind, Atsugi: f.Atsugi, Event: f.Event, Session: f.Session, Held: f.Held,
		Place: f.Place, Present: f.Present, Parts: f.Parts, Readers: f.Readers, Corrects: f.Corrects, DraftVersion: d.Version, Screen: f.Screen,
	}
	return d, err
}

func (t *tx) SaveMemoDraft(d programme.MemoDraft) error {
	f := d.Form
	form, err := asJSON(draftForm{
		Kind: f.Kind, Atsugi: f.Atsugi, Event: f.Event, Session: f.Session, Held: f.Held, Place: f.Place,
		Present: f.Present, Parts: f.Parts, Readers: f.Readers, Corrects: f.Corrects, Reason: d.Reason, Screen: f.Screen,
	})
	if err != nil {
		return err
	}
	if d.Version == 0 {
		return fresh(t.exec(`INSERT INTO memo_drafts (op, person_id, memo_id, form, at, version)
			VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (op) DO NOTHING`, f.Op, d.Person, orNull(d.Memo), form, stamp(d.At)))
	}
	return fresh(t.exec(`UPDATE memo_drafts SET form = $3, at = $4, memo_id = $5, version = version + 1 WHERE op = $1 AND version = $2`,
		f.Op, d.Version, form, stamp(d.At), orNull(d.Memo)))
}

func (t *tx) MemoDraft(op string) (programme.MemoDraft, error) {
	return one(t.ctx, t.q, scanDraft, `SELECT `+draftColumns+` FROM memo_drafts WHERE op = $1`, op)
}

func (t *tx) MemoDraftsOf(p programme.PersonID) ([]programme.MemoDraft, error) {
	return all(t.ctx, t.q, scanDraft, `SELECT `+draftColumns+` FROM memo_drafts WHERE person_id = $1 ORDER BY at DESC, op DESC`, p)
}

func (t *tx) DropMemoDraft(op string) error {
	_, err := t.exec(`DELETE FROM memo_drafts WHERE op = $1`, op)
	return err
}
