package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// maxUnzipped is how large the parts of an XLSX may become: far above MaxRows of
// full cells. Equal limits keep excelize from unpacking people's data to disk.
const maxUnzipped = 64 << 20

// readXLSX reads the first sheet that has a header with the required columns,
// else the one with the most of them, so that its faults are told.
func readXLSX(data []byte, columns []Column) (t Table, err error) {
	defer func() {
		// The file is somebody else's, and so is the code that unpacks it: what it
		// cannot stand is a damaged file, never the end of the program.
		if recover() != nil {
			t, err = Table{}, fault(Damaged, 0, 0)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data),
		excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped})
	if err != nil {
		return Table{}, fault(Damaged, 0, 0)
	}
	defer f.Close()
	var best []line
	most := -1
	for _, name := range f.GetSheetList() {
		lines, err := sheetLines(f, name, headerWithin)
		if err != nil {
			return Table{}, err
		}
		if _, _, known := header(lines, columns); known > most {
			if best, err = sheetLines(f, name, 0); err != nil {
				return Table{}, err
			}
			most = known
		}
	}
	if most < 0 || len(best) == 0 {
		return Table{}, fault(Empty, 0, 0)
	}
	if t, err = table(best, columns); err != nil {
		return Table{}, err
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return Table{}, fault(Damaged, 0, 0)
	}
	return t, t.mendCells(columns, props.Date1904 != nil && *props.Date1904)
}

// sheetLines are the rows of a sheet that are not blank, limit at most (0 for all).
func sheetLines(f *excelize.File, name string, limit int) ([]line, error) {
	rows, err := f.Rows(name)
	var notASheet excelize.ErrSheetNotExist
	if errors.As(err, &notASheet) {
		return nil, nil // a sheet of charts
	}
	if err != nil {
		return nil, fault(Damaged, 0, 0)
	}
	defer rows.Close()
	var lines []line
	for number := 1; rows.Next() && (limit == 0 || len(lines) < limit); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, fault(Damaged, number, 0)
		}
		l := line{number: number, cells: cells}
		if f := width(l); f != nil {
			return nil, f
		}
		if l.blank() {
			continue
		}
		if len(lines) > MaxRows+headerWithin {
			return nil, fault(TooManyRows, number, 0, "Max", MaxRows)
		}
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "\r\n", "\n")
		}
		lines = append(lines, l)
	}
	if rows.Error() != nil {
		return nil, fault(Damaged, 0, 0)
	}
	return lines, nil
}

// errorValues are what a spreadsheet shows for a formula that failed.
var errorValues = []string{"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}

// mendCells turns day numbers into days and refuses failed formulas.
func (t *Table) mendCells(columns []Column, from1904 bool) error {
	dates := map[string]bool{}
	for _, c := range columns {
		dates[c.Key] = c.Date
	}
	var faults Faults
	for _, row := range t.Rows {
		for _, key := range t.Keys {
			v := row.Cells[key]
			if dates[key] {
				row.Cells[key] = day(v, from1904)
			}
			if slices.Contains(errorValues, v) {
				faults = append(faults, fault(ErrorValue, row.Number, 0, "Value", v, "Name", key)...)
			}
		}
	}
	if len(faults) > 0 {
		*t = Table{}
		return faults
	}
	return nil
}

// day turns a spreadsheet's number of a day into 2006-01-02 and leaves what is
// none: 1 is the first day of 1900, 73050 the last of 2099.
func day(v string, from1904 bool) string {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || n < 1 || n > 73050 {
		return v
	}
	d, err := excelize.ExcelDateToTime(n, from1904)
	if err != nil {
		return v
	}
	return d.Format(time.DateOnly)
}

// Sheet is one sheet of a workbook.
type Sheet struct {
	Name    string
	Header  []string
	Rows    [][]string
	Numbers []int // columns, from 0, whose whole numbers are numbers to the spreadsheet
}

// WriteXLSX writes a workbook: headers stand out and stay in sight, columns are as wide
// as their contents, and every cell is text unless its column is of numbers, so none
// becomes a formula.
func WriteXLSX(w io.Writer, sheets ...Sheet) error {
	f := excelize.NewFile()
	defer f.Close()
	head, err := f.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7ECEF"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		Border:    []excelize.Border{{Type: "bottom", Style: 1, Color: "7A8790"}},
		NumFmt:    textFormat,
	})
	if err != nil {
		return err
	}
	body, err := f.NewStyle(&excelize.Style{
		NumFmt:    textFormat,
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
	})
	if err != nil {
		return err
	}
	number, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, s := range sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = f.NewSheet(s.Name)
		}
		if err != nil {
			return fmt.Errorf("naming the sheet: %w", err)
		}
		if err := s.write(f, head, body, number); err != nil {
			return err
		}
	}
	_, err = f.WriteTo(w)
	return err
}

// write fills the sheet, in the styles of the header, of text and of numbers.
func (s Sheet) write(f *excelize.File, head, body, number int) error {
	sw, err := f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	for i := range s.Header {
		if err := sw.SetColWidth(i+1, i+1, columnWidth(i, s.Header, s.Rows)); err != nil {
			return err
		}
	}
	err = sw.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
	})
	if err != nil {
		return err
	}
	if err := setRow(sw, 1, cellsOf(s.Header, head)); err != nil {
		return err
	}
	for i, row := range s.Rows {
		cells := cellsOf(row, body)
		for _, column := range s.Numbers {
			if n, err := strconv.Atoi(row[column]); err == nil {
				cells[column] = excelize.Cell{StyleID: number, Value: n}
			}
		}
		if err := setRow(sw, i+2, cells); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// textFormat is the number format of cells that stay text whatever is typed.
const textFormat = 49

func cellsOf(texts []string, style int) []any {
	cells := make([]any, len(texts))
	for i, t := range texts {
		cells[i] = excelize.Cell{StyleID: style, Value: t}
	}
	return cells
}

func setRow(sw *excelize.StreamWriter, number int, cells []any) error {
	at, err := excelize.CoordinatesToCellName(1, number)
	if err != nil {
		return err
	}
	return sw.SetRow(at, cells)
}

// columnWidth fits the contents, counting kana and kanji twice; long texts wrap.
func columnWidth(i int, header []string, rows [][]string) float64 {
	const least, most = 8, 40
	widest := least
	measure := func(s string) {
		n := 2
		for _, r := range s {
			if n++; r > 0xff {
				n++
			}
		}
		widest = min(max(widest, n), most)
	}
	measure(header[i])
	for _, row := range rows {
		if i < len(row) {
			measure(row[i])
		}
	}
	return float64(widest)
}
