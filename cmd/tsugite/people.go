package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tsugite/bot/ui"
	"tsugite/cmd/internal/sheet"
	"tsugite/programme"
)

// PeopleCmd brings the roster in and out (design.md sections 6 and 9).
type PeopleCmd struct {
	Import peopleImport `cmd:"" help:"Bring a roster file in: CSV (UTF-8, UTF-16, Shift_JIS) or XLSX."`
	Export peopleExport `cmd:"" help:"Write the roster to a file."`
}

// where names the database of a command: directly, or by a configuration.
type where struct {
	Config string `short:"c" placeholder:"FILE" xor:"where" required:"" help:"The configuration."`
	DB     string `placeholder:"FILE" xor:"where" required:"" help:"The database, without a configuration."`
}

// peopleImport plans what a roster file changes, and does it.
type peopleImport struct {
	where
	File   string `arg:"" placeholder:"FILE" help:"The roster file."`
	DryRun bool   `help:"Print the plan and write nothing."`
	Same   []int  `placeholder:"ROW" help:"This row is the person of the same name in the roster."`
	New    []int  `placeholder:"ROW" help:"This row is somebody else of the same name."`
	Over   string `placeholder:"REASON" help:"Why experts are assigned although the plan warns of them; it is kept."`
	Format string `enum:"text,json" default:"text" help:"text, or json: one object a line."`
	Lang   string `enum:"ja,en," default:"" help:"ja or en; else LANG decides."`
}

// Run prints the plan to Out, every fault and every warning to Err.
func (c peopleImport) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	rows, err := c.read(say, std)
	if err != nil {
		return err
	}
	office, closeOffice, err := openOffice(ctx, c.Config, c.DB)
	if err != nil {
		return err
	}
	var plan programme.RosterPlan
	if c.DryRun {
		plan, err = office.PlanRoster(ctx, programme.Operator, rows)
	} else {
		plan, err = office.ImportRoster(ctx, programme.Operator, rows, c.Over)
	}
	for _, line := range say.walls(plan) {
		fmt.Fprintf(std.Err, "tsugite: %s\n", line)
	}
	if err = errors.Join(inWords(err, say, plan), closeOffice()); err != nil {
		return err
	}
	return c.report(say, std, plan)
}

// read reads the file and what was said about its rows.
func (c peopleImport) read(say speech, std streams) ([]programme.RosterRow, error) {
	rows, err := readRows(say, std, c.File, rosterFile)
	if err != nil {
		return nil, err
	}
	return rows, c.decide(say, rows)
}

// listFile is a sort of file that holds a list of people.
type listFile struct {
	columns []sheet.Column
	hint    string // how to mend a name that leads nowhere
	// What is said of a file that cannot be read, and of a column that is none.
	broken, unknown string
}

var rosterFile = listFile{rosterColumns, "name the roster file", "people.broken", "people.unknown_column"}

// readRows reads the rows of a list. What is wrong with it as a table goes to Err,
// a line each, like the columns that were not read.
func readRows(say speech, std streams, file string, list listFile) ([]programme.RosterRow, error) {
	data, err := readBounded(file, list.hint)
	if err != nil {
		return nil, err
	}
	rows, unknown, err := rowsOf(data, list.columns)
	var faults sheet.Faults
	if errors.As(err, &faults) {
		for _, f := range faults {
			fmt.Fprintf(std.Err, "tsugite: %s: %s\n", say.sheetPlace(f), say.say(f.Key, f.Args))
		}
		return nil, errors.New(say.say(list.broken, slots("File", file)))
	}
	if err != nil {
		return nil, err
	}
	for _, h := range unknown {
		fmt.Fprintf(std.Err, "tsugite: %s\n", say.say(list.unknown, slots("Column", h.Column, "Text", visible(h.Text))))
	}
	return rows, nil
}

// decide marks the rows that --same and --new speak of.
func (c peopleImport) decide(say speech, rows []programme.RosterRow) error {
	at := make(map[int]int, len(rows))
	for i, r := range rows {
		at[r.Row] = i
	}
	mark := func(numbers []int, m programme.RosterMatch) error {
		for _, n := range numbers {
			i, ok := at[n]
			switch {
			case !ok:
				return errors.New(say.say("people.no_such_row", slots("Row", n)))
			case rows[i].Match != programme.MatchByKeys && rows[i].Match != m:
				return errors.New(say.say("people.both", slots("Row", n)))
			}
			rows[i].Match = m
		}
		return nil
	}
	if err := mark(c.Same, programme.MatchSame); err != nil {
		return err
	}
	return mark(c.New, programme.MatchNew)
}

// report prints the plan; faults and questions go to Err and refuse it.
func (c peopleImport) report(say speech, std streams, plan programme.RosterPlan) error {
	if c.Format == "json" {
		if err := writePlanJSON(std.Out, say, plan, c.DryRun); err != nil {
			return err
		}
	}
	if !plan.Ready() {
		for _, line := range say.troubles(plan) {
			fmt.Fprintf(std.Err, "tsugite: %s\n", line)
		}
		return errors.New(say.say("people.refused", slots("Faults", len(plan.Faults), "Asks", len(plan.Ask))))
	}
	if c.Format == "json" {
		return nil
	}
	_, err := io.WriteString(std.Out, say.plan(plan, c.DryRun))
	return err
}

// inWords turns an error for people into a sentence. A refusal with a plan that
// says why is no error here: report tells all of it.
func inWords(err error, say speech, plan programme.RosterPlan) error {
	e, ours := programme.AsError(err)
	switch {
	case !ours:
		return err
	case !plan.Ready():
		return nil
	case len(programme.WallsOf(err)) > 0:
		return errors.New(say.say("people.walls", slots("N", len(plan.Walls))))
	default:
		return say.refusal(e)
	}
}

// refusal is a refusal for people as a sentence.
func (s speech) refusal(e *programme.Error) error {
	return errors.New(ui.NewLocale(s.lang, nil).T(e.Key, e.Args))
}

// readBounded reads a file, no more of it than a table may have.
func readBounded(file, hint string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, unreadable(file, err, hint)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, sheet.MaxBytes+1))
	if err != nil {
		return nil, unreadable(file, err, hint)
	}
	return data, nil
}

// peopleExport writes everyone who takes part.
type peopleExport struct {
	where
	Format string `enum:"csv,xlsx," default:"" help:"csv or xlsx; else by the file's name, else csv."`
	Out    string `short:"o" name:"output" placeholder:"FILE" help:"Where to write; else standard output."`
	Lang   string `enum:"ja,en," default:"" help:"Headers and words in ja or en; else LANG decides."`
}

// Run writes the roster as a file that people import takes back.
func (c peopleExport) Run(ctx context.Context, std streams) error {
	say := speechFor(c.Lang)
	people, _, err := takeOut(ctx, c.where, (*programme.Office).ExportRoster)
	if err != nil {
		return err
	}
	return writeOut(c.Out, std, func(w io.Writer) error {
		return writeRoster(w, formatOf(c.Format, c.Out, "csv", "xlsx"), people, say)
	})
}

// writeOut writes to the file, or to Out if none is named.
func writeOut(file string, std streams, write func(io.Writer) error) error {
	if file == "" {
		return write(std.Out)
	}
	return replaceFile(file, write)
}

// formatOf is the format asked for, else what the file's name says, else the first
// of the known ones.
func formatOf(asked, file string, known ...string) string {
	byName := strings.TrimPrefix(strings.ToLower(filepath.Ext(file)), ".")
	if !slices.Contains(known, byName) {
		byName = known[0]
	}
	return cmp.Or(asked, byName)
}

func writeRoster(w io.Writer, format string, people []programme.Person, say speech) error {
	header := make([]string, len(rosterColumns))
	for i, c := range rosterColumns {
		header[i] = say.column(c)
	}
	var cells [][]string
	for _, r := range programme.RosterRows(people, people, say.japanese()) {
		row := make([]string, len(rosterColumns))
		for i, c := range rosterColumns {
			row[i] = r.Cell(programme.Column(c.Key))
		}
		cells = append(cells, row)
	}
	name := map[bool]string{true: "名簿", false: "Roster"}[say.japanese()]
	return writeSheets(w, format, sheet.Sheet{Name: name, Header: header, Rows: cells})
}

// writeSheets writes a workbook, or of a CSV the first sheet.
func writeSheets(w io.Writer, format string, sheets ...sheet.Sheet) error {
	if format == "xlsx" {
		return sheet.WriteXLSX(w, sheets...)
	}
	return sheet.WriteCSV(w, sheets[0].Header, sheets[0].Rows)
}

// replaceFile writes a file whole or not at all, readable by its owner only: it
// holds people's addresses.
func replaceFile(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".tsugite-*") // made with 0600
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	err = errors.Join(write(f), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("%s cannot be written: %w", name, err), os.Remove(f.Name()))
	}
	return nil
}

// rosterColumns are the columns of a roster file with their headers, Japanese
// first: what an export writes (design.md section 9).
var rosterColumns = []sheet.Column{
	{Key: string(programme.ColName), Headers: []string{"氏名", "name", "名前"}, Required: true},
	{Key: string(programme.ColKana), Headers: []string{"ふりがな", "kana", "フリガナ", "かな"}},
	{Key: string(programme.ColEmail), Headers: []string{"メール", "email", "メールアドレス", "e-mail"}},
	{Key: string(programme.ColPhone), Headers: []string{"電話", "phone", "電話番号", "tel"}},
	{Key: string(programme.ColSlackID), Headers: []string{"slack_id", "slack_id", "Slack ID"}},
	{Key: string(programme.ColRole), Headers: []string{"役割", "role"}, Required: true},
	{Key: string(programme.ColOrganisation), Headers: []string{"所属", "organisation", "organization"}},
	{Key: string(programme.ColPrefecture), Headers: []string{"都道府県", "prefecture"}},
	{Key: string(programme.ColCohort), Headers: []string{"年度", "cohort"}},
	{Key: string(programme.ColRecommendedBy), Headers: []string{"推薦機関", "recommended_by"}},
	{Key: string(programme.ColMentor), Headers: []string{"担当専門家", "mentor"}},
	{Key: string(programme.ColCraft), Headers: []string{"業種", "craft"}},
	{Key: string(programme.ColKind), Headers: []string{"区分", "kind"}},
	{Key: string(programme.ColBank), Headers: []string{"取引金融機関", "bank"}},
	{Key: string(programme.ColNotified), Headers: []string{"届出日", "notified"}, Date: true},
	{Key: string(programme.ColPledged), Headers: []string{"誓約日", "pledged"}, Date: true},
	{Key: string(programme.ColNote), Headers: []string{"備考", "note"}},
}

// readRoster reads the rows of a roster file. Its errors are sheet.Faults.
func readRoster(data []byte) (rows []programme.RosterRow, unknown []sheet.Header, err error) {
	return rowsOf(data, rosterColumns)
}

// rowsOf reads the rows of a list of people with these columns. Its errors are
// sheet.Faults.
func rowsOf(data []byte, columns []sheet.Column) (rows []programme.RosterRow, unknown []sheet.Header, err error) {
	table, err := sheet.Read(data, columns)
	if err != nil {
		return nil, nil, err
	}
	rows = make([]programme.RosterRow, len(table.Rows))
	for i, r := range table.Rows {
		rows[i] = programme.RosterRow{Row: r.Number, Cells: make(map[programme.Column]string, len(r.Cells))}
		for key, cell := range r.Cells {
			rows[i].Cells[programme.Column(key)] = cell
		}
	}
	return rows, table.Unknown, nil
}
