package programme_test

import (
	"testing"

	"tsugite/programme"
)

// TestTheDeskSaysWhichPhotosWait until the office said who is in them: of memos that stand.
func TestTheDeskSaysWhichPhotosWait(t *testing.T) {
	h := newPhotoHouse(t)
	ctx := t.Context()
	waiting := func(who programme.PersonID) (int, []programme.PhotosToMark) {
		t.Helper()
		desk, err := h.MemoDesk(ctx, programme.As(who))
		if err != nil {
			t.Fatal(err)
		}
		return desk.ToMark, desk.Photos
	}
	pictures := map[string]programme.Picture{"F1": picture("a kiln"), "F2": picture("a hand")}
	h.kept(h.sent("expert", "message", programme.PhotoForm{Names: "近所の人"}, "F1", "F2"), pictures)
	n, at := waiting("office")
	if n != 2 || len(at) != 1 || at[0].Place.Memo != h.memo || at[0].Count != 2 || at[0].Memo.Atsugi.ID != "atsugi" || len(at[0].Memo.Memo.Parts) != 0 {
		t.Errorf("%d wait: %+v", n, at)
	}
	if n, _ := waiting("expert"); n != 0 {
		t.Errorf("an expert is told of %d", n)
	}
	if _, err := h.MarkPhoto(ctx, programme.As("office"), h.photos("office")[0].Photo.ID, programme.PhotoForm{Nobody: true}); err != nil {
		t.Fatal(err)
	}
	if n, _ := waiting("office"); n != 1 {
		t.Errorf("%d wait after one was looked at", n)
	}
	must(t, h.WithdrawMemo(ctx, programme.As("office"), h.memo, "取り下げの理由"))
	if n, _ := waiting("office"); n != 0 {
		t.Errorf("%d wait of a memo that was taken back", n)
	}
}
