package papers

// Table is a sheet of rows under named columns, all of it in its reader's words. Widths
// are in digits of the workbook's font.
type Table struct {
	Name    string
	Columns []string
	Widths  []float64
	Rows    [][]string
}

// longestCell is how many characters a cell of a table may have: a workbook takes 32,767.
const longestCell = 30_000

// Tables writes tables as XLSX, a sheet each: of all that is kept about one person, for
// that person. Every cell is text and stays so, as in Pack.
func Tables(tables []Table) ([]byte, error) {
	return write("tables", func(b *book) {
		for _, t := range tables {
			b.do(func() error { _, err := b.f.NewSheet(t.Name); return err })
			for i, c := range t.Columns {
				b.put(t.Name, i+1, headRow, c, styleHead)
				b.width(t.Name, i+1, t.Widths[i])
			}
			for n, row := range t.Rows {
				for i, s := range row {
					b.putText(t.Name, i+1, headRow+1+n, text(s, longestCell), styleText)
				}
			}
		}
	})
}
