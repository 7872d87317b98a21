package papers

import (
	"fmt"
	"strings"
	"time"

	"tsugite/programme"
)

// SheetMonth is the sheet of a support organisation's month.
const SheetMonth = "月のまとめ"

// The columns of the sheet, in digits: together an A4 page.
const (
	monthLabelWidth = 24
	monthTextWidth  = 58
)

// SupportMonth writes a support organisation's month as XLSX, a page to hand up: events and
// how many took part, what comes next, what was recommended and how the programme is run, as
// official files are written (programme.md "Words on screen"). It has counts and what is
// public. Every cell is text and stays so, as in Pack.
func SupportMonth(m programme.SupportMonth) ([]byte, error) {
	return write("a month's page", func(b *book) {
		p := &monthPaper{book: b, row: headRow}
		b.sheet(SheetMonth)
		b.width(SheetMonth, 1, monthLabelWidth)
		b.width(SheetMonth, 2, monthTextWidth)
		p.line(strings.TrimSpace(m.Settings.Name+"　"+SheetMonth), styleTitle)
		p.line(line(m.Organisation, maxCell)+"　"+officialDate(m.First)+"から"+officialDate(m.Last)+"まで", styleSmall)
		p.held(m)
		p.recommended(m)
		p.chapter("次の月の予定")
		if len(m.Next) == 0 {
			p.line("お知らせしている予定はありません。", styleSmall)
		}
		for _, e := range m.Next {
			p.pair(officialDate(programme.DateOf(e.Start, zoneOf(m.Settings))), line(e.Title, maxCell))
		}
		p.run(m)
		b.pages(SheetMonth, 1, "&R&P / &N")
	})
}

func zoneOf(s programme.Settings) *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// monthPaper is the sheet being written, row by row.
type monthPaper struct {
	*book
	row int
}

func (p *monthPaper) held(m programme.SupportMonth) {
	p.chapter("開催した催し")
	if len(m.Held) == 0 {
		p.line("この月に開催した催しはありません。", styleSmall)
	}
	for _, e := range m.Held {
		words := []string{line(e.Event.Title, maxCell)}
		if e.CheckedIn {
			words = append(words, fmt.Sprintf("出席%d人（参加の回答%d人）", e.Came, e.Expected))
		} else {
			words = append(words, fmt.Sprintf("参加の回答%d人", e.Expected))
		}
		if m.Recommended > 0 {
			words = append(words, fmt.Sprintf("推薦した会社%d社のうち%d社が参加", m.Recommended, e.FirmsCame))
		}
		words = append(words, fmt.Sprintf("当機関の職員%d人が参加", e.Own))
		p.pair(officialDate(programme.DateOf(e.Event.Start, zoneOf(m.Settings))), strings.Join(words, "\n"))
	}
	p.pair("当機関の職員の参加", fmt.Sprintf("%d回の催しに、のべ%d人", len(m.Held), m.OwnCame()))
	for _, f := range m.Firms {
		p.pair("参加の様子（同意あり）", fmt.Sprintf("%s　催しに%d回参加", line(f.Firm, maxCell), f.Events))
	}
}

// monthStates are the states of recommendations as official files call them.
var monthStates = map[programme.RecommendState]string{
	programme.RecommendSent: "事務局で確認中", programme.RecommendApproached: "打診中", programme.RecommendAgreed: "内諾",
	programme.RecommendDeclined: "辞退・見送り", programme.RecommendWithdrawn: "取り下げ",
}

func (p *monthPaper) recommended(m programme.SupportMonth) {
	if !m.Recommends {
		return
	}
	p.chapter("アトツギの推薦（作成日現在）")
	p.pair("推薦の枠", fmt.Sprintf("%d人のうち%d人", m.Quota.Most, m.Quota.Used))
	for _, s := range programme.RecommendStates {
		if m.States[s] > 0 {
			p.pair(monthStates[s], fmt.Sprintf("%d人", m.States[s]))
		}
	}
}

// run says how the programme is run, in plain sentences.
func (p *monthPaper) run(m programme.SupportMonth) {
	p.chapter("運営の様子")
	p.pair("担い手", "関東経済産業局の事業として、事務局（受託者）が日々の運営を担っています。")
	p.pair("共催", fmt.Sprintf("この月の催し%d回のうち、支援機関との共催は%d回です（うち当機関%d回）。", len(m.Held), m.CoHosted, m.OwnCoHosted))
	p.pair("これから", "支援機関のつながりで続けていけるよう、催しの企画と受付を、少しずつ一緒に進めます。")
}

func (p *monthPaper) chapter(s string) {
	p.row++
	p.line(s, styleChapter)
}

// line is one line across the page.
func (p *monthPaper) line(s string, style styleName) {
	p.put(SheetMonth, 1, p.row, s, style)
	if style == styleChapter {
		p.put(SheetMonth, 2, p.row, "", style)
		p.do(func() error { return p.f.MergeCell(SheetMonth, fmt.Sprintf("A%d", p.row), fmt.Sprintf("B%d", p.row)) })
	}
	p.row++
}

// pair is a label and its text.
func (p *monthPaper) pair(label, words string) {
	p.put(SheetMonth, 1, p.row, label, styleText)
	p.putText(SheetMonth, 2, p.row, text(words, longestCell), styleText)
	p.do(func() error {
		return p.f.SetRowHeight(SheetMonth, p.row, min(float64(linesOf(words, monthTextWidth))*lineHeight, maxHeight))
	})
	p.row++
}
