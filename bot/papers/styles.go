package papers

import "github.com/xuri/excelize/v2"

// styleName names a way in which a cell looks.
type styleName string

const (
	styleTitle    styleName = "title"
	styleSmall    styleName = "small"
	styleStrong   styleName = "strong"
	styleHead     styleName = "head"
	styleCell     styleName = "cell"
	styleText     styleName = "text" // several lines
	styleAsk      styleName = "ask"  // a question
	styleLine     styleName = "line" // a line to write on
	styleChapter  styleName = "chapter"
	styleCardTop  styleName = "card_top"
	styleCardKana styleName = "card_kana"
	styleCardName styleName = "card_name"
	styleCardFoot styleName = "card_foot"
)

// asText is Excel's number format for text: what is typed into such a cell is never
// a formula.
const asText = 49

// Excel's numbers of border lines.
const (
	thin   = 1
	dashed = 3
)

const (
	font = "游ゴシック"
	// widthFont is whose digits widths are counted in: one that every system has, or
	// has another of the same widths for.
	widthFont = "Arial"
)

// style is the id of a style in the workbook, made when it is first used.
func (b *book) style(name styleName) (int, error) {
	if id, ok := b.styles[name]; ok {
		return id, nil
	}
	id, err := b.f.NewStyle(looks(name))
	b.styles[name] = id
	return id, err
}

func looks(name styleName) *excelize.Style {
	s := &excelize.Style{
		NumFmt: asText, Font: &excelize.Font{Family: font, Size: 11},
		Alignment: &excelize.Alignment{Vertical: "center", ShrinkToFit: true},
	}
	switch name {
	case styleTitle:
		s.Font.Size, s.Font.Bold, s.Alignment.ShrinkToFit = 14, true, false
	case styleSmall:
		s.Alignment.ShrinkToFit = false
	case styleStrong:
		s.Font.Bold, s.Font.Size, s.Alignment.ShrinkToFit = true, 14, false
	case styleHead:
		s.Font.Bold = true
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8ECF2"}}
		s.Border = borders(thin, "left", "right", "top", "bottom")
	case styleText:
		wrapped(s)
	case styleAsk:
		wrapped(s)
		s.Font.Bold = true
	case styleChapter:
		wrapped(s)
		s.Font.Bold = true
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8ECF2"}}
	case styleLine:
		s.Alignment.Vertical = "bottom"
		s.Border = borders(thin, "bottom")
	case styleCell:
		s.Border = borders(thin, "left", "right", "top", "bottom")
	default:
		card(s, name)
	}
	return s
}

// wrapped lets text go on in the next line of its cell.
func wrapped(s *excelize.Style) {
	s.Alignment = &excelize.Alignment{Vertical: "top", WrapText: true}
}

// card is a line of a name card, with the dashes along which it is cut.
func card(s *excelize.Style, name styleName) {
	s.Alignment.Horizontal = "center"
	sides := []string{"left", "right"}
	switch name {
	case styleCardTop:
		s.Font.Size, sides = 12, append(sides, "top")
	case styleCardKana:
		s.Font.Size, s.Alignment.Vertical = 10, "bottom"
	case styleCardName:
		s.Font.Size, s.Font.Bold = 28, true
	case styleCardFoot:
		s.Font.Size, sides = 11, append(sides, "bottom")
	}
	s.Border = borders(dashed, sides...)
}

func borders(style int, sides ...string) []excelize.Border {
	var out []excelize.Border
	for _, side := range sides {
		out = append(out, excelize.Border{Type: side, Color: "808080", Style: style})
	}
	return out
}
