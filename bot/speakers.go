package bot

import (
	"context"
	"slices"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// speakersOffered is how many people of the roster a form offers as speakers.
const speakersOffered = 1000

func (b *Bot) listSpeakers(ctx context.Context, r Request) (Reply, error) {
	page, err := b.managed(ctx, r, programme.EventID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	return laid(r, ui.SpeakersPage(page, r.Locale)), nil
}

// newSpeaker offers the roster, experts first, without those who are asked already.
func (b *Bot) newSpeaker(ctx context.Context, r Request) (Reply, error) {
	page, err := b.managed(ctx, r, programme.EventID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	people, err := b.Office.FindPeople(ctx, r.Who, "", speakersOffered)
	if err != nil {
		return Reply{}, err
	}
	people = slices.DeleteFunc(people, func(p programme.Person) bool {
		return slices.ContainsFunc(page.Speakers, func(s programme.SpeakerLine) bool {
			return s.Person.ID == p.ID && s.Status != programme.SpeakerDeclined
		})
	})
	slices.SortStableFunc(people, func(a, b programme.Person) int { return rank(a) - rank(b) })
	form := ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value, From: ui.ActionSpeakers}
	view := ui.SpeakerForm(form, page.Event, people, r.Locale)
	return Reply{Replace: &view}, nil
}

// rank puts first who speaks at events: experts and seniors are mentors.
func rank(p programme.Person) int {
	if p.Has(programme.Mentor) {
		return 0
	}
	return 1
}

func (b *Bot) askSpeaker(ctx context.Context, r Request) (Reply, error) {
	form, person, topic, err := ui.ReadSpeakerForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	id := programme.EventID(form.Subject)
	if _, err := b.Office.AskSpeaker(ctx, r.Who, id, person, topic); err != nil {
		return Reply{}, err
	}
	page, err := b.managed(ctx, r, id)
	if err != nil {
		return Reply{}, err
	}
	view := ui.SpeakerKept(page, person, r.Locale)
	return Reply{Replace: &view}, nil
}

func (b *Bot) setSpeaker(ctx context.Context, r Request) (Reply, error) {
	id, person, status := ui.ReadSpeakerStatus(*r.Action)
	if _, err := b.Office.SetSpeaker(ctx, r.Who, id, person, status); err != nil {
		return Reply{}, err
	}
	page, err := b.managed(ctx, r, id)
	if err != nil {
		return Reply{}, err
	}
	view := ui.SpeakersPage(page, r.Locale)
	return Reply{Replace: &view}, nil
}
