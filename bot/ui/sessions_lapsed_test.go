package ui_test

import (
	"slices"
	"strings"
	"testing"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// TestCardsOfTimesThatWentByLeadOn: nobody can pick any more, and each can do what helps.
func TestCardsOfTimesThatWentByLeadOn(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, want := range map[string][]string{
		"session-lapsed":               {ui.ActionSessionTimes},
		"session-lapsed-since":         nil,
		"session-lapsed-office":        {ui.ActionSessionBook, ui.ActionSessionTimes, ui.ActionSessionOpen},
		"session-lapsed-office-since":  {ui.ActionSessionOpen},
		"session-lapsed-move":          {ui.ActionSessionMove},
		"session-lapsed-move-late":     nil,
		"session-lapsed-office-move":   {ui.ActionSessionBook, ui.ActionSessionOpen},
		"session-lapsed-requested":     {ui.ActionRequestExpert, ui.ActionRequest},
		"session-proposed-lapsed":      nil,
		"session-proposed-lapsed-move": nil,
		"session-behalf":               nil,
		"session-behalf-move":          nil,
		"session-behalf-picked":        nil,
		"session-withdrawn-ended":      nil,
		"session-after-not-held-ended": nil,
	} {
		if got := slices.Compact(actionsOf(t, drawn[name])); !slices.Equal(got, want) {
			t.Errorf("%s offers %v, want %v", name, got, want)
		}
	}
}

// TestWhatIsSaidOfTimesThatNobodyPicked, and of what goes with them.
func TestWhatIsSaidOfTimesThatNobodyPicked(t *testing.T) {
	drawn := sample().drawings(t, ui.NewLocale("ja", tokyo))
	for name, want := range map[string][]string{
		"session-proposed-lapsed":      {"この候補からは、もう選べません"},
		"session-proposed-lapsed-move": {"12月8日(火) 14:00〜15:00 に決まっています"},
		"session-lapsed":               {"選ばれないまま過ぎました", "12月3日(木) 18:00〜19:00"},
		"session-lapsed-move":          {"決まっている日時はそのままです：12月8日(火) 14:00〜15:00"},
		"session-lapsed-requested":     {"お申し込みの日時は、お返事がないまま過ぎました"},
		"session-page-lapsed":          {"候補の日時は、選ばれないまま過ぎました"},
		"session-behalf":               {"あなたの候補として", "12月2日(水) 10:30〜11:30"},
		"session-behalf-move":          {"いまの日時：12月8日(火) 14:00〜15:00", "窯の修理"},
		"session-board-lapsed":         {"日時の変更のお願いが、まとまっていません", "日時の変更のお願いに、お返事を待っています"},
		"session-form-met-theirs":      {"相手からも候補が届いています", "12月2日(水) 10:30〜11:30"},
		"session-form-met":             {"その新しい候補としてお送りします"},
		"session-withdrawn-ended":      {"個別フォローアップが終わったためです"},
		"session-withdrawn-between":    {"事務局にお声がけください"},
		"session-withdrawn-request":    {"ホームから申し込めます"},
	} {
		said := string(drawn[name].Blocks) + string(drawn[name].View)
		for _, words := range want {
			if !strings.Contains(said, words) {
				t.Errorf("%s does not say %q", name, words)
			}
		}
	}
	for name, words := range map[string]string{
		"session-withdrawn-ended": "ホームから", "session-withdrawn-between": "ホームから", "session-withdrawn-request-expert": "ホームから", "session-lapsed-move-late": "下のボタン",
	} {
		if strings.Contains(string(drawn[name].Blocks), words) {
			t.Errorf("%s leads to where there is no way", name)
		}
	}
}

// TestTheRemindersOfASessionDoNotLookAlike, neither on the phone nor in the chat.
func TestTheRemindersOfASessionDoNotLookAlike(t *testing.T) {
	for _, lang := range []string{"ja", "en"} {
		drawn := sample().drawings(t, ui.NewLocale(lang, tokyo))
		seen := map[string]string{}
		for _, name := range []string{"early", "tomorrow", "today", "soon"} {
			d := drawn["session-reminder-"+name]
			for _, said := range []string{d.Text, string(d.Blocks)} {
				if other := seen[said]; other != "" {
					t.Errorf("%s: %s looks like %s", lang, name, other)
				}
				seen[said] = name
			}
		}
		if begun := drawn["session-reminder-begun"]; seen[begun.Text] != "early" {
			t.Errorf("%s: once it has begun it says %q", lang, begun.Text)
		}
	}
}

// TestTheBoardSaysSinceWhenSomethingIsToBeDone: since times were named, not since it was
// made.
func TestTheBoardSaysSinceWhenSomethingIsToBeDone(t *testing.T) {
	c := sample()
	v := c.lapsed()
	v.Made = at(11, 1, 9, 0)
	b := programme.Board{Office: true, Now: at(12, 4, 9, 0), Stuck: []programme.SessionView{v}}
	d := view(t, ui.SessionBoard(ui.SessionBoardData{Board: b}, ui.NewLocale("ja", tokyo)))
	if !strings.Contains(string(d.View), "10日たちました") {
		t.Errorf("times were named ten days ago: %s", d.View)
	}
}

// TestTheFormForAnybodyBringsWhoWasChosen; that of a wish has them beforehand.
func TestTheFormForAnybodyBringsWhoWasChosen(t *testing.T) {
	c := sample()
	drawn := c.drawings(t, ui.NewLocale("ja", tokyo))
	v := returned(t, drawn["engagement-form-any"])
	if ui.FieldBlock(v, "atsugi") == "" || ui.FieldBlock(v, "mentor") == "" {
		t.Fatalf("the form asks for %v", v.State.Values)
	}
	f, err := ui.ReadEngagementForm(v)
	if err != nil || f.Survey != "" || f.Sessions != 2 || f.Op != "01KOP" {
		t.Errorf("read: %+v, %v", f, err)
	}
}

// TestHelpSpeaksOfSessions to whom the command shows something.
func TestHelpSpeaksOfSessions(t *testing.T) {
	l := ui.NewLocale("ja", tokyo)
	for _, role := range []programme.Role{programme.Atsugi, programme.Mentor, programme.Supporter, programme.Coordinator, programme.Bureau} {
		d := view(t, ui.HelpPage(programme.Person{ID: "p", Roles: []programme.Role{role}}, l))
		if got, want := strings.Contains(string(d.View), "/tsugite session"), role != programme.Supporter; got != want {
			t.Errorf("%s: %v, want %v", role, got, want)
		}
	}
}

// TestTheBoardFitsHoweverMuchThereIsToDo in one page (slack.md Sizes).
func TestTheBoardFitsHoweverMuchThereIsToDo(t *testing.T) {
	c := sample()
	b := c.sessionBoard()
	for _, list := range []*[]programme.SessionView{&b.Disputed, &b.Stuck, &b.Waiting, &b.Unsaid, &b.NoMemo, &b.NoPapers} {
		*list = many((*list)[0], 12)
	}
	b.Engagements, b.Between, b.Mentors = many(b.Engagements[0], 20), many(b.Between[0], 45), many(b.Mentors[0], 40)
	d := view(t, ui.SessionBoard(ui.SessionBoardData{Board: b, From: 15, Experts: many(c.mentor, 40)}, ui.NewLocale("ja", tokyo)))
	for _, p := range d.problems() {
		t.Error(p)
	}
}
