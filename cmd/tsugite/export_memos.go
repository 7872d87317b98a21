package main

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// exportMemos writes every memo for the record of the office: all versions with all parts,
// those among them that never leave it. As JSON a memo is a line, in a spreadsheet each of
// its versions is, and what is of the whole memo stands with the latest.
type exportMemos struct{ outlet }

// memoLine is one line of the export. Moments are RFC 3339 in the programme's zone; what
// is not known is left out.
type memoLine struct {
	Memo         programme.MemoID   `json:"memo"`
	Code         string             `json:"code"` // 整理番号
	Kind         programme.MemoKind `json:"kind"`
	Atsugi       programme.PersonID `json:"atsugi,omitempty"`
	AtsugiName   string             `json:"atsugi_name,omitempty"`
	Organisation string             `json:"organisation,omitempty"`
	Event        programme.EventID  `json:"event,omitempty"`
	EventTitle   string             `json:"event_title,omitempty"`
	Session      string             `json:"session,omitempty"`
	Writer       programme.PersonID `json:"writer,omitempty"`
	WriterName   string             `json:"writer_name,omitempty"`
	Held         programme.Date     `json:"held"`
	Place        string             `json:"place,omitempty"`
	Present      string             `json:"present,omitempty"`
	Written      string             `json:"written"`
	Reviewed     string             `json:"reviewed,omitempty"`
	ReviewedBy   string             `json:"reviewed_by,omitempty"`
	Shared       string             `json:"shared,omitempty"`
	SharedAs     int                `json:"shared_version,omitempty"`
	Withdrawn    string             `json:"withdrawn,omitempty"`
	Version      int                `json:"version"`
	Readings     int                `json:"readings"`
	Parts        []partLine         `json:"parts"`
	Versions     []versionLine      `json:"versions"`
}

// partLine is a part with those whom it is meant for.
type partLine struct {
	Key     string             `json:"key"`
	Text    string             `json:"text"`
	Readers []programme.Reader `json:"readers"`
}

// versionLine is what a version said, and how it came about.
type versionLine struct {
	Version int            `json:"version"`
	At      string         `json:"at"`
	By      string         `json:"by,omitempty"`
	Reason  string         `json:"reason,omitempty"`
	Held    programme.Date `json:"held"`
	Place   string         `json:"place,omitempty"`
	Present string         `json:"present,omitempty"`
	Parts   []partLine     `json:"parts"`
}

// versionRow is a version in a spreadsheet, with the memo that it is of.
type versionRow struct {
	memo    memoLine
	version versionLine
}

// Run writes the memos and all that they say, as the operator.
func (c exportMemos) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	office, closeOffice, err := openKept(ctx, c.Config, c.DB)
	if err != nil {
		return err
	}
	records, err := office.ExportMemos(ctx, programme.Operator)
	if err = errors.Join(err, closeOffice()); err != nil {
		return err
	}
	lines := make([]memoLine, len(records))
	for i, r := range records {
		lines[i] = memoLineOf(r, spoken{say, office.Settings.Zone})
	}
	if formatOf(c.Format, c.Out, "csv", "xlsx", "json") == "json" {
		return write(c.outlet, std, table[memoLine]{lines: lines})
	}
	return write(c.outlet, std, versionTable(lines, office.Settings.Parts, say))
}

// versionTable has a row for each version of each memo.
func versionTable(lines []memoLine, defs []programme.PartDef, say speech) table[versionRow] {
	var rows []versionRow
	for _, l := range lines {
		for _, v := range l.Versions {
			rows = append(rows, versionRow{l, v})
		}
	}
	keys, titles := partColumns(defs, rows, say)
	return table[versionRow]{
		name: say.say("export.memos", nil),
		header: append(say.words(
			"export.memo_code", "export.memo_which", "export.date", "export.kind", "export.atsugi", "export.organisation", "export.memo_event",
			"export.memo_place", "export.memo_present", "export.memo_written", "export.memo_writer", "export.memo_reason", "export.memo_withdrawn",
			"export.memo_version", "export.memo_reviewed", "export.memo_reviewed_by", "export.memo_shared", "export.memo_shared_version", "export.memo_readings",
		), titles...),
		numbers: []int{1, 13, 17, 18},
		lines:   rows,
		cells: func(r versionRow) []string {
			m, v := r.memo, r.version
			cells := []string{
				m.Code, strconv.Itoa(v.Version), string(v.Held), say.memoKind(m.Kind), m.AtsugiName, m.Organisation, m.EventTitle,
				v.Place, v.Present, clock(v.At), v.By, v.Reason, clock(m.Withdrawn),
			}
			cells = append(cells, r.whole()...)
			for _, key := range keys {
				cells = append(cells, v.part(key))
			}
			return cells
		},
	}
}

// whole is what is of the whole memo, in the row of its latest version alone: so that it is
// counted once.
func (r versionRow) whole() []string {
	l := r.memo
	if r.version.Version != l.Version {
		return make([]string, 6)
	}
	return []string{
		strconv.Itoa(l.Version), clock(l.Reviewed), l.ReviewedBy, clock(l.Shared), unlessZero(l.SharedAs), strconv.Itoa(l.Readings),
	}
}

func memoLineOf(r programme.MemoRecord, s spoken) memoLine {
	m := r.Memo
	l := memoLine{
		Memo: m.ID, Code: ui.MemoCode(m.ID), Kind: m.Kind, Atsugi: m.Atsugi, AtsugiName: r.Atsugi.Name, Organisation: r.Atsugi.Organisation,
		Event: m.Event, EventTitle: r.Event.Title, Session: string(m.Session), Writer: m.Writer, WriterName: r.Writer.Name,
		Held: m.Held, Place: m.Place, Present: m.Present, Written: stampOf(m.Written, s.zone),
		Reviewed: stampOf(m.Reviewed, s.zone), ReviewedBy: r.ReviewedBy.Name,
		Shared: stampOf(m.Shared, s.zone), SharedAs: m.SharedVersion, Withdrawn: stampOf(m.Withdrawn, s.zone),
		Version: m.Version, Readings: r.Readings, Parts: partLines(m), Versions: []versionLine{},
	}
	for _, v := range r.Versions {
		said := v.View.Memo
		l.Versions = append(l.Versions, versionLine{
			Version: v.Version, At: stampOf(v.At, s.zone), By: v.Who.Name, Reason: v.Reason,
			Held: said.Held, Place: said.Place, Present: said.Present, Parts: partLines(said),
		})
	}
	return l
}

func partLines(m programme.Memo) []partLine {
	out := make([]partLine, len(m.Parts))
	for i, p := range m.Parts {
		out[i] = partLine{p.Key, p.Text, p.Readers}
	}
	return out
}

// part is what the version says under a key, "" for nothing.
func (v versionLine) part(key string) string {
	for _, p := range v.Parts {
		if p.Key == key {
			return p.Text
		}
	}
	return ""
}

// partColumns are the keys and titles of the parts: as configured, then what earlier
// configurations had.
func partColumns(defs []programme.PartDef, rows []versionRow, say speech) (keys, titles []string) {
	for _, d := range defs {
		title := d.Title.Ja
		if say.lang == "en" && d.Title.En != "" || title == "" {
			title = d.Title.En
		}
		if title == "" {
			title = d.Key
		}
		keys, titles = append(keys, d.Key), append(titles, title)
	}
	for _, r := range rows {
		for _, p := range r.version.Parts {
			if !slices.Contains(keys, p.Key) {
				keys, titles = append(keys, p.Key), append(titles, p.Key)
			}
		}
	}
	return keys, titles
}

// memoKind is what a memo is of.
func (s speech) memoKind(k programme.MemoKind) string { return s.say("export.memo_"+string(k), nil) }
