package ui_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// searched is a page of hits: somebody else's memo with what was found in two places, and
// one about the searcher.
func (c cast) searched(more bool) ui.SearchData {
	said := c.words("登り窯の改善を")
	first := programme.Snippet{Key: "situation", Text: said, Found: []programme.Highlight{{From: 0, To: min(3, len(said))}}}
	where := programme.Snippet{Key: programme.SnippetPlace, Text: "窯場", Found: []programme.Highlight{{From: 0, To: 3}}}
	present := programme.Snippet{Key: programme.SnippetPresent, Text: "先代と\n窯の職人", Found: []programme.Highlight{{From: 10, To: 13}}}
	own := c.memo
	own.Atsugi = c.office
	return ui.SearchData{
		Form: ui.Form{Op: "op"}, Parts: programme.DefaultParts(), Me: c.office,
		Query: programme.MemoQuery{Words: c.words("窯"), About: c.words("髙橋窯"), From: "2026-08-01", Kind: programme.OfSession, Prefecture: "茨城県"},
		Hits: &programme.MemoHits{Next: 77, More: more, Hits: []programme.MemoHit{
			{View: c.memo, Snippets: []programme.Snippet{first, where}}, {View: own, Snippets: []programme.Snippet{present}},
		}},
	}
}

// searches are the states of the search.
func (c cast) searches(t testing.TB, l ui.Locale, out map[string]drawing) {
	fresh, found, last, none, soFar, atsugi := c.searched(false), c.searched(true), c.searched(false), c.searched(false), c.searched(true), c.searched(false)
	fresh.Hits, fresh.Query = nil, programme.MemoQuery{}
	none.Hits, soFar.Hits.Hits, atsugi.Me = &programme.MemoHits{}, nil, c.atsugi
	last.Hits, last.Query.After = &programme.MemoHits{Next: 77}, 77
	for name, d := range map[string]ui.SearchData{
		"": fresh, "-found": found, "-last": last, "-nothing": none, "-so-far": soFar, "-atsugi": atsugi,
	} {
		out["page-search"+name] = view(t, ui.SearchPage(d, l))
	}
}

// TestSearchReadsItsFields: what comes back of the form is what it was drawn from, and the
// next page is of the same search alone.
func TestSearchReadsItsFields(t *testing.T) {
	d := sample().searched(true)
	page := ui.SearchPage(d, ui.NewLocale("ja", time.UTC))
	value := func(v slack.BlockAction) map[string]slack.BlockAction {
		return map[string]slack.BlockAction{"value": v}
	}
	option := func(s string) slack.BlockAction {
		return slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: s}}
	}
	view := slack.View{State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{
		"search.words": value(slack.BlockAction{Value: " 窯 "}), "search.about": value(slack.BlockAction{Value: "髙橋窯"}),
		"search.from": value(slack.BlockAction{SelectedDate: "2026-08-01"}), "search.till": value(slack.BlockAction{}),
		"search.kind": value(option("session")), "search.prefecture": value(option("茨城県")),
	}}}
	if got := ui.ReadSearch(view); got != d.Query {
		t.Errorf("%+v, want %+v", got, d.Query)
	}
	more := moreButton(t, page)
	if got := ui.ReadSearchMore(view, more); got.After != 77 {
		t.Errorf("goes on after %d, want 77", got.After)
	}
	view.State.Values["search.kind"] = value(option("*"))
	if got := ui.ReadSearchMore(view, more); got.After != 0 || got.Kind != "" {
		t.Errorf("another search begins after %d, of kind %q", got.After, got.Kind)
	}
	for _, odd := range []string{"", "|", "-1|x", "x|y", "77"} {
		if got := ui.ReadSearchMore(view, odd); got.After != 0 {
			t.Errorf("%q goes on after %d", odd, got.After)
		}
	}
}

func moreButton(t *testing.T, page slack.ModalViewRequest) string {
	t.Helper()
	raw, err := json.Marshal(page.Blocks.BlockSet)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []struct {
		Elements []struct {
			ID    string `json:"action_id"`
			Value string `json:"value"`
		} `json:"elements"`
	}
	if err := json.Unmarshal(raw, &blocks); err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		for _, e := range b.Elements {
			if ui.ActionOf(e.ID) == ui.ActionSearchMore {
				return e.Value
			}
		}
	}
	t.Fatal("the page has no button for more")
	return ""
}
