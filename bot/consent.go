package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerConsent() {
	b.router.Command("consent", everyones, b.openConsents)
	b.router.Action(ui.ActionConsents, b.openConsents)
	b.router.Action(ui.ActionConsentFirst, b.takePart)
	b.router.Action(ui.ActionConsentSay, b.sayConsent)
	b.router.Action(ui.ActionConsentText, b.openConsentText)
	b.router.Action(ui.ActionConsentPhoto, b.sendPicture)
	b.router.Action(ui.ActionConsentAsk, b.openAsk)
	b.router.Submit(ui.CallbackConsentText, b.decideText)
	b.router.Submit(ui.CallbackConsentAsk, b.askOffice)
}

// openConsents shows somebody their consents.
func (b *Bot) openConsents(ctx context.Context, r Request) (Reply, error) {
	from := 0
	if r.Action != nil {
		_, from = ui.ReadPlace(r.Action.Value)
	}
	page, err := b.consentsPage(ctx, r, from)
	if err != nil {
		return Reply{}, err
	}
	if r.Action != nil {
		return laid(r, *page), nil
	}
	return Reply{Open: page}, nil
}

func (b *Bot) consentsPage(ctx context.Context, r Request, from int) (*slack.ModalViewRequest, error) {
	own, err := b.Office.OwnConsents(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	page := ui.ConsentsPage(own, from, r.Locale)
	return &page, nil
}

// takePart is the answer to the notice of use on Home.
func (b *Bot) takePart(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.SayConsent(ctx, r.Who, r.Op, programme.ConsentTakingPart, true); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.ConsentFirstSaid(r.Locale)}, nil
}

// sayConsent changes what somebody said of a general kind; the page then shows it.
func (b *Bot) sayConsent(ctx context.Context, r Request) (Reply, error) {
	kind, yes := ui.ReadConsentSay(r.Action.Value)
	if err := b.Office.SayConsent(ctx, r.Who, r.Op, kind, yes); err != nil {
		return Reply{}, err
	}
	page, err := b.consentsPage(ctx, r, 0)
	return Reply{Replace: page}, err
}

// openConsentText shows the text that somebody is asked about.
func (b *Bot) openConsentText(ctx context.Context, r Request) (Reply, error) {
	own, delivered, err := b.Office.OwnPublication(ctx, r.Who, programme.PublicationID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	view := ui.ConsentText(ui.ConsentTextData{Form: ui.Form{Op: b.Office.NewID()}, Own: own, Delivered: !delivered.IsZero()}, r.Locale)
	return Reply{Open: &view}, nil
}

// decideText records the answer.
func (b *Bot) decideText(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadConsentText(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.Decide(ctx, r.Who, form); err != nil {
		return Reply{}, err
	}
	own, _, err := b.Office.OwnPublication(ctx, r.Who, form.Publication)
	if err != nil {
		return Reply{}, err
	}
	view := ui.ConsentSaid(form.Decision, own, r.Locale)
	return Reply{Replace: &view, Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.consentsPage(ctx, r, 0)
	}}, nil
}

// sendPicture has the picture that somebody is asked about sent to them.
func (b *Bot) sendPicture(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.SendPicture(ctx, r.Who, r.Op, programme.PublicationID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.PhotoSent(r.Locale)}, nil
}

// openAsk lets somebody write what they want to know of a text.
func (b *Bot) openAsk(ctx context.Context, r Request) (Reply, error) {
	own, _, err := b.Office.OwnPublication(ctx, r.Who, programme.PublicationID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	view := ui.ConsentAskForm(ui.Form{Op: b.Office.NewID(), Subject: string(own.Publication.ID)}, r.Locale)
	return Reply{Open: &view}, nil
}

func (b *Bot) askOffice(ctx context.Context, r Request) (Reply, error) {
	form, text, err := ui.ReadConsentAsk(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.AskOffice(ctx, r.Who, form.Op, programme.PublicationID(form.Subject), text); err != nil {
		return Reply{}, err
	}
	view := ui.ConsentAsked(r.Locale)
	return Reply{Replace: &view}, nil
}
