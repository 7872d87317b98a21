package papers

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestCellsOfTablesAreText: whole however long, and no formula.
func TestCellsOfTablesAreText(t *testing.T) {
	long := strings.Repeat("継", 3000)
	data, err := Tables([]Table{
		{Name: "一", Columns: []string{"項目", "内容"}, Widths: []float64{10, 20}, Rows: [][]string{{"=1+1", long}}},
		{Name: "二", Columns: []string{"項目"}, Widths: []float64{10}, Rows: [][]string{{"a"}, {"b"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[[2]string]string{{"一", "A1"}: "項目", {"一", "A2"}: "=1+1", {"一", "B2"}: long, {"二", "A3"}: "b"} {
		if got, err := f.GetCellValue(cell[0], cell[1]); got != want || err != nil {
			t.Errorf("%v holds %.20q: %v", cell, got, err)
		}
	}
	if formula, err := f.GetCellFormula("一", "A2"); formula != "" || err != nil {
		t.Errorf("a cell is the formula %q: %v", formula, err)
	}
}
