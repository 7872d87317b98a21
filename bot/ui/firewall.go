package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// WallWords say, a line each, who would see what they should rather not; of memos beneath
// which one it is.
func WallWords(ws []programme.Wall, l Locale) string { return wallWords("wall.", ws, l) }

// OwnWallWords say the same to the atsugi whose memo it is.
func OwnWallWords(ws []programme.Wall, l Locale) string { return wallWords("wall.yours.", ws, l) }

func wallWords(prefix string, ws []programme.Wall, l Locale) string {
	var out []string
	var of programme.MemoID
	for _, w := range ws {
		if w.Memo != of {
			of = w.Memo
			out = append(out, l.T("wall.memo", words{"Who": line(w.Of, maxName), "Code": memoCode(w.Memo)}))
		}
		out = append(out, l.T(prefix+string(w.Kind), words{"Who": line(w.Who, maxName)}))
	}
	return strings.Join(out, "\n")
}

// wallFields is the name of the form in block ids.
const wallFields = "wall"

// MemoWallForm names what stands in the way of sharing these memos and asks why they are
// shared all the same. A reason that was typed for other walls stays in the form.
func MemoWallForm(form Form, ids []programme.MemoID, ws []programme.Wall, reason string, l Locale) slack.ModalViewRequest {
	var list []string
	for _, id := range ids {
		list = append(list, string(id))
	}
	form.Item, form.Walls = strings.Join(list, ","), programme.WallsPrint(ws)
	f := fields{wallFields, l}
	help := l.T("wall.help", nil)
	if reason != "" {
		help = l.T("wall.again", nil)
	}
	return formView(l.T("wall.title", nil), l.T("button.wall_share", nil), CallbackMemoWall, form, l,
		section(lines(bold(help), cutEscaped(escape(WallWords(ws, l)), 2500)), nil),
		f.input("reason", f.words(reason, maxMemoReason, true)))
}

// ReadMemoWall reads which memos are shared all the same, and over which walls why.
func ReadMemoWall(view slack.View) ([]programme.MemoID, programme.Over, error) {
	form, reason, err := ReadWords(view, "reason")
	var ids []programme.MemoID
	for id := range strings.SplitSeq(form.Item, ",") {
		ids = append(ids, programme.MemoID(id))
	}
	return ids, programme.Over{Reason: reason, Seen: form.Walls}, err
}
