package ui

import (
	"github.com/slack-go/slack"

	"tsugite/programme"
)

// HandoverPage says what moves and what ends when somebody hands their part over. Nothing
// is done by it.
func HandoverPage(p programme.HandoverPlan, own bool, l Locale) slack.ModalViewRequest {
	whose := string(p.From.ID)
	if own {
		whose = ""
	}
	ends := "handover.page.ends"
	if p.StaysWith {
		ends = "handover.page.ends_part"
	}
	fresh := "handover.page.new_office"
	if p.Direct {
		fresh = "handover.page.new_direct"
	}
	return modal(l.T("handover.title", nil), l,
		section(lines(bold(nameAndFirm(p.From, l)), l.T("handover.page.help", nil)), nil),
		section(lines(bold(l.T("handover.page.moves", nil)), handoverMoves(p.Moves, l)), nil),
		section(lines(bold(l.T("handover.page.stays", nil)), l.T("handover.page.own", nil)), nil),
		section(lines(bold(l.T("handover.page.end", nil)), l.mrkdwn(ends, words{"Who": name(p.From, l)})), nil),
		small(l.T(fresh, nil)),
		row(button(ActionHandoverForm, whose, l.T("button.handover_form", nil)).WithStyle(slack.StylePrimary)))
}

// handoverMoves is what passes to the successor.
func handoverMoves(m programme.HandoverMoves, l Locale) string {
	return lines(
		l.T("handover.moves.recommendations", words{"Count": m.Recommendations}),
		l.T("handover.moves.events", words{"Count": m.Events}),
		l.T("handover.moves.cohosts", words{"Count": m.CoHosts}),
		l.T("handover.moves.memos", words{"Count": m.Memos}),
	)
}

// handoverFields is the name of the form in block ids.
const handoverFields = "handover"

// newSuccessor is the option for somebody who is not on the roster.
const newSuccessor = "new"

// HandoverForm asks who follows: one of the organisation's people, or somebody new. Sending
// it does it, so it asks once more for a yes.
func HandoverForm(form Form, p programme.HandoverPlan, l Locale) slack.ModalViewRequest {
	f := fields{handoverFields, l}
	blocks := []slack.Block{section(lines(bold(nameAndFirm(p.From, l)), l.T("handover.form.help", nil)), nil)}
	if len(p.Staff) > 0 {
		staff := peopleOptions(p.Staff[:min(len(p.Staff), maxChoices-1)], l)
		blocks = append(blocks, f.input("to", f.one(append(staff, labelled{newSuccessor, l.T("handover.form.new", nil)}), "")))
	}
	cell := func() slack.BlockElement { return f.words("", maxRecommendCell, false) }
	blocks = append(blocks, f.optional("name", cell()), f.optional("kana", cell()), f.optional("email", cell()),
		f.input("sure", ticks([]labelled{{"yes", l.T("handover.form.sure_yes", nil)}}, nil)))
	return formView(l.T("handover.title", nil), l.T("button.handover_do", nil), CallbackHandover, form, l, blocks...)
}

// ReadHandoverForm reads what the form brought.
func ReadHandoverForm(view slack.View) (programme.HandoverForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	f := programme.HandoverForm{
		Op: form.Op, From: programme.PersonID(form.Subject), Name: v.words("name"), Kana: v.words("kana"), Email: v.words("email"),
	}
	if to := v.one("to"); to != newSuccessor {
		f.To = programme.PersonID(to)
	}
	return f, err
}

// HandoverKept says whether it is done, or waits for the office.
func HandoverKept(h programme.Handover, l Locale) string {
	return l.T("handover.kept."+string(h.State), nil)
}

// handoverPair is who follows whom, as escaped markup.
func handoverPair(v programme.HandoverView, l Locale) string {
	to := or(line(v.Name, maxName), l.T("person.unnamed", nil))
	if v.ToPerson.ID != "" {
		to = name(v.ToPerson, l)
	}
	return l.mrkdwn("handover.pair", words{"From": name(v.FromPerson, l), "To": to})
}

// handoverCard is the office's card: that somebody new is named, or that it is done.
func handoverCard(m programme.Matter, l Locale) (string, []slack.Block) {
	v := m.Handover.HandoverView
	who := words{"Organisation": line(v.Organisation, maxName)}
	blocks := []slack.Block{section(lines(bold(l.T("handover.card."+string(v.State), who)), handoverPair(v, l)), nil)}
	switch v.State {
	case programme.HandoverAsked:
		blocks = append(blocks, row(button(ActionHandoverLook, string(v.ID), l.T("button.recommend_open", nil))))
	case programme.HandoverDone: // from their page, they can be taken back
		blocks = append(blocks, row(button(ActionPersonOpen, string(v.From), l.T("button.look", nil))))
	}
	return l.T("handover.card_text", nil), blocks
}

// HandoverLook is a hand-over to somebody new, which the office decides about.
func HandoverLook(v programme.HandoverView, moves programme.HandoverMoves, l Locale) slack.ModalViewRequest {
	blocks := []slack.Block{section(lines(bold(l.T("handover.card."+string(v.State), words{"Organisation": line(v.Organisation, maxName)})),
		handoverPair(v, l)), nil)}
	if v.State == programme.HandoverAsked {
		blocks = append(blocks,
			section(l.mrkdwn("handover.look.new", words{"Name": line(v.Name, maxName), "Kana": line(v.Kana, maxName), "Email": line(v.Email, maxAnswer)}), nil),
			section(lines(bold(l.T("handover.page.moves", nil)), handoverMoves(moves, l)), nil),
			section(lines(bold(l.T("handover.page.end", nil)), l.mrkdwn("handover.page.ends", words{"Who": name(v.FromPerson, l)})), nil),
			row(button(ActionHandoverYes, string(v.ID), l.T("button.handover_yes", nil)).WithStyle(slack.StylePrimary).
				WithConfirm(sure(l, l.T("handover.look.sure", nil), l.T("handover.form.sure_yes", nil), l.T("button.handover_do", nil))),
				button(ActionHandoverNo, string(v.ID), l.T("button.handover_no", nil))))
	}
	return modal(l.T("handover.title", nil), l, blocks...)
}

// handoverWelcome tells the successor what is theirs from now on.
func handoverWelcome(m programme.Matter, l Locale) (string, []slack.Block) {
	h := m.Handover
	var ways []slack.BlockElement
	if h.Recommends {
		ways = append(ways, button(ActionRecommendations, "", l.T("button.recommendations", nil)))
	}
	ways = append(ways, button(ActionMonth, "", l.T("button.month", nil)), button(ActionKnown, "", l.T("button.known", nil)))
	return l.T("handover.welcome_text", nil), []slack.Block{
		section(lines(bold(l.T("handover.welcome", words{"Who": name(h.FromPerson, l), "Organisation": line(h.Organisation, maxName)}))), nil),
		section(lines(bold(l.T("handover.page.moves", nil)), handoverMoves(h.Moves, l)), nil),
		section(l.T("handover.welcome_next", nil), nil),
		row(ways...),
	}
}

// HomeGoodbye is the Home of somebody who handed their part over.
func HomeGoodbye(v programme.HandoverView, l Locale) slack.HomeTabViewRequest {
	return homeView([]slack.Block{
		header(l.T("home.title", nil)),
		section(lines(bold(l.T("goodbye.title", nil)),
			l.mrkdwn("goodbye.text", words{"Name": name(v.FromPerson, l), "To": name(v.ToPerson, l), "When": l.Moment(v.Since)}),
			l.T("goodbye.ask", nil)), nil),
	}, l)
}

// nobodyLeft tells the office that a support organisation has nobody in the programme.
func nobodyLeft(m programme.Matter, l Locale) (string, []slack.Block) {
	return l.T("support.nobody_text", nil), []slack.Block{
		section(lines(bold(l.T("support.nobody", words{"Organisation": line(m.Handover.Organisation, maxName)})), l.T("support.nobody_next", nil)), nil),
		row(button(ActionSupportBoard, "", l.T("button.support_board", nil))),
	}
}
