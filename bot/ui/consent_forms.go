package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// PublicationForm asks for the wording, and who has to agree to it beside the person. An
// answer to a survey is proposed as it was written, and to who wrote it alone.
func PublicationForm(form Form, d programme.PublicationDraft, l Locale) slack.ModalViewRequest {
	in := fields{"publication", l}
	blocks := publicationOf(d, in)
	answer := d.Form.Kind == programme.PublishAnswer
	if answer {
		blocks = append(append(blocks, verbatim(d.Form.Text)...), divider())
	} else {
		blocks = append(blocks, in.input("text", in.words(d.Form.Text, maxInput, true)))
	}
	owner := []labelled{{"yes", l.T("publication.owner.yes", nil)}, {"no", l.T("publication.owner.no", nil)}}
	blocks = append(blocks, in.input("owner", in.one(owner, "yes")))
	if !answer {
		blocks = append(blocks,
			in.optional("organisation", in.words("", maxTitle, false)),
			in.optional("depicted", in.words("", maxInput, true)),
			in.optional("author", in.words("", maxTitle, false)))
	}
	form.Item = publicationValue(d.Form)
	return publicationModal("publication.form.title", "button.publication_propose", CallbackPublication, form, blocks, l)
}

// publicationOf says whom it concerns and from where it is taken, or asks whom.
func publicationOf(d programme.PublicationDraft, in fields) []slack.Block {
	whom := labelled{}
	if d.Person.ID != "" {
		whom = labelled{string(d.Person.ID), nameAndFirm(d.Person, in.l)}
	}
	from := ""
	switch d.Form.Kind {
	case programme.PublishPart:
		from = in.l.T("publication.form.from_memo", nil)
	case programme.PublishAnswer:
		from = in.l.mrkdwn("publication.form.from_answer", words{"Question": line(in.l.Text(d.Question.Words), 500)})
	case programme.PublishPhoto:
		from = in.l.T("publication.form.from_photo", words{"When": in.l.Moment(d.Picture.At), "Size": photoSize(d.Picture)})
	}
	if d.Theirs {
		return []slack.Block{section(lines(bold(nameAndFirm(d.Person, in.l)), from), nil)}
	}
	ask := in.input("person", in.asksOne(MenuPeople, whom))
	if from == "" {
		return []slack.Block{ask}
	}
	return []slack.Block{section(from, nil), ask}
}

// publicationValue is from where something is proposed, as the value of a button: "" for
// the office's own words.
func publicationValue(f programme.PublicationForm) string {
	switch f.Kind {
	case programme.PublishPart:
		return string(f.Kind) + "|" + string(f.Memo) + "|" + f.Part
	case programme.PublishAnswer:
		return string(f.Kind) + "|" + string(f.Response) + "|" + f.Question
	case programme.PublishPhoto:
		return string(f.Kind) + "|" + string(f.Photo)
	}
	return ""
}

// ReadPublicationNew reads the value of a button that opens the form.
func ReadPublicationNew(value string) programme.PublicationForm {
	kind, rest, _ := strings.Cut(value, "|")
	id, of, _ := strings.Cut(rest, "|")
	f := programme.PublicationForm{Kind: programme.PublicationKind(kind)}
	switch f.Kind {
	case programme.PublishPart:
		f.Memo, f.Part = programme.MemoID(id), of
	case programme.PublishAnswer:
		f.Response, f.Question = programme.ResponseID(id), of
	case programme.PublishPhoto:
		f.Photo = programme.PhotoID(id)
	default:
		f.Kind = programme.PublishWords
	}
	return f
}

// publicationModal is a form of the office.
func publicationModal(title, submit, callback string, form Form, blocks []slack.Block, l Locale) slack.ModalViewRequest {
	v := modal(l.T(title, nil), l, blocks...)
	v.Submit = plain(l.T(submit, nil), maxModalWord)
	v.Close = plain(l.T("button.cancel", nil), maxModalWord)
	v.CallbackID = callback
	v.PrivateMetadata = form.encode()
	return v
}

// ReadPublicationForm reads what the form brought.
func ReadPublicationForm(view slack.View) (programme.PublicationForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.PublicationForm{}, err
	}
	in := readFields(view)
	f := ReadPublicationNew(form.Item)
	f.Op, f.Person, f.Text = form.Op, programme.PersonID(in.one("person")), in.words("text")
	if in.one("owner") != "no" {
		f.Needs = append(f.Needs, programme.Need{Party: programme.PartyOwner})
	}
	add := func(party programme.Party, names ...string) {
		for _, name := range names {
			if strings.TrimSpace(name) != "" {
				f.Needs = append(f.Needs, programme.Need{Party: party, Name: name})
			}
		}
	}
	add(programme.PartyOrganisation, in.words("organisation"))
	add(programme.PartyDepicted, strings.Split(in.words("depicted"), "\n")...)
	add(programme.PartyAuthor, in.words("author"))
	return f, nil
}

// PublicationEdit asks for another wording, and whether it is a correction of spelling.
func PublicationEdit(form Form, p programme.Publication, l Locale) slack.ModalViewRequest {
	in := fields{"publication_edit", l}
	sorts := []labelled{{"spelling", l.T("publication_edit.sort.spelling", nil)}, {"other", l.T("publication_edit.sort.other", nil)}}
	form.Subject, form.Version = string(p.ID), p.Version
	return publicationModal("publication.edit.title", "button.save", CallbackPublicationEdit, form, []slack.Block{
		in.input("text", in.words(p.Text, maxInput, true)),
		in.input("sort", in.one(sorts, "other")),
	}, l)
}

// PublicationEdited is what the form for another wording brought.
type PublicationEdited struct {
	ID       programme.PublicationID
	Version  int
	Text     string
	Spelling bool
}

// ReadPublicationEdit reads it.
func ReadPublicationEdit(view slack.View) (PublicationEdited, error) {
	form, err := ReadForm(view.PrivateMetadata)
	in := readFields(view)
	return PublicationEdited{programme.PublicationID(form.Subject), form.Version, in.words("text"), in.one("sort") == "spelling"}, err
}

// PaperForm asks what a paper says that one party signed.
func PaperForm(form Form, v programme.PublicationView, party int, today programme.Date, l Locale) slack.ModalViewRequest {
	in := fields{"paper", l}
	who := v.Standing.Parties[party]
	said := []programme.Decision{programme.DecisionYes, programme.DecisionNameless, programme.DecisionNo, programme.DecisionWithdrawn}
	var options []labelled
	for _, d := range said {
		if d != programme.DecisionNameless || who.Party == programme.PartySelf {
			options = append(options, labelled{string(d), l.T("paper.decision."+string(d), nil)})
		}
	}
	date := slack.NewDatePickerBlockElement(inputValue)
	if !today.At(0, 0, time.UTC).IsZero() {
		date.InitialDate = string(today)
	}
	proof := ""
	if who.Person != "" && !v.Publication.Proof.IsZero() {
		proof = l.T("paper.help_proof", words{"Date": l.day(v.Publication.Proof)})
	}
	blocks := []slack.Block{section(lines(partyLine(who, v, l), l.T("paper.help", nil), proof), nil), divider()}
	blocks = append(blocks, verbatim(v.Publication.Text)...)
	blocks = append(blocks, divider(),
		in.input("decision", in.one(options, "")),
		in.input("day", date),
		in.input("witness", in.words("", maxTitle, false)))
	form.Subject, form.Item = string(v.Publication.ID), strconv.Itoa(party)+"|"+v.Publication.Hash
	return publicationModal("paper.title", "button.save", CallbackPublicationPaper, form, blocks, l)
}

// ReadPaperForm reads what the form brought, and the number of the party.
func ReadPaperForm(view slack.View) (programme.PaperConsent, int, error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return programme.PaperConsent{}, 0, err
	}
	in := readFields(view)
	number, hash, _ := strings.Cut(form.Item, "|")
	party, err := strconv.Atoi(number)
	if err != nil {
		return programme.PaperConsent{}, 0, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}
	}
	return programme.PaperConsent{
		Op: form.Op, Kind: programme.ConsentPublication, Publication: programme.PublicationID(form.Subject), Hash: hash,
		Decision: programme.Decision(in.one("decision")), Day: programme.Date(in["day"].SelectedDate), Witness: in.words("witness"),
	}, party, nil
}

// PublicationSaved says that the office's form was kept.
func PublicationSaved(key string, id programme.PublicationID, l Locale) slack.ModalViewRequest {
	return publicationKept(l.T(key, nil), id, l)
}

// PaperSaved says that a paper of a party was kept, and of a yes that does not count, why
// and what helps.
func PaperSaved(v programme.PublicationView, party programme.PartyStanding, said programme.Decision, l Locale) slack.ModalViewRequest {
	kept := l.T("publication.saved", nil)
	if said.Agrees() && !party.Consent.Decision.Agrees() {
		kept = lines(kept, paperOutdone(party, v.People[party.Person].Reachable(), l))
	}
	return publicationKept(kept, v.Publication.ID, l)
}

// paperOutdone says why a yes on paper does not count: they said no themselves, or on that
// day or later. Who can be reached says it here.
func paperOutdone(party programme.PartyStanding, reachable bool, l Locale) string {
	when := l.Moment(party.Consent.At)
	if party.Consent.Paper != "" {
		when = l.fullDate(party.Consent.Paper)
	}
	switch {
	case party.Waits != "":
		return l.T("paper.outdone.waits", words{"When": when})
	case reachable:
		return l.T("paper.outdone.here", words{"When": when})
	}
	return l.T("paper.outdone.paper", words{"When": when})
}

func publicationKept(said string, id programme.PublicationID, l Locale) slack.ModalViewRequest {
	return done(l.T("publication.page.title", nil), said, l,
		button(PickID(ActionPublicationOpen, 0), string(id), l.T("button.open", nil)),
		button(PickID(ActionPublications, 1), "", l.T("button.publications", nil)))
}
