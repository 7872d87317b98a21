package bot

import (
	"cmp"
	"context"
	"regexp"
	"strings"
)

// token is what Slack puts for a mention, a link or a date in the text of a message: what
// somebody typed themself has &lt; in the place of the bracket.
var token = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// readable is what a message says to who reads it, as plain text: names in the place of
// Slack's ids, links as their address, and the three characters that Slack escapes. What was
// a mention calls nobody any more, wherever the text is shown.
func readable(text string, nameOf func(account string) string) string {
	var out strings.Builder
	rest := 0
	for _, m := range token.FindAllStringSubmatchIndex(text, -1) {
		out.WriteString(unescape(text[rest:m[0]]))
		mark, body, label := text[m[2]:m[3]], text[m[4]:m[5]], ""
		if m[6] >= 0 {
			label = unescape(text[m[6]:m[7]])
		}
		out.WriteString(readToken(mark, unescape(body), label, nameOf))
		rest = m[1]
	}
	out.WriteString(unescape(text[rest:]))
	return out.String()
}

// unnamed stands for somebody or a channel whose name is not known here.
const unnamed = "…"

func readToken(mark, body, label string, nameOf func(string) string) string {
	switch mark {
	case "@":
		return "@" + cmp.Or(nameOf(body), strings.TrimPrefix(label, "@"), unnamed)
	case "#":
		return "#" + cmp.Or(strings.TrimPrefix(label, "#"), unnamed)
	case "!":
		word, _, _ := strings.Cut(body, "^")
		return cmp.Or(label, "@"+word)
	}
	if address, ok := strings.CutPrefix(body, "mailto:"); ok {
		body = address
	}
	if label == "" || strings.Contains(body, label) {
		return body
	}
	return label + " " + body
}

// readableText is readable with the names of the roster.
func (b *Bot) readableText(ctx context.Context, text string) string {
	return readable(text, func(account string) string {
		p, err := b.Office.PersonBySlack(ctx, account)
		if err != nil {
			return "" // in nobody's row
		}
		return p.Name
	})
}
