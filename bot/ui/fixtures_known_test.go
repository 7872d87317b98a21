package ui_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// everythingKnown is what is kept about the atsugi, with some of everything.
func (c cast) everythingKnown() programme.Known {
	own := c.memo
	own.Memo.Parts = slices.Clone(own.Memo.Parts[2:]) // the part that is for them
	me := c.atsugi
	me.Cohorts = []string{"R1", "R8"}
	attendance := programme.Attendance{Answer: programme.No, Reason: c.typed}
	return programme.Known{
		Me: me, Experts: []programme.Person{c.mentor}, Office: []programme.Person{c.office}, Now: at(9, 4, 9, 0),
		Surveys: []programme.Dialogue{c.dialogue(2, programme.Started, "where")},
		Events:  []programme.KnownEvent{{Event: c.workshop, Attendance: attendance}, {Event: c.seminar, Here: true}},
		Sessions: []programme.KnownSession{{Other: c.mentor, Session: programme.Session{
			Atsugi: c.atsugi.ID, Mentor: c.mentor.ID, Kind: programme.FollowUp, State: programme.SessionHeld, Topic: c.topic,
			Span: programme.Span{From: at(9, 3, 14, 0), Until: at(9, 3, 15, 0)},
		}}},
		Memos: []programme.MemoView{own},
		Readings: []programme.KnownReading{
			{Day: "2026-09-03", Organisation: "塩﨑経営研究所", Times: 2}, {Day: "2026-09-03", Role: programme.Bureau, Times: 1},
			{Day: "2026-09-02", Role: programme.Bureau, File: programme.CopyDigest, Times: 1}, {Day: "2026-09-01", Role: programme.Coordinator, File: programme.CopyExport, Times: 1},
		},
		Corrections: []programme.Correction{{At: at(9, 3, 18, 0), Text: c.typed, State: programme.CorrectionRefused, Reason: c.topic}},
		Actions:     []programme.MemoAction{{What: "原価を書き出す", Until: "2026-09-30", State: programme.ActionHelp, Said: at(9, 4, 8, 0)}},
		Questions:   []programme.ConsentQuestion{{At: at(9, 2, 9, 0), Text: c.typed}},
		Enquiries: []programme.EnquiryView{{Asker: c.atsugi, Words: []programme.EnquiryWord{
			{Side: programme.FromAsker, At: at(9, 3, 10, 0), Text: c.typed}, {Side: programme.FromOffice, At: at(9, 3, 11, 0), Text: "はい、どうぞ。"},
		}}},
		Consents: []programme.Consent{
			{Kind: programme.ConsentTakingPart, Decision: programme.DecisionYes, At: at(9, 1, 10, 0), Paper: "2026-09-01"},
			{Kind: programme.ConsentNamed, Decision: programme.DecisionWithdrawn, At: at(9, 2, 10, 0)},
		},
		Publications: []programme.OwnPublication{{Publication: programme.Publication{Text: c.typed}}},
		Hidden:       []programme.HiddenView{{Hidden: programme.HiddenPerson(c.supporter.ID), Who: c.supporter}, {Hidden: programme.HiddenName("つむぎ信用金庫")}},
		Photos:       []programme.Photo{{At: at(9, 18, 15, 0), Caption: "窯の前で"}},
	}
}

// known draws the page of somebody about whom much is known, and of a newcomer.
func (c cast) known(t testing.TB, l ui.Locale, out map[string]drawing) {
	out["known"] = view(t, ui.KnownPage(c.everythingKnown(), l))
	out["known-newcomer"] = view(t, ui.KnownPage(programme.Known{Me: programme.Person{ID: "01JX", Name: "新田 新"}}, l))
}

// TestTheOwnFileHasEverySheet, in both languages, with as many cells in a row as columns,
// and nothing of memos but the parts for the atsugi.
func TestTheOwnFileHasEverySheet(t *testing.T) {
	c := sample()
	for _, lang := range ui.Languages {
		tables := ui.KnownTables(c.everythingKnown(), c.parts, ui.NewLocale(lang, tokyo))
		if len(tables) != 14 {
			t.Errorf("%s: %d sheets, want 14", lang, len(tables))
		}
		for _, table := range tables {
			if n := utf8.RuneCountInString(table.Name); n > 31 { // a workbook takes no longer one
				t.Errorf("%s: the sheet's name %q has %d characters", lang, table.Name, n)
			}
			if len(table.Rows) == 0 || len(table.Columns) != len(table.Widths) {
				t.Errorf("%s: %q has %d rows, %d columns and %d widths", lang, table.Name, len(table.Rows), len(table.Columns), len(table.Widths))
			}
			for _, row := range table.Rows {
				if len(row) > len(table.Columns) {
					t.Errorf("%s: %q has a row of %d cells for %d columns", lang, table.Name, len(row), len(table.Columns))
				}
			}
		}
	}
}
