package programme_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"tsugite/programme"
)

// came lets an account come to the bot, and finds its row.
func (h *house) came(a programme.Account) programme.Newcomer {
	h.t.Helper()
	must(h.t, h.Arrive(h.t.Context(), a))
	return h.newcomer(a.SlackID)
}

func (h *house) newcomer(slackID string) (n programme.Newcomer) {
	h.t.Helper()
	must(h.t, h.Store.Read(h.t.Context(), func(tx programme.Tx) (err error) {
		n, err = tx.NewcomerBySlack(slackID)
		return err
	}))
	return n
}

func (h *house) inRow(id programme.PersonID) (p programme.Person) {
	h.t.Helper()
	must(h.t, h.Store.Read(h.t.Context(), func(tx programme.Tx) (err error) {
		p, err = tx.Person(id)
		return err
	}))
	return p
}

// enter puts somebody on the roster.
func (h *house) enter(p programme.Person) {
	h.t.Helper()
	h.write(func(tx programme.Tx) error { return tx.SavePerson(p) })
}

func wish(op string) programme.JoinForm {
	return programme.JoinForm{Op: op, Name: "鶉野 香", Kana: "うずらの かおる", Organisation: "鶉野染織", ToldBy: "商工会", Message: "参加したいです"}
}

// TestAnAccountIsShownToTheOfficeOnce, and whoever it is matched with is welcomed once.
func TestAnAccountIsShownToTheOfficeOnce(t *testing.T) {
	h := newHouse(t)
	h.enter(programme.Person{ID: "new", Name: "鶉野 香", Roles: []programme.Role{programme.Atsugi}})
	a := programme.Account{SlackID: "UNEW", Name: "鶉野香", Email: "k@example.jp", Locale: "ja"}
	n := h.came(a)
	h.came(a)
	if got := h.notices()["join.who c:office"]; got != 1 {
		t.Errorf("%d cards", got)
	}
	page, err := h.JoiningPage(t.Context(), programme.As("office"), n.ID)
	must(t, err)
	if len(page.Candidates) != 1 || page.Candidates[0].Person.ID != "new" {
		t.Errorf("candidates are %+v", page.Candidates)
	}
	must(t, h.MatchAccount(t.Context(), programme.As("office"), n.ID, "new", false))
	if p := h.inRow("new"); p.SlackID != "UNEW" || p.Locale != "ja" {
		t.Errorf("linked with %+v", p)
	}
	if got := h.notices()["join.welcome p:new"]; got != 1 {
		t.Errorf("%d welcomes", got)
	}
	err = h.MatchAccount(t.Context(), programme.As("office"), n.ID, "atsugi", true)
	if e, ok := programme.AsError(err); !ok || e.Key != "error.join_decided_by" || e.Args["Who"] != "試験 office" {
		t.Errorf("the second is told %v", err)
	}
	if p := h.inRow("atsugi"); p.SlackID != "Uatsugi" {
		t.Error("the second changed something")
	}
}

// TestWhatTakesAskingTwice is when a mistake would show one person's things to another.
func TestWhatTakesAskingTwice(t *testing.T) {
	for about, c := range map[string]struct {
		account   programme.Account
		person    programme.PersonID
		key       string // of the refusal that asks for certainty, "" if there is none
		evenIfOne bool   // it is refused whoever is sure
	}{
		"nothing against it":             {programme.Account{SlackID: "UNEW"}, "free", "", false},
		"of another workspace":           {programme.Account{SlackID: "UNEW", Stranger: true}, "free", "error.join_sure_stranger", false},
		"somebody who has an account":    {programme.Account{SlackID: "UNEW"}, "atsugi", "error.join_sure_account", false},
		"somebody whose account is shut": {programme.Account{SlackID: "UNEW"}, "shut", "", false},
		"somebody who left":              {programme.Account{SlackID: "UNEW"}, "gone", "error.join_sure_left", false},
		"an account of somebody else":    {programme.Account{SlackID: "UOTHER"}, "free", "error.join_other", true},
		"nobody":                         {programme.Account{SlackID: "UNEW"}, "nobody", "error.choice", true},
	} {
		t.Run(about, func(t *testing.T) {
			h := newHouse(t)
			h.enter(programme.Person{ID: "free", Name: "空"})
			h.enter(programme.Person{ID: "shut", Name: "閉", SlackID: "USHUT", OffSlack: firstDay})
			h.enter(programme.Person{ID: "gone", Name: "去", Left: firstDay})
			n := h.came(c.account)
			h.enter(programme.Person{ID: "owner", Name: "主", SlackID: "UOTHER"}) // by the roster, meanwhile
			err := h.MatchAccount(t.Context(), programme.As("office"), n.ID, c.person, false)
			if e, _ := programme.AsError(err); (e == nil) != (c.key == "") || e != nil && e.Key != c.key {
				t.Fatalf("at first: %v, want %q", err, c.key)
			}
			if c.key == "" {
				return
			}
			err = h.MatchAccount(t.Context(), programme.As("office"), n.ID, c.person, true)
			if (err != nil) != c.evenIfOne {
				t.Fatalf("when sure: %v", err)
			}
			if p := h.inRow("owner"); p.SlackID != "UOTHER" {
				t.Error("an account was taken away")
			}
			if err == nil {
				if p := h.inRow(c.person); p.SlackID != c.account.SlackID || !p.Active() {
					t.Errorf("linked with %+v", p)
				}
			}
		})
	}
}

// TestRecogniseWelcomes: by an address that is one person's alone; of two the office is asked.
func TestRecogniseWelcomes(t *testing.T) {
	h := newHouse(t)
	h.enter(programme.Person{ID: "one", Name: "一", Email: "one@example.jp"})
	h.enter(programme.Person{ID: "two-a", Name: "二", Email: "two@example.jp"})
	h.enter(programme.Person{ID: "two-b", Name: "弐", Email: "TWO@example.jp"})
	p, err := h.Recognise(t.Context(), programme.Account{SlackID: "U1", Email: "One@example.jp", Locale: "en"})
	must(t, err)
	if p.ID != "one" || h.notices()["join.welcome p:one"] != 1 {
		t.Errorf("recognised %v, %v", p.ID, h.notices())
	}
	two := programme.Account{SlackID: "U2", Email: "two@example.jp", Locale: "ja"}
	_, err = h.Recognise(t.Context(), two)
	wantCode(t, err, programme.CodeUnknown)
	page, err := h.JoiningPage(t.Context(), programme.As("office"), h.came(two).ID)
	must(t, err)
	if len(page.Candidates) != 2 {
		t.Errorf("candidates are %+v", page.Candidates)
	}
}

// TestOnlyTheOfficeSeesWhoAsks goes through everything about joining and leaving that is the
// office's, person by person.
func TestOnlyTheOfficeSeesWhoAsks(t *testing.T) {
	for act, do := range map[string]func(h *house, ctx context.Context, who programme.Actor) error{
		"the list": func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.JoiningList(ctx, who, 10)
			return err
		},
		"the page": func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.JoiningPage(ctx, who, h.newcomer("UNEW").ID)
			return err
		},
		"match": func(h *house, ctx context.Context, who programme.Actor) error {
			return h.MatchAccount(ctx, who, h.newcomer("UNEW").ID, "free", false)
		},
		"not ours": func(h *house, ctx context.Context, who programme.Actor) error {
			return h.NotOurs(ctx, who, h.newcomer("UNEW").ID)
		},
		"take up": func(h *house, ctx context.Context, who programme.Actor) error {
			return h.TakeUp(ctx, who, programme.NewMemberForm{Newcomer: h.newcomer("UNEW").ID, Name: "新", Role: programme.Atsugi})
		},
		"decline": func(h *house, ctx context.Context, who programme.Actor) error {
			list, err := h.JoiningList(ctx, programme.Operator, 10)
			must(h.t, err)
			return h.DeclineJoining(ctx, who, list.Requests[0].ID, "定員のため")
		},
		"a person's page": func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.PersonPage(ctx, who, "atsugi")
			return err
		},
		"who left": func(h *house, ctx context.Context, who programme.Actor) error {
			_, err := h.WhoLeft(ctx, who, 10)
			return err
		},
		"somebody leaves": func(h *house, ctx context.Context, who programme.Actor) error {
			return h.LeavePerson(ctx, who, "free")
		},
		"somebody is taken back": func(h *house, ctx context.Context, who programme.Actor) error {
			return h.TakeBack(ctx, who, "free")
		},
		"a change": func(h *house, ctx context.Context, who programme.Actor) error {
			return h.DecideChange(ctx, who, h.change("atsugi"), true)
		},
	} {
		for _, who := range cast {
			t.Run(act+"/"+string(who), func(t *testing.T) {
				h := newHouse(t)
				h.enter(programme.Person{ID: "free", Name: "空"})
				must(t, h.AskToJoin(t.Context(), programme.Account{SlackID: "UNEW", Email: "n@example.jp"}, wish("w")))
				_, err := h.ConfirmProfile(t.Context(), programme.As("atsugi"), programme.ProfileForm{Op: "c", Name: "別名"})
				must(t, err)
				err = do(h, t.Context(), programme.As(who))
				if (err == nil) != (who == "office") {
					t.Errorf("%v", err)
				}
			})
		}
	}
}

// change is the open change of somebody.
func (h *house) change(of programme.PersonID) string {
	h.t.Helper()
	id := ""
	must(h.t, h.Store.Read(h.t.Context(), func(tx programme.Tx) error {
		open, err := tx.OpenProfileChanges(of)
		if err == nil && len(open) == 1 {
			id = open[0].ID
		}
		return err
	}))
	return id
}

// TestWishesAreBounded: one open for an account, three in thirty days, one for a form; and
// what is not taken up is gone afterwards.
func TestWishesAreBounded(t *testing.T) {
	h := newHouse(t)
	a := programme.Account{SlackID: "UNEW", Name: "香", Email: "n@example.jp"}
	decline := func() {
		list, err := h.JoiningList(t.Context(), programme.As("office"), 10)
		must(t, err)
		must(t, h.DeclineJoining(t.Context(), programme.As("office"), list.Requests[0].ID, "定員のため"))
	}
	must(t, h.AskToJoin(t.Context(), a, wish("1")))
	must(t, h.AskToJoin(t.Context(), a, wish("1")))
	err := h.AskToJoin(t.Context(), a, wish("1b"))
	if !errors.Is(err, &programme.Error{Code: programme.CodeConflict, Key: "error.join_open"}) {
		t.Errorf("a second open one: %v", err)
	}
	decline()
	for _, op := range []string{"2", "3"} {
		must(t, h.AskToJoin(t.Context(), a, wish(op)))
		decline()
	}
	wantCode(t, h.AskToJoin(t.Context(), a, wish("4")), programme.CodeConflict)
	long := wish("5")
	long.Message = string(make([]rune, programme.MaxJoinMessage+1))
	wantCode(t, h.AskToJoin(t.Context(), programme.Account{SlackID: "UX"}, long), programme.CodeInvalid)
	wantCode(t, h.AskToJoin(t.Context(), programme.Account{SlackID: "Uatsugi"}, wish("6")), programme.CodeConflict)
	h.now = h.now.Add(31 * 24 * time.Hour)
	must(t, h.ForgetJoining(t.Context()))
	standing, err := h.JoinStanding(t.Context(), "UNEW")
	must(t, err)
	if standing.Request.ID != "" {
		t.Error("what was declined is still there")
	}
	must(t, h.AskToJoin(t.Context(), a, wish("7")))
}

// TestTakingUp makes one person, who is welcomed; not a second one of the same address.
func TestTakingUp(t *testing.T) {
	h := newHouse(t)
	h.enter(programme.Person{ID: "same", Name: "同", Email: "n@example.jp", SlackID: "USAME"})
	a := programme.Account{SlackID: "UNEW", Email: "n@example.jp", Locale: "ja"}
	must(t, h.AskToJoin(t.Context(), a, wish("1")))
	form := programme.NewMemberForm{Newcomer: h.newcomer("UNEW").ID, Name: "鶉野 香", Role: programme.Atsugi, Cohort: "R8", Prefecture: "群馬県"}
	err := h.TakeUp(t.Context(), programme.As("office"), form)
	if e, ok := programme.AsError(err); !ok || e.Key != "error.join_same_mail" {
		t.Fatalf("of the same address: %v", err)
	}
	b := programme.Account{SlackID: "UTWO", Email: "b@example.jp", Locale: "en"}
	must(t, h.AskToJoin(t.Context(), b, wish("2")))
	form.Newcomer = h.newcomer("UTWO").ID
	must(t, h.TakeUp(t.Context(), programme.As("office"), form))
	p, err := h.PersonBySlack(t.Context(), "UTWO")
	must(t, err)
	if p.Name != "鶉野 香" || p.Email != "b@example.jp" || !slices.Equal(p.Cohorts, []string{"R8"}) || p.Prefecture != "群馬県" || p.Locale != "en" {
		t.Errorf("on the roster: %+v", p)
	}
	if h.notices()["join.welcome p:"+string(p.ID)] != 1 {
		t.Errorf("told: %v", h.notices())
	}
	wantCode(t, h.TakeUp(t.Context(), programme.As("office"), form), programme.CodeConflict)
}

// TestALeaverAsksAgain: the office can say that it is them, or decline.
func TestALeaverAsksAgain(t *testing.T) {
	h := newHouse(t)
	h.enter(programme.Person{ID: "back", Name: "鶉野 香", Roles: []programme.Role{programme.Atsugi}})
	n := h.came(programme.Account{SlackID: "UNEW"})
	must(t, h.MatchAccount(t.Context(), programme.As("office"), n.ID, "back", false))
	must(t, h.LeavePerson(t.Context(), programme.As("office"), "back"))
	must(t, h.AskToJoin(t.Context(), programme.Account{SlackID: "UNEW"}, wish("1")))
	page, err := h.JoiningPage(t.Context(), programme.As("office"), n.ID)
	must(t, err)
	if page.Newcomer.State != programme.NewcomerWaits || page.Request.State != programme.RequestOpen {
		t.Fatalf("the office sees %+v", page)
	}
	must(t, h.MatchAccount(t.Context(), programme.As("office"), n.ID, "back", true))
	if p := h.inRow("back"); !p.Active() || p.SlackID != "UNEW" {
		t.Errorf("on the roster: %+v", p)
	}
}

// TestTakingUpAsksTwice where a mistake would show somebody what is not theirs.
func TestTakingUpAsksTwice(t *testing.T) {
	for name, c := range map[string]struct {
		account programme.Account
		form    programme.NewMemberForm
		asks    bool
	}{
		"an atsugi":            {programme.Account{SlackID: "UNEW"}, programme.NewMemberForm{Name: "鶉野 香", Role: programme.Atsugi}, false},
		"of another workspace": {programme.Account{SlackID: "UNEW", Stranger: true}, programme.NewMemberForm{Name: "鶉野 香", Role: programme.Atsugi}, true},
		"the bureau":           {programme.Account{SlackID: "UNEW"}, programme.NewMemberForm{Name: "鶉野 香", Role: programme.Bureau}, true},
		"the office":           {programme.Account{SlackID: "UNEW"}, programme.NewMemberForm{Name: "鶉野 香", Role: programme.Coordinator}, true},
		"a name that is there": {programme.Account{SlackID: "UNEW"}, programme.NewMemberForm{Name: "試験　expert", Role: programme.Supporter}, true},
	} {
		h := newHouse(t)
		must(t, h.AskToJoin(t.Context(), c.account, wish("1")))
		c.form.Newcomer = h.newcomer("UNEW").ID
		err := h.TakeUp(t.Context(), programme.As("office"), c.form)
		if refused, _ := programme.AsError(err); c.asks != (refused != nil && refused.Field == "sure") {
			t.Errorf("%s: %v", name, err)
		}
		if c.form.Sure = true; c.asks {
			must(t, h.TakeUp(t.Context(), programme.As("office"), c.form))
		}
	}
}

// TestAnAccountThatWasGivenUpWaitsAgain: whose person got another one can be matched anew.
func TestAnAccountThatWasGivenUpWaitsAgain(t *testing.T) {
	h := newHouse(t)
	h.enter(programme.Person{ID: "free", Name: "空"})
	h.enter(programme.Person{ID: "true", Name: "真"})
	first, second := h.came(programme.Account{SlackID: "UONE"}), h.came(programme.Account{SlackID: "UTWO"})
	must(t, h.MatchAccount(t.Context(), programme.As("office"), first.ID, "free", false))
	must(t, h.MatchAccount(t.Context(), programme.As("office"), second.ID, "free", true))
	must(t, h.MatchAccount(t.Context(), programme.As("office"), first.ID, "true", false))
	if a, b := h.inRow("free"), h.inRow("true"); a.SlackID != "UTWO" || b.SlackID != "UONE" {
		t.Errorf("%s has %s, %s has %s", a.ID, a.SlackID, b.ID, b.SlackID)
	}
}

// TestManyAccountsDoNotBuryTheOffice: so many cards a day, the others are in the list.
func TestManyAccountsDoNotBuryTheOffice(t *testing.T) {
	h := newHouse(t)
	for i := range 30 {
		h.came(programme.Account{SlackID: "UMANY" + strconv.Itoa(i)})
	}
	if got := h.notices()["join.who c:office"]; got != 20 {
		t.Errorf("%d cards", got)
	}
	list, err := h.JoiningList(t.Context(), programme.As("office"), 100)
	must(t, err)
	if len(list.Newcomers) != 30 {
		t.Errorf("%d in the list", len(list.Newcomers))
	}
}
