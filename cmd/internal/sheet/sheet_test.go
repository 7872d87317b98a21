package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

var columns = []Column{
	{Key: "name", Headers: []string{"氏名", "name"}, Required: true},
	{Key: "role", Headers: []string{"役割", "role"}, Required: true},
	{Key: "day", Headers: []string{"届出日", "notified"}, Date: true},
	{Key: "note", Headers: []string{"備考", "note"}},
}

// rows writes what was read as "number name/role/day/note", absent cells as －.
func rows(t Table) []string {
	var out []string
	for _, r := range t.Rows {
		var cells []string
		for _, c := range columns {
			cell, ok := r.Cells[c.Key]
			if !ok {
				cell = "－"
			}
			cells = append(cells, cell)
		}
		out = append(out, fmt.Sprintf("%d %s", r.Number, strings.Join(cells, "/")))
	}
	return out
}

func encoded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadsWhatOfficesWrite(t *testing.T) {
	const csv = "氏名,役割,備考\r\n髙﨑 茜,アトツギ,①株\r\n"
	want := []string{"2 髙﨑 茜/アトツギ/－/①株"}
	utf16le := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	utf16be := unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	for name, c := range map[string]struct {
		file []byte
		want []string
	}{
		"UTF-8":                    {[]byte(csv), want},
		"UTF-8 with a mark":        {[]byte("\ufeff" + csv), want},
		"UTF-16 LE":                {encoded(t, utf16le, csv), want},
		"UTF-16 BE":                {encoded(t, utf16be, csv), want},
		"UTF-16 LE without a mark": {encoded(t, utf16le, csv)[2:], want},
		"UTF-16 BE without a mark": {encoded(t, utf16be, csv)[2:], want},
		"Shift_JIS with the characters of Windows": {encoded(t, japanese.ShiftJIS, csv), want},
		"tabs":                     {[]byte(strings.ReplaceAll(csv, ",", "\t")), want},
		"semicolons":               {[]byte(strings.ReplaceAll(csv, ",", ";")), want},
		"LF":                       {[]byte(strings.ReplaceAll(csv, "\r", "")), want},
		"CR alone":                 {[]byte(strings.ReplaceAll(csv, "\n", "")), want},
		"no line break at the end": {[]byte(strings.TrimSpace(csv)), want},
		"English headers, any order, case and spacing": {[]byte("Note, ROLE* ,Name\nx,atsugi,A\n"), []string{"2 A/atsugi/－/x"}},
		"both languages in one header":                 {[]byte("氏名／name,役割\nA,b\n"), []string{"2 A/b/－/－"}},
		"wide headers marked as required":              {[]byte("氏名（必須）,ＲＯＬＥ\nA,b\n"), []string{"2 A/b/－/－"}},
		"a title above the header":                     {[]byte("令和8年度 名簿,,\n\n氏名,役割\nA,b\n"), []string{"4 A/b/－/－"}},
		"blank rows between":                           {[]byte("氏名,役割\n\n,\nA,b\n"), []string{"4 A/b/－/－"}},
		"quoted line breaks, commas and marks; the next row keeps the spreadsheet's number": {
			[]byte("氏名,役割,備考\nA,b,\"x\r\ny, \"\"z\"\"\"\nC,d,e\n"), []string{"2 A/b/－/x\ny, \"z\"", "3 C/d/－/e"}},
		"short and long rows":                      {[]byte("氏名,役割,備考\nA,b\nC,d,e,f\n"), []string{"2 A/b/－/", "3 C/d/－/e"}},
		"cells that were kept from being formulas": {[]byte("氏名,役割,備考\nA,b,'=1+1\nC,d,'word\n"), []string{"2 A/b/－/=1+1", "3 C/d/－/'word"}},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := Read(c.file, columns)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, rows(table)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUnknownColumnsAreTold(t *testing.T) {
	table, err := Read([]byte("氏名,年齢,役割\nA,40,b\n"), columns)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Header{{Column: 2, Text: "年齢"}}, table.Unknown); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"name", "role"}, table.Keys); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	wide := "氏名,役割" + strings.Repeat(",x", MaxColumns) + "\nA,b\n"
	long := "氏名,役割\n" + strings.Repeat("A,b\n", MaxRows+1)
	for name, c := range map[string]struct {
		file []byte
		want []string // key row column
	}{
		"nothing":                          {nil, []string{"sheet.empty 0 0"}},
		"a header alone":                   {[]byte("氏名,役割\n"), []string{"sheet.empty 0 0"}},
		"no header":                        {[]byte("檜川 茜,アトツギ\n"), []string{"sheet.no_header 0 0"}},
		"required columns missing":         {[]byte("題\nname,note\nA,b\n"), []string{"sheet.missing_column 2 0"}},
		"a column twice":                   {[]byte("氏名,役割,name\nA,b,c\n"), []string{"sheet.twice_column 1 3"}},
		"all that is wrong with a header":  {[]byte("氏名,備考,note\n"), []string{"sheet.twice_column 1 3", "sheet.missing_column 1 0", "sheet.empty 0 0"}},
		"a broken byte in UTF-8":           {[]byte("氏名,役割\n檜川 茜,アト\xffツギ\n"), []string{"sheet.undecodable 2 2"}},
		"a broken byte in marked UTF-8":    {[]byte("\ufeffname,role\nA,\xff\n"), []string{"sheet.undecodable 2 2"}},
		"a broken byte in Shift_JIS":       {append(encoded(t, japanese.ShiftJIS, "氏名,役割\n檜川,ア\n"), 0x81, 0x20), []string{"sheet.undecodable 3 1"}},
		"half a character of UTF-16":       {[]byte("\xff\xfea\x00,\x00\x00\xd8"), []string{"sheet.undecodable 1 2"}},
		"a quotation mark that never ends": {[]byte("氏名,役割\nA,b\nC,\"d\n"), []string{"sheet.bad_quote 3 0"}},
		"a quotation mark inside a cell":   {[]byte("氏名,役割\nA,b\"c\n"), []string{"sheet.bad_quote 2 0"}},
		"a PDF":                            {[]byte("%PDF-1.7\n…"), []string{"sheet.not_a_table 0 0"}},
		"a picture":                        {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), []string{"sheet.not_a_table 0 0"}},
		"an old or locked workbook":        {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), []string{"sheet.old_excel 0 0"}},
		"a torn XLSX":                      {[]byte("PK\x03\x04…"), []string{"sheet.damaged 0 0"}},
		"too many bytes":                   {make([]byte, MaxBytes+1), []string{"sheet.too_large 0 0"}},
		"too many rows":                    {[]byte(long), []string{"sheet.too_many_rows 20002 0"}},
		"too many columns":                 {[]byte(wide), []string{"sheet.too_wide 1 102"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(c.file, columns)
			if diff := cmp.Diff(c.want, keys(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func keys(t *testing.T, err error) []string {
	t.Helper()
	var faults Faults
	if !errors.As(err, &faults) {
		t.Fatalf("%v are no faults", err)
	}
	var out []string
	for _, f := range faults {
		out = append(out, fmt.Sprintf("%s %d %d", f.Key, f.Row, f.Column))
	}
	return out
}

// workbook is an XLSX whose second sheet holds the cells.
func workbook(t *testing.T, cells map[string]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if _, err := f.NewSheet("名簿"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue("Sheet1", "A1", "この表は表紙です"); err != nil {
		t.Fatal(err)
	}
	for cell, v := range cells {
		if err := f.SetCellValue("名簿", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestReadsWorkbooks(t *testing.T) {
	table, err := Read(workbook(t, map[string]any{
		"A1": "令和8年度 名簿",
		"A3": "氏名", "B3": "役割", "C3": "届出日", "D3": "備考",
		"A4": "髙﨑 茜", "B4": "アトツギ", "C4": 46188, "D4": "一行目\n二行目",
		"A6": "檜川 湊", "B6": "アトツギ", "C6": "令和8年6月15日", "D6": 12,
	}), columns)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"4 髙﨑 茜/アトツギ/2026-06-15/一行目\n二行目", "6 檜川 湊/アトツギ/令和8年6月15日/12"}
	if diff := cmp.Diff(want, rows(table)); diff != "" {
		t.Error(diff)
	}
}

func TestFailedFormulasOfAWorkbookAreRefused(t *testing.T) {
	_, err := Read(workbook(t, map[string]any{
		"A1": "氏名", "B1": "役割", "D1": "備考", "A2": "髙﨑 茜", "B2": "アトツギ", "D2": "#REF!",
	}), columns)
	if diff := cmp.Diff([]string{"sheet.error_value 2 0"}, keys(t, err)); diff != "" {
		t.Error(diff)
	}
}

// A small file that unpacks to far more than a table may hold is not unpacked.
func TestZipBombIsRefused(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	fat := strings.Repeat("継", 30_000)
	for i := range 1000 {
		if err := sw.SetRow(fmt.Sprintf("A%d", i+1), []any{fat}); err != nil {
			t.Fatal(err)
		}
	}
	if err := sw.Flush(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if b.Len() > MaxBytes {
		t.Fatalf("%d bytes are no bomb", b.Len())
	}
	_, err = Read(b.Bytes(), columns)
	if diff := cmp.Diff([]string{"sheet.damaged 0 0"}, keys(t, err)); diff != "" {
		t.Error(diff)
	}
}

// Whatever people wrote comes back as it was from both formats, and no cell of
// a CSV begins like a formula.
func TestWrittenTablesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`['=+@ーa-z継髙𠮷"',;\t\n -]{0,8}[a-z継髙𠮷]`)
		var table [][]string
		for range rapid.IntRange(1, 4).Draw(t, "rows") {
			table = append(table, []string{cell.Draw(t, "name"), cell.Draw(t, "role"), "", cell.Draw(t, "note")})
		}
		head := []string{"氏名", "役割", "届出日", "備考"}
		var csv, xlsx bytes.Buffer
		if err := errors.Join(WriteCSV(&csv, head, table), WriteXLSX(&xlsx, Sheet{Name: "名簿", Header: head, Rows: table})); err != nil {
			t.Fatal(err)
		}
		for name, file := range map[string][]byte{"CSV": csv.Bytes(), "XLSX": xlsx.Bytes()} {
			got, err := Read(file, columns)
			if err != nil {
				t.Fatal(name, err)
			}
			for i, row := range got.Rows {
				want := map[string]string{"name": table[i][0], "role": table[i][1], "day": "", "note": table[i][3]}
				if diff := cmp.Diff(want, row.Cells); diff != "" {
					t.Fatal(name, diff)
				}
			}
			if len(got.Rows) != len(table) {
				t.Fatalf("%s: %d rows of %d", name, len(got.Rows), len(table))
			}
		}
	})
}

func TestNoCellOfACSVIsAFormula(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, []string{"氏名"}, [][]string{{"=cmd"}, {"+1"}, {"-1"}, {"@a"}, {"＝a"}, {"\tx"}, {"\n=1"}, {"'=a"}, {"'a"}, {"a"}}); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff氏名\r\n'=cmd\r\n'+1\r\n'-1\r\n'@a\r\n'＝a\r\n\"'\tx\"\r\n\"'\n=1\"\r\n''=a\r\n'a\r\na\r\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

// TestSheetsOfAWorkbook: sheets stand in order, numbers are numbers in their columns
// alone, and nothing is a formula.
func TestSheetsOfAWorkbook(t *testing.T) {
	var b bytes.Buffer
	err := WriteXLSX(&b,
		Sheet{Name: "回答", Header: []string{"氏名", "人数"}, Rows: [][]string{{"12", "12"}, {"=1+1", "=1+1"}, {"A", "-3"}, {"B", ""}}, Numbers: []int{1}},
		Sheet{Name: "設問一覧", Header: []string{"ID"}, Rows: [][]string{{"q1"}}},
	)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if diff := cmp.Diff([]string{"回答", "設問一覧"}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for at, want := range map[string]excelize.CellType{
		"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset, "B3": excelize.CellTypeInlineString, "B4": excelize.CellTypeUnset,
	} {
		got, err := f.GetCellType("回答", at)
		if err != nil || got != want {
			t.Errorf("%s is of type %v, want %v: %v", at, got, want, err)
		}
	}
	for at, want := range map[string]string{"A3": "=1+1", "B3": "=1+1", "B4": "-3", "B5": ""} {
		value, err := f.GetCellValue("回答", at)
		formula, err2 := f.GetCellFormula("回答", at)
		if value != want || formula != "" || err != nil || err2 != nil {
			t.Errorf("%s is %q, formula %q: %v %v", at, value, formula, err, err2)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("氏名,役割\nA,b\n"))
	f.Add([]byte("\ufeffname;role\n\"a\nb\";'=c\n"))
	f.Add([]byte("\xff\xfen\x00a\x00m\x00e\x00"))
	var b bytes.Buffer
	if err := WriteXLSX(&b, Sheet{Name: "名簿", Header: []string{"氏名", "役割"}, Rows: [][]string{{"A", "b"}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := Read(data, columns)
		var faults Faults
		if err != nil && !errors.As(err, &faults) {
			t.Fatalf("%T %v", err, err)
		}
		last := table.Header
		for _, r := range table.Rows {
			if r.Number <= last {
				t.Fatalf("row %d after row %d", r.Number, last)
			}
			last = r.Number
		}
	})
}
