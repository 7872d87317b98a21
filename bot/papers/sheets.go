package papers

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"tsugite/programme"
)

// list is 名簿: everyone who comes, waits or is undecided, by kana.
func (b *book) list(page programme.EventPage, head [2]string) {
	columns := []column{{"No.", 5}, {"ふりがな", 18}, {"氏名", 18}, {"役割", 14}, {"所属", 26}, {"出欠", 12}, {"出席", 6}}
	b.table(SheetList, columns, head, "")
	row := firstLine
	for _, a := range page.Attendees {
		if listed(a) {
			b.row(SheetList, row, 21, styleCell, strconv.Itoa(row-firstLine+1), a.Kana(), a.Name(), rolesOf(a),
				a.Organisation(), answerOf(a), boxOf(a))
			row++
		}
	}
}

// reception is 受付表: who is expected in the room, to be ticked with a pen, and
// empty lines for others.
func (b *book) reception(page programme.EventPage, head [2]string) {
	columns := []column{{"受付", 7}, {"ふりがな", 20}, {"氏名", 22}, {"所属", 30}, {"備考", 20}}
	code := ""
	if page.Event.Code != "" {
		code = "受付コード：" + page.Event.Code
	}
	b.table(SheetReception, columns, head, code)
	row := firstLine
	for _, a := range page.Attendees {
		if !here(a) && a.Answer != programme.Waiting && a.Answer != programme.NotYet {
			continue
		}
		note := ""
		switch {
		case a.Speaker.Speaks():
			note = "講師"
		case a.Answer != programme.Yes:
			note = answerOf(a)
		}
		b.row(SheetReception, row, 30, styleCell, boxOf(a), a.Kana(), a.Name(), a.Organisation(), note)
		row++
	}
	for range walkIns {
		b.row(SheetReception, row, 30, styleCell, emptyBox, "", "", "", "")
		row++
	}
}

// column is a column of a table: its heading and its width in characters.
type column struct {
	name  string
	width float64
}

// The rows of a table: two for the heading, one for a word beside it, one for the
// names of the columns; all four are printed on every page.
const (
	headRow   = 1
	columnRow = 4
	firstLine = 5
)

// table sets up a sheet that holds a ruled table as wide as a page.
func (b *book) table(sheet string, columns []column, head [2]string, word string) {
	b.sheet(sheet)
	b.put(sheet, 1, headRow, head[0]+"　"+sheet, styleTitle)
	b.put(sheet, 1, headRow+1, head[1], styleSmall)
	b.put(sheet, 1, headRow+2, word, styleStrong)
	for i, c := range columns {
		b.put(sheet, i+1, columnRow, c.name, styleHead)
		b.width(sheet, i+1, c.width)
	}
	b.do(func() error { return b.f.SetRowHeight(sheet, columnRow, 21) })
	b.pages(sheet, columnRow, "&L事務局用&R&P / &N")
	b.do(func() error {
		return b.f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: columnRow, TopLeftCell: "A5", ActivePane: "bottomLeft"})
	})
}

// pages makes a sheet as wide as a page, with its first rows printed on every page.
func (b *book) pages(sheet string, titles int, footer string) {
	fit, wide, tall := true, 1, 0
	b.do(func() error { return b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}) })
	b.do(func() error {
		return b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{FitToWidth: &wide, FitToHeight: &tall})
	})
	b.do(func() error {
		return b.f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, headRow, titles), Scope: sheet,
		})
	})
	b.do(func() error { return b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: footer}) })
}

// A4 is how Excel numbers the paper.
const a4 = 9

// sheet makes a sheet for A4 portrait with margins of about a centimetre.
func (b *book) sheet(name string) {
	b.do(func() error { _, err := b.f.NewSheet(name); return err })
	size, portrait, margin, foot, centred := a4, "portrait", 0.4, 0.2, true
	b.do(func() error {
		return b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &portrait})
	})
	b.do(func() error {
		return b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
			Top: &margin, Bottom: &margin, Left: &margin, Right: &margin, Header: &foot, Footer: &foot, Horizontally: &centred,
		})
	})
}

func (b *book) width(sheet string, column int, width float64) {
	b.do(func() error {
		name, err := excelize.ColumnNumberToName(column)
		if err != nil {
			return err
		}
		return b.f.SetColWidth(sheet, name, name, width)
	})
}

// Name cards are 88 x 55 mm, which fits the holders for business cards, two beside
// each other and five below each other on a page. A width is counted in digits of
// the workbook's font; this one leaves room for a wider font, where that is missing.
const (
	cardsAcross = 2
	cardsDown   = 5
	cardWidth   = 41  // digits
	cardMargin  = 0.2 // inches, left and right
)

// cardLines are the lines of a card, with their height in points: 156 together.
var cardLines = []struct {
	height float64
	style  styleName
	of     func(programme.Attendee) string
}{
	{36, styleCardTop, programme.Attendee.Organisation},
	{24, styleCardKana, programme.Attendee.Kana},
	{60, styleCardName, programme.Attendee.Name},
	{36, styleCardFoot, rolesOf},
}

// cards is 名札: a card for everyone expected in the room.
func (b *book) cards(page programme.EventPage) {
	b.sheet(SheetCards)
	margin := cardMargin
	b.do(func() error {
		return b.f.SetPageMargins(SheetCards, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin})
	})
	for i := range cardsAcross {
		b.width(SheetCards, i+1, cardWidth)
	}
	n := 0
	for _, a := range page.Attendees {
		if here(a) {
			b.card(a, n)
			n++
		}
	}
}

// card draws card n, and the break of the page before it if it begins one.
func (b *book) card(a programme.Attendee, n int) {
	column, top := n%cardsAcross+1, n/cardsAcross*len(cardLines)+1
	for i, l := range cardLines {
		b.put(SheetCards, column, top+i, l.of(a), l.style)
		b.do(func() error { return b.f.SetRowHeight(SheetCards, top+i, l.height) })
	}
	if n > 0 && n%(cardsAcross*cardsDown) == 0 {
		b.do(func() error { return b.f.InsertPageBreak(SheetCards, fmt.Sprintf("A%d", top)) })
	}
}
