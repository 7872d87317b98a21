package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// proposedPhoto is a picture with the memo in which atsugi alone is said to be, proposed
// and sent to the final proof with their yes.
func (h photoHouse) proposedPhoto() (programme.PhotoID, programme.Publication) {
	h.t.Helper()
	h.kept(h.sent("expert", "message", programme.PhotoForm{}, "F1"), map[string]programme.Picture{"F1": picture("a kiln")})
	id := h.photos("office")[0].Photo.ID
	h.marks(id, "atsugi")
	p, err := h.wouldPublish("photo", func(f *programme.PublicationForm) {
		f.Kind, f.Photo, f.Text = programme.PublishPhoto, id, "窯の前で"
	})
	must(h.t, err)
	must(h.t, h.consents("atsugi", "yes", p, programme.DecisionYes))
	h.now = h.now.Add(time.Hour)
	must(h.t, second(h.StartProof(h.t.Context(), programme.As("office"))))
	must(h.t, h.consents("atsugi", "proof", p, programme.DecisionYes))
	return id, p
}

func (h photoHouse) marks(id programme.PhotoID, people ...programme.PersonID) {
	h.t.Helper()
	must(h.t, second(h.MarkPhoto(h.t.Context(), programme.As("office"), id, programme.PhotoForm{People: people, Nobody: len(people) == 0})))
}

// TestWhoIsFoundInAPictureLaterIsAskedFirst: it does not go out until they agreed, too.
func TestWhoIsFoundInAPictureLaterIsAskedFirst(t *testing.T) {
	h := newPhotoHouse(t)
	id, p := h.proposedPhoto()
	if h.out()[p.ID] == "" {
		t.Fatal("everybody agreed and it is not published")
	}
	h.marks(id, "atsugi", "other-atsugi")
	v := h.publication(p.ID)
	if v.Standing.Out || v.Step != programme.StepPeople || h.out()[p.ID] != "" {
		t.Errorf("it is published without who was found in it: %+v", v.Standing)
	}
	p, err := h.AskDepicted(t.Context(), programme.As("office"), p.ID, v.Publication.Version)
	must(t, err)
	if n := h.notices()["consent.ask p:other-atsugi"]; n != 1 || h.publication(p.ID).Step != programme.StepAnswer {
		t.Errorf("they were asked %d times, and the step is %s", n, h.publication(p.ID).Step)
	}
	must(t, h.consents("other-atsugi", "two", p, programme.DecisionYes))
	if h.out()[p.ID] == "" {
		t.Error("both agreed and it is not published")
	}
}

// TestAPictureIsTheSameWhereverItIsKept: who is in it is said of all of them, and a copy
// that nobody looked at keeps it back.
func TestAPictureIsTheSameWhereverItIsKept(t *testing.T) {
	h := newPhotoHouse(t)
	first, p := h.proposedPhoto()
	must(t, second(h.ShareMemos(t.Context(), programme.As("office"), []programme.MemoID{h.memo}, programme.Over{})))
	if len(h.photos("bureau")) != 1 {
		t.Fatal("the bureau does not see a picture to which everybody agreed")
	}
	h.heldEvent("held")
	at := programme.PhotoPlace{Event: "held"}
	must(t, h.OfferPhotos(t.Context(), programme.As("office"), "another", []string{"F2"}))
	parcel := h.parcelOf("office")
	must(t, second(h.WishPhotos(t.Context(), programme.As("office"), parcel, at, programme.PhotoForm{})))
	h.kept(parcel, map[string]programme.Picture{"F2": picture("a kiln")})
	inside := func(when string) {
		t.Helper()
		if v := h.publication(p.ID); v.Standing.Out || v.Step != programme.StepPeople {
			t.Errorf("%s: it may be published, step %s", when, v.Step)
		}
		if len(h.photos("bureau")) != 0 {
			t.Errorf("%s: the bureau sees it", when)
		}
	}
	inside("nobody looked at the copy")
	page, err := h.Photos(t.Context(), programme.As("office"), at)
	must(t, err)
	h.marks(page.Photos[0].Photo.ID, "other-atsugi")
	inside("somebody else is in the copy")
	must(t, second(h.RemovePhoto(t.Context(), programme.As("office"), page.Photos[0].Photo.ID)))
	if !h.publication(p.ID).Standing.Out {
		t.Error("the copy is gone, and the picture kept back")
	}
	must(t, second(h.RemovePhoto(t.Context(), programme.As("office"), first)))
	if v := h.publication(p.ID); v.Standing.Out || v.Step != programme.StepGone {
		t.Errorf("the picture is gone: step %s", v.Step)
	}
}

// TestWhoIsAskedAboutAPictureSeesIt: before they answer, and nobody else by this way.
func TestWhoIsAskedAboutAPictureSeesIt(t *testing.T) {
	h := newPhotoHouse(t)
	id, p := h.proposedPhoto()
	h.marks(id, "atsugi", "other-atsugi")
	may := func(who programme.PersonID) bool {
		t.Helper()
		err := h.SendPicture(t.Context(), programme.As(who), h.NewID(), p.ID)
		if _, refused := programme.AsError(err); err != nil && !refused {
			t.Fatal(err)
		}
		return err == nil
	}
	for who, want := range map[programme.PersonID]bool{"atsugi": true, "office": true, "other-atsugi": false, "expert": false, "bureau": false} {
		if may(who) != want {
			t.Errorf("%s may see it: %v", who, !want)
		}
	}
	must(t, second(h.AskDepicted(t.Context(), programme.As("office"), p.ID, h.publication(p.ID).Publication.Version)))
	if !may("other-atsugi") {
		t.Error("they are asked about a picture that they do not see")
	}
	m := h.matter(programme.NoticeConsentPhoto, string(p.ID), "op", programme.ToPerson("other-atsugi"))
	if m.Withdrawn != "" || m.Photo.Photo.Hash != p.Picture() {
		t.Errorf("what is sent is not the picture: %+v", m)
	}
	must(t, second(h.RemovePhoto(t.Context(), programme.As("office"), id)))
	if m := h.matter(programme.NoticeConsentPhoto, string(p.ID), "op", programme.ToPerson("other-atsugi")); m.Withdrawn == "" {
		t.Error("a picture that was taken away is sent")
	}
}

// TestTheProofsMessageFollowsTheWording: an edit, and giving a text up, leave less to
// confirm.
func TestTheProofsMessageFollowsTheWording(t *testing.T) {
	h := newHouse(t)
	p := h.propose("p", nil)
	must(t, h.consents("atsugi", "a", p, programme.DecisionYes))
	revisions := func() (n int) {
		t.Helper()
		must(t, h.Store.Read(t.Context(), func(tx programme.Tx) error {
			ds, err := tx.DeliveriesOf(programme.Notice{Kind: programme.NoticeConsentProof, Subject: "atsugi", To: programme.ToPerson("atsugi")})
			for _, d := range ds {
				n += d.Rev
			}
			return err
		}))
		return n
	}
	proof := func() {
		h.now = h.now.Add(time.Hour)
		must(t, second(h.StartProof(t.Context(), programme.As("office"))))
		h.deliver()
	}
	proof()
	was := revisions()
	v := h.publication(p.ID).Publication
	edited, err := h.EditPublication(t.Context(), programme.As("office"), p.ID, v.Version, "別の言葉で書きました。", false)
	must(t, err)
	if revisions() == was {
		t.Error("an edit leaves the message as it was")
	}
	must(t, h.consents("atsugi", "b", edited, programme.DecisionYes))
	proof()
	was = revisions()
	must(t, second(h.DropPublication(t.Context(), programme.As("office"), p.ID, h.publication(p.ID).Publication.Version)))
	if revisions() == was {
		t.Error("giving it up leaves the message as it was")
	}
}
