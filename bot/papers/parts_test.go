package papers_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

// breaks reads from the file itself after which rows the pages of the second
// sheet, the name cards, break.
func breaks(t testing.TB, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		var sheet struct {
			Breaks []struct {
				ID int `xml:"id,attr"`
			} `xml:"rowBreaks>brk"`
		}
		if err := xml.NewDecoder(r).Decode(&sheet); err != nil {
			t.Fatal(err)
		}
		if len(sheet.Breaks) > 0 {
			var ids []int
			for _, b := range sheet.Breaks {
				ids = append(ids, b.ID)
			}
			return strings.Trim(fmt.Sprint(ids), "[]")
		}
	}
	return ""
}
