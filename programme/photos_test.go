package programme_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/db"
	"tsugite/programme"
)

// photoHouse is a house with an album, and a memo by expert about atsugi.
type photoHouse struct {
	*house
	memo programme.MemoID
}

func newPhotoHouse(t *testing.T) photoHouse {
	t.Helper()
	h := newHouse(t)
	h.Album = h.Store.(*db.DB)
	return photoHouse{h, h.memo("memo").ID}
}

func picture(shows string) programme.Picture {
	return programme.Picture{Data: []byte("pixels of " + shows), Mime: "image/jpeg", Width: 40, Height: 30}
}

// sent has somebody send pictures and say that they belong to the memo.
func (h photoHouse) sent(who programme.PersonID, op string, f programme.PhotoForm, files ...string) programme.ParcelID {
	h.t.Helper()
	id := h.offered(who, op, files...)
	if _, err := h.WishPhotos(h.t.Context(), programme.As(who), id, programme.PhotoPlace{Memo: h.memo}, f); err != nil {
		h.t.Fatal(err)
	}
	return id
}

// offered has somebody send pictures, and is the parcel in which they came.
func (h photoHouse) offered(who programme.PersonID, op string, files ...string) programme.ParcelID {
	h.t.Helper()
	if len(files) == 0 {
		files = []string{"F1"}
	}
	if err := h.OfferPhotos(h.t.Context(), programme.As(who), op, files); err != nil {
		h.t.Fatal(err)
	}
	return h.parcelOf(who)
}

// parcelOf is the newest parcel that somebody was asked about.
func (h photoHouse) parcelOf(who programme.PersonID) (id programme.ParcelID) {
	h.t.Helper()
	h.read(func(tx programme.Tx) error {
		ds, err := tx.Deliveries(programme.Pending, 100)
		for _, d := range ds {
			if d.Kind == programme.NoticePhotoAsk && d.To == programme.ToPerson(who) && programme.ParcelID(d.Subject) > id {
				id = programme.ParcelID(d.Subject)
			}
		}
		return err
	})
	if id == "" {
		h.t.Fatalf("%s was not asked where the pictures belong", who)
	}
	return id
}

func (h photoHouse) read(f func(programme.Tx) error) {
	h.t.Helper()
	if err := h.Store.Read(context.Background(), f); err != nil {
		h.t.Fatal(err)
	}
}

// kept has the pictures of a parcel fetched.
func (h photoHouse) kept(id programme.ParcelID, pictures map[string]programme.Picture) {
	h.t.Helper()
	for file, p := range pictures {
		if fault, err := h.KeepPhoto(h.t.Context(), id, file, p); err != nil || fault != "" {
			h.t.Fatal(fault, err)
		}
	}
	if err := h.EndParcel(h.t.Context(), id, nil); err != nil {
		h.t.Fatal(err)
	}
}

func (h photoHouse) photos(who programme.PersonID) []programme.PhotoView {
	h.t.Helper()
	page, err := h.Photos(h.t.Context(), programme.As(who), programme.PhotoPlace{Memo: h.memo})
	if err != nil {
		h.t.Fatal(err)
	}
	return page.Photos
}

// files are those beside the database.
func (h photoHouse) files() (paths []string) {
	h.t.Helper()
	folder := strings.TrimSuffix(h.Store.(*db.DB).Path(), ".db") + "-photos"
	paths, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil {
		h.t.Fatal(err)
	}
	return paths
}

// TestNothingIsKeptUntilItIsSaidWherePicturesBelong, and only who sent them says it, once.
func TestNothingIsKeptUntilItIsSaidWherePicturesBelong(t *testing.T) {
	h := newPhotoHouse(t)
	ctx, place := t.Context(), programme.PhotoPlace{Memo: h.memo}
	for range 2 { // the message comes again
		if err := h.OfferPhotos(ctx, programme.As("expert"), "message", []string{"F1"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := h.notices()["photo.ask p:expert"]; n != 1 {
		t.Errorf("asked %d times", n)
	}
	id := h.parcelOf("expert")
	if _, err := h.KeepPhoto(ctx, id, "F1", picture("a kiln")); err != nil || len(h.photos("office")) != 0 {
		t.Error("kept before it was said where:", err)
	}
	_, err := h.WishPhotos(ctx, programme.As("office"), id, place, programme.PhotoForm{})
	wantCode(t, err, programme.CodeNotFound)
	wantCode(t, h.DropPhotos(ctx, programme.As("other-expert"), id), programme.CodeNotFound)
	wantCode(t, h.DropPhotos(ctx, programme.As("expert"), id), "")
	_, err = h.WishPhotos(ctx, programme.As("expert"), id, place, programme.PhotoForm{})
	wantCode(t, err, programme.CodeConflict)
	if wanted, err := h.PhotosWanted(ctx); err != nil || len(wanted) != 0 {
		t.Error("what was dropped is to be fetched:", wanted, err)
	}
}

// TestWhoKeepsPhotos is who may send pictures, and with whose memo they are kept.
func TestWhoKeepsPhotos(t *testing.T) {
	h := newPhotoHouse(t)
	takes := map[programme.PersonID]bool{"expert": true, "other-expert": true, "office": true}
	for _, who := range cast {
		err := h.OfferPhotos(t.Context(), programme.As(who), "op "+string(who), []string{"F1"})
		if takes[who] != (err == nil) {
			t.Errorf("%s: %v", who, err)
		}
		if who != "left" && who != "nobody" && !takes[who] && !errors.Is(err, programme.ErrNoRow) {
			t.Errorf("%s is told %v instead of what the bot can do", who, err)
		}
	}
	_, err := h.WishPhotos(t.Context(), programme.As("other-expert"), h.parcelOf("other-expert"), programme.PhotoPlace{Memo: h.memo}, programme.PhotoForm{})
	wantCode(t, err, programme.CodeInvalid) // another expert's atsugi
	wantCode(t, h.PhotosWithMemo(t.Context(), programme.As("atsugi"), "form", h.memo, []string{"F2"}), programme.CodeNotFound)
	wantCode(t, h.PhotosWithMemo(t.Context(), programme.As("expert"), "form", h.memo, []string{"F2"}), "")
}

// TestWhoSeesAPhoto before and after the office said who is in it, and with their consent
// or without it (programme.md "Consent and sharing in practice").
func TestWhoSeesAPhoto(t *testing.T) {
	h := newPhotoHouse(t)
	h.write(func(tx programme.Tx) error { // another expert of the same atsugi
		p, err := tx.Person("atsugi")
		if err == nil {
			p.Mentors = append(p.Mentors, "other-expert")
			err = tx.SavePerson(p)
		}
		return err
	})
	h.kept(h.sent("expert", "message", programme.PhotoForm{}, "F1"), map[string]programme.Picture{"F1": picture("a kiln")})
	if _, err := h.ShareMemos(t.Context(), programme.As("office"), []programme.MemoID{h.memo}, programme.Over{}); err != nil {
		t.Fatal(err)
	}
	sees := func(when string, want ...programme.PersonID) {
		t.Helper()
		wanted := map[programme.PersonID]bool{}
		for _, who := range want {
			wanted[who] = true
		}
		for _, who := range cast {
			page, err := h.Photos(t.Context(), programme.As(who), programme.PhotoPlace{Memo: h.memo})
			if got := err == nil && len(page.Photos) == 1; got != wanted[who] {
				t.Errorf("%s: %s sees it: %v", when, who, got)
			}
		}
	}
	id := h.photos("office")[0].Photo.ID
	mark := func(f programme.PhotoForm) {
		t.Helper()
		if _, err := h.MarkPhoto(t.Context(), programme.As("office"), id, f); err != nil {
			t.Fatal(err)
		}
	}
	sees("not looked at", "office", "expert", "atsugi")
	mark(programme.PhotoForm{People: []programme.PersonID{"atsugi"}, Names: "通りがかりの人"})
	sees("people who said nothing", "office", "expert", "other-expert", "atsugi")
	v := h.photos("office")[0]
	if len(v.People) != 1 || v.People[0].ID != "atsugi" || len(v.Photo.People) != 2 {
		t.Errorf("in it are %v and %v", v.People, v.Photo.People)
	}
	mark(programme.PhotoForm{Nobody: true})
	sees("nobody in it", "office", "expert", "other-expert", "atsugi", "bureau")
	_, err := h.MarkPhoto(t.Context(), programme.As("office"), id, programme.PhotoForm{})
	wantCode(t, err, programme.CodeInvalid)
	_, err = h.MarkPhoto(t.Context(), programme.As("expert"), id, programme.PhotoForm{Nobody: true})
	wantCode(t, err, programme.CodeDenied)
	if _, err := h.RemovePhoto(t.Context(), programme.As("office"), id); err != nil {
		t.Fatal(err)
	}
	sees("removed")
	if files := h.files(); len(files) != 0 {
		t.Errorf("removed, and there are %v", files)
	}
}

// TestTheSamePictureIsOneFile in two memos, and is there once in each.
func TestTheSamePictureIsOneFile(t *testing.T) {
	h := newPhotoHouse(t)
	first := h.sent("expert", "one", programme.PhotoForm{}, "F1", "F2")
	h.kept(first, map[string]programme.Picture{"F1": picture("a kiln"), "F2": picture("a kiln")})
	other := photoHouse{h.house, h.house.memo("another").ID}
	other.kept(other.sent("expert", "two", programme.PhotoForm{}, "F1"), map[string]programme.Picture{"F1": picture("a kiln")})
	if a, b, files := len(h.photos("office")), len(other.photos("office")), len(h.files()); a != 1 || b != 1 || files != 1 {
		t.Fatalf("%d and %d photos, %d files", a, b, files)
	}
	for _, of := range []photoHouse{h, other} {
		if files := len(h.files()); files != 1 {
			t.Errorf("%d files while there is a photo", files)
		}
		if _, err := h.RemovePhoto(t.Context(), programme.As("office"), of.photos("office")[0].Photo.ID); err != nil {
			t.Fatal(err)
		}
	}
	if files := len(h.files()); files != 0 {
		t.Errorf("%d files without a photo", files)
	}
}

// TestAStopWhilePicturesAreKept leaves either nothing, or a file that no row names and that
// is swept later; what was wanted is kept at the next start, once.
func TestAStopWhilePicturesAreKept(t *testing.T) {
	h := newPhotoHouse(t)
	ctx := t.Context()
	id := h.sent("expert", "message", programme.PhotoForm{}, "F1")
	stopped := errors.New("the power went")
	store := h.Store
	h.Store = failing{store, stopped}
	if _, err := h.KeepPhoto(ctx, id, "F1", picture("a kiln")); !errors.Is(err, stopped) {
		t.Fatal(err)
	}
	h.Store = store
	orphans := h.files()
	if len(orphans) != 1 || len(h.photos("office")) != 0 {
		t.Fatalf("%v files, %d photos", orphans, len(h.photos("office")))
	}
	if n, err := h.SweepPhotos(ctx); n != 0 || err != nil {
		t.Errorf("swept %d of a moment ago: %v", n, err)
	}
	old := time.Now().Add(-2 * time.Hour)
	if err := os.Chtimes(orphans[0], old, old); err != nil {
		t.Fatal(err)
	}
	if n, err := h.SweepPhotos(ctx); n != 1 || err != nil {
		t.Errorf("swept %d: %v", n, err)
	}
	wanted, err := h.PhotosWanted(ctx)
	if err != nil || len(wanted) != 1 || wanted[0].ID != id {
		t.Fatal("not taken up again:", wanted, err)
	}
	for range 2 {
		if _, err := h.KeepPhoto(ctx, id, "F1", picture("a kiln")); err != nil {
			t.Fatal(err)
		}
	}
	photos := h.photos("office")
	if len(photos) != 1 {
		t.Fatalf("%d photos", len(photos))
	}
	kept := h.files()
	if err := os.Chtimes(kept[0], old, old); err != nil {
		t.Fatal(err)
	}
	if n, err := h.SweepPhotos(ctx); n != 0 || err != nil {
		t.Errorf("swept %d of what is kept: %v", n, err)
	}
	if data, err := h.PhotoFile(ctx, photos[0].Photo); err != nil || string(data) != "pixels of a kiln" {
		t.Errorf("%q, %v", data, err)
	}
	if err := os.Remove(kept[0]); err != nil {
		t.Fatal(err)
	}
	_, err = h.PhotoFile(ctx, photos[0].Photo)
	wantCode(t, err, programme.CodeNotFound)
}

// failing reads, and loses every write.
type failing struct {
	programme.Store
	with error
}

func (f failing) Write(ctx context.Context, do func(programme.Tx) error) error {
	return f.Store.Write(ctx, func(tx programme.Tx) error {
		if err := do(tx); err != nil {
			return err
		}
		return f.with
	})
}

// TestAPhotoGoesToWhoAsksAndMayStillSeeIt: what was asked for is looked at again as it goes out.
func TestAPhotoGoesToWhoAsksAndMayStillSeeIt(t *testing.T) {
	h := newPhotoHouse(t)
	ctx := t.Context()
	h.kept(h.sent("expert", "message", programme.PhotoForm{Caption: "窯"}, "F1"), map[string]programme.Picture{"F1": picture("a kiln")})
	id := h.photos("office")[0].Photo.ID
	wantCode(t, h.SendPhoto(ctx, programme.As("bureau"), "op", id), programme.CodeNotFound)
	wantCode(t, h.SendPhoto(ctx, programme.As("atsugi"), "op", id), "")
	n := programme.Notice{Kind: programme.NoticeMemoPhoto, Subject: string(id), To: programme.ToPerson("atsugi"), Occasion: "op"}
	if m, err := h.Matter(ctx, n, false); err != nil || m.Withdrawn != "" || m.Photo.Photo.ID != id {
		t.Errorf("withdrawn %q, %v", m.Withdrawn, err)
	}
	if _, err := h.RemovePhoto(ctx, programme.As("office"), id); err != nil {
		t.Fatal(err)
	}
	if m, err := h.Matter(ctx, n, false); err != nil || m.Withdrawn == "" {
		t.Errorf("goes out although it was removed: %v", err)
	}
}

// TestAMemoHoldsFortyPhotos, and the file of what is too many does not stay.
func TestAMemoHoldsFortyPhotos(t *testing.T) {
	h := newPhotoHouse(t)
	id := h.sent("expert", "message", programme.PhotoForm{}, "F")
	for i := range 40 {
		if fault, err := h.KeepPhoto(t.Context(), id, string(rune('a'+i)), picture(string(rune('a'+i)))); err != nil || fault != "" {
			t.Fatal(fault, err)
		}
	}
	fault, err := h.KeepPhoto(t.Context(), id, "more", picture("more"))
	if err != nil || fault != programme.FaultFull || len(h.files()) != 40 {
		t.Errorf("%q, %v, %d files", fault, err, len(h.files()))
	}
}

// TestANamesakeIsNobodyOfTheRoster until the office says so: their yes frees no picture of
// somebody who is only called the same, in whatever spelling.
func TestANamesakeIsNobodyOfTheRoster(t *testing.T) {
	h := newPhotoHouse(t)
	ctx := t.Context()
	h.edit("other-atsugi", func(p *programme.Person) { p.Name = "髙橋 花子" })
	h.kept(h.sent("expert", "message", programme.PhotoForm{Names: "高橋花子"}, "F1"), map[string]programme.Picture{"F1": picture("a kiln")})
	id := h.photos("office")[0].Photo.ID
	typed := programme.PhotoForm{Names: "高橋花子"}
	stranger, known := []programme.Depicted{{Name: "高橋花子"}}, []programme.Depicted{{Person: "other-atsugi"}}
	if diff := cmp.Diff(stranger, h.photos("office")[0].Photo.People); diff != "" {
		t.Error("what an expert types is a name:", diff)
	}
	mark := func(f programme.PhotoForm, want programme.Code, people []programme.Depicted) {
		t.Helper()
		p, err := h.MarkPhoto(ctx, programme.As("office"), id, f)
		wantCode(t, err, want)
		if want == "" {
			if diff := cmp.Diff(people, p.People); diff != "" {
				t.Error(diff)
			}
		}
	}
	mark(typed, programme.CodeInvalid, nil)
	typed.Others = true
	mark(typed, "", stranger)
	typed.Others = false
	mark(typed, "", stranger) // said once
	mark(programme.PhotoForm{People: []programme.PersonID{"other-atsugi", "other-atsugi"}, Names: "髙橋　花子"}, "", known)
	mark(programme.PhotoForm{People: []programme.PersonID{"nobody-there"}}, programme.CodeInvalid, nil)
	mark(programme.PhotoForm{Names: "名前" + strings.Repeat("あ", 99)}, programme.CodeInvalid, nil)
	_, err := h.WishPhotos(ctx, programme.As("expert"), h.offered("expert", "second"), programme.PhotoPlace{Memo: h.memo}, programme.PhotoForm{People: []programme.PersonID{"atsugi"}})
	wantCode(t, err, programme.CodeInvalid) // the roster is the office's
}

// TestTheSamePictureSentAgainLosesNobody: whoever is recognised as it comes again is added,
// and the office looks at it anew.
func TestTheSamePictureSentAgainLosesNobody(t *testing.T) {
	h := newPhotoHouse(t)
	again := func(who programme.PersonID, op string, f programme.PhotoForm) programme.Photo {
		t.Helper()
		h.kept(h.sent(who, op, f, "F "+op), map[string]programme.Picture{"F " + op: picture("a kiln")})
		photos := h.photos("office")
		if len(photos) != 1 {
			t.Fatalf("%d photos of one picture", len(photos))
		}
		return photos[0].Photo
	}
	names := func(names ...string) (out []programme.Depicted) {
		for _, n := range names {
			out = append(out, programme.Depicted{Name: n})
		}
		return out
	}
	for _, step := range []struct {
		op      string
		who     programme.PersonID
		says    programme.PhotoForm
		people  []programme.Depicted
		caption string
		marked  bool
	}{
		{"looked at", "office", programme.PhotoForm{Names: "近所の人"}, names("近所の人"), "", true},
		{"nothing said", "expert", programme.PhotoForm{}, names("近所の人"), "", true},
		{"the same said", "expert", programme.PhotoForm{Names: "近所の 人", Caption: "窯"}, names("近所の人"), "窯", true},
		{"one more", "expert", programme.PhotoForm{Names: "旅の人", Caption: "窯の前"}, names("近所の人", "旅の人"), "窯／窯の前", false},
		{"nobody, says the office", "office", programme.PhotoForm{Nobody: true}, names("近所の人", "旅の人"), "窯／窯の前", false},
		{"the office says all", "office", programme.PhotoForm{Names: "旅の人\n近所の人"}, names("近所の人", "旅の人"), "窯／窯の前", true},
	} {
		p := again(step.who, step.op, step.says)
		if diff := cmp.Diff(step.people, p.People); diff != "" || p.Caption != step.caption || p.Marked.IsZero() == step.marked {
			t.Errorf("%s: %q, looked at %v, people: %s", step.op, p.Caption, p.Marked, diff)
		}
	}
}

// TestPicturesUnderAMessageBelongToItsMemo: of whoever may write of it, once; of others,
// and under other messages, nobody takes note.
func TestPicturesUnderAMessageBelongToItsMemo(t *testing.T) {
	h := newPhotoHouse(t)
	ctx := t.Context()
	h.write(func(tx programme.Tx) error {
		return tx.Enqueue("01CARD", programme.Notice{Kind: programme.NoticeHint, Subject: "hint", To: programme.ToPerson("expert"), Due: h.now})
	})
	claimed, err := h.Store.(*db.DB).Claim(ctx, "courier", h.now, time.Hour, 100)
	if err != nil {
		t.Fatal(err)
	}
	standing := map[programme.NoticeKind]string{}
	for i, d := range claimed {
		standing[d.Kind] = fmt.Sprintf("%d.000100", 100+i)
		o := programme.Outcome{Delivery: d, State: programme.Sent, SlackID: "C1", SlackTS: standing[d.Kind]}
		if _, err := h.Store.(*db.DB).Settle(ctx, []programme.Outcome{o}); err != nil {
			t.Fatal(err)
		}
	}
	card := standing[programme.NoticeMemoWritten]
	for name, c := range map[string]struct {
		who         programme.PersonID
		channel, ts string
		want        error
	}{
		"the writer":                    {"expert", "C1", card, nil},
		"the office":                    {"office", "C1", card, nil},
		"another expert":                {"other-expert", "C1", card, programme.ErrNoRow},
		"whom the memo is about":        {"atsugi", "C1", card, programme.ErrNoRow},
		"the bureau":                    {"bureau", "C1", card, programme.ErrNoRow},
		"another conversation":          {"expert", "C2", card, programme.ErrNoRow},
		"a message about something":     {"expert", "C1", standing[programme.NoticeHint], programme.ErrNoRow},
		"a message that is not of ours": {"expert", "C1", "999.000100", programme.ErrNoRow},
	} {
		if err := h.PhotosInThread(ctx, programme.As(c.who), "op "+name, c.channel, c.ts, []string{"F1"}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	must(t, h.PhotosInThread(ctx, programme.As("expert"), "op the writer", "C1", card, []string{"F1"})) // comes again
	wanted, err := h.PhotosWanted(ctx)
	if err != nil || len(wanted) != 2 || wanted[0].Memo != h.memo || wanted[1].Memo != h.memo {
		t.Errorf("%v, %v", wanted, err)
	}
}
