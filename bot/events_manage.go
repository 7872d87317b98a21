package bot

import (
	"context"
	"strconv"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerEventPages() {
	b.router.Command("event", overviews, b.listEvents)
	b.router.Action(ui.ActionEventList, b.listEvents)
	b.router.Action(ui.ActionEventOpen, b.openEvent)
	b.router.Action(ui.ActionEventNew, b.newEvent)
	b.router.Action(ui.ActionEventChange, b.changeEvent)
	b.router.Action(ui.ActionEventCopy, b.copyEvent)
	b.router.Submit(ui.CallbackEvent, b.saveEvent)
	b.router.Suggest(ui.MenuPeople, b.offerPeople)
	b.router.Suggest(ui.MenuOrganisations, b.offerOrganisations)
	b.registerEventChanges()
}

// listEvents shows a page of all events: a new modal, or in the place of the page
// from which it was asked. Whose it is not has their own events on Home.
func (b *Bot) listEvents(ctx context.Context, r Request) (Reply, error) {
	from := 0
	if r.Action != nil {
		from, _ = strconv.Atoi(r.Action.Value) // anything else is the beginning
	}
	list, err := b.eventList(ctx, r, from)
	if e, meant := programme.AsError(err); meant && e.Code == programme.CodeDenied && r.Action == nil {
		return Reply{Say: ui.EventsOnHome(r.Locale)}, nil
	}
	return Reply{Replace: list}, err
}

// eventList draws the events from the fromth on.
func (b *Bot) eventList(ctx context.Context, r Request, from int) (*slack.ModalViewRequest, error) {
	lines, err := b.Office.ManagedEvents(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	now := b.Office.Now()
	list := ui.EventList(ui.EventListData{
		Lines: lines, From: from, Now: now, Today: b.Office.Settings.Today(now), Manages: r.Me.Has(programme.Coordinator),
	}, r.Locale)
	return &list, nil
}

func (b *Bot) openEvent(ctx context.Context, r Request) (Reply, error) {
	page, err := b.eventPage(ctx, r, programme.EventID(r.Action.Value))
	return Reply{Replace: page}, err
}

// eventPage draws an event for the person, who is authorised by the Office.
func (b *Bot) eventPage(ctx context.Context, r Request, id programme.EventID) (*slack.ModalViewRequest, error) {
	page, err := b.Office.EventPage(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	now := b.Office.Now()
	data := ui.EventPageData{
		Page: page, Now: now, Today: b.Office.Settings.Today(now), Decides: r.Me.Has(programme.Bureau),
		Overview: page.Manages || r.Me.Has(programme.Bureau),
	}
	for _, d := range b.Office.Settings.Surveys {
		if d.ID == page.Event.Survey {
			data.Survey = r.Locale.Text(d.Title)
		}
	}
	view := ui.EventPage(data, r.Locale)
	return &view, nil
}

// done is the answer to a form about an event: what was done, and the event's page
// beneath as it stands now.
func (b *Bot) done(r Request, id programme.EventID, reply Reply) Reply {
	reply.Beneath = func(ctx context.Context) (*slack.ModalViewRequest, error) { return b.eventPage(ctx, r, id) }
	return reply
}

func (b *Bot) newEvent(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.Office.EventSheet(ctx, r.Who, "")
	if err != nil {
		return Reply{}, err
	}
	return b.eventForm(r, ui.EventFormData{Sheet: sheet}), nil
}

func (b *Bot) changeEvent(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.Office.EventSheet(ctx, r.Who, programme.EventID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	return b.eventForm(r, ui.EventFormData{
		Form:  ui.Form{Subject: string(sheet.Event.ID), Version: sheet.Event.Version},
		Sheet: sheet, Filled: sheet.Event.Form(),
	}), nil
}

// copyEvent opens the form of a new event with everything of another but the dates.
func (b *Bot) copyEvent(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.Office.EventSheet(ctx, r.Who, programme.EventID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	return b.eventForm(r, ui.EventFormData{
		Form: ui.Form{Item: string(sheet.Event.ID)}, Sheet: sheet, Filled: sheet.Event.Form().Undated(),
	}), nil
}

// eventForm opens the form with an operation id of its own.
func (b *Bot) eventForm(r Request, data ui.EventFormData) Reply {
	data.Form.Op, data.Surveys = b.Office.NewID(), b.Office.Settings.Surveys
	form := ui.EventForm(data, r.Locale)
	return Reply{Open: &form}
}

// saveEvent makes or changes an event. The sheet is looked at again: the form's
// metadata holds ids only.
func (b *Bot) saveEvent(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	from := form.Subject
	if from == "" {
		from = form.Item
	}
	sheet, err := b.Office.EventSheet(ctx, r.Who, programme.EventID(from))
	if err != nil {
		return Reply{}, err
	}
	filled, err := ui.ReadEventForm(*r.View, sheet)
	if err != nil {
		return Reply{}, err
	}
	e, err := b.Office.PutEvent(ctx, r.Who, filled)
	if err != nil {
		return Reply{}, err
	}
	saved := ui.EventSaved(e, filled.ID == "", r.Locale)
	reply := b.done(r, e.ID, Reply{Replace: &saved})
	if from == "" { // the form lies on the list
		reply.Beneath = func(ctx context.Context) (*slack.ModalViewRequest, error) { return b.eventList(ctx, r, 0) }
	}
	return reply, nil
}

func (b *Bot) offerPeople(ctx context.Context, r Request) (Reply, error) {
	people, err := b.Office.FindPeople(ctx, r.Who, r.Text, ui.OfferMost)
	return Reply{Options: ui.OfferPeople(people, r.Locale)}, err
}

func (b *Bot) offerOrganisations(ctx context.Context, r Request) (Reply, error) {
	names, err := b.Office.FindOrganisations(ctx, r.Who, r.Text, ui.OfferMost)
	return Reply{Options: ui.OfferOrganisations(names)}, err
}
