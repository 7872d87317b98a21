package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"tsugite/bot/pictures"
	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerRelay() {
	b.router.Action(ui.ActionEnquiryClose, b.closeEnquiry)
	b.router.Action(ui.ActionEnquiryFaq, b.askForFaq)
	b.router.Submit(ui.CallbackEnquiryFaq, b.keepFaq)
	b.router.Action(ui.ActionEnquiries, b.showEnquiries)
	b.router.Command("questions", offices, b.showEnquiries)
	b.registerFaq()
}

// underCard takes what was said, edited or deleted in a thread of the office's channel. taken
// is false if that is of no enquiry, or not the office's word: then it stays there.
func (b *Bot) underCard(ctx context.Context, a act) (taken bool, err error) {
	e := a.event
	if !e.underCard(b.OfficeChannel) {
		return false, nil
	}
	said := programme.Said{Channel: a.channel, Thread: e.thread(), TS: e.TS}
	if e.deleted() {
		said.TS = e.Previous.TS
		return heard(b.Office.HearDeleted(ctx, said))
	}
	req, err := b.request(ctx, a, false)
	if err != nil {
		return false, b.sayItStays(ctx, a, said, ui.NewLocale("", b.Office.Settings.Zone), err)
	}
	if e.edited() {
		said.TS, said.Typed, said.Text = e.Message.TS, e.Message.Text, b.readableText(ctx, withoutAccount(e.Message.Text, e.own))
		return heard(b.Office.HearEdited(ctx, req.Who, said))
	}
	said.Typed, said.Text, said.Files = a.text, b.readableText(ctx, withoutAccount(a.text, e.own)), e.sentFiles()
	refused, err := b.Office.HearOffice(ctx, req.Who, said)
	if err == nil && refused > 0 {
		return true, b.whisper(req, said.Thread, ui.FilesRefused(refused, req.Locale))
	}
	if taken, failed := heard(err); taken || failed != nil {
		return taken, failed
	}
	return false, b.sayItStays(ctx, a, said, req.Locale, err)
}

// sayItStays tells somebody who is not of the office, and wrote under a card, that it goes
// nowhere. why is what the Office said of it.
func (b *Bot) sayItStays(ctx context.Context, a act, said programme.Said, l ui.Locale, why error) error {
	if _, err := heard(why); err != nil || a.event.edited() {
		return err
	}
	if under, err := b.Office.IsEnquiryThread(ctx, said); !under || err != nil {
		return err
	}
	return b.whisper(Request{Channel: a.channel, Account: a.account}, said.Thread, ui.SaidUnderCard(l))
}

// heard sorts what the Office says of something in a thread: who is not of the office may talk
// there as they like.
func heard(err error) (taken bool, _ error) {
	if _, refused := programme.AsError(err); refused || errors.Is(err, programme.ErrNoRow) {
		return false, nil
	}
	return true, err
}

// whisper tells the person alone, in the thread.
func (b *Bot) whisper(req Request, thread, text string) error {
	_, err := b.API.PostEphemeralContext(b.life, req.Channel, req.Account, slack.MsgOptionText(text, true), slack.MsgOptionTS(thread))
	return err
}

// sentFiles are the files that a message brings, to be passed on.
func (e event) sentFiles() (files []programme.EnquiryFile) {
	for _, f := range e.Files {
		if f.ID != "" {
			files = append(files, programme.EnquiryFile{SlackID: f.ID, Name: f.Name, Mimetype: f.Mimetype, Bytes: f.Size})
		}
	}
	return files
}

// photosApart takes pictures that came with words for such to keep, unless who sent them is in a
// conversation with the office: there they belong to the words.
func (b *Bot) photosApart(ctx context.Context, a act, req Request) (taken bool, err error) {
	if len(a.event.pictures()) == 0 {
		return false, nil
	}
	if open, err := b.Office.SpeaksWithOffice(ctx, req.Who); open || err != nil {
		return false, err
	}
	err = b.takePhotos(ctx, a, req)
	if errors.Is(err, programme.ErrNoRow) {
		return false, nil
	}
	return err == nil, err
}

// closeEnquiry says that an enquiry is done; the messages show it.
func (b *Bot) closeEnquiry(ctx context.Context, r Request) (Reply, error) {
	if err := b.Office.CloseEnquiry(ctx, r.Who, programme.EnquiryID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.EnquiryDone(r.Locale)}, nil
}

// askForFaq opens the form for an entry of the FAQ with what was answered.
func (b *Bot) askForFaq(ctx context.Context, r Request) (Reply, error) {
	draft, err := b.Office.FaqOf(ctx, r.Who, programme.EnquiryID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.FaqForm(ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value}, draft, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) keepFaq(ctx context.Context, r Request) (Reply, error) {
	form, faq, err := ui.ReadFaqForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if err := b.Office.KeepFaq(ctx, r.Who, form.Op, faq); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.FaqKept(r.Locale)}, nil
}

// showEnquiries opens the office's list of what is asked.
func (b *Bot) showEnquiries(ctx context.Context, r Request) (Reply, error) {
	list, err := b.Office.OpenEnquiries(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	page := ui.EnquiriesPage(list, b.Workspace, r.Locale)
	return Reply{Open: &page}, nil
}

// relayed fetches a file with the bot's token, to be sent to the other side: nothing of it is
// kept here. It is nil if Slack has it no more, or it is larger than Slack said.
func (p *Poster) relayed(ctx context.Context, f programme.EnquiryFile) ([]byte, error) {
	info, _, _, err := p.API.GetFileInfoContext(ctx, f.SlackID, 0, 0)
	if err == nil && (info.Size > programme.MaxEnquiryFile || info.URLPrivateDownload == "") {
		return nil, nil
	}
	var body bounded
	if err == nil {
		err = p.API.GetFileContext(ctx, info.URLPrivateDownload, &body)
	}
	if errors.Is(err, errTooLong) {
		return nil, nil
	}
	if err != nil {
		fault, err := notFetched(err)
		if fault != "" {
			return nil, nil
		}
		return nil, err
	}
	return p.withoutPlace(body.Bytes()), nil
}

// withoutPlace is a picture without what its camera wrote beside the pixels, such as where it
// was taken; all else stays as it is. One at a time: a large one takes 200 MB.
func (p *Poster) withoutPlace(data []byte) []byte {
	p.cleaning.Lock()
	defer p.cleaning.Unlock()
	pic, err := pictures.Clean(data)
	if err != nil {
		return data // no picture of a kind that is known here
	}
	return pic.Data
}

// emptyFile says that there is nothing to send.
func emptyFile(l programme.Letter) bool { return l.File != nil && len(l.File.Data) == 0 }
