package programme_test

import (
	"testing"

	"tsugite/programme"
)

// TestTheBureauSeesPeopleWhoAgreed: everybody who may be recognised in the photo, to this
// very picture, and as long as nobody takes it back.
func TestTheBureauSeesPeopleWhoAgreed(t *testing.T) {
	h := newPhotoHouse(t)
	ctx := t.Context()
	h.kept(h.sent("expert", "message", programme.PhotoForm{}, "F1"), map[string]programme.Picture{"F1": picture("a kiln")})
	if _, err := h.ShareMemos(ctx, programme.As("office"), []programme.MemoID{h.memo}, programme.Over{}); err != nil {
		t.Fatal(err)
	}
	id := h.photos("office")[0].Photo.ID
	ask := programme.PublicationForm{Op: "photo", Kind: programme.PublishPhoto, Photo: id, Person: "atsugi", Text: "窯の前で"}
	_, err := h.ProposePublication(ctx, programme.As("office"), ask)
	wantCode(t, err, programme.CodeInvalid) // who is in it was not said yet
	if _, err := h.MarkPhoto(ctx, programme.As("office"), id, programme.PhotoForm{People: []programme.PersonID{"atsugi", "other-atsugi"}}); err != nil {
		t.Fatal(err)
	}
	p, err := h.ProposePublication(ctx, programme.As("office"), ask)
	if err != nil {
		t.Fatal(err)
	}
	bureau := func(when string, want int) {
		t.Helper()
		if n := len(h.photos("bureau")); n != want {
			t.Errorf("%s: the bureau sees %d photos, want %d", when, n, want)
		}
	}
	bureau("nobody said anything", 0)
	if err := h.consents("atsugi", "one", p, programme.DecisionYes); err != nil {
		t.Fatal(err)
	}
	bureau("one of two agreed", 0)
	if err := h.consents("other-atsugi", "two", p, programme.DecisionYes); err != nil {
		t.Fatal(err)
	}
	bureau("both agreed", 1)
	h.now = h.now.Add(1)
	if err := h.consents("atsugi", "three", p, programme.DecisionWithdrawn); err != nil {
		t.Fatal(err)
	}
	bureau("one took it back", 0)
}
