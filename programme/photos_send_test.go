package programme_test

import (
	"testing"

	"tsugite/programme"
)

// TestSomebodyInAPhotoHasThePicture, and nothing of the memo that is about somebody else,
// until the office says that it is not they.
func TestSomebodyInAPhotoHasThePicture(t *testing.T) {
	h := newPhotoHouse(t)
	ctx := t.Context()
	h.kept(h.sent("expert", "message", programme.PhotoForm{}, "F1"), map[string]programme.Picture{"F1": picture("a kiln")})
	id := h.photos("office")[0].Photo.ID
	mark := func(f programme.PhotoForm) {
		t.Helper()
		_, err := h.MarkPhoto(ctx, programme.As("office"), id, f)
		must(t, err)
	}
	known := func() []programme.Photo {
		t.Helper()
		k, err := h.KnownAboutMe(ctx, programme.As("other-atsugi"))
		must(t, err)
		return k.Photos
	}
	mark(programme.PhotoForm{People: []programme.PersonID{"other-atsugi"}, Names: "近所の人", Caption: "メモの言葉"})
	photos := known()
	if len(photos) != 1 || photos[0].Hash == "" || !photos[0].At.Equal(h.now) {
		t.Fatalf("knows %+v", photos)
	}
	if p := photos[0]; p.Caption != "" || p.Memo != "" || p.By != "" || len(p.People) != 0 {
		t.Errorf("knows of another's memo: %+v", p)
	}
	_, err := h.PhotoOf(ctx, programme.As("other-atsugi"), id)
	wantCode(t, err, programme.CodeNotFound)
	must(t, h.SendPhoto(ctx, programme.As("other-atsugi"), "op", id))
	n := programme.Notice{Kind: programme.NoticeMemoPhoto, Subject: string(id), To: programme.ToPerson("other-atsugi"), Occasion: "op"}
	m, err := h.Matter(ctx, n, false)
	if err != nil || m.Withdrawn != "" || m.Photo.Photo.Hash == "" || m.Photo.Photo.Caption != "" || m.Photo.Photo.Memo != "" {
		t.Errorf("is sent %+v, withdrawn %q, %v", m.Photo, m.Withdrawn, err)
	}
	must(t, h.SendMeAll(ctx, programme.As("other-atsugi"), "all"))
	if n := h.notices()["photo.file p:other-atsugi"]; n != 2 {
		t.Errorf("%d pictures are sent, want one that was asked for and one with all of it", n)
	}
	mark(programme.PhotoForm{Nobody: true})
	if photos := known(); len(photos) != 0 {
		t.Errorf("knows of a picture without them: %+v", photos)
	}
	if m, err := h.Matter(ctx, n, false); err != nil || m.Withdrawn == "" {
		t.Errorf("goes out to somebody who is not in it: %v", err)
	}
}

// TestTheOfficeKnowsWhoHasAPicture that was sent as a file.
func TestTheOfficeKnowsWhoHasAPicture(t *testing.T) {
	h := newPhotoHouse(t)
	ctx := t.Context()
	h.kept(h.sent("expert", "message", programme.PhotoForm{}, "F1"), map[string]programme.Picture{"F1": picture("a kiln")})
	id := h.photos("office")[0].Photo.ID
	for _, op := range []string{"one", "one", "two"} { // the same press twice
		must(t, h.SendPhoto(ctx, programme.As("atsugi"), op, id))
	}
	must(t, h.SendPhoto(ctx, programme.As("expert"), "three", id))
	var copies []programme.Copy
	h.read(func(tx programme.Tx) (err error) {
		copies, err = tx.CopiesOf(programme.PhotoSource(h.photos("office")[0].Photo.Hash))
		return err
	})
	if len(copies) != 3 {
		t.Errorf("%d copies are out, want 3", len(copies))
	}
	if sent := h.photos("office")[0].SentTo; len(sent) != 2 || sent[0].ID != "atsugi" || sent[1].ID != "expert" {
		t.Errorf("the office is told of %v", sent)
	}
	if sent := h.photos("atsugi")[0].SentTo; len(sent) != 0 {
		t.Errorf("the atsugi is told of %v", sent)
	}
}
