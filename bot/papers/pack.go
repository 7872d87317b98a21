package papers

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"tsugite/programme"
)

// The sheets of a print pack.
const (
	SheetList      = "名簿"
	SheetCards     = "名札"
	SheetReception = "受付表"
)

// walkIns is how many empty lines the reception sheet has for those who come
// without a word.
const walkIns = 10

// Pack writes the print pack of an event as XLSX: the final list, name cards and
// the reception sheet, each set up for A4 portrait. It is in Japanese, like
// everything on the reception's table. page must be one that its reader may see
// whole; zone is the programme's.
//
// Every cell is text and stays so when somebody edits it, so that no name is ever
// taken for a formula.
func Pack(page programme.EventPage, zone *time.Location) ([]byte, error) {
	return write("a print pack", func(b *book) {
		head := heading(page.Event, zone)
		b.list(page, head)
		b.cards(page)
		b.reception(page, head)
	})
}

// write makes a workbook of the sheets that fill puts in.
func write(what string, fill func(*book)) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	b := &book{f: f, styles: map[styleName]int{}}
	b.do(func() error { return f.SetDefaultFont(widthFont) })
	fill(b)
	b.do(func() error { return f.DeleteSheet("Sheet1") })
	f.SetActiveSheet(0)
	var out bytes.Buffer
	b.do(func() error { return f.Write(&out) })
	if b.err != nil {
		return nil, fmt.Errorf("papers: writing %s: %w", what, b.err)
	}
	return out.Bytes(), nil
}

// book is a workbook being written; after the first error nothing more is.
type book struct {
	f      *excelize.File
	styles map[styleName]int
	err    error
}

func (b *book) do(f func() error) {
	if b.err == nil {
		b.err = f()
	}
}

// put writes a line of text in a cell, in a style.
func (b *book) put(sheet string, column, row int, s string, style styleName) {
	b.putText(sheet, column, row, text(s, maxCell), style)
}

// putText writes text of any length that a cell can have.
func (b *book) putText(sheet string, column, row int, s string, style styleName) {
	b.do(func() error {
		cell, err := excelize.CoordinatesToCellName(column, row)
		if err != nil {
			return err
		}
		if s != "" {
			if err := b.f.SetCellStr(sheet, cell, s); err != nil {
				return err
			}
		}
		id, err := b.style(style)
		if err != nil {
			return err
		}
		return b.f.SetCellStyle(sheet, cell, cell, id)
	})
}

// maxCell is how many characters of anything are printed.
const maxCell = 200

// row writes one line of cells, in one style and of one height in points.
func (b *book) row(sheet string, row int, height float64, style styleName, cells ...string) {
	for i, s := range cells {
		b.put(sheet, i+1, row, s, style)
	}
	b.do(func() error { return b.f.SetRowHeight(sheet, row, height) })
}

// heading says which event it is: its title, and when and where.
func heading(e programme.Event, zone *time.Location) [2]string {
	if zone == nil {
		zone = time.UTC
	}
	start, end := e.Start.In(zone), e.End.In(zone)
	when := japaneseDay(start) + start.Format(" 15:04")
	switch {
	case !e.End.After(e.Start):
	case start.Format(time.DateOnly) == end.Format(time.DateOnly):
		when += "〜" + end.Format("15:04")
	default:
		when += "〜" + japaneseDay(end) + end.Format(" 15:04")
	}
	where := line(e.Place, maxCell)
	if where == "" {
		where = "オンライン"
	}
	return [2]string{line(e.Title, maxCell), when + "　" + where}
}

func japaneseDay(t time.Time) string {
	weekdays := [...]string{"日", "月", "火", "水", "木", "金", "土"}
	return fmt.Sprintf("%d年%d月%d日(%s)", t.Year(), t.Month(), t.Day(), weekdays[t.Weekday()])
}

// here says whether somebody is expected in the room or has come there.
func here(a programme.Attendee) bool {
	return a.Answer == programme.Yes || a.Speaker.Speaks() && a.Answer != programme.Online || !a.Arrived.IsZero()
}

// listed says whether somebody belongs on the final list: who said no or nothing
// does only when they came all the same.
func listed(a programme.Attendee) bool {
	return here(a) || a.Answer == programme.Online || a.Answer == programme.Waiting || a.Answer == programme.NotYet || a.Speaker.Speaks()
}

var answers = map[programme.Coming]string{
	programme.Yes: "参加", programme.Online: "オンライン", programme.Waiting: "キャンセル待ち",
	programme.NotYet: "未定", programme.No: "欠席",
}

func answerOf(a programme.Attendee) string { return answers[a.Answer] }

// rolesOf is what somebody is at this event.
func rolesOf(a programme.Attendee) string {
	var words []string
	if a.Speaker.Speaks() {
		words = append(words, "講師")
	}
	for _, r := range a.Roles() {
		words = append(words, r.Ja())
	}
	return strings.Join(words, "・")
}

// The boxes to be ticked by hand.
const (
	emptyBox  = "□"
	tickedBox = "☑"
)

func boxOf(a programme.Attendee) string {
	if a.Arrived.IsZero() {
		return emptyBox
	}
	return tickedBox
}
