package ui_test

import (
	"strings"
	"testing"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// proposedText is a text that the atsugi is asked about, in the wordings given.
func (c cast) proposedText(texts ...programme.PublicationText) programme.Publication {
	p := programme.Publication{ID: "01KPUBLICATIONABC123", Kind: programme.PublishWords, Person: c.atsugi.ID, Version: 3,
		Needs: []programme.Need{{Party: programme.PartyOwner}, {Party: programme.PartyDepicted, Name: "山田 <花子>"}}}
	for i, w := range texts {
		w.Version, w.Hash, w.At = i+1, "hash"+w.Text, at(9, 3, 10, i)
		p.Texts = append(p.Texts, w)
		p.Text, p.Hash = w.Text, w.Hash
	}
	return p
}

func (c cast) consents(t testing.TB, l ui.Locale, out map[string]drawing) {
	first := programme.PublicationText{Text: "新しい釉薬で、海外の展示界に三度出ました。\n<来年>も*続けます*。", By: c.office.ID}
	spelled := programme.PublicationText{Text: "新しい釉薬で、海外の展示会に三度出ました。\n<来年>も*続けます*。", By: c.office.ID, Spelling: true}
	own := programme.PublicationText{Text: "祖父の釉薬で、海外の展示会に三度出ました。", By: c.atsugi.ID}
	asked, corrected, reworded := c.proposedText(first), c.proposedText(first, spelled), c.proposedText(first, own)

	home := programme.Home{Me: c.atsugi, Now: at(9, 4, 9, 0), Settings: programme.Settings{Zone: tokyo, Completion: "2027-03-31", Parts: c.parts}}
	for name, n := range map[string]programme.HomeConsents{"first": {First: true, Asks: 1}, "asks": {Asks: 2, ToProve: 1}, "proof": {Asks: 2, ToProve: 2}, "none": {}} {
		home.Consents = n
		out["home-consents-"+name] = view(t, ui.Home(home, nil, l))
	}

	firms := []programme.FirmPresence{{Firm: "檜<曲物>", Events: 1}}
	for i := range 16 {
		firms = append(firms, programme.FirmPresence{Firm: "藍染", Events: i})
	}
	out["home-recommended"] = view(t, ui.Home(programme.Home{Me: c.supporter, Now: home.Now, Settings: home.Settings, RecommendedFirms: firms}, nil, l))

	mine := func(p programme.Publication, says programme.Decision, change func(*programme.OwnPublication)) programme.OwnPublication {
		o := programme.OwnPublication{Publication: p, As: programme.PartySelf, Says: says}
		if says != "" {
			o.Since = at(9, 3, 12, 0)
		}
		if change != nil {
			change(&o)
		}
		return o
	}
	answered := asked
	answered.Kind, answered.Source = programme.PublishAnswer, programme.AnswerSource("01KRESPONSE", "issues")
	texts := map[string]programme.OwnPublication{
		"asked":     mine(asked, "", nil),
		"corrected": mine(corrected, programme.DecisionYes, nil),
		"proof":     mine(corrected, programme.DecisionNameless, func(o *programme.OwnPublication) { o.ToProve, o.Answered = true, first.Text }),
		"depicted":  mine(asked, "", func(o *programme.OwnPublication) { o.As = programme.PartyDepicted }),
		"gone":      mine(asked, programme.DecisionWithdrawn, func(o *programme.OwnPublication) { o.Gone = true }),
		"reworded":  mine(reworded, programme.DecisionYes, func(o *programme.OwnPublication) { o.Reworded = true }),
		"declined":  mine(asked, programme.DecisionNo, nil),
		"unnamed": mine(asked, programme.DecisionNameless, func(o *programme.OwnPublication) {
			o.Unnamed, o.Awaits = true, []programme.Party{programme.PartyOwner, programme.PartyDepicted}
		}),
		"picture": mine(pictured(asked), "", nil),
		"answer":  mine(answered, "", nil),
	}
	page := programme.OwnConsents{Me: c.atsugi, Completion: "2027-03-31", Parts: c.parts, States: []programme.ConsentState{
		{Kind: programme.ConsentTakingPart, Decision: programme.DecisionYes, Since: at(7, 1, 0, 0), Paper: "2026-07-01"},
		{Kind: programme.ConsentNamed, Decision: programme.DecisionYes, Since: at(9, 3, 12, 0)},
		{Kind: programme.ConsentRecommender, Decision: programme.DecisionWithdrawn, Since: at(9, 3, 12, 5)},
		{Kind: programme.ConsentLLM},
	}}
	for _, name := range []string{"asked", "corrected", "proof", "gone", "reworded", "declined", "unnamed"} {
		page.Publications = append(page.Publications, texts[name])
	}
	out["consents-page"] = view(t, ui.ConsentsPage(page, 0, l))
	delivered := page
	delivered.Delivered, delivered.Me, delivered.Publications = at(9, 30, 17, 0), c.mentor, nil
	out["consents-page-delivered"] = view(t, ui.ConsentsPage(delivered, 0, l))
	for name, o := range texts {
		out["consent-text-"+name] = view(t, ui.ConsentText(ui.ConsentTextData{Form: ui.Form{Op: "01KOP"}, Own: o}, l))
	}
	out["consent-text-delivered"] = view(t, ui.ConsentText(ui.ConsentTextData{Form: ui.Form{Op: "01KOP"}, Own: texts["corrected"], Delivered: true}, l))
	out["consent-said"] = view(t, ui.ConsentSaid(programme.DecisionNameless, texts["unnamed"], l))
	out["consent-ask-form"] = view(t, ui.ConsentAskForm(ui.Form{Op: "01KOP", Subject: string(asked.ID)}, l))
	out["consent-asked"] = view(t, ui.ConsentAsked(l))
	out["consent-said-reworded"] = view(t, ui.ConsentSaid(programme.DecisionYes, texts["reworded"], l))
	c.consentCards(t, l, out, asked)
	c.publicationPages(t, l, out, asked, corrected, reworded)
}

func (c cast) consentCards(t testing.TB, l ui.Locale, out map[string]drawing, p programme.Publication) {
	card := func(kind programme.NoticeKind, to programme.Person, over bool, m programme.ConsentMatter) drawing {
		return message(t, programme.Matter{Notice: notice(kind), To: to, Consent: m, Over: over}, l)
	}
	none := programme.Person{}
	told := programme.Matter{Notice: notice(programme.NoticeMemoOwn), To: c.atsugi, Memo: c.memo}
	told.Memo.Memo.Parts = nil
	out["memo-own"] = message(t, told, l)
	told.Over = true
	out["memo-own-over"] = message(t, told, l)
	out["consent-ask"] = card(programme.NoticeConsentAsk, c.atsugi, false, programme.ConsentMatter{Publication: p})
	out["consent-ask-answered"] = card(programme.NoticeConsentAsk, c.atsugi, false, programme.ConsentMatter{Publication: p, Says: programme.DecisionYes})
	out["consent-ask-over"] = card(programme.NoticeConsentAsk, c.atsugi, true, programme.ConsentMatter{Publication: p})
	out["consent-changed"] = card(programme.NoticeConsentChanged, c.atsugi, false, programme.ConsentMatter{Publication: p})
	out["consent-proof"] = card(programme.NoticeConsentProof, c.atsugi, false, programme.ConsentMatter{Open: 3})
	out["consent-proof-one"] = card(programme.NoticeConsentProof, c.atsugi, false, programme.ConsentMatter{Open: 1, Publication: p})
	out["consent-proof-done"] = card(programme.NoticeConsentProof, c.atsugi, false, programme.ConsentMatter{})
	out["consent-paper"] = card(programme.NoticeConsentPaper, c.atsugi, false, programme.ConsentMatter{Kind: programme.ConsentTakingPart})
	out["consent-paper-waits"] = card(programme.NoticeConsentPaper, c.atsugi, false, programme.ConsentMatter{Publication: p, Waits: true})
	about := programme.ConsentMatter{Publication: p, Kind: programme.ConsentPublication, Person: c.atsugi}
	out["consent-reworded"] = card(programme.NoticeConsentReworded, none, false, about)
	out["consent-question"] = card(programme.NoticeConsentQuestion, none, false, about)
	out["consent-withdrawn"] = card(programme.NoticeConsentWithdrawn, none, false, about)
	out["consent-withdrawn-general"] = card(programme.NoticeConsentWithdrawn, none, false, programme.ConsentMatter{Kind: programme.ConsentLLM, Person: c.atsugi})
	out["consent-withdrawn-taking-part"] = card(programme.NoticeConsentWithdrawn, none, false, programme.ConsentMatter{Kind: programme.ConsentTakingPart, Person: c.atsugi})
	out["consent-withdrawn-named"] = card(programme.NoticeConsentWithdrawn, none, false, programme.ConsentMatter{Kind: programme.ConsentNamed, Person: c.atsugi, Copies: c.givenOut(2)})
	about.Late, about.Copies = true, c.givenOut(12)
	out["consent-withdrawn-late"] = card(programme.NoticeConsentWithdrawn, none, false, about)
}

// pictured is the text as the caption of a picture.
func pictured(p programme.Publication) programme.Publication {
	p.Kind, p.Source = programme.PublishPhoto, programme.PhotoSource("4f9d")
	return p
}

// givenOut are so many copies, one a day.
func (c cast) givenOut(n int) []programme.Copy {
	var out []programme.Copy
	for i := range n {
		out = append(out, programme.Copy{Kind: programme.CopyPublications, Subject: "01KPUBLICATIONABC123", Version: 1, At: at(9, 1+i, 18, 0)})
	}
	return out
}

func (c cast) publicationPages(t testing.TB, l ui.Locale, out map[string]drawing, asked, corrected, reworded programme.Publication) {
	seen := func(p programme.Publication, s programme.Standing) programme.PublicationView {
		if len(s.Parties) == 0 {
			s.Parties = []programme.PartyStanding{{Need: programme.Need{Party: programme.PartySelf, Person: c.atsugi.ID}}, {Need: p.Needs[0]}, {Need: p.Needs[1]}}
		}
		return programme.PublicationView{Publication: p, Standing: s, Step: s.Step(p), Person: c.atsugi, People: map[programme.PersonID]programme.Person{c.atsugi.ID: c.atsugi}}
	}
	said := func(need programme.Need, d programme.Decision, paper programme.Date) programme.PartyStanding {
		return programme.PartyStanding{Need: need, Says: d, Consent: programme.Consent{Decision: d, At: at(9, 3, 12, 0), Paper: paper, Witness: "事務局 <花子>"}}
	}
	self := programme.Need{Party: programme.PartySelf, Person: c.atsugi.ID}
	all := programme.Standing{Agreed: true, Nameless: true, Parties: []programme.PartyStanding{
		said(self, programme.DecisionNameless, ""), said(asked.Needs[0], programme.DecisionYes, "2026-09-02"), said(asked.Needs[1], programme.DecisionYes, "2026-09-02")}}
	other := said(self, programme.DecisionYes, "")
	other.Says = ""
	refused := said(self, programme.DecisionWithdrawn, "")
	refused.Waits = "2026-09-04"
	declined := programme.Standing{Parties: []programme.PartyStanding{refused, said(asked.Needs[0], programme.DecisionNo, "2026-09-02"), {Need: asked.Needs[1]}}}
	proving := corrected
	proving.Proof = at(9, 10, 9, 0)
	proven := all
	proven.Proven, proven.Out = true, true
	views := map[string]programme.PublicationView{
		"asked":    seen(asked, programme.Standing{}),
		"other":    seen(corrected, programme.Standing{Parties: []programme.PartyStanding{other, {Need: asked.Needs[0]}}}),
		"declined": seen(asked, declined),
		"reworded": seen(reworded, programme.Standing{Reworded: true}),
		"agreed":   seen(corrected, all),
		"proving":  seen(proving, all),
		"ready":    seen(proving, proven),
		"gone":     seen(asked, programme.Standing{Gone: true}),
		"picture":  seen(pictured(asked), programme.Standing{Unasked: true}),
		"unmarked": seen(pictured(asked), programme.Standing{Unmarked: true}),
	}
	views["asked"] = withQuestions(views["asked"], c.atsugi)
	ready := views["ready"]
	ready.Copies = c.givenOut(2)
	ready.Copies[1].Kind = programme.CopyNameless
	views["ready"] = ready
	var desk programme.PublicationDesk
	for _, name := range []string{"asked", "other", "declined", "reworded", "agreed", "proving", "ready", "gone", "picture", "unmarked"} {
		out["publication-page-"+name] = view(t, ui.PublicationPage(views[name], l))
		desk.Views = append(desk.Views, views[name])
	}
	out["publications"] = view(t, ui.Publications(desk, 0, l))
	out["publications-none"] = view(t, ui.Publications(programme.PublicationDesk{}, 0, l))
	desk.Delivered = at(9, 30, 17, 0)
	out["publications-delivered"] = view(t, ui.Publications(desk, 0, l))
	desk.Undo = true
	out["publications-undo"] = view(t, ui.Publications(desk, 0, l))
	out["publication-parts"] = view(t, ui.PublicationParts(c.memo, c.parts, l))
	c.publicationForms(t, l, out)
	out["publication-edit"] = view(t, ui.PublicationEdit(ui.Form{Op: "01KOP"}, corrected, l))
	out["publication-paper-proof"] = view(t, ui.PaperForm(ui.Form{Op: "01KOP"}, views["proving"], 0, "2026-09-12", l))
	out["publication-paper"] = view(t, ui.PaperForm(ui.Form{Op: "01KOP"}, views["asked"], 1, "2026-09-04", l))
	papers := views["declined"].Standing.Parties
	out["paper-saved-waits"] = view(t, ui.PaperSaved(views["declined"], papers[0], programme.DecisionYes, l))
	out["paper-saved-earlier"] = view(t, ui.PaperSaved(views["declined"], said(self, programme.DecisionWithdrawn, ""), programme.DecisionYes, l))
	out["paper-saved-on-paper"] = view(t, ui.PaperSaved(views["declined"], papers[1], programme.DecisionYes, l))
	out["publication-saved"] = view(t, ui.PublicationSaved("publication.proposed", asked.ID, l))
}

// withQuestions is what the office sees once somebody asked it about a text.
func withQuestions(v programme.PublicationView, who programme.Person) programme.PublicationView {
	v.Questions = []programme.ConsentQuestion{{Person: who.ID, At: at(9, 3, 12, 0), Text: "<どこ>に載りますか。"}, {Person: who.ID, At: at(9, 3, 13, 0)}}
	return v
}

// publicationForms are the forms that propose something, by from where it is taken.
func (c cast) publicationForms(t testing.TB, l ui.Locale, out map[string]drawing) {
	form := func(d programme.PublicationDraft) drawing {
		return view(t, ui.PublicationForm(ui.Form{Op: "01KOP"}, d, l))
	}
	out["publication-form"] = form(programme.PublicationDraft{Person: c.atsugi, Theirs: true, Form: programme.PublicationForm{
		Kind: programme.PublishPart, Memo: "01KMEMO", Part: "advice", Text: "展示会に出る。"}})
	out["publication-form-words"] = form(programme.PublicationDraft{Form: programme.PublicationForm{Kind: programme.PublishWords}})
	out["publication-form-answer"] = form(programme.PublicationDraft{Person: c.atsugi, Theirs: true,
		Question: programme.Question{Words: programme.Text{Ja: "今の<課題>は？", En: "What is <difficult>?"}},
		Form:     programme.PublicationForm{Kind: programme.PublishAnswer, Response: "01KRESPONSE", Question: "issues", Text: "職人が足りません。\n*とても*。"}})
	photo := c.photoViews(true)[0].Photo
	out["publication-form-photo"] = form(programme.PublicationDraft{Person: c.atsugi, Picture: photo,
		Form: programme.PublicationForm{Kind: programme.PublishPhoto, Photo: photo.ID, Text: photo.Caption}})
}

// TestConfidentialIsNotOfferedForTheReport: no button leads to it.
func TestConfidentialIsNotOfferedForTheReport(t *testing.T) {
	c := sample()
	m := c.memo
	m.Memo.Parts = append(m.Memo.Parts, programme.Part{Key: programme.Confidential, Text: "借入金のこと"})
	drawn := string(view(t, ui.PublicationParts(m, c.parts, ui.NewLocale("ja", tokyo))).View)
	if strings.Contains(drawn, programme.Confidential) || strings.Contains(drawn, "借入金") {
		t.Error("the page offers what never leaves the office")
	}
}

// TestCardsOfConsentsSayNothingOfTheText, nor of what they are about to who looks over
// somebody's shoulder.
func TestCardsOfConsentsSayNothingOfTheText(t *testing.T) {
	for _, lang := range ui.Languages {
		out := map[string]drawing{}
		c := sample()
		c.consents(t, ui.NewLocale(lang, tokyo), out)
		for name, d := range out {
			if !strings.HasPrefix(name, "consent-") || d.View != nil {
				continue
			}
			for _, secret := range []string{"釉薬", "展示"} {
				if strings.Contains(d.Text+string(d.Blocks), secret) {
					t.Errorf("%s in %s says %s", name, lang, secret)
				}
			}
			private := strings.HasPrefix(name, "consent-ask") || strings.HasPrefix(name, "consent-paper") || strings.HasPrefix(name, "consent-proof") || strings.HasPrefix(name, "consent-changed")
			if private && strings.Contains(d.Text+string(d.Blocks), "掲載") {
				t.Errorf("%s says what it is about", name)
			}
		}
	}
}

// TestManyTextsFitTheirPages: neither list outgrows a view.
func TestManyTextsFitTheirPages(t *testing.T) {
	c := sample()
	text := programme.PublicationText{Text: strings.Repeat("𠮷", 1500), By: c.office.ID}
	var own programme.OwnConsents
	var desk programme.PublicationDesk
	for range 200 {
		p := c.proposedText(text)
		own.Publications = append(own.Publications, programme.OwnPublication{Publication: p, As: programme.PartySelf})
		desk.Views = append(desk.Views, programme.PublicationView{Publication: p, Person: c.atsugi, Step: programme.StepAnswer})
	}
	own.Me = c.atsugi
	for _, kind := range programme.GeneralConsents {
		own.States = append(own.States, programme.ConsentState{Kind: kind, Since: time.Time{}})
	}
	for _, lang := range ui.Languages {
		l := ui.NewLocale(lang, tokyo)
		for from := 0; from < 200; from += 50 {
			for name, d := range map[string]drawing{"own": view(t, ui.ConsentsPage(own, from, l)), "office": view(t, ui.Publications(desk, from, l))} {
				for _, p := range d.problems() {
					t.Errorf("%s in %s from %d: %v", name, lang, from, p)
				}
				if strings.Contains(string(d.View), "page.more") {
					t.Errorf("%s in %s: a key is shown", name, lang)
				}
			}
		}
		o := programme.OwnPublication{Publication: c.proposedText(text), As: programme.PartySelf}
		for _, p := range view(t, ui.ConsentText(ui.ConsentTextData{Form: ui.Form{Op: "01KOP"}, Own: o}, l)).problems() {
			t.Error(p)
		}
	}
}
