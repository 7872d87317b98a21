package ui

import (
	"slices"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// guestsPage is how many guests are listed on one page, two blocks each.
const guestsPage = 40

// GuestsPage lists those who come without being in the roster.
func GuestsPage(page programme.EventPage, from int, l Locale) slack.ModalViewRequest {
	e := page.Event
	var guests []programme.Guest
	for _, a := range page.Attendees {
		if a.Guest.ID != "" {
			guests = append(guests, a.Guest)
		}
	}
	from = max(0, min(from, len(guests)-1))
	shown := guests[from:min(len(guests), from+guestsPage)]
	blocks := []slack.Block{
		section(lines(bold(eventTitle(e, l)), l.T("guest.count", words{"Count": len(guests)})), nil),
		small(l.mrkdwn("guest.help", words{"Event": string(e.ID)})),
		row(button(ActionGuestNew, string(e.ID), l.T("button.guest_new", nil)).WithStyle(slack.StylePrimary)),
	}
	for _, g := range shown {
		change := button(ActionGuestChange, itemOf(e.ID, string(g.ID)), l.T("button.change", nil))
		blocks = append(blocks, section(guestLine(g, l), change))
	}
	blocks = append(blocks, pageTurner(ActionGuests, string(e.ID), from, guestsPage, len(guests), l)...)
	return modal(l.T("guest.title", nil), l, blocks...)
}

// guestLine is who a guest is and what they answered, as escaped markup.
func guestLine(g programme.Guest, l Locale) string {
	who := programme.Person{Name: g.Name, Organisation: g.Organisation}
	role := ""
	if g.Role != "" {
		role = roleName(g.Role, l)
	}
	answer := ""
	if g.Answer != programme.Undecided {
		answer = l.T("guest.answer_"+string(g.Answer), nil)
	}
	var facts []string
	for _, s := range []string{answer, role, line(g.Prefecture, 20)} {
		if s != "" {
			facts = append(facts, s)
		}
	}
	return lines(bold(nameAndFirm(who, l)), escape(l.list(facts)), escape(lines(line(g.Email, maxTitle), line(g.Phone, 40), line(g.Note, maxAnswer))))
}

// itemOf is the value of a button about one thing of an event's. ReadItem reads it.
func itemOf(e programme.EventID, item string) string { return string(e) + "|" + item }

// ReadItem reads the value of a button about one thing of an event's.
func ReadItem(value string) (e programme.EventID, item string) {
	for i := len(value) - 1; i >= 0; i-- { // an id of the configuration may hold anything
		if value[i] == '|' {
			return programme.EventID(value[:i]), value[i+1:]
		}
	}
	return programme.EventID(value), ""
}

// GuestFormData is what the form for a guest is drawn from.
type GuestFormData struct {
	Form  Form // Item: the guest that is changed; From: ActionCheckInGuest for who came without a word
	Event programme.Event
	Guest programme.Guest // zero for a new one
}

// GuestForm asks who a guest is.
func GuestForm(f GuestFormData, l Locale) slack.ModalViewRequest {
	g, in := f.Guest, fields{"guest", l}
	blocks := []slack.Block{
		section(bold(eventTitle(f.Event, l)), nil),
		in.input("name", in.words(g.Name, maxGuestText, false)),
		in.optional("kana", in.words(g.Kana, maxGuestText, false)),
		in.optional("organisation", in.words(g.Organisation, maxGuestText, false)),
		in.optional("role", in.one(roleOptions(l), string(g.Role))),
		in.optional("prefecture", in.one(namedOptions(programme.Prefectures), g.Prefecture)),
		in.optional("email", in.words(g.Email, maxGuestText, false)),
		in.optional("phone", in.words(g.Phone, maxGuestText, false)),
		in.input("answer", guestAnswers(in, f)),
		in.optional("note", in.words(g.Note, programme.MaxEventText, true)),
	}
	v := modal(l.T(guestTitle(f), nil), l, blocks...)
	v.Submit = plain(l.T("button.save", nil), maxModalWord)
	v.Close = plain(l.T("button.cancel", nil), maxModalWord)
	v.CallbackID = CallbackGuest
	v.PrivateMetadata = f.Form.encode()
	return v
}

func guestTitle(f GuestFormData) string {
	switch {
	case f.Form.Item != "":
		return "guest.form.change"
	case f.Form.From == ActionCheckInGuest:
		return "guest.form.walk_in"
	}
	return "guest.form.new"
}

// maxGuestText is what fits one line; a note has more.
const maxGuestText = 100

func roleOptions(l Locale) []labelled {
	var out []labelled
	for _, r := range programme.Roles {
		out = append(out, labelled{string(r), roleName(r, l)})
	}
	return out
}

// guestAnswers offers what a guest may have said; who waits for a place goes on
// waiting by saying yes.
func guestAnswers(in fields, f GuestFormData) slack.BlockElement {
	answers := []programme.Coming{programme.Yes}
	if f.Event.URL != "" {
		answers = append(answers, programme.Online)
	}
	if f.Form.Item != "" {
		answers = append(answers, programme.No)
	}
	given := f.Guest.Answer
	if !slices.Contains(answers, given) {
		given = programme.Yes
	}
	var os []labelled
	for _, a := range answers {
		os = append(os, labelled{string(a), in.l.T("guest.answer_"+string(a), nil)})
	}
	return in.one(os, string(given))
}

// ReadGuestForm reads what the form brought; the guest's id is the form's operation
// id unless it changes one. A form of another program is an Error.
func ReadGuestForm(view slack.View) (Form, programme.Guest, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil || view.State == nil {
		return form, programme.Guest{}, err
	}
	in := readFields(view)
	g := programme.Guest{
		ID: programme.GuestID(or(form.Item, form.Op)), Event: programme.EventID(form.Subject), Version: form.Version,
		Name: in.words("name"), Kana: in.words("kana"), Organisation: in.words("organisation"),
		Email: in.words("email"), Phone: in.words("phone"), Note: in.words("note"),
		Prefecture: in.one("prefecture"), Role: programme.Role(in.one("role")), Answer: programme.Coming(in.one("answer")),
	}
	return form, g, nil
}

// GuestKept says what became of a guest, and leads back to where the form came from.
func GuestKept(form Form, g programme.Guest, l Locale) slack.ModalViewRequest {
	said := l.T("guest.kept", words{"Name": line(g.Name, maxName)})
	if g.Answer == programme.Waiting {
		said = l.T("guest.kept_waiting", words{"Name": line(g.Name, maxName)})
	}
	if form.From == ActionCheckInGuest {
		back := button(ActionCheckInPage, place(form.Subject, 0), l.T("button.checkin_back", nil))
		return done(l.T("guest.title", nil), lines(said, l.T("guest.kept_here", nil)), l, back.WithStyle(slack.StylePrimary))
	}
	return done(l.T("guest.title", nil), said, l,
		button(PickID(ActionGuests, 0), place(form.Subject, 0), l.T("button.guests", nil)),
		button(ActionGuestNew, form.Subject, l.T("button.guest_another", nil)))
}
