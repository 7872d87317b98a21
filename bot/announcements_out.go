package bot

import (
	"context"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// registerAnnouncementsOut is what is done with an announcement once it is written.
func (b *Bot) registerAnnouncementsOut() {
	b.router.Action(ui.ActionAnnouncePreview, b.previewAnnouncement)
	b.router.Action(ui.ActionAnnounceTest, b.testAnnouncement)
	b.router.Submit(ui.CallbackAnnounceSend, b.sendAnnouncement)
	b.router.Action(ui.ActionAnnounceOpen, b.openAnnouncement)
	b.router.Action(ui.ActionAnnounceStop, b.announcementAct(b.stopAnnouncement))
	b.router.Action(ui.ActionAnnounceGoOn, b.announcementAct(b.resumeAnnouncement))
	b.router.Action(ui.ActionAnnounceRecall, b.announcementAct(b.recallAnnouncement))
	b.router.Action(ui.ActionAnnounceChase, b.announcementAct(b.chaseAnnouncement))
	b.router.Action(ui.ActionAnnounceCorrect, b.correctionForm)
	b.router.Submit(ui.CallbackAnnounceCorrect, b.correctAnnouncement)
	b.router.Action(ui.ActionAnnounceOff, b.openOffSlack)
	b.router.Action(ui.ActionAnnounceTick, b.tickOffSlack)
	b.router.Action(ui.ActionAnnounceMail, b.announcementMail)
}

func (b *Bot) previewAnnouncement(ctx context.Context, r Request) (Reply, error) {
	id, from := ui.ReadPlace(r.Action.Value)
	page, err := b.announcementPreview(ctx, r, programme.AnnouncementID(id), from, "")
	return Reply{Replace: page}, err
}

// announcementPreview draws what would go out now. It asks Slack nothing, because it answers a
// submission: of those elsewhere, it tells the time where their zone is known already.
func (b *Bot) announcementPreview(ctx context.Context, r Request, id programme.AnnouncementID, from int, said string) (*slack.ModalViewRequest, error) {
	p, err := b.Office.PreviewAnnouncement(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	held, err := b.Office.DeliveriesHeld(ctx)
	if err != nil {
		return nil, err
	}
	page := ui.AnnouncePreview(ui.AnnouncePreviewData{
		Preview: p, Form: ui.Form{Op: b.Office.NewID(), From: laidOn(r)}, From: from, Now: b.Office.Now(),
		Zones: b.zones.known(p.Reach), Held: held, Said: said,
	}, r.Locale)
	return &page, nil
}

// testAnnouncement sends it to who asks, and to nobody else.
func (b *Bot) testAnnouncement(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.TestAnnouncement(ctx, r.Who, r.Op, programme.AnnouncementID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	page, err := b.announcementPreview(ctx, r, programme.AnnouncementID(r.Action.Value), 0, ui.AnnounceTested(r.Locale))
	return Reply{Replace: page}, err
}

// sendAnnouncement sends what was shown. If text or people are others by now, the preview is
// shown anew.
func (b *Bot) sendAnnouncement(ctx context.Context, r Request) (Reply, error) {
	form, id, err := ui.ReadAnnounceSend(*r.View)
	if err != nil {
		return Reply{}, err
	}
	a, err := b.Office.SendAnnouncement(ctx, r.Who, form.Op, id, form.Version, form.Item)
	if e, meant := programme.AsError(err); meant && e.Code == programme.CodeConflict {
		_, why := ui.Sentence(e, "", r.Locale)
		page, gone := b.announcementPreview(ctx, r, id, 0, why)
		if gone != nil {
			return Reply{}, err
		}
		return Reply{Replace: page}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	page, err := b.announcementPage(ctx, r, id, 0, ui.AnnounceSent(a, r.Locale))
	return Reply{Replace: page, Beneath: b.listBeneath(r)}, err
}

func (b *Bot) openAnnouncement(ctx context.Context, r Request) (Reply, error) {
	id, from := ui.ReadPlace(r.Action.Value)
	page, err := b.announcementPage(ctx, r, programme.AnnouncementID(id), from, "")
	if err != nil {
		return Reply{}, err
	}
	return laid(r, *page), nil
}

// announcementPage draws how an announcement stands, and what was just done; of a draft, its
// form.
func (b *Bot) announcementPage(ctx context.Context, r Request, id programme.AnnouncementID, from int, said string) (*slack.ModalViewRequest, error) {
	s, err := b.Office.Announcement(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	if s.Announcement.State == programme.AnnouncementDraft {
		sheet, err := b.announcementSheet(ctx, r, id)
		return b.textPage(sheet, said, r), err
	}
	page := ui.AnnouncePage(ui.AnnouncePageData{Standing: s, From: from, Said: said, LaidOn: laidOn(r)}, r.Locale)
	return &page, nil
}

// announcementAct does something with an announcement. Its page shows what was done; the
// coordinator's own message draws itself.
func (b *Bot) announcementAct(do func(context.Context, Request, programme.AnnouncementID) (said string, err error)) Handler {
	return func(ctx context.Context, r Request) (Reply, error) {
		id := programme.AnnouncementID(r.Action.Value)
		said, err := do(ctx, r, id)
		if err != nil || !r.inModal() {
			return Reply{}, err
		}
		page, err := b.announcementPage(ctx, r, id, 0, said)
		return Reply{Replace: page, Beneath: b.listBeneath(r)}, err
	}
}

// stopAnnouncement stops it in the middle; what was only planned is a draft again.
func (b *Bot) stopAnnouncement(ctx context.Context, r Request, id programme.AnnouncementID) (string, error) {
	if err := b.Office.StopAnnouncement(ctx, r.Who, id); err != nil {
		return "", err
	}
	s, err := b.Office.Announcement(ctx, r.Who, id)
	if s.Announcement.State == programme.AnnouncementDraft {
		return ui.AnnouncePutBack(r.Locale), err
	}
	return ui.AnnounceStopped(r.Locale), err
}

func (b *Bot) resumeAnnouncement(ctx context.Context, r Request, id programme.AnnouncementID) (string, error) {
	return ui.AnnounceGoesOn(r.Locale), b.Office.ResumeAnnouncement(ctx, r.Who, id)
}

func (b *Bot) recallAnnouncement(ctx context.Context, r Request, id programme.AnnouncementID) (string, error) {
	return ui.AnnounceRecalled(r.Locale), b.Office.RecallAnnouncement(ctx, r.Who, id)
}

func (b *Bot) chaseAnnouncement(ctx context.Context, r Request, id programme.AnnouncementID) (string, error) {
	told, err := b.Office.ChaseAcknowledgements(ctx, r.Who, r.Op, id)
	return ui.AnnounceChased(told, r.Locale), err
}

// correctionForm opens the form with the text that stands.
func (b *Bot) correctionForm(ctx context.Context, r Request) (Reply, error) {
	s, err := b.Office.Announcement(ctx, r.Who, programme.AnnouncementID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.AnnounceCorrect(s, ui.Form{Op: b.Office.NewID()}, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) correctAnnouncement(ctx context.Context, r Request) (Reply, error) {
	form, title, body, err := ui.ReadAnnounceCorrect(*r.View)
	if err != nil {
		return Reply{}, err
	}
	id := programme.AnnouncementID(form.Subject)
	if _, err := b.Office.CorrectAnnouncement(ctx, r.Who, id, form.Version, title, body); err != nil {
		s, gone := b.Office.Announcement(ctx, r.Who, id)
		if gone != nil {
			return Reply{}, err
		}
		return b.overtakenDraft(r, programme.AnnouncementSheet{Announcement: s.Announcement}, err)
	}
	return Reply{Say: ui.AnnounceCorrected(r.Locale), Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.announcementPage(ctx, r, id, 0, "")
	}}, nil
}

// openOffSlack lists those whom the bot does not reach.
func (b *Bot) openOffSlack(ctx context.Context, r Request) (Reply, error) {
	id, from := ui.ReadPlace(r.Action.Value)
	page, err := b.offSlack(ctx, r, programme.AnnouncementID(id), from)
	if err != nil {
		return Reply{}, err
	}
	return laid(r, *page), nil
}

func (b *Bot) offSlack(ctx context.Context, r Request, id programme.AnnouncementID, from int) (*slack.ModalViewRequest, error) {
	s, err := b.Office.Announcement(ctx, r.Who, id)
	if err != nil {
		return nil, err
	}
	page := ui.AnnounceOff(s, from, r.Locale)
	return &page, nil
}

// tickOffSlack keeps that somebody was told by mail or telephone, or was not after all.
func (b *Bot) tickOffSlack(ctx context.Context, r Request) (Reply, error) {
	tick, err := ui.ReadAnnounceTick(r.Action.Value)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.TickOffSlack(ctx, r.Who, tick.ID, tick.Person, tick.Told); err != nil {
		return Reply{}, err
	}
	page, err := b.offSlack(ctx, r, tick.ID, tick.From)
	return Reply{Replace: page, Beneath: func(ctx context.Context) (*slack.ModalViewRequest, error) {
		return b.announcementPage(ctx, r, tick.ID, 0, "")
	}}, err
}

func (b *Bot) announcementMail(ctx context.Context, r Request) (Reply, error) {
	s, err := b.Office.Announcement(ctx, r.Who, programme.AnnouncementID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	page := ui.AnnounceMail(s, r.Locale)
	return Reply{Open: &page}, nil
}
