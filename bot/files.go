package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"tsugite/bot/papers"
	"tsugite/bot/ui"
	"tsugite/programme"
)

// file makes the file that a notice is.
func (p *Poster) file(ctx context.Context, m programme.Matter, l ui.Locale) (*programme.File, error) {
	settings := p.Office.Settings
	var data []byte
	var err error
	switch m.Notice.Kind {
	case programme.NoticeEventPack:
		data, err = papers.Pack(m.Page, settings.Zone)
	case programme.NoticeEventCalendar:
		e, w := m.Event, ui.CalendarEntry(m, l)
		data, err = papers.Calendar(papers.Entry{
			UID: papers.EntryID(e.ID, settings.FiscalYear), Seq: e.Seq, Made: p.Office.Now(), Start: e.Start, End: e.End,
			Title: w.Title, Place: w.Place, Notes: w.Notes, Link: w.Link, Cancelled: !e.Cancelled.IsZero(),
		})
	case programme.NoticeMemoPhoto, programme.NoticeConsentPhoto:
		data, err = p.Office.PhotoFile(ctx, m.Photo.Photo)
	case programme.NoticeEnquiryFile:
		data, err = p.relayed(ctx, m.File)
	case programme.NoticeSessionCalendar:
		data, err = p.sessionEntry(m, l)
	case programme.NoticeOwnData:
		data, err = p.ownData(m, l)
	case programme.NoticeSupportMonth:
		data, err = papers.SupportMonth(m.Month)
	case programme.NoticeSurveySheet:
		data, err = papers.SurveySheet(m.Survey.Def, m.Survey.Closes, settings.Zone, l.Language())
	case programme.NoticeMemoDigest:
		data, err = p.memoDigest(ctx, m)
	default:
		err = fmt.Errorf("bot: notices of kind %q are no files", m.Notice.Kind)
	}
	return &programme.File{Name: ui.FileName(m, l), Data: data}, err
}

// memoDigest is the bureau's file: what goes into it is asked for now, and kept as given
// out before it goes.
func (p *Poster) memoDigest(ctx context.Context, m programme.Matter) ([]byte, error) {
	d, err := p.Office.HandOutDigest(ctx, m.Notice)
	if err != nil {
		return nil, err
	}
	return papers.MemoDigest(d, p.Office.Settings, p.Office.Now())
}

// sessionEntry is the calendar's entry of a session, for one of the two.
func (p *Poster) sessionEntry(m programme.Matter, l ui.Locale) ([]byte, error) {
	v, w := m.Session, ui.SessionEntry(m.Session, l)
	return papers.Calendar(papers.Entry{
		UID: papers.SessionEntryID(v.ID), Seq: v.Seq, Made: p.Office.Now(), Start: v.Span.From, End: v.Span.Until,
		Title: w.Title, Place: w.Place, Notes: w.Notes, Link: w.Link, Cancelled: v.State == programme.SessionCancelled,
		Meeting: &papers.Meeting{Organiser: p.Office.Settings.Name, Attendee: m.To.Name, Mail: m.To.Email, ID: m.To.ID},
	})
}

// Reserve asks Slack for a place for a letter's file (slack.md Sending).
func (p *Poster) Reserve(ctx context.Context, l programme.Letter) (programme.Upload, error) {
	r, err := p.API.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
		FileName: l.File.Name, FileSize: len(l.File.Data),
	})
	if err != nil {
		return programme.Upload{}, sendError(err)
	}
	return programme.Upload{FileID: r.FileID, URL: r.UploadURL}, nil
}

// Upload brings the content to its place.
func (p *Poster) Upload(ctx context.Context, u programme.Upload, l programme.Letter) error {
	return sendError(p.API.UploadToURL(ctx, slack.UploadToURLParameters{
		UploadURL: u.URL, Filename: l.File.Name, Reader: bytes.NewReader(l.File.Data),
	}))
}

// share completes the upload into the conversation: from here on it can be seen.
// The answer does not name the message that carries the file, so that is asked for;
// whether it is known makes no difference to its having been sent.
func (p *Poster) share(ctx context.Context, d programme.Delivery, l programme.Letter) (programme.Receipt, error) {
	under, err := p.under(ctx, d)
	if err != nil {
		return programme.Receipt{}, err
	}
	_, err = p.API.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
		Files:   []slack.FileSummary{{ID: d.FileID, Title: l.File.Name}},
		Channel: d.SlackID, ThreadTimestamp: under, InitialComment: l.Text,
	})
	if err != nil {
		return programme.Receipt{}, shareError(err)
	}
	r, shared, err := p.findFile(ctx, d)
	if err != nil || !shared {
		return programme.Receipt{SlackID: d.SlackID}, nil
	}
	return r, nil
}

// shareError sorts what the sharing of a file says beside what any call does: one
// that Slack knows nothing of is begun anew, one that could not be changed may
// have been shared.
func shareError(err error) error {
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		switch refused.Err {
		case errNoFile:
			return &programme.SendError{Verdict: programme.SendRetry, Code: refused.Err}
		case "file_update_failed":
			return &programme.SendError{Verdict: programme.SendLost, Code: refused.Err}
		}
	}
	return sendError(err)
}

// errNoFile is Slack's word for a file that was never completed, too.
const errNoFile = "file_not_found"

// findFile looks whether a delivery's file was shared in its conversation. If
// Slack has the file and did not share it, the receipt names the file.
func (p *Poster) findFile(ctx context.Context, d programme.Delivery) (programme.Receipt, bool, error) {
	r := programme.Receipt{SlackID: d.SlackID}
	f, _, _, err := p.API.GetFileInfoContext(ctx, d.FileID, 0, 0)
	var refused slack.SlackErrorResponse
	switch {
	case errors.As(err, &refused) && refused.Err == errNoFile:
		return programme.Receipt{}, false, nil
	case errors.As(err, &refused) && refused.Err == "file_deleted":
		return r, true, nil // by a person, so it was seen
	case err != nil:
		return programme.Receipt{}, false, sendError(err)
	}
	for _, shares := range []map[string][]slack.ShareFileInfo{f.Shares.Private, f.Shares.Public} {
		if list := shares[d.SlackID]; len(list) > 0 {
			r.SlackTS = list[0].Ts
			return r, true, nil
		}
	}
	if slices.Contains(slices.Concat(f.IMs, f.Groups, f.Channels), d.SlackID) {
		return r, true, nil
	}
	r.FileID = d.FileID
	return r, false, nil
}
