package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// registerAnnouncementsOwn is what those do who get an announcement.
func (b *Bot) registerAnnouncementsOwn() {
	b.router.Action(ui.ActionAnnounceAck, b.acknowledge)
	b.router.Action(ui.ActionAnnounceEvent, b.announcedEvent)
	b.router.Action(ui.ActionAnnounceSurvey, b.announcedSurvey)
}

// acknowledge keeps that somebody took note. The message that was pressed is drawn again by
// itself.
func (b *Bot) acknowledge(ctx context.Context, r Request) (Reply, error) {
	id, trial := ui.ReadAnnounceValue(r.Action.Value)
	if trial {
		return Reply{Say: ui.AnnounceTrialPressed(r.Locale)}, nil
	}
	if err := b.Office.Acknowledge(ctx, r.Who, programme.AnnouncementID(id)); err != nil {
		return Reply{}, err
	}
	held, err := b.Office.DeliveriesHeld(ctx)
	if err != nil || !held {
		return Reply{}, err
	}
	return Reply{Say: ui.AnnounceAcked(r.Locale)}, nil
}

// announcedEvent opens the reader's own card of the event that an announcement is about.
func (b *Bot) announcedEvent(ctx context.Context, r Request) (Reply, error) {
	id, trial := ui.ReadAnnounceValue(r.Action.Value)
	if trial {
		return Reply{Say: ui.AnnounceTrialPressed(r.Locale)}, nil
	}
	page, err := b.ownEventPage(ctx, r, programme.EventID(id))
	return Reply{Open: page}, err
}

func (b *Bot) ownEventPage(ctx context.Context, r Request, id programme.EventID) (*slack.ModalViewRequest, error) {
	m, err := b.Office.OwnEvent(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	page := ui.OwnEventPage(m, r.Locale)
	return &page, nil
}

// announcedSurvey begins the reader's own answers to the survey that an announcement is about:
// the questions come as messages, those of an anonymous one as a sheet.
func (b *Bot) announcedSurvey(ctx context.Context, r Request) (Reply, error) {
	id, trial := ui.ReadAnnounceValue(r.Action.Value)
	if trial {
		return Reply{Say: ui.AnnounceTrialPressed(r.Locale)}, nil
	}
	response, anonymous, err := b.Office.OwnResponse(ctx, r.Who, programme.SurveyID(id))
	if err != nil {
		return Reply{}, err
	}
	if anonymous {
		page, err := b.Office.SurveySheet(ctx, r.Who, response.ID, "")
		if err != nil {
			return Reply{}, err
		}
		return b.opened(page, r), nil
	}
	if _, err := b.Office.StartSurvey(ctx, r.Who, response.ID); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.AnnounceSurveyBegun(r.Locale)}, nil
}
