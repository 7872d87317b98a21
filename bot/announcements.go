package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerAnnouncements() {
	b.router.Command("announce", offices, b.listAnnouncements)
	b.router.Command("お知らせ", offices, b.listAnnouncements)
	b.router.Action(ui.ActionAnnounceList, b.listAnnouncements)
	b.router.Action(ui.ActionAnnounceNew, b.newAnnouncement)
	b.router.Submit(ui.CallbackAnnounceStart, b.startAnnouncement)
	b.router.Action(ui.ActionAnnounceEdit, b.editAnnouncement)
	b.router.Action(ui.ActionAnnounceCopy, b.copyAnnouncement)
	b.router.Action(ui.ActionAnnounceKeep, b.keepAnnouncement)
	b.router.Action(ui.ActionAnnounceBack, b.backToText)
	b.router.Action(ui.ActionAnnounceDrop, b.dropAnnouncement)
	b.router.Submit(ui.CallbackAnnounceText, b.announcementWritten)
	b.router.Submit(ui.CallbackAnnounceTo, b.announcementAddressed)
	b.registerAnnouncementsOut()
	b.registerAnnouncementsOwn()
}

func (b *Bot) listAnnouncements(ctx context.Context, r Request) (Reply, error) {
	from := 0
	if r.Action != nil {
		from, _ = strconv.Atoi(r.Action.Value) // anything else is the beginning
	}
	list, err := b.announcementList(ctx, r, from, "")
	if err != nil || r.Action == nil {
		return Reply{Open: list}, err
	}
	return laid(r, *list), nil
}

func (b *Bot) announcementList(ctx context.Context, r Request, from int, said string) (*slack.ModalViewRequest, error) {
	all, err := b.Office.Announcements(ctx, r.Who)
	if err != nil {
		return nil, err
	}
	list := ui.AnnounceList(all, from, said, r.Locale)
	return &list, nil
}

// listBeneath draws the list anew on which a page lies that says so of itself. What else may lie
// beneath is somebody's form, and stays as they left it.
func (b *Bot) listBeneath(r Request) func(context.Context) (*slack.ModalViewRequest, error) {
	if laidOn(r) != ui.ActionAnnounceList {
		return nil
	}
	return func(ctx context.Context) (*slack.ModalViewRequest, error) { return b.announcementList(ctx, r, 0, "") }
}

// newAnnouncement asks what to begin with.
func (b *Bot) newAnnouncement(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.announcementSheet(ctx, r, "")
	if err != nil {
		return Reply{}, err
	}
	page := ui.AnnounceStart(sheet, ui.Form{Op: b.Office.NewID(), From: laidOn(r)}, r.Locale)
	return Reply{Open: &page}, nil
}

// announcementSheet is what the form is drawn from; of the configured channels it offers those
// that this workspace has.
func (b *Bot) announcementSheet(ctx context.Context, r Request, id programme.AnnouncementID) (programme.AnnouncementSheet, error) {
	sheet, err := b.Office.AnnouncementSheet(ctx, r.Who, id)
	if b.HasChannel != nil {
		var has []programme.Purpose
		for _, p := range sheet.Channels {
			if !slices.Contains(programme.Purposes, p) || b.HasChannel(p) {
				has = append(has, p)
			}
		}
		sheet.Channels = has
	}
	return sheet, err
}

// startAnnouncement turns to the form, filled from the template and the event. Nothing is kept
// yet.
func (b *Bot) startAnnouncement(ctx context.Context, r Request) (Reply, error) {
	_, template, event, err := ui.ReadAnnounceStart(*r.View)
	if err != nil {
		return Reply{}, err
	}
	sheet, err := b.announcementSheet(ctx, r, "")
	if err != nil {
		return Reply{}, err
	}
	sheet.Announcement = ui.AnnounceFilled(template, sheet.Event(event), r.Locale)
	page := ui.AnnounceText(ui.AnnounceFormData{Sheet: sheet, Form: ui.Form{Op: b.Office.NewID(), From: laidOn(r)}}, r.Locale)
	return Reply{Replace: &page}, nil
}

// editAnnouncement opens the form's first page of a draft; what was sent opens as its page.
func (b *Bot) editAnnouncement(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.announcementSheet(ctx, r, programme.AnnouncementID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	if sheet.Announcement.State != programme.AnnouncementDraft {
		return b.openAnnouncement(ctx, r)
	}
	page := b.textPage(sheet, "", r)
	if r.View != nil && r.View.CallbackID == ui.CallbackAnnounceSend { // the preview took the form's place
		return Reply{Replace: page}, nil
	}
	return laid(r, *page), nil
}

// copyAnnouncement turns to the form of a new one with everything of another but its time.
// Nothing is kept yet.
func (b *Bot) copyAnnouncement(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.announcementSheet(ctx, r, programme.AnnouncementID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.Form{Op: b.Office.NewID(), Item: r.Action.Value, From: laidOn(r)}
	page := ui.AnnounceText(ui.AnnounceFormData{Sheet: sheet, Form: form}, r.Locale)
	return Reply{Replace: &page}, nil
}

// textPage and toPage are the form's pages of a draft, each with an operation of its own.
func (b *Bot) textPage(sheet programme.AnnouncementSheet, note string, r Request) *slack.ModalViewRequest {
	page := ui.AnnounceText(b.announceFormData(sheet, note, r), r.Locale)
	return &page
}

func (b *Bot) toPage(sheet programme.AnnouncementSheet, note string, r Request) *slack.ModalViewRequest {
	page := ui.AnnounceTo(b.announceFormData(sheet, note, r), r.Locale)
	return &page
}

func (b *Bot) announceFormData(sheet programme.AnnouncementSheet, note string, r Request) ui.AnnounceFormData {
	a := sheet.Announcement
	return ui.AnnounceFormData{Sheet: sheet, Note: note, Form: ui.Form{Op: b.Office.NewID(), Subject: string(a.ID), Version: a.Version, From: laidOn(r)}}
}

// saveAnnouncement keeps the page of the form that was sent or clicked in, and is what its pages
// are drawn from now. Somebody who kept another version meanwhile keeps it.
func (b *Bot) saveAnnouncement(ctx context.Context, r Request) (programme.AnnouncementSheet, error) {
	form, err := ui.ReadForm(r.View.PrivateMetadata)
	if err != nil {
		return programme.AnnouncementSheet{}, err
	}
	from := form.Subject
	if from == "" {
		from = form.Item
	}
	sheet, err := b.announcementSheet(ctx, r, programme.AnnouncementID(from))
	if err != nil {
		return sheet, err
	}
	f := sheet.Announcement.Form()
	f.Op, f.ID, f.Version = form.Op, programme.AnnouncementID(form.Subject), form.Version
	if form.Subject == "" { // a copy goes out when somebody says so anew
		f.At = time.Time{}
	}
	if r.View.CallbackID == ui.CallbackAnnounceTo {
		ui.ReadAnnounceTo(*r.View, sheet, &f)
	} else {
		ui.ReadAnnounceText(*r.View, &f)
	}
	a, err := b.Office.SaveAnnouncement(ctx, r.Who, f)
	if err != nil {
		return sheet, &unsaved{err, form, ui.AnnounceTyped(sheet, f)}
	}
	return b.announcementSheet(ctx, r, a.ID)
}

// unsaved is why a page of the form was not kept, and what is typed in it.
type unsaved struct {
	error
	form  ui.Form
	typed programme.AnnouncementSheet
}

func (u *unsaved) Unwrap() error { return u.error }

// overtakenDraft says that somebody else kept the draft meanwhile, on top of the form, in which
// everything that was typed stays. Any other error it passes on.
func (b *Bot) overtakenDraft(r Request, sheet programme.AnnouncementSheet, err error) (Reply, error) {
	if e, meant := programme.AsError(err); !meant || e.Code != programme.CodeConflict || sheet.Announcement.ID == "" {
		return Reply{}, err
	}
	var kept *unsaved
	if topmost(*r.View) && errors.As(err, &kept) { // nothing more can lie on the form: it says so itself
		_, why := ui.Sentence(err, "", r.Locale)
		data := ui.AnnounceFormData{Sheet: kept.typed, Form: kept.form, Note: why}
		page := ui.AnnounceText(data, r.Locale)
		if r.View.CallbackID == ui.CallbackAnnounceTo {
			page = ui.AnnounceTo(data, r.Locale)
		}
		return Reply{Replace: &page}, nil
	}
	page := ui.AnnounceConflict(sheet.Announcement, r.Locale)
	return Reply{Open: &page}, nil
}

// keepAnnouncement keeps the page as a draft and draws it anew.
func (b *Bot) keepAnnouncement(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.saveAnnouncement(ctx, r)
	if err != nil {
		return b.overtakenDraft(r, sheet, err)
	}
	page := b.textPage(sheet, ui.AnnounceKept(r.Locale), r)
	if r.View.CallbackID == ui.CallbackAnnounceTo {
		page = b.toPage(sheet, ui.AnnounceKept(r.Locale), r)
	}
	return Reply{Replace: page, Beneath: b.listBeneath(r)}, nil
}

// backToText keeps the second page and turns back to the first.
func (b *Bot) backToText(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.saveAnnouncement(ctx, r)
	if err != nil {
		return b.overtakenDraft(r, sheet, err)
	}
	return Reply{Replace: b.textPage(sheet, "", r)}, nil
}

// announcementWritten keeps the first page and turns to the second.
func (b *Bot) announcementWritten(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.saveAnnouncement(ctx, r)
	if err != nil {
		return b.overtakenDraft(r, sheet, err)
	}
	return Reply{
		Replace: b.toPage(sheet, "", r), Beneath: b.listBeneath(r),
		After: func(ctx context.Context) { b.zones.learn(ctx, b.API) }, // while the second page is filled in
	}, nil
}

// announcementAddressed keeps the second page and shows what would go out.
func (b *Bot) announcementAddressed(ctx context.Context, r Request) (Reply, error) {
	sheet, err := b.saveAnnouncement(ctx, r)
	if err != nil {
		return b.overtakenDraft(r, sheet, err)
	}
	page, err := b.announcementPreview(ctx, r, sheet.Announcement.ID, 0, "")
	if lacks, ok := ui.AnnounceLacks(err, r.Locale); ok { // it is kept by now, so it is drawn with its new version
		page, err = b.toPage(sheet, lacks, r), nil
	}
	return Reply{Replace: page, Beneath: b.listBeneath(r)}, err
}

// dropAnnouncement throws a draft away.
func (b *Bot) dropAnnouncement(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.DropAnnouncement(ctx, r.Who, programme.AnnouncementID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	gone := ui.Saved(ui.AppName, ui.AnnounceDropped(r.Locale), r.Locale)
	return Reply{Replace: &gone, Beneath: b.listBeneath(r)}, nil
}
