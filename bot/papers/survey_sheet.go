package papers

import (
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"tsugite/programme"
)

// The columns of a survey's sheet, with their widths in digits: together 82, which
// is an A4 page.
const (
	numberColumn, numberWidth = 1, 7
	boxColumn, boxWidth       = 2, 4
	wordsColumn, wordsWidth   = 3, 71
)

const (
	lineHeight  = 18.0 // points, of a line of print
	writeHeight = 27.0 // of a line to write on
	longLines   = 4    // lines for an answer of several lines
	maxPrinted  = 3000 // characters of one text
	repeated    = 2    // rows that are printed on every page: the title, and until when
)

// SurveySheet writes a survey as XLSX, to be printed on A4 and filled in by hand by
// people who are not on Slack: with every question, also those that are not put to
// everyone; these say whom they are for. lang is "en" for English, else it is in
// Japanese; closes is shown in zone, the programme's.
//
// Every cell is text and stays so, as in Pack.
func SurveySheet(def programme.SurveyDef, closes time.Time, zone *time.Location, lang string) ([]byte, error) {
	if zone == nil {
		zone = time.UTC
	}
	return write("a survey's sheet", func(b *book) {
		p := &paper{book: b, def: def, en: lang == "en", row: headRow}
		p.name = p.say(wordSheet)
		b.sheet(p.name)
		b.width(p.name, numberColumn, numberWidth)
		b.width(p.name, boxColumn, boxWidth)
		b.width(p.name, wordsColumn, wordsWidth)
		p.head(closes.In(zone))
		for _, page := range def.Pages() {
			p.section(page.Section)
			for _, q := range page.Questions {
				p.question(q)
			}
		}
		b.pages(p.name, repeated, "&R&P / &N")
	})
}

// paper is a survey's sheet being written, from the top.
type paper struct {
	*book
	def  programme.SurveyDef
	en   bool
	name string // of the sheet
	row  int    // the next one
}

// say is a text in the paper's language; without an English one it is Japanese.
func (p *paper) say(t programme.Text) string {
	if p.en && t.En != "" {
		return t.En
	}
	return t.Ja
}

func (p *paper) head(closes time.Time) {
	p.across(numberColumn, p.say(p.def.Title), styleTitle)
	p.across(numberColumn, p.until(closes), styleSmall)
	if p.def.Anonymous {
		p.across(numberColumn, p.say(wordNameless), styleText)
	} else {
		p.write(p.say(wordName))
	}
	p.across(numberColumn, p.say(p.def.Intro), styleText)
}

func (p *paper) section(s programme.Section) {
	if s.ID == "" {
		return
	}
	p.row++
	p.across(numberColumn, p.say(s.Title), styleChapter)
	p.across(numberColumn, p.say(s.Help), styleText)
}

// question prints a question, whom it is for, and the place for its answer.
func (p *paper) question(q programme.Question) {
	p.row++
	p.put(p.name, numberColumn, p.row, p.number(q.ID), styleAsk)
	p.across(boxColumn, p.say(q.Words)+p.leave(q), styleAsk)
	if !q.When.Always() {
		p.across(boxColumn, fmt.Sprintf(p.say(wordOnly), p.clause(q.When)), styleText)
	}
	p.across(boxColumn, p.say(q.Help), styleText)
	p.across(boxColumn, p.hint(q), styleText)
	switch q.Kind {
	case programme.Single, programme.Multi, programme.YesNo:
		p.choices(q)
	case programme.Ranking:
		p.places(q)
	case programme.Scale:
		p.scale(q)
	case programme.LongText:
		for range longLines {
			p.write("")
		}
	case programme.Number:
		p.write(p.say(wordBlank) + p.say(q.Unit))
	case programme.Day:
		p.write(p.say(wordDay))
	default:
		p.write("")
	}
}

// leave is what stands behind a question that need not be answered.
func (p *paper) leave(q programme.Question) string {
	if q.Optional {
		return p.say(wordOptional)
	}
	return ""
}

func (p *paper) choices(q programme.Question) {
	for _, c := range q.Options() {
		words := p.say(c.Words)
		if c.Write {
			words += p.say(wordWrite)
		}
		p.put(p.name, boxColumn, p.row, emptyBox, styleSmall)
		p.across(wordsColumn, words, styleText)
	}
}

// places prints the choices of a ranking by number, and a line for each place.
func (p *paper) places(q programme.Question) {
	for i, c := range q.Choices {
		words := p.say(c.Words)
		if c.Write {
			words += p.say(wordWrite)
		}
		p.put(p.name, boxColumn, p.row, fmt.Sprintf("(%d)", i+1), styleSmall)
		p.across(wordsColumn, words, styleText)
	}
	for i := range q.Most {
		p.write(fmt.Sprintf(p.say(wordPlace), i+1))
	}
}

func (p *paper) scale(q programme.Question) {
	var boxes []string
	for _, c := range q.Options() {
		boxes = append(boxes, emptyBox+" "+p.say(c.Words))
	}
	p.across(boxColumn, strings.Join(boxes, "　　"), styleText)
	low, high := p.say(q.Low), p.say(q.High)
	if low != "" || high != "" {
		p.across(boxColumn, fmt.Sprintf(p.say(wordEnds), low, q.Max, high), styleText)
	}
}

// write prints a line to write on, with words at its beginning.
func (p *paper) write(words string) {
	for column := boxColumn; column <= wordsColumn; column++ {
		p.put(p.name, column, p.row, "", styleLine)
	}
	p.put(p.name, boxColumn, p.row, words, styleLine)
	p.end(boxColumn, writeHeight)
}

// across prints text from a column to the edge of the page, as high as it takes.
// Nothing takes no row.
func (p *paper) across(column int, s string, style styleName) {
	if s = text(s, maxPrinted); s == "" {
		return
	}
	width := wordsWidth
	for _, w := range []int{boxWidth, numberWidth}[:wordsColumn-column] {
		width += w
	}
	p.putText(p.name, column, p.row, s, style)
	p.end(column, lineHeight*float64(linesOf(s, width)))
}

// end joins the row's cells from a column on and goes to the next row.
func (p *paper) end(column int, height float64) {
	p.do(func() error {
		from, err := excelize.CoordinatesToCellName(column, p.row)
		if err != nil || column == wordsColumn {
			return err
		}
		to, err := excelize.CoordinatesToCellName(wordsColumn, p.row)
		if err != nil {
			return err
		}
		return p.f.MergeCell(p.name, from, to)
	})
	p.do(func() error { return p.f.SetRowHeight(p.name, p.row, min(height, maxHeight)) })
	p.row++
}

// maxHeight is the highest row that Excel knows, in points.
const maxHeight = 409

// linesOf is how many lines text takes in a width of so many digits; a Japanese
// character is as wide as two.
func linesOf(s string, width int) int {
	n := 0
	for _, l := range strings.Split(s, "\n") {
		wide := 0
		for _, r := range l {
			if wide++; r > 0xff {
				wide++
			}
		}
		n += max(1, (wide+width-1)/width)
	}
	return n
}
