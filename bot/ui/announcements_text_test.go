package ui

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// TestNothingThatIsWrittenRings: an announcement calls nobody, however the call is written, and
// leads nowhere but where its words say.
func TestNothingThatIsWrittenRings(t *testing.T) {
	for written, shown := range map[string]string{
		"<!channel> 全員へ":                      "&lt;!channel&gt; 全員へ",
		"<!here|here> <!everyone>":            "&lt;!here|here&gt; &lt;!everyone&gt;",
		"<@U0ATSUGI01> <#C1>":                 "&lt;@U0ATSUGI01&gt; &lt;#C1&gt;",
		"<!subteam^S1>":                       "&lt;!subteam^S1&gt;",
		"@channel @HERE @everyone @Group":     "@\u2060channel @\u2060HERE @\u2060everyone @\u2060Group",
		"a@here.example.jp":                   "a@\u2060here.example.jp",
		"<https://evil.example|銀行>":           "&lt;https://evil.example|銀行&gt;",
		"*太字* _斜体_ ~消す~ `字`":                  "*太字* _斜体_ ~消す~ `字`",
		"> 引用\n・ 一つ目":                         "&gt; 引用\n・ 一つ目",
		"https://example.jp/?a=1&b=2":         "https://example.jp/?a=1&amp;b=2",
		"\u202e右から\u2066左\u2069 \x00\x1b[31m": "右から左 [31m",
	} {
		var got []string
		for _, b := range formatted(written) {
			got = append(got, b.(*slack.SectionBlock).Text.Text)
		}
		if s := strings.Join(got, ""); s != shown {
			t.Errorf("%q is shown as %q, want %q", written, s, shown)
		}
	}
}

// TestTheTitleRingsNowhereEither: Slack reads markup in the text of a notification.
func TestTheTitleRingsNowhereEither(t *testing.T) {
	v := announced{a: programme.Announcement{Title: programme.Text{Ja: "<!channel> @here「確認」"}, Acknowledge: true}}
	got := v.text("announce.text", NewLocale("ja", nil))
	if want := "事務局からのお知らせ「&lt;!channel&gt; @\u2060here『確認』」\n開いて「確認しました」を押してください。"; got != want {
		t.Errorf("%q", got)
	}
}

// TestALongTextIsAllThere, however much room its signs take in Slack's markup.
func TestALongTextIsAllThere(t *testing.T) {
	for _, written := range []string{strings.Repeat("あいうえ\n", 500), strings.Repeat("&", 2500), strings.Repeat("<>", 1250)} {
		var shown strings.Builder
		for _, b := range formatted(written) {
			s := b.(*slack.SectionBlock).Text.Text
			if size(s) > maxSection {
				t.Errorf("a section of %d characters", size(s))
			}
			shown.WriteString(s)
		}
		back := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(shown.String())
		if back != strings.TrimSpace(written) {
			t.Errorf("of %.20q… there are %d characters of %d", written, len(back), len(written))
		}
	}
}

// TestATemplateIsFilledFromTheEvent in both languages, and leaves marks where there is none.
func TestATemplateIsFilledFromTheEvent(t *testing.T) {
	e := programme.Event{ID: "e", Title: "報告会「秋」", Place: "会議室", Bring: "名刺", Materials: "https://example.jp/m"}
	for template, holds := range map[programme.AnnouncementTemplate][]string{
		programme.TemplateInvitation: {"「報告会『秋』」", "会議室", "名刺"},
		programme.TemplateShortly:    {"「報告会『秋』」", "会議室", "名刺"},
		programme.TemplateThanks:     {"「報告会『秋』」"},
		programme.TemplateMaterials:  {"「報告会『秋』」", "https://example.jp/m"},
	} {
		a := AnnounceFilled(template, e, NewLocale("en", nil))
		for _, s := range holds {
			if !strings.Contains(a.Body.Ja, s) {
				t.Errorf("%s lacks %s: %s", template, s, a.Body.Ja)
			}
		}
		if !strings.Contains(a.Title.En, "報告会「秋」") || a.Event != "e" {
			t.Errorf("%s: %+v", template, a)
		}
		if blank := AnnounceFilled(template, programme.Event{}, NewLocale("ja", nil)); !strings.Contains(blank.Body.Ja, "（催しの名前）") {
			t.Errorf("%s of no event: %s", template, blank.Body.Ja)
		}
	}
	if a := AnnounceFilled("", e, NewLocale("ja", nil)); a.Title.Ja != "" || a.Body.Ja != "" {
		t.Errorf("nothing is something: %+v", a)
	}
}
