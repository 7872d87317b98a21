package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// listGuests shows those who come without being in the roster: on top of the
// event's page, or in the place of the page that it was turned from.
func (b *Bot) listGuests(ctx context.Context, r Request) (Reply, error) {
	about, from := ui.ReadPlace(r.Action.Value)
	page, err := b.managed(ctx, r, programme.EventID(about))
	if err != nil {
		return Reply{}, err
	}
	view := ui.GuestsPage(page, from, r.Locale)
	return laid(r, view), nil
}

// laid lays a page on the one that was clicked in, or turns that one.
func laid(r Request, view slack.ModalViewRequest) Reply {
	if ui.Within(r.Action.ActionID) {
		return Reply{Replace: &view}
	}
	return Reply{Open: &view}
}

func (b *Bot) newGuest(ctx context.Context, r Request) (Reply, error) {
	page, err := b.managed(ctx, r, programme.EventID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	view := ui.GuestForm(ui.GuestFormData{Event: page.Event,
		Form: ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value, From: ui.ActionGuests}}, r.Locale)
	return Reply{Replace: &view}, nil
}

func (b *Bot) changeGuest(ctx context.Context, r Request) (Reply, error) {
	id, item := ui.ReadItem(r.Action.Value)
	page, guest, err := b.guest(ctx, r, id, programme.GuestID(item))
	if err != nil {
		return Reply{}, err
	}
	view := ui.GuestForm(ui.GuestFormData{Event: page.Event, Guest: guest, Form: ui.Form{
		Op: b.Office.NewID(), Subject: string(id), Item: item, Version: guest.Version, From: ui.ActionGuests}}, r.Locale)
	return Reply{Replace: &view}, nil
}

func (b *Bot) guest(ctx context.Context, r Request, id programme.EventID, guest programme.GuestID) (programme.EventPage, programme.Guest, error) {
	page, err := b.managed(ctx, r, id)
	if err != nil {
		return page, programme.Guest{}, err
	}
	for _, a := range page.Attendees {
		if a.Guest.ID == guest && guest != "" {
			return page, a.Guest, nil
		}
	}
	return page, programme.Guest{}, &programme.Error{Code: programme.CodeNotFound, Key: "error.attendee_gone"}
}

// keepGuest adds or changes a guest; who came to the door is ticked as well.
func (b *Bot) keepGuest(ctx context.Context, r Request) (Reply, error) {
	form, guest, err := ui.ReadGuestForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if form.Item == "" {
		guest, err = b.Office.AddGuest(ctx, r.Who, guest)
	} else {
		guest, err = b.Office.SetGuest(ctx, r.Who, guest)
	}
	if err == nil && form.From == ui.ActionCheckInGuest {
		err = b.Office.CheckIn(ctx, r.Who, guest.Event, programme.AttendeeID(guest.ID), true)
		if errors.Is(err, &programme.Error{Code: programme.CodeClosed, Key: "error.check_in_early"}) {
			form.From, err = ui.ActionGuests, nil // entered before the day: nobody is there yet
		}
	}
	if err != nil {
		return Reply{}, err
	}
	view := ui.GuestKept(form, guest, r.Locale)
	return b.done(r, guest.Event, Reply{Replace: &view}), nil
}
