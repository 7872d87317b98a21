package ui

import (
	"encoding/json"
	"net/url"
	"slices"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// words are named values for a sentence.
type words = map[string]any

func plain(s string, limit int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, cut(or(s, nothing), limit), true, false)
}

// markup takes text that is escaped already.
func markup(s string, limit int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, cutEscaped(or(s, nothing), limit), false, false)
}

func header(s string) slack.Block { return slack.NewHeaderBlock(plain(s, maxHeader)) }

// section shows escaped markup, with a button or menu beside it unless nil.
func section(s string, beside slack.BlockElement) slack.Block {
	var accessory *slack.Accessory
	if beside != nil {
		accessory = slack.NewAccessory(beside)
	}
	return slack.NewSectionBlock(markup(s, maxSection), nil, accessory)
}

// verbatim shows what somebody wrote exactly as written, in as many sections as
// it takes.
func verbatim(s string) []slack.Block {
	var out []slack.Block
	for _, piece := range pieces(s, maxSection) {
		text := slack.NewTextBlockObject(slack.PlainTextType, or(piece, nothing), false, false)
		out = append(out, slack.NewSectionBlock(text, nil, nil))
	}
	return out
}

// small shows escaped markup in small type.
func small(s string) slack.Block {
	return slack.NewContextBlock("", markup(s, maxContext))
}

func divider() slack.Block { return slack.NewDividerBlock() }

func button(action, value, label string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, value, plain(label, maxButton))
}

// row is a line of buttons; their action ids must differ.
func row(elements ...slack.BlockElement) slack.Block {
	return slack.NewActionBlock("", elements...)
}

// sure asks once more before a button does its work.
func sure(l Locale, title, text, yes string) *slack.ConfirmationBlockObject {
	return slack.NewConfirmationBlockObject(plain(title, 100), plain(text, maxConfirm),
		plain(yes, 30), plain(l.T("button.back", nil), 30))
}

// options are what a menu offers: labelled values, each value once, most at most.
func options(cs []labelled, most int) []*slack.OptionBlockObject {
	var out []*slack.OptionBlockObject
	seen := map[string]bool{}
	for _, c := range cs {
		if c.value == "" || seen[c.value] || len(out) == most {
			continue
		}
		seen[c.value] = true
		out = append(out, slack.NewOptionBlockObject(c.value, plain(c.label, maxOption), nil))
	}
	return out
}

type labelled struct{ value, label string }

// chosen are the options whose value is among the values.
func chosen(os []*slack.OptionBlockObject, values []string) []*slack.OptionBlockObject {
	var out []*slack.OptionBlockObject
	for _, o := range os {
		if slices.Contains(values, o.Value) {
			out = append(out, o)
		}
	}
	return out
}

// first is the first of some options, nil if there is none.
func first(os []*slack.OptionBlockObject) *slack.OptionBlockObject {
	if len(os) == 0 {
		return nil
	}
	return os[0]
}

// link is the address if a button may lead there, else "".
func link(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || size(address) > 3000 {
		return ""
	}
	return address
}

// Sizes of a view (slack.md Sizes), with room for the envelope around it.
const (
	maxViewBlocks = 100
	maxViewBytes  = 240_000
	// maxMessageBlocks is Slack's; a message nears it only by a long survey.
	maxMessageBlocks = 50
)

// fit keeps the blocks that fit into a view together with the tail, which is
// always shown; where some were left out, more says so.
func fit(blocks, tail []slack.Block, more slack.Block) slack.Blocks {
	most := maxViewBlocks - len(tail)
	if len(blocks) > most {
		most-- // more takes one
	}
	room := maxViewBytes - bytesOf(more)
	for _, b := range tail {
		room -= bytesOf(b)
	}
	for i, b := range blocks {
		if room -= bytesOf(b); room < 0 || i >= most {
			blocks = append(slices.Clip(blocks[:i]), more)
			break
		}
	}
	return slack.Blocks{BlockSet: append(slices.Clip(blocks), tail...)}
}

func bytesOf(b slack.Block) int {
	raw, err := json.Marshal(b)
	if err != nil { // the block types of this package marshal
		return maxViewBytes
	}
	return len(raw) + 1
}

// name is how a person is called on one line: never empty.
func name(p programme.Person, l Locale) string {
	return or(line(p.Name, maxName), l.T("person.unnamed", nil))
}

// nameAndFirm tells people of the same name apart.
func nameAndFirm(p programme.Person, l Locale) string {
	if firm := line(p.Organisation, maxName); firm != "" {
		return l.T("person.with_firm", words{"Name": name(p, l), "Firm": firm})
	}
	return name(p, l)
}
