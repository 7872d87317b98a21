package programme_test

import (
	"testing"
	"time"

	"tsugite/programme"
)

// TestWhoLeavesIsToldNothingMore: their presses are refused, what waits for them is withdrawn,
// and the office is told what is left; nobody puts themself out.
func TestWhoLeavesIsToldNothingMore(t *testing.T) {
	h := newHouse(t)
	must(t, h.Hint(t.Context(), programme.ToPerson("atsugi"), "e"))
	wantCode(t, h.LeavePerson(t.Context(), programme.As("office"), "office"), programme.CodeDenied)
	must(t, h.LeavePerson(t.Context(), programme.As("office"), "atsugi"))
	must(t, h.LeavePerson(t.Context(), programme.As("office"), "atsugi"))
	_, err := h.Home(t.Context(), programme.As("atsugi"))
	wantCode(t, err, programme.CodeUnknown)
	m, err := h.Matter(t.Context(), programme.Notice{Kind: programme.NoticeHint, Subject: "e", To: programme.ToPerson("atsugi")}, false)
	must(t, err)
	if m.Withdrawn == "" {
		t.Error("what waited goes out")
	}
	if n := h.notices()["person.left c:office"]; n != 1 {
		t.Errorf("the office is told %d times", n)
	}
	must(t, h.TakeBack(t.Context(), programme.As("office"), "atsugi"))
	if _, err := h.Home(t.Context(), programme.As("atsugi")); err != nil {
		t.Errorf("back: %v", err)
	}
	must(t, h.LeavePerson(t.Context(), programme.As("office"), "atsugi"))
	h.now = h.now.Add(time.Second)
}

// TestTheOfficeSeesWhatLeavingTouches: engagements that run are on the page.
func TestTheOfficeSeesWhatLeavingTouches(t *testing.T) {
	h := newHouse(t)
	_, err := h.MakeEngagement(t.Context(), programme.As("office"), programme.EngagementForm{Op: "e", Atsugi: "other-atsugi", Mentor: "expert", Sessions: 2})
	must(t, err)
	for _, who := range []programme.PersonID{"other-atsugi", "expert"} {
		page, err := h.PersonPage(t.Context(), programme.As("office"), who)
		must(t, err)
		if len(page.Engagements) != 1 {
			t.Errorf("%s: %d engagements", who, len(page.Engagements))
		}
	}
}

// TestAnAccountThatCloses: the office is told, and again when it is back.
func TestAnAccountThatCloses(t *testing.T) {
	h := newHouse(t)
	must(t, h.AccountClosed(t.Context(), "Uatsugi"))
	must(t, h.AccountClosed(t.Context(), "Uatsugi"))
	_, err := h.Recognise(t.Context(), programme.Account{SlackID: "Uatsugi", Locale: "ja"})
	must(t, err)
	got := h.notices()
	if got["account.closed c:office"] != 1 || got["account.back c:office"] != 1 || got["join.welcome p:atsugi"] != 0 {
		t.Errorf("told %v", got)
	}
}

// TestWhatSomebodySaysOfThemself: an atsugi's own word counts at once and can be taken back;
// of all others access hangs on name and firm, and the office decides first.
func TestWhatSomebodySaysOfThemself(t *testing.T) {
	for _, who := range []programme.PersonID{"atsugi", "expert", "supporter", "bureau", "senior"} {
		for _, take := range []bool{true, false} {
			h := newHouse(t)
			form := programme.ProfileForm{Op: "f", Name: "試験 " + string(who), Kana: string(who), Organisation: "新しい名前", Craft: "漆", Wants: "販路"}
			waits, err := h.ConfirmProfile(t.Context(), programme.As(who), form)
			must(t, err)
			_, err = h.ConfirmProfile(t.Context(), programme.As(who), form) // the same form again
			must(t, err)
			atOnce := who == "atsugi"
			if got := h.inRow(who); (got.Organisation == "新しい名前") != atOnce || got.Craft != "漆" || waits == atOnce {
				t.Errorf("%s at once: %+v, waits %v", who, got, waits)
			}
			if n := h.notices()["profile.changed c:office"]; n != 1 {
				t.Errorf("%s: %d cards", who, n)
			}
			id := h.change(who)
			must(t, h.DecideChange(t.Context(), programme.As("office"), id, take))
			if got := h.inRow(who).Organisation; (got == "新しい名前") != take {
				t.Errorf("%s, taken %v: %q", who, take, got)
			}
			wantCode(t, h.DecideChange(t.Context(), programme.As("office"), id, !take), programme.CodeConflict)
			if told := h.notices()["profile.reverted p:"+string(who)] == 1; told == take {
				t.Errorf("%s is told: %v", who, told)
			}
		}
	}
}

// TestANewFirmBehindAWallIsShown: the office is told when who has something about an atsugi is
// of a firm now by which that one would rather not be seen.
func TestANewFirmBehindAWallIsShown(t *testing.T) {
	h := newHouse(t)
	must(t, h.hide("atsugi", "atsugi", programme.HiddenName("黄瀬商店")))
	_, err := h.ConfirmProfile(t.Context(), programme.As("expert"), programme.ProfileForm{Op: "f", Name: "試験 expert", Kana: "expert", Organisation: "黄瀬商店"})
	must(t, err)
	if n := h.notices()["wall.stands c:office"]; n != 0 {
		t.Fatalf("told %d times before it counts", n)
	}
	must(t, h.DecideChange(t.Context(), programme.As("office"), h.change("expert"), true))
	if n := h.notices()["wall.stands c:office"]; n != 1 {
		t.Errorf("told %d times", n)
	}
}

// TestSlackSaysOtherwise: the roster keeps its own, and the office is shown each difference once.
func TestSlackSaysOtherwise(t *testing.T) {
	h := newHouse(t)
	cards := func() int { return h.notices()["profile.changed c:office"] }
	says := func(name, mail string) {
		t.Helper()
		must(t, h.AccountChanged(t.Context(), programme.Account{SlackID: "Uatsugi", Name: name, Email: mail}))
	}
	says("試験 atsugi", "")
	says("試験 atsugi （参加者）", "")
	if cards() != 0 {
		t.Fatalf("%d cards about the same name", cards())
	}
	says("結婚後 花", "")
	says("結婚後 花", "")
	if cards() != 1 || h.inRow("atsugi").Name != "試験 atsugi" {
		t.Errorf("%d cards, the roster says %q", cards(), h.inRow("atsugi").Name)
	}
	must(t, h.DecideChange(t.Context(), programme.As("office"), h.change("atsugi"), false))
	says("結婚後 花", "")
	says("結婚後 花", "new@example.jp")
	if cards() != 2 {
		t.Errorf("%d cards", cards())
	}
	must(t, h.DecideChange(t.Context(), programme.As("office"), h.change("atsugi"), true))
	if p := h.inRow("atsugi"); p.Email != "new@example.jp" || p.Name != "試験 atsugi" {
		t.Errorf("the roster says %+v", p)
	}
	must(t, h.AccountChanged(t.Context(), programme.Account{SlackID: "UNOBODY", Name: "誰か"}))
}
