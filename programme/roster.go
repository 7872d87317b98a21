package programme

import "strings"

// Column names a column of the roster file by its English header (design.md
// section 9). The strings appear in machine-readable output.
type Column string

const (
	ColName          Column = "name"
	ColKana          Column = "kana"
	ColEmail         Column = "email"
	ColPhone         Column = "phone"
	ColSlackID       Column = "slack_id"
	ColRole          Column = "role"
	ColOrganisation  Column = "organisation"
	ColPrefecture    Column = "prefecture"
	ColCohort        Column = "cohort"
	ColRecommendedBy Column = "recommended_by"
	ColMentor        Column = "mentor"
	ColCraft         Column = "craft"
	ColKind          Column = "kind"
	ColBank          Column = "bank"
	ColNotified      Column = "notified"
	ColPledged       Column = "pledged"
	ColNote          Column = "note"
)

// Columns lists every column in the order in which a roster is written.
var Columns = []Column{
	ColName, ColKana, ColEmail, ColPhone, ColSlackID, ColRole, ColOrganisation, ColPrefecture, ColCohort,
	ColRecommendedBy, ColMentor, ColCraft, ColKind, ColBank, ColNotified, ColPledged, ColNote,
}

// RosterRow is one row of a roster file as it was read. A column that the file
// does not have is absent from Cells and changes nothing; an empty cell empties
// the field, except for the keys slack_id and email, which only another value
// replaces.
type RosterRow struct {
	Row   int // as a spreadsheet numbers it, from 1
	Cells map[Column]string
	// Match answers the question that an earlier plan asked about this row.
	Match RosterMatch
}

// Cell is the row's cell in a column, "" if the file has no such column.
func (r RosterRow) Cell(c Column) string { return r.Cells[c] }

// RosterMatch is the office's answer about a row that has no key in common with
// anybody but the name of somebody.
type RosterMatch string

const (
	MatchByKeys RosterMatch = ""     // nobody was asked
	MatchSame   RosterMatch = "same" // it is the one person of that name
	MatchNew    RosterMatch = "new"  // it is somebody else of the same name
)

// RosterFault is one mistake in a roster file. Key names a sentence that says
// what is wrong and how to mend it, Args fill it.
type RosterFault struct {
	Row    int
	Column Column // "" if the row as a whole is meant
	Value  string // the cell as it stands, shortened
	Key    string
	Args   map[string]any
}

// FieldChange is one field that an import would change, as a roster in English
// words has it.
type FieldChange struct {
	Column   Column
	From, To string
}

// RosterAdd is somebody whom an import would add.
type RosterAdd struct {
	Row    int
	Person Person
}

// RosterChange is somebody whom an import would change.
type RosterChange struct {
	Row    int
	Person Person // as it would be
	Fields []FieldChange
}

// RosterQuestion is a row that may mean somebody of the roster: only a person
// can tell. RosterRow.Match takes the answer.
type RosterQuestion struct {
	Row        int
	Name       string
	Candidates []Person
}

// RosterPlan is what an import would do, before it is done.
type RosterPlan struct {
	Add       []RosterAdd
	Change    []RosterChange
	Unchanged []Person
	Ask       []RosterQuestion
	// Missing are active people whom the file does not name. They stay: leaving
	// the programme is an act of its own, never a missing row.
	Missing []Person
	Faults  []RosterFault
	// Walls are experts assigned who should rather not be: it is imported with a reason alone.
	Walls []RosterWall
}

// Ready says whether the plan can be carried out: no mistakes, no questions.
func (p RosterPlan) Ready() bool { return len(p.Faults) == 0 && len(p.Ask) == 0 }

// RosterRows writes people as rows of a roster file, in Japanese words or in
// English ones: what reads them again finds nothing to change. Mentors are
// looked up in everyone.
func RosterRows(people, everyone []Person, japanese bool) []RosterRow {
	byID := make(map[PersonID]Person, len(everyone))
	for _, p := range everyone {
		byID[p.ID] = p
	}
	rows := make([]RosterRow, len(people))
	for i, p := range people {
		rows[i] = RosterRow{Row: i + 2, Cells: cellsOf(p, byID, japanese)}
	}
	return rows
}

func cellsOf(p Person, byID map[PersonID]Person, japanese bool) map[Column]string {
	cells := make(map[Column]string, len(Columns))
	for _, c := range Columns {
		cells[c] = fieldOf(p, c, byID, japanese)
	}
	return cells
}

// fieldOf is one field as a roster file writes it.
func fieldOf(p Person, c Column, byID map[PersonID]Person, japanese bool) string {
	switch c {
	case ColRole:
		return joinWords(p.Roles, japanese, Role.Ja)
	case ColKind:
		if p.Kind == "" {
			return ""
		}
		return joinWords([]Kind{p.Kind}, japanese, Kind.Ja)
	case ColCohort:
		return strings.Join(p.Cohorts, ";")
	case ColMentor:
		return mentorCell(p.Mentors, byID)
	case ColNotified:
		return string(p.Notified)
	case ColPledged:
		return string(p.Pledged)
	default:
		return *textField(&p, c)
	}
}

// textField is where a column of plain text is kept in a person.
func textField(p *Person, c Column) *string {
	switch c {
	case ColName:
		return &p.Name
	case ColKana:
		return &p.Kana
	case ColEmail:
		return &p.Email
	case ColPhone:
		return &p.Phone
	case ColSlackID:
		return &p.SlackID
	case ColOrganisation:
		return &p.Organisation
	case ColPrefecture:
		return &p.Prefecture
	case ColRecommendedBy:
		return &p.RecommendedBy
	case ColCraft:
		return &p.Craft
	case ColBank:
		return &p.Bank
	case ColNote:
		return &p.Note
	}
	return new(string)
}

func joinWords[T ~string](ids []T, japanese bool, ja func(T) string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
		if japanese {
			out[i] = ja(id)
		}
	}
	return strings.Join(out, ";")
}

// mentorCell names mentors by address where they have one: names repeat.
func mentorCell(ids []PersonID, byID map[PersonID]Person) string {
	var out []string
	for _, id := range ids {
		m, ok := byID[id]
		switch {
		case !ok || !m.Active():
		case m.Email != "":
			out = append(out, m.Email)
		default:
			out = append(out, m.Name)
		}
	}
	return strings.Join(out, ";")
}

// differences are the fields in which two versions of a person differ.
func differences(old, new Person, byID map[PersonID]Person) []FieldChange {
	var out []FieldChange
	for _, c := range Columns {
		if from, to := fieldOf(old, c, byID, false), fieldOf(new, c, byID, false); from != to {
			out = append(out, FieldChange{Column: c, From: from, To: to})
		}
	}
	return out
}
