package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Ids of the office's list of the FAQ (see ids.go).
const (
	ActionFaqList   = "faq.list"   // opens the list
	ActionFaqRemove = "faq.remove" // value: id of an entry
)

// FaqPage lists the entries of the FAQ that the office made, each with the way to remove it.
func FaqPage(made []programme.FaqEntry, l Locale) slack.ModalViewRequest {
	if len(made) == 0 {
		return modal(l.T("faq.list.title", nil), l, section(l.T("faq.list.none", nil), nil))
	}
	blocks := []slack.Block{section(l.T("faq.list.help", nil), nil)}
	for _, f := range made[:min(len(made), linesListed)] {
		remove := button(ActionFaqRemove, f.ID, l.T("button.faq_remove", nil))
		remove.Confirm = sure(l, l.T("button.faq_remove", nil), l.T("faq.list.sure", nil), l.T("button.faq_remove", nil))
		blocks = append(blocks, section(lines(bold(escape(line(l.Text(f.Question), maxTitle))),
			escape(line(l.Text(f.Answer), maxTitle)), l.Moment(f.Made)), remove))
	}
	if rest := len(made) - linesListed; rest > 0 {
		blocks = append(blocks, small(l.T("relay.list_more", words{"Count": rest})))
	}
	return modal(l.T("faq.list.title", nil), l, blocks...)
}
