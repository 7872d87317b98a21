package ui

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// hiddenFields is the name of the form in block ids.
const hiddenFields = "hidden"

// hiddenButton leads to a person's list, "" for the reader's own.
func hiddenButton(id programme.PersonID, l Locale) *slack.ButtonBlockElement {
	return button(ActionHidden, string(id), l.T("button.hidden", nil))
}

// HiddenForm asks by whom somebody would rather not be seen: all who are on the list are
// chosen in a menu that offers people and organisations of the roster, and others are typed,
// a line each. Who of them has something already stands above. Form.Subject is whose list it is;
// Form.Item what it was when it was shown.
func HiddenForm(form Form, list []programme.HiddenView, stand []programme.StandingWall, l Locale) slack.ModalViewRequest {
	form.Item = programme.HiddenPrint(list)
	f := fields{hiddenFields, l}
	var picked []labelled
	var behalf []string
	for _, h := range list {
		name := hiddenName(h, l)
		picked = append(picked, labelled{string(h.Hidden), or(line(name, maxOption), nothing)})
		if h.Behalf {
			behalf = append(behalf, name)
		}
	}
	blocks := []slack.Block{section(l.T("hidden.help", nil), nil)}
	if len(stand) > 0 {
		blocks = append(blocks, section(lines(bold(l.T("stands.title", nil)), cutEscaped(escape(standingWords(stand, l)), 2500)), nil))
	}
	if len(behalf) > 0 {
		blocks = append(blocks, small(l.mrkdwn("hidden.behalf", words{"Who": l.list(behalf)})))
	}
	blocks = append(blocks, f.optional("who", f.asks(MenuHidden, picked)), f.optional("names", f.words("", maxSection, true)))
	return formView(l.T("hidden.title", nil), l.T("button.hidden_save", nil), CallbackHidden, form, l, blocks...)
}

// hiddenName is who it is: a person with their firm, or the name.
func hiddenName(h programme.HiddenView, l Locale) string {
	if h.Who.ID != "" {
		return nameAndFirm(h.Who, l)
	}
	return h.Name()
}

// OfferHidden is what the menu offers for what was typed: organisations first, as there are
// fewer of them.
func OfferHidden(people []programme.Person, names []string, l Locale) []*slack.OptionBlockObject {
	var cs []labelled
	for _, n := range names {
		cs = append(cs, labelled{string(programme.HiddenName(n)), or(line(n, maxOption), nothing)})
	}
	for _, p := range people {
		cs = append(cs, labelled{string(programme.HiddenPerson(p.ID)), nameAndFirm(p, l)})
	}
	return offer(cs)
}

// ReadHidden reads whose list it is, what it was when the form was shown (Form.Item), and who
// is on it now.
func ReadHidden(view slack.View) (Form, []programme.Hidden, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	var out []programme.Hidden
	for _, word := range v.some("who") {
		out = append(out, programme.Hidden(word))
	}
	for name := range strings.SplitSeq(v.words("names"), "\n") {
		out = append(out, programme.HiddenName(name))
	}
	return form, out, err
}

// standingWords say, a line each, what was given already, and who by it is behind a wall.
func standingWords(stand []programme.StandingWall, l Locale) string {
	type what struct {
		given programme.Given
		to    string
	}
	var order []what
	who := map[what][]string{}
	for _, w := range stand {
		of, name := what{w.Given, w.To}, line(w.Who, maxName)
		if who[of] == nil {
			order = append(order, of)
		}
		if !slices.Contains(who[of], name) {
			who[of] = append(who[of], name)
		}
	}
	var out []string
	for _, of := range order {
		out = append(out, l.T("stands."+string(of.given), words{"To": line(of.to, maxName), "Who": l.list(who[of])}))
	}
	if slices.ContainsFunc(order, func(of what) bool { return of.given == programme.GivenOpened }) {
		out = append(out, l.T("stands.help", nil))
	}
	return strings.Join(out, "\n")
}

// HiddenKept says who knows of the list, and whether somebody on it has something already.
func HiddenKept(stands bool, l Locale) string {
	if stands {
		return l.T("hidden.kept_stands", nil)
	}
	return l.T("hidden.kept", nil)
}

// wallStands tells the office about whom a wall stands where something was given already. Who
// is behind it is on the page behind the button, as that is for the office's eyes alone.
func wallStands(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("stands.card.text", nil), []slack.Block{
		section(lines(bold(l.T("stands.card", nil)), l.mrkdwn("next.help.who", words{"Who": nameAndFirm(m.Person, l)})), nil),
		row(button(ActionHidden, string(m.Person.ID), l.T("button.look", nil))),
	}
}

// hiddenChanged tells somebody that the office took something from their list; what the list
// is about is on the page behind the button, as others see the phone.
func hiddenChanged(_ programme.Matter, l Locale) (string, []slack.Block) {
	text := l.T("hidden.changed", nil)
	return text, []slack.Block{section(text, nil), row(button(ActionHidden, "", l.T("button.look", nil)))}
}
