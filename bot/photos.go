package bot

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot/pictures"
	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerPhotos() {
	b.router.Action(ui.ActionPhotoPlace, b.placePhotos)
	b.router.Submit(ui.CallbackPhotoPlace, b.wishPhotos)
	b.router.Action(ui.ActionPhotoDrop, b.dropPhotos)
	b.router.Action(ui.ActionPhotos, b.showPhotos)
	b.router.Action(ui.ActionPhotoSend, b.sendPhoto)
	b.router.Action(ui.ActionPhotoChange, b.changePhoto)
	b.router.Submit(ui.CallbackPhotoChange, b.markPhoto)
	b.router.Action(ui.ActionPhotoRemove, b.removePhoto)
}

// takePhotos takes note of pictures that somebody sent to the bot; under a message about a
// memo they belong to that. ErrNoRow says that there are none, or that the person keeps
// none here.
func (b *Bot) takePhotos(ctx context.Context, a act, req Request) error {
	files := a.event.pictures()
	if len(files) == 0 {
		return programme.ErrNoRow
	}
	if a.event.ThreadTS != "" {
		err := b.Office.PhotosInThread(ctx, req.Who, a.key, a.channel, a.event.ThreadTS, files)
		if !errors.Is(err, programme.ErrNoRow) {
			return err
		}
	}
	return b.Office.OfferPhotos(ctx, req.Who, a.key, files)
}

// threadPhotos takes the pictures that somebody sent under a message of the bot's in a
// channel. All else that is said there is not the bot's, and it answers nothing.
func (b *Bot) threadPhotos(ctx context.Context, a act) error {
	files := a.event.pictures()
	if a.event.overheard() || len(files) == 0 {
		return nil
	}
	req, err := b.request(ctx, a, false)
	if _, refused := programme.AsError(err); refused {
		return nil
	}
	if err == nil {
		err = b.Office.PhotosInThread(ctx, req.Who, a.key, a.channel, a.event.ThreadTS, files)
	}
	if _, refused := programme.AsError(err); refused || errors.Is(err, programme.ErrNoRow) {
		return nil
	}
	return err
}

// pictures are Slack's ids of those that a message brings.
func (e event) pictures() (ids []string) {
	for _, f := range e.Files {
		if f.ID != "" && (f.Mimetype == "" || strings.HasPrefix(f.Mimetype, "image/")) {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// placePhotos opens the form that asks where pictures belong.
func (b *Bot) placePhotos(ctx context.Context, r Request) (Reply, error) {
	targets, err := b.Office.PhotoTargets(ctx, r.Who, programme.ParcelID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	form := ui.PhotoPlaceForm(ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value}, targets, r.Locale)
	return Reply{Open: &form}, nil
}

func (b *Bot) wishPhotos(ctx context.Context, r Request) (Reply, error) {
	form, said, at, err := ui.ReadPhotoForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	place, err := ui.ReadPhotoPlace(at)
	if err != nil {
		return Reply{}, &programme.Error{Code: programme.CodeInvalid, Field: "place", Key: "error.choice"}
	}
	if _, err := b.Office.WishPhotos(ctx, r.Who, programme.ParcelID(form.Subject), place, said); err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.PhotosWanted(r.Locale)}, nil
}

func (b *Bot) dropPhotos(ctx context.Context, r Request) (Reply, error) {
	return Reply{}, b.Office.DropPhotos(ctx, r.Who, programme.ParcelID(r.Action.Value)) // the question says so
}

func (b *Bot) photosPage(ctx context.Context, r Request, place string) (*slack.ModalViewRequest, error) {
	at, err := ui.ReadPhotoPlace(place)
	if err != nil {
		return nil, err
	}
	page, err := b.Office.Photos(ctx, r.Who, at)
	if err != nil {
		return nil, err
	}
	view := ui.PhotosPage(page, r.Locale)
	return &view, nil
}

func (b *Bot) showPhotos(ctx context.Context, r Request) (Reply, error) {
	view, err := b.photosPage(ctx, r, r.Action.Value)
	return Reply{Open: view}, err
}

// sendPhoto has a photo sent to who asks, if its file is there.
func (b *Bot) sendPhoto(ctx context.Context, r Request) (Reply, error) {
	id := programme.PhotoID(r.Action.Value)
	p, err := b.Office.PhotoToSend(ctx, r.Who, id)
	if err == nil {
		_, err = b.Office.PhotoFile(ctx, p)
	}
	if err == nil {
		err = b.Office.SendPhoto(ctx, r.Who, r.Op, id)
	}
	if err != nil {
		return Reply{}, err
	}
	return Reply{Say: ui.PhotoSent(r.Locale)}, nil
}

// changePhoto turns the page of photos to the form about one of them.
func (b *Bot) changePhoto(ctx context.Context, r Request) (Reply, error) {
	page, err := photosOf(r)
	if err != nil {
		return Reply{}, err
	}
	v, err := b.Office.PhotoOf(ctx, r.Who, programme.PhotoID(r.Action.Value))
	if err != nil {
		return Reply{}, err
	}
	view := ui.PhotoChangeForm(ui.Form{Op: b.Office.NewID(), Subject: r.Action.Value, Item: page.Subject}, v, r.Locale)
	return Reply{Replace: &view}, nil
}

// photosOf reads which page of photos was clicked in.
func photosOf(r Request) (ui.Form, error) {
	if r.View == nil {
		return ui.Form{}, &programme.Error{Code: programme.CodeClosed, Key: "error.message_old"}
	}
	return ui.ReadForm(r.View.PrivateMetadata)
}

func (b *Bot) markPhoto(ctx context.Context, r Request) (Reply, error) {
	form, said, _, err := ui.ReadPhotoForm(*r.View)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.MarkPhoto(ctx, r.Who, programme.PhotoID(form.Subject), said); err != nil {
		return Reply{}, err
	}
	view, err := b.photosPage(ctx, r, form.Item)
	return Reply{Replace: view}, err
}

func (b *Bot) removePhoto(ctx context.Context, r Request) (Reply, error) {
	page, err := photosOf(r)
	if err != nil {
		return Reply{}, err
	}
	if _, err := b.Office.RemovePhoto(ctx, r.Who, programme.PhotoID(r.Action.Value)); err != nil {
		return Reply{}, err
	}
	view, err := b.photosPage(ctx, r, page.Subject)
	return Reply{Replace: view}, err
}

const (
	// fetchTimeout bounds one picture.
	fetchTimeout = time.Minute
	// fetchAgain is when pictures that could not be fetched are tried again, and fetchFor
	// for how long.
	fetchAgain = time.Minute
	fetchFor   = 24 * time.Hour
)

// FetchPhotos has the pictures fetched that somebody said are to be kept.
func (b *Bot) FetchPhotos() {
	b.takeInHand()
	select {
	case b.toFetch <- struct{}{}:
	default: // it is told already
		b.letGo()
	}
}

// fetchPhotos fetches pictures until ctx ends, one at a time: a large one takes 200 MB
// while it is looked at. What a stop left undone it takes up first.
func (b *Bot) fetchPhotos(ctx context.Context) {
	b.FetchPhotos()
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.toFetch:
		}
		if err := b.fetchAll(ctx); err != nil && ctx.Err() == nil {
			b.Log.Warn("photos not fetched yet", slog.String("error", err.Error()), slog.Duration("again_in", fetchAgain))
			time.AfterFunc(fetchAgain, b.FetchPhotos)
		}
		b.letGo()
	}
}

func (b *Bot) fetchAll(ctx context.Context) error {
	parcels, err := b.Office.PhotosWanted(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, p := range parcels {
		failed = errors.Join(failed, b.fetchParcel(ctx, p))
	}
	return failed
}

// fetchParcel fetches the pictures of a parcel and says what came of each.
func (b *Bot) fetchParcel(ctx context.Context, p programme.Parcel) error {
	var faults []programme.PhotoFault
	late := b.Office.Now().Sub(p.At) > fetchFor
	for _, file := range p.Files {
		fault, err := b.fetchPhoto(ctx, p.ID, file)
		if err != nil && !late {
			return err
		}
		if err != nil {
			fault = programme.FaultGone
		}
		if fault != "" {
			faults = append(faults, fault)
		}
	}
	return b.Office.EndParcel(ctx, p.ID, faults)
}

// fetchPhoto keeps one picture. A fault is why it is not kept; an error may pass.
func (b *Bot) fetchPhoto(ctx context.Context, parcel programme.ParcelID, file string) (programme.PhotoFault, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	data, fault, err := b.download(ctx, file)
	if err != nil || fault != "" {
		return fault, err
	}
	pic, err := pictures.Clean(data)
	if err != nil {
		return faultOf(err), nil
	}
	return b.Office.KeepPhoto(ctx, parcel, file, programme.Picture(pic))
}

// download asks Slack about a file and brings what it holds, if that can be a picture.
func (b *Bot) download(ctx context.Context, file string) ([]byte, programme.PhotoFault, error) {
	f, _, _, err := b.API.GetFileInfoContext(ctx, file, 0, 0)
	switch {
	case err != nil:
		fault, err := notFetched(err)
		return nil, fault, err
	case !strings.HasPrefix(f.Mimetype, "image/"):
		return nil, programme.FaultKind, nil
	case f.Size > pictures.MaxBytes:
		return nil, programme.FaultSize, nil
	}
	var body bounded
	err = b.API.GetFileContext(ctx, f.URLPrivateDownload, &body) // with the token, which goes to Slack alone
	switch {
	case errors.Is(err, errTooLong):
		return nil, programme.FaultSize, nil
	case err != nil:
		fault, err := notFetched(err)
		return nil, fault, err
	}
	return body.Bytes(), "", nil
}

// notFetched sorts what goes wrong: what Slack refuses is gone for good, the rest may pass.
func notFetched(err error) (programme.PhotoFault, error) {
	var refused slack.SlackErrorResponse
	var status slack.StatusCodeError
	switch {
	case errors.As(err, &refused) && !lost[refused.Err] && !transient[refused.Err] && refused.Err != errRatelimited,
		errors.As(err, &status) && status.Code < 500 && status.Code != 429:
		return programme.FaultGone, nil
	}
	return "", err
}

// bounded takes as much as a picture may have.
type bounded struct{ bytes.Buffer }

var errTooLong = errors.New("bot: more bytes than Slack said")

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > pictures.MaxBytes {
		return 0, errTooLong
	}
	return b.Buffer.Write(p)
}

// faultOf is why a picture is not taken.
func faultOf(err error) programme.PhotoFault {
	for fault, is := range map[programme.PhotoFault]error{
		programme.FaultHEIC: pictures.ErrHEIC, programme.FaultWebP: pictures.ErrWebP,
		programme.FaultSize: pictures.ErrTooBig, programme.FaultBroken: pictures.ErrBroken,
	} {
		if errors.Is(err, is) {
			return fault
		}
	}
	return programme.FaultKind
}

// keepMemoPhotos has the pictures kept that came with a memo's form.
func (b *Bot) keepMemoPhotos(ctx context.Context, r Request, form programme.MemoForm, memo programme.MemoID) error {
	return b.Office.PhotosWithMemo(ctx, r.Who, form.Op+"/photos", memo, ui.ReadMemoPhotos(*r.View))
}
