package programme

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How many characters a cell may have.
const (
	maxCell = 200
	maxNote = 1000
)

// shownValue is how much of a faulty cell is repeated beside the fault.
const shownValue = 40

// slackIDForm is what Slack's ids of people look like.
var slackIDForm = regexp.MustCompile(`^[UW][A-Z0-9]{5,20}$`)

// entry is a row on its way to becoming a person.
type entry struct {
	row    RosterRow
	p      Person // what the cells say; fields without a column stay zero
	old    *Person
	id     PersonID
	faulty bool
	asked  bool
}

// has says whether the file has that column.
func (e *entry) has(c Column) bool { _, ok := e.row.Cells[c]; return ok }

// fault makes a fault about a cell of the row.
func (r RosterRow) fault(c Column, key string, args ...any) RosterFault {
	value := []rune(strings.Map(printable, r.Cell(c)))
	if len(value) > shownValue {
		value = append(value[:shownValue], '…')
	}
	f := RosterFault{Row: r.Row, Column: c, Value: string(value), Key: key, Args: pairs(args)}
	for name, arg := range f.Args {
		if s, ok := arg.(string); ok {
			f.Args[name] = strings.Map(printable, s)
		}
	}
	return f
}

// printable puts a visible sign in the place of what a terminal would obey.
func printable(r rune) rune {
	if unprintable(r) {
		return '\uFFFD'
	}
	return r
}

// unprintable are characters that no name needs and that can hide or forge
// text: controls, direction marks, separators and the sign of a wrong encoding.
// The zero-width joiner belongs to emoji.
func unprintable(r rune) bool {
	return r == utf8.RuneError || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' ||
		unicode.Is(unicode.Cf, r) && r != '\u200d'
}

// formulaLike says whether a spreadsheet would read the cell as a formula, in
// whichever width the sign is.
func formulaLike(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("=+-@＝＋－＠\t\r", r) && s != ""
}

// readRow reads the cells of one row and finds what is wrong with each by
// itself. Mentors are resolved later, when everyone is known.
func readRow(r RosterRow) (*entry, []RosterFault) {
	e := &entry{row: r}
	faults := e.readCells(Columns, ColName, ColRole)
	if e.p.Kind != "" && len(e.p.Roles) > 0 && !e.p.Has(roleOfKind(e.p.Kind)) {
		faults = append(faults, r.fault(ColKind, "roster.kind_role", "Role", string(roleOfKind(e.p.Kind))))
	}
	e.faulty = len(faults) > 0
	return e, faults
}

// readCells reads the cells of these columns, some of which must say something.
func (e *entry) readCells(columns []Column, required ...Column) []RosterFault {
	r := e.row
	var faults []RosterFault
	for _, c := range columns {
		cell, ok := r.Cells[c]
		if !ok {
			continue
		}
		if f, bad := unfit(r, c, cell); bad {
			faults = append(faults, f)
			continue
		}
		if key, args := e.set(c, strings.TrimSpace(cell)); key != "" {
			faults = append(faults, r.fault(c, key, args...))
		}
	}
	for _, c := range required {
		if strings.TrimSpace(r.Cell(c)) == "" {
			faults = append(faults, r.fault(c, "roster.required"))
		}
	}
	return faults
}

// unfit are the mistakes that a cell of any column can have.
func unfit(r RosterRow, c Column, cell string) (RosterFault, bool) {
	limit := maxCell
	if c == ColNote {
		limit = maxNote
	}
	bad := strings.IndexFunc(cell, func(r rune) bool { return unprintable(r) && (r != '\n' || c != ColNote) })
	switch {
	case formulaLike(cell) && !(c == ColPhone && isPhone(narrow(cell))): // +81 …
		return r.fault(c, "roster.formula"), true
	case bad >= 0 && c != ColRole && c != ColCohort && c != ColMentor || bad >= 0 && cell[bad] != '\n':
		return r.fault(c, "roster.control"), true
	case utf8.RuneCountInString(cell) > limit:
		return r.fault(c, "roster.too_long", "Max", limit), true
	}
	return RosterFault{}, false
}

// set reads one cell into the person; key says what is wrong with it.
func (e *entry) set(c Column, s string) (key string, args []any) {
	switch c {
	case ColRole:
		return e.setRoles(s)
	case ColKind:
		k, ok := ParseKind(s)
		if s != "" && !ok {
			return "roster.kind", nil
		}
		e.p.Kind = k
	case ColCohort:
		return e.setCohorts(s)
	case ColPrefecture:
		p, ok := ParsePrefecture(s)
		if s != "" && !ok {
			return "roster.prefecture", nil
		}
		e.p.Prefecture = p
	case ColNotified, ColPledged:
		d, ok := parseRosterDate(s)
		switch {
		case s == "":
		case !ok:
			return "roster.date", nil
		case c == ColNotified:
			e.p.Notified = d
		default:
			e.p.Pledged = d
		}
	case ColEmail:
		s = narrow(s)
		if s != "" && !isAddress(s) {
			return "roster.email", nil
		}
		e.p.Email = s
	case ColPhone:
		s = narrow(s)
		if s != "" && !isPhone(s) {
			return "roster.phone", nil
		}
		e.p.Phone = s
	case ColSlackID:
		s = strings.ToUpper(narrow(s))
		if s != "" && !slackIDForm.MatchString(s) {
			return "roster.slack_id", nil
		}
		e.p.SlackID = s
	case ColMentor: // resolved when everyone is known
	default:
		*textField(&e.p, c) = s
	}
	return "", nil
}

func (e *entry) setRoles(s string) (key string, args []any) {
	for _, word := range splitList(s) {
		r, ok := ParseRole(word)
		if !ok {
			return "roster.role", []any{"Word", word}
		}
		if !e.p.Has(r) {
			e.p.Roles = append(e.p.Roles, r)
		}
	}
	return "", nil
}

func (e *entry) setCohorts(s string) (key string, args []any) {
	for _, word := range splitList(s) {
		y, ok := ParseCohort(word)
		if !ok {
			return "roster.cohort", []any{"Word", word}
		}
		if !slices.Contains(e.p.Cohorts, y) {
			e.p.Cohorts = append(e.p.Cohorts, y)
		}
	}
	return "", nil
}

// isAddress says whether s is a plain mail address: no name, no quotes.
func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Name != "" || a.Address != s || len(s) > 254 {
		return false
	}
	_, domain, _ := strings.Cut(s, "@")
	return strings.Contains(domain, ".") && !strings.ContainsAny(s, `"<>()[]`)
}

// phoneForm is what a telephone number is written with, after narrow. Three digits
// and more: extensions and short numbers exist.
var phoneForm = regexp.MustCompile(`^\+?[0-9(][0-9() -]{1,28}[0-9]$`)

// isPhone says whether s can be a telephone number.
func isPhone(s string) bool { return phoneForm.MatchString(s) }

// roleOfKind is the role that a kind tells apart.
func roleOfKind(k Kind) Role {
	if k == Expert || k == Senior || k == Adviser {
		return Mentor
	}
	return Supporter
}

// apply is the person as the row would have it: the file's columns over what is
// kept. An empty cell never takes a key away (RosterRow).
func (e *entry) apply(old Person) Person {
	p := old
	for c := range e.row.Cells {
		switch c {
		case ColRole:
			p.Roles = e.p.Roles
		case ColKind:
			p.Kind = e.p.Kind
		case ColCohort:
			p.Cohorts = e.p.Cohorts
		case ColMentor:
			p.Mentors = e.p.Mentors
		case ColNotified:
			p.Notified = e.p.Notified
		case ColPledged:
			p.Pledged = e.p.Pledged
		case ColEmail, ColSlackID:
			if v := *textField(&e.p, c); v != "" {
				*textField(&p, c) = v
			}
		default:
			*textField(&p, c) = *textField(&e.p, c)
		}
	}
	return p
}
