package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// delimiters are tried in this order; the one that finds the most of the header
// is right.
var delimiters = []rune{',', '\t', ';'}

func readCSV(data []byte, columns []Column) (Table, error) {
	text, err := decode(data)
	if err != nil {
		return Table{}, err
	}
	if strings.TrimSpace(text) == "" {
		return Table{}, fault(Empty, 0, 0)
	}
	if !strings.Contains(text, "\n") { // very old spreadsheets end lines with CR alone
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	best, most := ',', -1
	for _, d := range delimiters {
		lines, _ := records(text, d, headerWithin)
		if _, _, known := header(lines, columns); known > most {
			best, most = d, known
		}
	}
	lines, err := records(text, best, 0)
	if err != nil {
		return Table{}, err
	}
	return table(lines, columns)
}

// records splits text into lines of cells, limit at most (0 for all), numbered
// as a spreadsheet numbers them: quoted line breaks do not count, blank lines do.
func records(text string, delimiter rune, limit int) ([]line, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = delimiter, -1
	var lines []line
	number, ends := 0, 0 // of the last record: its number, the text line it ends on
	offset := int64(0)
	for limit == 0 || len(lines) < limit {
		cells, err := r.Read()
		if err == io.EOF {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return lines, fault(BadQuote, number+1+max(0, bad.StartLine-1-ends), 0, "Line", bad.Line)
		}
		if err != nil {
			return lines, err
		}
		starts, _ := r.FieldPos(0)
		number += starts - ends
		ends += strings.Count(text[offset:r.InputOffset()], "\n")
		offset = r.InputOffset()
		for i := range cells {
			cells[i] = unguard(cells[i])
		}
		l := line{number: number, cells: cells}
		if f := width(l); f != nil {
			return lines, f
		}
		if l.blank() {
			continue
		}
		if len(lines) == MaxRows+headerWithin {
			return lines, fault(TooManyRows, number, 0, "Max", MaxRows)
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// decode turns the bytes of a text file into text. Spreadsheets of Japan write
// UTF-8 with or without a mark, UTF-16 with one, and Shift_JIS.
func decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return checked(string(data[3:]), "UTF-8")
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeAs(data[2:], unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16")
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeAs(data[2:], unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "UTF-16")
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return decodeUnmarked16(data)
	}
	if looksUTF8(data) {
		return checked(string(data), "UTF-8")
	}
	return decodeAs(data, japanese.ShiftJIS, "Shift_JIS")
}

// decodeUnmarked16 takes text with NUL bytes for UTF-16 without a mark: every
// delimiter and line break has one. Anything else is no text at all.
func decodeUnmarked16(data []byte) (string, error) {
	var even, odd int
	for i, b := range data {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	switch {
	case len(data)%2 != 0 || even > 0 && odd > 0:
		return "", fault(NotATable, 0, 0, "Kind", "binary")
	case odd > 0:
		return decodeAs(data, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16")
	default:
		return decodeAs(data, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "UTF-16")
	}
}

// looksUTF8 says whether data is UTF-8, also if a few bytes of it are broken:
// Shift_JIS hardly ever holds valid sequences, so they outweigh the invalid.
func looksUTF8(data []byte) bool {
	var valid, invalid int
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			invalid++
		case n > 2: // kana and kanji take three bytes or more
			valid++
		}
		data = data[n:]
	}
	return invalid == 0 || valid > invalid
}

func decodeAs(data []byte, e encoding.Encoding, name string) (string, error) {
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", fault(NotATable, 0, 0, "Kind", name)
	}
	return checked(string(text), name)
}

// checked refuses text with something in it that the encoding does not have,
// and says on which line and in which cell it stands first.
func checked(text, name string) (string, error) {
	at := strings.IndexRune(text, utf8.RuneError)
	if at < 0 {
		return text, nil
	}
	before := text[:at]
	start := strings.LastIndexByte(before, '\n') + 1
	column := 1
	for _, r := range before[start:] {
		if r == ',' || r == '\t' || r == ';' {
			column++
		}
	}
	return "", fault(Undecodable, strings.Count(before, "\n")+1, column, "Encoding", name)
}

// guard keeps a spreadsheet from taking a cell for a formula: a leading
// apostrophe, which unguard takes off again. A text that begins with an
// apostrophe before such a sign gets one more, so nothing is lost.
func guard(s string) string {
	if startsFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// unguard takes off what guard put on.
func unguard(s string) string {
	if strings.HasPrefix(s, "'") && startsFormula(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}

// WriteCSV writes a table as spreadsheets of Japan open it by a double click:
// UTF-8 with a mark, CRLF, no cell that becomes a formula. Read reads it back
// as it was.
func WriteCSV(w io.Writer, header []string, rows [][]string) error {
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("\ufeff"); err != nil {
		return err
	}
	for _, row := range append([][]string{header}, rows...) {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			writeCell(b, guard(cell))
		}
		b.WriteString("\r\n")
	}
	return b.Flush()
}

// writeCell quotes where it must. Errors stay in the writer until it is flushed.
func writeCell(b *bufio.Writer, s string) {
	if !strings.ContainsAny(s, "\",;\t\r\n") && s == strings.TrimSpace(s) {
		b.WriteString(s)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(s, `"`, `""`))
	b.WriteByte('"')
}
