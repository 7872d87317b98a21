package programme

import (
	"context"
	"errors"
)

// photoCards are the notices under whose messages pictures belong to what the message is
// about: a memo that is written, or an event of which one is to be.
var photoCards = []NoticeKind{
	NoticeMemoWritten, NoticeMemoShared, NoticeMemoReshared, NoticeMemoCorrected,
	NoticeMemoCorrection, NoticeMemoDecided, NoticeMemoQuestion, NoticeMemoAsked, NoticeMemoAnswer, NoticeEventMemo,
}

// PhotosInThread has pictures kept that somebody sent under a message of ours, slackID and
// slackTS being where it stands: with the memo, or the event, that it is about. They are
// fetched later, and who sent them is told once they are kept. ErrNoRow says that the
// message is about neither, or that the person does not write of it: nobody answers then.
func (o *Office) PhotosInThread(ctx context.Context, who Actor, op, slackID, slackTS string, files []string) error {
	err := o.write(ctx, who, func(c *change) error {
		if c.must(Mentor, Coordinator) != nil || !c.me.WritesMemos() || len(files) == 0 {
			return ErrNoRow
		}
		card, err := c.CardAt(slackID, slackTS, photoCards)
		if err != nil {
			return err
		}
		place, err := c.placeOf(card)
		if err == nil {
			err = o.mayKeepAt(c, place)
		}
		if _, refused := AsError(err); refused {
			return ErrNoRow
		}
		if err != nil {
			return err
		}
		return c.wantPhotos(op, place, files)
	})
	if errors.Is(err, ErrRepeated) {
		return nil
	}
	o.tellToFetch(err)
	return err
}

// placeOf is where pictures under a message belong.
func (c *change) placeOf(card Notice) (PhotoPlace, error) {
	switch card.Kind {
	case NoticeEventMemo:
		return PhotoPlace{Event: EventID(card.Subject)}, nil
	case NoticeMemoCorrection, NoticeMemoDecided:
		k, err := c.Correction(CorrectionID(card.Subject))
		return PhotoPlace{Memo: k.Memo}, err
	case NoticeMemoQuestion, NoticeMemoAsked, NoticeMemoAnswer:
		q, err := c.MemoQuestion(MemoQuestionID(card.Subject))
		return PhotoPlace{Memo: q.Memo}, err
	}
	return PhotoPlace{Memo: MemoID(card.Subject)}, nil
}

// wantPhotos has pictures fetched whose place is known as they come.
func (c *change) wantPhotos(op string, place PhotoPlace, files []string) error {
	p := Parcel{
		ID: ParcelID(c.office.NewID()), Op: op, Person: c.me.ID, At: c.now, State: ParcelWanted, PhotoPlace: place,
		Files: files[:min(len(files), MaxParcel)],
	}
	if err := c.CreateParcel(p); err != nil {
		return err
	}
	return c.audit("photo.want", string(p.ID))
}
