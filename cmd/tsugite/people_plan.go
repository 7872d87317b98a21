package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"tsugite/bot/ui"
	"tsugite/cmd/internal/sheet"
	"tsugite/programme"
)

// plan writes an import's plan for people to read.
func (s speech) plan(p programme.RosterPlan, dry bool) string {
	var b strings.Builder
	line := func(indent int, text string) { fmt.Fprintf(&b, "%s%s\n", strings.Repeat("  ", indent), text) }
	line(0, s.say("people.add", slots("N", len(p.Add))))
	for _, a := range p.Add {
		line(1, s.say("people.row", slots("Row", a.Row))+"  "+s.person(a.Person))
	}
	line(0, s.say("people.change", slots("N", len(p.Change))))
	for _, c := range p.Change {
		line(1, s.say("people.row", slots("Row", c.Row))+"  "+s.person(c.Person))
		for _, f := range c.Fields {
			line(2, fmt.Sprintf("%s: %s → %s", s.columnName(f.Column, rosterColumns), s.value(f.Column, f.From), s.value(f.Column, f.To)))
		}
	}
	line(0, s.say("people.unchanged", slots("N", len(p.Unchanged))))
	line(0, s.say("people.missing", slots("N", len(p.Missing))))
	for _, m := range p.Missing {
		line(1, s.person(m))
	}
	if dry {
		line(0, s.say("people.dry", nil))
	} else {
		line(0, s.say("people.done", nil))
	}
	return b.String()
}

// person names somebody so that the office knows who is meant.
func (s speech) person(p programme.Person) string {
	roles := make([]string, len(p.Roles))
	for i, r := range p.Roles {
		roles[i] = s.value(programme.ColRole, string(r))
	}
	text := visible(p.Name)
	if p.Organisation != "" {
		text += " / " + visible(p.Organisation)
	}
	return text + " / " + strings.Join(roles, ", ")
}

// value is a field's content in the language of the reader.
func (s speech) value(c programme.Column, v string) string {
	if v == "" {
		return s.say("people.nothing", nil)
	}
	words := strings.Split(v, ";")
	for i, w := range words {
		switch {
		case !s.japanese():
		case c == programme.ColRole:
			words[i] = programme.Role(w).Ja()
		case c == programme.ColKind:
			words[i] = programme.Kind(w).Ja()
		}
	}
	return visible(strings.Join(words, ";"))
}

// column is a column's header in the language of the reader.
func (s speech) column(c sheet.Column) string {
	if s.japanese() {
		return c.Headers[0]
	}
	return c.Headers[1]
}

// columnName is a column's header in a list of these columns.
func (s speech) columnName(col programme.Column, columns []sheet.Column) string {
	for _, c := range columns {
		if c.Key == string(col) {
			return s.column(c)
		}
	}
	return string(col)
}

// troubles are the faults and questions of a plan, a line each.
func (s speech) troubles(p programme.RosterPlan) []string {
	var lines []string
	for _, f := range p.Faults {
		lines = append(lines, s.fault(f, rosterColumns))
	}
	for _, q := range p.Ask {
		lines = append(lines, s.say("people.at_row", slots("Row", q.Row))+" "+visible(q.Name)+": "+s.question(q))
	}
	return lines
}

// walls are the experts whom the plan assigns although something warns of them, a line each.
func (s speech) walls(p programme.RosterPlan) []string {
	var lines []string
	for _, w := range p.Walls {
		for _, wall := range w.Walls {
			words := ui.WallWords([]programme.Wall{wall}, ui.NewLocale(s.lang, nil))
			lines = append(lines, s.say("people.at_row", slots("Row", w.Row))+" "+visible(wall.Of)+": "+visible(words))
		}
	}
	return lines
}

func (s speech) question(q programme.RosterQuestion) string {
	key := "people.ask"
	if len(q.Candidates) > 1 {
		key = "people.ask_many"
	}
	var names []string
	for _, c := range q.Candidates {
		name := s.person(c)
		if c.Email != "" {
			name += " <" + visible(c.Email) + ">"
		}
		names = append(names, name)
	}
	return s.say(key, slots("Names", strings.Join(names, "; "), "Row", q.Row))
}

// fault says where in a list of these columns what is wrong, and how to mend it.
func (s speech) fault(f programme.RosterFault, columns []sheet.Column) string {
	args := slots("Row", f.Row, "Column", s.columnName(f.Column, columns), "Value", f.Value)
	place := "people.at_value"
	if f.Value == "" {
		place = "people.at"
	}
	return s.say(place, args) + ": " + s.say(f.Key, f.Args)
}

func (s speech) sheetPlace(f sheet.Fault) string {
	args := slots("Row", f.Row, "Column", f.Column)
	switch {
	case f.Row == 0:
		return s.say("people.at_file", nil)
	case f.Column == 0:
		return s.say("people.at_row", args)
	default:
		return s.say("people.at_cell", args)
	}
}

// visible keeps what a file says from steering the terminal that shows it.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d' {
			return '\uFFFD'
		}
		return r
	}, text)
}

// planLine is one line of --format json. Plan says what it is about.
type planLine struct {
	Plan       string             `json:"plan"` // add, change, unchanged, missing, wall, ask, fault, summary
	Row        int                `json:"row,omitempty"`
	ID         programme.PersonID `json:"id,omitempty"`
	Name       string             `json:"name,omitempty"`
	Fields     []fieldLine        `json:"fields,omitempty"`
	Candidates []planLine         `json:"candidates,omitempty"`
	Email      string             `json:"email,omitempty"`
	Column     programme.Column   `json:"column,omitempty"`
	Value      string             `json:"value,omitempty"`
	Key        string             `json:"key,omitempty"`
	Text       string             `json:"text,omitempty"`
	Answer     programme.Coming   `json:"answer,omitempty"`
	Counts     map[string]int     `json:"counts,omitempty"`
	Written    *bool              `json:"written,omitempty"`
}

type fieldLine struct {
	Column programme.Column `json:"column"`
	From   string           `json:"from"`
	To     string           `json:"to"`
}

// writePlanJSON writes the plan as one JSON object a line, a summary last.
func writePlanJSON(w io.Writer, say speech, p programme.RosterPlan, dry bool) error {
	written := !dry && p.Ready()
	var lines []planLine
	for _, f := range p.Faults {
		lines = append(lines, faultLine(say, f))
	}
	for _, q := range p.Ask {
		l := planLine{Plan: "ask", Row: q.Row, Name: q.Name}
		for _, c := range q.Candidates {
			l.Candidates = append(l.Candidates, planLine{Plan: "candidate", ID: c.ID, Name: c.Name, Email: c.Email})
		}
		lines = append(lines, l)
	}
	for _, a := range p.Add {
		l := planLine{Plan: "add", Row: a.Row, Name: a.Person.Name}
		if written { // until then nobody has the id
			l.ID = a.Person.ID
		}
		lines = append(lines, l)
	}
	for _, c := range p.Change {
		l := planLine{Plan: "change", Row: c.Row, ID: c.Person.ID, Name: c.Person.Name}
		for _, f := range c.Fields {
			l.Fields = append(l.Fields, fieldLine(f))
		}
		lines = append(lines, l)
	}
	for _, u := range p.Unchanged {
		lines = append(lines, planLine{Plan: "unchanged", ID: u.ID, Name: u.Name})
	}
	for _, m := range p.Missing {
		lines = append(lines, planLine{Plan: "missing", ID: m.ID, Name: m.Name})
	}
	for _, w := range p.Walls {
		for _, wall := range w.Walls {
			lines = append(lines, planLine{Plan: "wall", Row: w.Row, Name: wall.Of, Key: string(wall.Kind), Value: wall.Who})
		}
	}
	lines = append(lines, planLine{Plan: "summary", Written: &written, Counts: map[string]int{
		"add": len(p.Add), "change": len(p.Change), "unchanged": len(p.Unchanged), "missing": len(p.Missing),
		"ask": len(p.Ask), "fault": len(p.Faults), "wall": len(p.Walls),
	}})
	return writeLines(w, lines)
}

func faultLine(say speech, f programme.RosterFault) planLine {
	return planLine{Plan: "fault", Row: f.Row, Column: f.Column, Value: f.Value, Key: f.Key, Text: say.say(f.Key, f.Args)}
}

// writeLines writes one JSON object a line.
func writeLines[T any](w io.Writer, lines []T) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, l := range lines {
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	return nil
}
