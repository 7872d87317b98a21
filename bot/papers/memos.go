package papers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tsugite/programme"
)

// SheetMemos is the sheet of a file of memos for the bureau.
const SheetMemos = "共有メモ"

// The columns of the sheet, in digits: together an A4 page.
const (
	memoLabelWidth = 16
	memoTextWidth  = 66
	memoRowLines   = 20 // lines of a cell: what goes on is in the next row
)

// MemoDigest writes the memos that were shared since the last file as XLSX, for the
// bureau: one below the other, with the parts meant for it and nothing else, as official
// files are written (programme.md "Words on screen"). d holds only what the bureau reads;
// a digest without memos is no file, but an error. Every cell is text and stays so, as in
// Pack.
func MemoDigest(d programme.MemoDigest, set programme.Settings, now time.Time) ([]byte, error) {
	if len(d.Memos) == 0 {
		return nil, fmt.Errorf("papers: a file of memos without memos")
	}
	return write("memos", func(b *book) {
		p := &memoPaper{book: b, set: set, row: headRow}
		b.sheet(SheetMemos)
		b.width(SheetMemos, 1, memoLabelWidth)
		b.width(SheetMemos, 2, memoTextWidth)
		p.line(set.Name+"　"+SheetMemos, styleTitle)
		p.line(officialDate(programme.DateOf(now, set.Zone))+"　"+fmt.Sprint(len(d.Memos))+"件", styleSmall)
		for _, m := range d.Memos {
			p.memo(m)
		}
		b.pages(SheetMemos, 1, "&L取扱注意&R&P / &N")
	})
}

// memoPaper is the sheet being written, row by row.
type memoPaper struct {
	*book
	set programme.Settings
	row int
}

func (p *memoPaper) memo(v programme.DigestMemo) {
	m := v.Memo
	p.row++ // an empty line between two
	about := strings.TrimSpace(line(v.Atsugi.Name, maxCell) + "　" + line(v.Atsugi.Organisation, maxCell))
	if v.Event.ID != "" {
		about = line(v.Event.Title, maxCell)
	}
	p.line(officialDate(m.Held)+"　"+memoKinds[m.Kind]+"　"+about, styleChapter)
	version := fmt.Sprintf("第%d版", m.Version)
	if v.Corrected {
		version += "（前にお渡しした版の訂正です）"
	}
	p.pair("整理番号", memoCode(m.ID))
	p.pair("版", version)
	p.pair("記録者", line(v.Writer.Name, maxCell))
	p.pair("場所", m.Place)
	p.pair("出席", m.Present)
	for _, part := range inOrder(m.Parts, p.set.Parts) {
		p.pair(partTitle(part.Key, p.set.Parts), part.Text)
	}
}

// line is one line across the page.
func (p *memoPaper) line(s string, style styleName) {
	p.put(SheetMemos, 1, p.row, s, style)
	if style == styleChapter {
		p.put(SheetMemos, 2, p.row, "", style)
		p.do(func() error { return p.f.MergeCell(SheetMemos, fmt.Sprintf("A%d", p.row), fmt.Sprintf("B%d", p.row)) })
		p.do(func() error { return p.f.SetRowHeight(SheetMemos, p.row, 2*lineHeight) })
	}
	p.row++
}

// pair is a label and its text, in as many rows as the text takes; without text there is
// none.
func (p *memoPaper) pair(label, words string) {
	if strings.TrimSpace(words) == "" {
		return
	}
	for i, piece := range rowsOf(text(words, longestCell), memoTextWidth, memoRowLines) {
		if i > 0 {
			label = ""
		}
		p.put(SheetMemos, 1, p.row, label, styleAsk)
		p.putText(SheetMemos, 2, p.row, piece, styleText)
		p.do(func() error {
			return p.f.SetRowHeight(SheetMemos, p.row, min(float64(linesOf(piece, memoTextWidth))*lineHeight, maxHeight))
		})
		p.row++
	}
}

// rowsOf cuts text so that each piece takes at most so many lines in a width of so many
// digits; put one behind the other they are the text, but for the ends of lines between.
func rowsOf(s string, width, most int) []string {
	var out []string
	var piece []string
	lines := 0
	for l := range strings.SplitSeq(s, "\n") {
		for rest := []rune(l); ; {
			n := min(len(rest), width/2*most) // characters that fit whatever they are
			part := string(rest[:n])
			if takes := linesOf(part, width); lines+takes > most && lines > 0 {
				out, piece, lines = append(out, strings.Join(piece, "\n")), nil, 0
			}
			piece, lines = append(piece, part), lines+linesOf(part, width)
			if rest = rest[n:]; len(rest) == 0 {
				break
			}
		}
	}
	return append(out, strings.Join(piece, "\n"))
}

// memoKinds are the kinds of memo as official files call them.
var memoKinds = map[programme.MemoKind]string{
	programme.OfSession: "個別相談", programme.OfEvent: "催し", programme.OfHearing: "ヒアリング", programme.OfCall: "電話",
}

// memoCode is 整理番号, as on the cards.
func memoCode(id programme.MemoID) string { return string(id)[max(0, len(id)-6):] }

// officialDate is a day as official files write it: 令和8年9月18日（金）.
func officialDate(d programme.Date) string {
	t := d.At(0, 0, time.UTC)
	if t.IsZero() {
		return string(d)
	}
	year := fmt.Sprint(t.Year() - 2018)
	if year == "1" {
		year = "元"
	}
	weekdays := [...]string{"日", "月", "火", "水", "木", "金", "土"}
	return fmt.Sprintf("令和%s年%d月%d日（%s）", year, t.Month(), t.Day(), weekdays[t.Weekday()])
}

// inOrder sorts parts as configured, unknown ones last.
func inOrder(ps []programme.Part, defs []programme.PartDef) []programme.Part {
	place := func(p programme.Part) int {
		if i := slices.IndexFunc(defs, func(d programme.PartDef) bool { return d.Key == p.Key }); i >= 0 {
			return i
		}
		return len(defs)
	}
	out := slices.Clone(ps)
	slices.SortStableFunc(out, func(a, b programme.Part) int { return place(a) - place(b) })
	return out
}

func partTitle(key string, defs []programme.PartDef) string {
	for _, d := range defs {
		if d.Key == key && d.Title.Ja != "" {
			return d.Title.Ja
		}
	}
	return key
}
