package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"tsugite/cmd/internal/sheet"
	"tsugite/programme"
)

// eventCmd is about one event.
type eventCmd struct {
	Import eventImport `cmd:"" help:"Bring an application list in: CSV (UTF-8, UTF-16, Shift_JIS) or XLSX."`
}

// eventImport enters those who applied for an event: guests, and people of the
// roster, who are answered for.
type eventImport struct {
	where
	File   string `arg:"" placeholder:"FILE" help:"The application list."`
	Event  string `required:"" placeholder:"ID" help:"The event they applied for."`
	DryRun bool   `help:"Print the plan and write nothing."`
	Format string `enum:"text,json" default:"text" help:"text, or json: one object a line."`
	Lang   string `enum:"ja,en," default:"" help:"ja or en; else LANG decides."`
}

// guestColumns are the columns of an application list with their headers. 区分 is
// what the applicant is: アトツギ, 支援機関 …
var guestColumns = []sheet.Column{
	{Key: string(programme.ColName), Headers: []string{"氏名", "name", "名前", "お名前"}, Required: true},
	{Key: string(programme.ColKana), Headers: []string{"ふりがな", "kana", "フリガナ", "かな"}},
	{Key: string(programme.ColOrganisation), Headers: []string{"所属", "organisation", "organization", "会社名"}},
	{Key: string(programme.ColPrefecture), Headers: []string{"都道府県", "prefecture"}},
	{Key: string(programme.ColEmail), Headers: []string{"メール", "email", "メールアドレス", "e-mail"}},
	{Key: string(programme.ColPhone), Headers: []string{"電話", "phone", "電話番号", "tel"}},
	{Key: string(programme.ColRole), Headers: []string{"区分", "role", "役割"}},
	{Key: string(programme.ColNote), Headers: []string{"備考", "note"}},
}

var guestFile = listFile{guestColumns, "name the application list", "event.broken", "event.unknown_column"}

// Run prints the plan to Out, every fault to Err.
func (c eventImport) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	rows, err := readRows(say, std, c.File, guestFile)
	if err != nil {
		return err
	}
	office, closeOffice, err := openKept(ctx, c.Config, c.DB)
	if err != nil {
		return err
	}
	plan, err := office.ImportGuests(ctx, programme.Operator, programme.EventID(c.Event), rows, c.DryRun)
	if e, ours := programme.AsError(err); ours && len(plan.Faults) == 0 {
		err = say.refusal(e)
	} else if ours {
		err = nil // report tells all of it
	}
	if err = errors.Join(err, closeOffice()); err != nil {
		return err
	}
	return c.report(say, std, plan)
}

// report prints the plan; faults go to Err and refuse it.
func (c eventImport) report(say speech, std streams, plan programme.GuestPlan) error {
	if c.Format == "json" {
		if err := writeLines(std.Out, guestLines(say, plan, c.DryRun)); err != nil {
			return err
		}
	}
	if len(plan.Faults) > 0 {
		for _, f := range plan.Faults {
			fmt.Fprintf(std.Err, "tsugite: %s\n", say.fault(f, guestColumns))
		}
		return errors.New(say.say("event.refused", slots("Faults", len(plan.Faults))))
	}
	if c.Format == "json" {
		return nil
	}
	_, err := io.WriteString(std.Out, say.guestPlan(plan, c.DryRun))
	return err
}

// guestPlan writes what an application list brings for people to read.
func (s speech) guestPlan(p programme.GuestPlan, dry bool) string {
	var b strings.Builder
	line := func(indent int, text string) { fmt.Fprintf(&b, "%s%s\n", strings.Repeat("  ", indent), text) }
	row := func(n int, name, organisation string, answer programme.Coming) {
		text := s.say("people.row", slots("Row", n)) + "  " + visible(name)
		if organisation != "" {
			text += " / " + visible(organisation)
		}
		line(1, text+" / "+s.answer(answer))
	}
	line(0, visible(p.Event.Title))
	line(0, s.say("people.add", slots("N", len(p.Add))))
	for _, l := range p.Add {
		row(l.Row, l.Guest.Name, l.Guest.Organisation, l.Guest.Answer)
	}
	line(0, s.say("event.people", slots("N", len(p.People))))
	for _, l := range p.People {
		row(l.Row, l.Person.Name, l.Person.Organisation, l.Answer)
	}
	line(0, s.say("people.change", slots("N", len(p.Change))))
	for _, l := range p.Change {
		row(l.Row, l.Guest.Name, l.Guest.Organisation, l.Guest.Answer)
		for _, f := range l.Fields {
			line(2, fmt.Sprintf("%s: %s → %s", s.columnName(f.Column, guestColumns), s.value(f.Column, f.From), s.value(f.Column, f.To)))
		}
	}
	line(0, s.say("people.unchanged", slots("N", len(p.Unchanged))))
	if n := p.Waiting(); n > 0 {
		line(0, s.say("event.waiting", slots("N", n)))
	}
	if dry {
		line(0, s.say("people.dry", nil))
	} else {
		line(0, s.say("event.done", nil))
	}
	return b.String()
}

// guestLines are the plan as one JSON object a line, a summary last.
func guestLines(say speech, p programme.GuestPlan, dry bool) []planLine {
	written := !dry && len(p.Faults) == 0
	var lines []planLine
	for _, f := range p.Faults {
		lines = append(lines, faultLine(say, f))
	}
	for _, l := range p.Add {
		line := planLine{Plan: "add", Row: l.Row, Name: l.Guest.Name, Answer: l.Guest.Answer}
		if written { // until then nobody has the id
			line.ID = programme.PersonID(l.Guest.ID)
		}
		lines = append(lines, line)
	}
	for _, l := range p.People {
		lines = append(lines, planLine{Plan: "person", Row: l.Row, ID: l.Person.ID, Name: l.Person.Name, Answer: l.Answer})
	}
	for _, l := range p.Change {
		line := planLine{Plan: "change", Row: l.Row, ID: programme.PersonID(l.Guest.ID), Name: l.Guest.Name}
		for _, f := range l.Fields {
			line.Fields = append(line.Fields, fieldLine(f))
		}
		lines = append(lines, line)
	}
	for _, l := range p.Unchanged {
		lines = append(lines, planLine{Plan: "unchanged", Row: l.Row, ID: programme.PersonID(l.Guest.ID), Name: l.Guest.Name})
	}
	return append(lines, planLine{Plan: "summary", Written: &written, Counts: map[string]int{
		"add": len(p.Add), "person": len(p.People), "change": len(p.Change), "unchanged": len(p.Unchanged),
		"waiting": p.Waiting(), "fault": len(p.Faults),
	}})
}
