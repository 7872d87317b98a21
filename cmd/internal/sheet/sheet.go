// Package sheet reads and writes the tables that offices keep: CSV in the
// encodings that spreadsheets of Japan write, and XLSX.
//
// It knows tables and nothing of what is in them. Whoever reads says which
// columns there may be and by which headers they go; what comes back is text by
// column, with the row numbers that a spreadsheet shows. Everything that is
// wrong with a file as a table is reported at once (Faults); what a cell may
// hold is for the caller to judge.
package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of a file that is read. Rows are those with something in them.
const (
	MaxBytes   = 10 << 20
	MaxRows    = 20_000
	MaxColumns = 100
)

// Column is one column that a table may have.
type Column struct {
	Key      string   // what the caller calls it
	Headers  []string // the words it goes by, in any width, case and spacing
	Required bool
	// Date columns turn the day numbers of spreadsheets into 2006-01-02.
	Date bool
}

// Table is what was read.
type Table struct {
	Header  int      // the header's row number
	Keys    []string // columns found, from left to right
	Unknown []Header // headers that no column goes by; they were not read
	Rows    []Row
}

// Header is a header cell, Column counting from 1.
type Header struct {
	Column int
	Text   string
}

// Row is one row below the header that is not blank.
type Row struct {
	Number int // as the spreadsheet shows it, from 1
	Cells  map[string]string
}

// Fault is one thing wrong with a file as a table. Key names a sentence for
// people, Args fill it. Row and Column count from 1; 0 means the whole file.
type Fault struct {
	Key         string
	Row, Column int
	Args        map[string]any
}

// The keys of faults.
const (
	TooLarge      = "sheet.too_large"      // Max: megabytes
	TooManyRows   = "sheet.too_many_rows"  // Max
	TooWide       = "sheet.too_wide"       // Max
	Empty         = "sheet.empty"          // no rows below the header, or nothing at all
	NotATable     = "sheet.not_a_table"    // Kind: what the file seems to be
	Damaged       = "sheet.damaged"        // the XLSX cannot be opened
	OldExcel      = "sheet.old_excel"      // .xls, or protected by a password
	Undecodable   = "sheet.undecodable"    // Encoding; Row is a line
	BadQuote      = "sheet.bad_quote"      // a quotation mark out of place
	NoHeader      = "sheet.no_header"      // Names: the headers looked for
	MissingColumn = "sheet.missing_column" // Names
	TwiceColumn   = "sheet.twice_column"   // Name
	ErrorValue    = "sheet.error_value"    // Value: #REF! and its like
)

// FaultKeys lists every key, for those who have to have words for them.
var FaultKeys = []string{
	TooLarge, TooManyRows, TooWide, Empty, NotATable, Damaged, OldExcel, Undecodable,
	BadQuote, NoHeader, MissingColumn, TwiceColumn, ErrorValue,
}

// Faults are all that is wrong with a file.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = fmt.Sprintf("%s row %d column %d %v", f.Key, f.Row, f.Column, f.Args)
	}
	return strings.Join(lines, "; ")
}

func fault(key string, row, column int, args ...any) Faults {
	f := Fault{Key: key, Row: row, Column: column, Args: map[string]any{}}
	for i := 0; i+1 < len(args); i += 2 {
		f.Args[args[i].(string)] = args[i+1]
	}
	return Faults{f}
}

// line is a row of a file before it is known what its cells are.
type line struct {
	number int
	cells  []string
}

func (l line) blank() bool {
	for _, c := range l.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// Read reads a table from the content of a file, whatever the file is called.
// Its errors are Faults.
func Read(data []byte, columns []Column) (Table, error) {
	if len(data) > MaxBytes {
		return Table{}, fault(TooLarge, 0, 0, "Max", MaxBytes>>20)
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readXLSX(data, columns)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return Table{}, fault(OldExcel, 0, 0)
	case bytes.HasPrefix(data, []byte("%PDF")):
		return Table{}, fault(NotATable, 0, 0, "Kind", "PDF")
	default:
		return readCSV(data, columns)
	}
}

// headerWithin is how far down a header may stand: titles and dates come first
// in many an office's sheet.
const headerWithin = 10

// header finds the header among the first lines: the one with the most known
// words. found says for each place of the line which column it is, -1 for none.
func header(lines []line, columns []Column) (at int, found []int, known int) {
	at = -1
	for i, l := range lines[:min(len(lines), headerWithin)] {
		f, n := make([]int, len(l.cells)), 0
		for j, cell := range l.cells {
			if f[j] = columnOf(cell, columns); f[j] >= 0 {
				n++
			}
		}
		if n > known {
			at, found, known = i, f, n
		}
	}
	return at, found, known
}

func columnOf(cell string, columns []Column) int {
	for _, part := range append([]string{cell}, strings.FieldsFunc(cell, func(r rune) bool { return r == '/' || r == '／' || r == '\n' })...) {
		key := foldHeader(part)
		if key == "" {
			continue
		}
		for i, c := range columns {
			for _, h := range c.Headers {
				if foldHeader(h) == key {
					return i
				}
			}
		}
	}
	return -1
}

// foldHeader makes spellings of one header equal: width, case, blanks and the
// mark of a required column do not count.
func foldHeader(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.TrimSuffix(strings.TrimSpace(s), "(必須)")
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u3000' || r == '*' || r == '※' || r == '\ufeff' || r == '\n' || r == '\t' || r == '_' {
			return -1
		}
		return r
	}, s)
}

// table makes a table of lines, or says everything that is wrong with it.
func table(lines []line, columns []Column) (Table, error) {
	at, found, known := header(lines, columns)
	if known == 0 {
		return Table{}, fault(NoHeader, 0, 0, "Names", names(columns, func(c int) bool { return columns[c].Required }))
	}
	t := Table{Header: lines[at].number}
	faults := t.readHeader(lines[at], found, columns)
	for _, l := range lines[at+1:] {
		if l.blank() {
			continue
		}
		if len(t.Rows) == MaxRows {
			return Table{}, fault(TooManyRows, l.number, 0, "Max", MaxRows)
		}
		row := Row{Number: l.number, Cells: make(map[string]string, len(t.Keys))}
		for j, c := range found {
			if c < 0 {
				continue
			}
			row.Cells[columns[c].Key] = ""
			if j < len(l.cells) {
				row.Cells[columns[c].Key] = l.cells[j]
			}
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		faults = append(faults, fault(Empty, 0, 0)...)
	}
	if len(faults) > 0 {
		return Table{}, faults
	}
	return t, nil
}

func (t *Table) readHeader(l line, found []int, columns []Column) (faults Faults) {
	seen := make([]bool, len(columns))
	for j, c := range found {
		switch {
		case c < 0 && strings.TrimSpace(l.cells[j]) == "":
		case c < 0:
			t.Unknown = append(t.Unknown, Header{Column: j + 1, Text: l.cells[j]})
		case seen[c]:
			faults = append(faults, fault(TwiceColumn, l.number, j+1, "Name", columns[c].Headers[0])...)
		default:
			seen[c] = true
			t.Keys = append(t.Keys, columns[c].Key)
		}
	}
	if missing := names(columns, func(c int) bool { return columns[c].Required && !seen[c] }); missing != "" {
		faults = append(faults, fault(MissingColumn, l.number, 0, "Names", missing)...)
	}
	return faults
}

// names lists the headers of the columns that are meant, in all their words.
func names(columns []Column, meant func(int) bool) string {
	var out []string
	for i, c := range columns {
		if meant(i) {
			out = append(out, strings.Join(c.Headers, " / "))
		}
	}
	return strings.Join(out, ", ")
}

// width checks how many columns a line has, blank ones at its end left out.
func width(l line) Faults {
	n := len(l.cells)
	for n > 0 && strings.TrimSpace(l.cells[n-1]) == "" {
		n--
	}
	if n > MaxColumns {
		return fault(TooWide, l.number, n, "Max", MaxColumns)
	}
	return nil
}

// startsFormula says whether a spreadsheet that opens a CSV would take the cell
// for a formula, in whichever width its sign is.
func startsFormula(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@＝＋－＠\t\r\n", r)
}
