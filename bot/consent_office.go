package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerPublications() {
	b.router.Action(ui.ActionPublications, b.listPublications)
	b.router.Action(ui.ActionPublicationOpen, b.openPublication)
	b.router.Action(ui.ActionPublicationPick, b.pickPart)
	b.router.Action(ui.ActionPublicationNew, b.newPublication)
	b.router.Action(ui.ActionPublicationEdit, b.editPublication)
	b.router.Action(ui.ActionPublicationAccept, b.acceptWording)
	b.router.Action(ui.ActionPublicationDrop, b.dropPublication)
	b.router.Action(ui.ActionPublicationPeople, b.askDepicted)
	b.router.Action(ui.ActionPublicationPaper, b.newPaper)
	b.router.Action(ui.ActionPublicationProof, b.startProof)
	b.router.Action(ui.ActionPublicationGiven, b.markDelivered)
	b.router.Action(ui.ActionPublicationUndo, b.undoDelivery)
	b.router.Submit(ui.CallbackPublication, b.proposePublication)
	b.router.Submit(ui.CallbackPublicationEdit, b.savePublication)
	b.router.Submit(ui.CallbackPublicationPaper, b.keepPaper)
}

func (b *Bot) listPublications(ctx context.Context, r Request) (Reply, error) {
	_, from := ui.ReadPlace(r.Action.Value)
	list, err := b.publicationList(ctx, r, from)
	if err != nil {
		return Reply{}, err
	}
	return laid(r, *list), nil
}

func (b *Bot) publicationList(ctx context.Context, r Request, from int) (*slack.ModalViewRequest, error) {
	desk, err := b.Office.PublicationDesk(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	list := ui.Publications(desk, from, r.Locale)
	return &list, nil
}

func (b *Bot) openPublication(ctx context.Context, r Request) (Reply, error) {
	page, err := b.publicationPage(ctx, r, programme.PublicationID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	return laid(r, *page), nil
}

func (b *Bot) publicationPage(ctx context.Context, r Request, id programme.PublicationID) (*slack.ModalViewRequest, error) {
	v, err := b.Office.Publication(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	page := ui.PublicationPage(v, r.Locale)
	return &page, nil
}

// pickPart shows the parts of a memo that can be proposed.
func (b *Bot) pickPart(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.ReadMemo(ctx, r.Who, programme.MemoID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	page := ui.PublicationParts(v, b.Office.Settings.Parts, r.Locale)
	return Reply{Open: &page}, nil
}

// newPublication opens the form, with the words as they stand where they are from.
func (b *Bot) newPublication(ctx context.Context, r Request) (Reply, error) {
	draft, err := b.Office.DraftPublication(ctx, r.Who, ui.ReadPublicationNew(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	return laid(r, ui.PublicationForm(ui.Form{Op: b.Office.NewID()}, draft, r.Locale)), nil
}

func (b *Bot) proposePublication(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadPublicationForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	p, err := b.Office.ProposePublication(ctx, r.Who, form)
	if err != nil {
		return Reply{}, err
	}
	view := ui.PublicationSaved("publication.proposed", p.ID, r.Locale)
	return Reply{Replace: &view}, nil
}

func (b *Bot) editPublication(ctx context.Context, r Request) (Reply, error) {
	v, err := b.Office.Publication(ctx, r.Who, programme.PublicationID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.PublicationEdit(ui.Form{Op: b.Office.NewID()}, v.Publication, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) savePublication(ctx context.Context, r Request) (Reply, error) {
	f, err := ui.ReadPublicationEdit(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.EditPublication(ctx, r.Who, f.ID, f.Version, f.Text, f.Spelling); err != nil {
		return Reply{}, err
	}
	return b.publicationKept(r, f.ID), nil
}

// publicationKept says that a form was kept.
func (b *Bot) publicationKept(r Request, id programme.PublicationID) Reply {
	return b.publicationSaved(r, id, ui.PublicationSaved("publication.saved", id, r.Locale))
}

// publicationSaved shows what a form brought; the page beneath shows what came of it.
func (b *Bot) publicationSaved(r Request, id programme.PublicationID, view slack.ModalViewRequest) Reply {
	return Reply{Replace: &view, Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) { return b.publicationPage(ctx, r, id) }}
}

func (b *Bot) acceptWording(ctx context.Context, r Request) (Reply, error) {
	return b.publicationDeed(ctx, r, b.Office.AcceptWording)
}

func (b *Bot) dropPublication(ctx context.Context, r Request) (Reply, error) {
	return b.publicationDeed(ctx, r, b.Office.DropPublication)
}

func (b *Bot) askDepicted(ctx context.Context, r Request) (Reply, error) {
	return b.publicationDeed(ctx, r, b.Office.AskDepicted)
}

// publicationDeed does what a button says to the text as it was seen, and shows the page
// anew.
func (b *Bot) publicationDeed(ctx context.Context, r Request, do func(context.Context, programme.Actor, programme.PublicationID, int) (programme.Publication, error)) (Reply, error) {
	id, version := ui.ReadPublicationValue(r.Action.Value)
	if _, err := do(ctx, r.Who, id, version); err != nil {
		return Reply{}, err
	}
	page, err := b.publicationPage(ctx, r, id)
	return Reply{Replace: page}, err
}

func (b *Bot) newPaper(ctx context.Context, r Request) (Reply, error) {
	id, party := ui.ReadPublicationValue(r.Action.Value)
	v, _, err := b.partyOf(ctx, r, id, party)
	if err != nil {
		return Reply{}, err
	}
	form := ui.PaperForm(ui.Form{Op: b.Office.NewID()}, v, party, b.Office.Settings.Today(b.Office.Now()), r.Locale)
	return Reply{Open: &form}, nil
}

// partyOf finds one of those who have to agree to a text.
func (b *Bot) partyOf(ctx context.Context, r Request, id programme.PublicationID, n int) (programme.PublicationView, programme.PartyStanding, error) {
	v, err := b.Office.Publication(ctx, r.Who, id)
	if err != nil {
		return v, programme.PartyStanding{}, err
	}
	if n < 0 || n >= len(v.Standing.Parties) {
		return v, programme.PartyStanding{}, &programme.Error{Code: programme.CodeClosed, Key: "error.form_old"}
	}
	return v, v.Standing.Parties[n], nil
}

func (b *Bot) keepPaper(ctx context.Context, r Request) (Reply, error) {
	paper, n, err := ui.ReadPaperForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	_, party, err := b.partyOf(ctx, r, paper.Publication, n)
	if err != nil {
		return Reply{}, err
	}
	paper.Party, paper.Name = party.Party, party.Name
	if party.Party != programme.PartySelf {
		paper.Depicted = party.Person
	}
	if err := b.Office.ConsentOnPaper(ctx, r.Who, paper); err != nil {
		return Reply{}, err
	}
	v, party, err := b.partyOf(ctx, r, paper.Publication, n)
	if err != nil {
		return Reply{}, err
	}
	return b.publicationSaved(r, paper.Publication, ui.PaperSaved(v, party, paper.Decision, r.Locale)), nil
}

func (b *Bot) startProof(ctx context.Context, r Request) (Reply, error) {
	return b.listedAfter(ctx, r, func(ctx context.Context, who programme.Actor) error {
		_, err := b.Office.StartProof(ctx, who)
		return err
	})
}

func (b *Bot) markDelivered(ctx context.Context, r Request) (Reply, error) {
	return b.listedAfter(ctx, r, b.Office.MarkDelivered)
}

func (b *Bot) undoDelivery(ctx context.Context, r Request) (Reply, error) {
	return b.listedAfter(ctx, r, b.Office.UndoDelivery)
}

// listedAfter does what is done with all texts at once, and shows the list anew.
func (b *Bot) listedAfter(ctx context.Context, r Request, do func(context.Context, programme.Actor) error) (Reply, error) {
	if err := do(ctx, r.Who); err != nil {
		return Reply{}, err
	}
	list, err := b.publicationList(ctx, r, 0)
	return Reply{Replace: list}, err
}
