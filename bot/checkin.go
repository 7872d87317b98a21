package bot

import (
	"context"
	"strconv"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerCheckIn() {
	b.router.Action(ui.ActionCheckIn, b.openCheckIn)
	b.router.Action(ui.ActionCheckInPage, b.turnCheckIn)
	b.router.Action(ui.ActionCheckInGuest, b.walkIn)
	b.router.Submit(ui.CallbackCheckIn, b.saveCheckIn)
	b.router.Action(ui.ActionGuests, b.listGuests)
	b.router.Action(ui.ActionGuestNew, b.newGuest)
	b.router.Action(ui.ActionGuestChange, b.changeGuest)
	b.router.Submit(ui.CallbackGuest, b.keepGuest)
	b.router.Action(ui.ActionSpeakers, b.listSpeakers)
	b.router.Action(ui.ActionSpeakerNew, b.newSpeaker)
	b.router.Action(ui.ActionSpeakerStatus, b.setSpeaker)
	b.router.Submit(ui.CallbackSpeaker, b.askSpeaker)
	b.router.Action(ui.ActionMail, b.mail)
	b.router.Action(ui.ActionPhones, b.phones)
	b.router.Submit(ui.CallbackMail, nothing)
	b.router.Action(ui.ActionPack, b.pack)
}

// managed is an event's page for somebody who may change it.
func (b *Bot) managed(ctx context.Context, r Request, id programme.EventID) (programme.EventPage, error) {
	page, err := b.Office.EventPage(ctx, r.Who, id)
	if err == nil && !page.Manages {
		err = &programme.Error{Code: programme.CodeDenied, Key: "error.denied"}
	}
	return page, err
}

// openCheckIn opens the list of the day on top of the event's page; the event has
// its code from then on.
func (b *Bot) openCheckIn(ctx context.Context, r Request) (Reply, error) {
	id := programme.EventID(r.Action.Value)
	if _, err := b.Office.OpenCheckIn(ctx, r.Who, id); err != nil {
		return Reply{}, err
	}
	page, err := b.managed(ctx, r, id)
	if err != nil {
		return Reply{}, err
	}
	view := ui.CheckInPage(ui.CheckInData{Page: page, Op: b.Office.NewID()}, r.Locale)
	return Reply{Open: &view}, nil
}

// turnCheckIn shows another part of the list, or the same anew. What was ticked
// until then is kept.
func (b *Bot) turnCheckIn(ctx context.Context, r Request) (Reply, error) {
	about, from := ui.ReadPlace(r.Action.Value)
	page, err := b.ticked(ctx, r, programme.EventID(about))
	if err != nil {
		return Reply{}, err
	}
	view := ui.CheckInPage(ui.CheckInData{Page: page, From: from, Op: b.Office.NewID()}, r.Locale)
	return Reply{Replace: &view}, nil
}

// ticked keeps the ticks of the page that was clicked in, and is the event with them.
func (b *Bot) ticked(ctx context.Context, r Request, id programme.EventID) (programme.EventPage, error) {
	if err := b.keepTicks(ctx, r, id); err != nil {
		return programme.EventPage{}, err
	}
	return b.managed(ctx, r, id)
}

// keepTicks keeps what was ticked, and what a tick was taken from, in the page that
// was clicked in or submitted.
func (b *Bot) keepTicks(ctx context.Context, r Request, id programme.EventID) error {
	if r.View == nil {
		return nil
	}
	ticks := ui.ReadTicks(*r.View)
	if len(ticks.Here) > 0 {
		if err := b.Office.CheckInSet(ctx, r.Who, id, ticks.Here, ticks.Here); err != nil {
			return err
		}
	}
	for _, gone := range ticks.Gone { // one by one: this takes back what a code brought, too
		if err := b.Office.CheckIn(ctx, r.Who, id, gone, false); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) saveCheckIn(ctx context.Context, r Request) (Reply, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return Reply{}, err
	}
	id := programme.EventID(form.Subject)
	page, err := b.ticked(ctx, r, id)
	if err != nil {
		return Reply{}, err
	}
	from, err := strconv.Atoi(form.Item)
	if err != nil {
		from = 0
	}
	view := ui.CheckInSaved(page, from, r.Locale)
	return b.done(r, id, Reply{Replace: &view}), nil
}

// walkIn opens the form for somebody at the door. What was ticked until then is
// kept, because the form takes the list's place.
func (b *Bot) walkIn(ctx context.Context, r Request) (Reply, error) {
	about, _ := ui.ReadPlace(r.Action.Value)
	page, err := b.ticked(ctx, r, programme.EventID(about))
	if err != nil {
		return Reply{}, err
	}
	view := ui.GuestForm(ui.GuestFormData{Event: page.Event,
		Form: ui.Form{Op: b.Office.NewID(), Subject: about, From: ui.ActionCheckInGuest}}, r.Locale)
	return Reply{Replace: &view}, nil
}
