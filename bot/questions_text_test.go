package bot

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestTypedTextReadsTheSame: what Slack writes for mentions and links is read as people see
// it, and calls nobody on the other side.
func TestTypedTextReadsTheSame(t *testing.T) {
	names := map[string]string{"U0ATSUGI01": "石蕗 真白"}
	for typed, want := range map[string]string{
		"明日の14時です":                               "明日の14時です",
		"1 &lt; 2 &amp;&amp; 3 &gt; 2":           "1 < 2 && 3 > 2",
		"<@U0ATSUGI01> さんへ":                      "@石蕗 真白 さんへ",
		"<@U0NOBODY>さん":                          "@…さん",
		"<@U0NOBODY|taro>さん":                     "@taroさん",
		"<#C0123|ws-2026>で":                      "#ws-2026で",
		"<#C0123>で":                              "#…で",
		"<!channel> <!here> <!everyone>":         "@channel @here @everyone",
		"<!subteam^S1|@office>":                  "@office",
		"<!date^1789600000^{date}|9月17日>":        "9月17日",
		"<https://zoom.us/j/1?a=1&amp;b=2>です":    "https://zoom.us/j/1?a=1&b=2です",
		"<http://www.meti.go.jp|www.meti.go.jp>": "http://www.meti.go.jp",
		"<https://example.jp/a|要項>":              "要項 https://example.jp/a",
		"<mailto:a@example.jp|a@example.jp>":     "a@example.jp",
		"&lt;@U0ATSUGI01&gt;":                    "<@U0ATSUGI01>",
		"&lt;!channel&gt;":                       "<!channel>",
		"a < b":                                  "a < b",
		"":                                       "",
	} {
		if got := readable(typed, func(id string) string { return names[id] }); got != want {
			t.Errorf("%q reads %q, want %q", typed, got, want)
		}
	}
}

func TestAnAnswerThatCallsTheBot(t *testing.T) {
	for typed, want := range map[string]string{
		"<@UBOT> はい": "はい", "はい <@UBOT>": "はい", "<@UBOT> <@UBOT> はい <@UBOT>": "はい", "<@U1> はい": "<@U1> はい", "<@UBOT>": "",
		"はい <@UBOT> に書きます": "はい <@UBOT> に書きます", " はい ": " はい ", "": "",
	} {
		if got := withoutAccount(typed, "UBOT"); got != want {
			t.Errorf("%q says %q, want %q", typed, got, want)
		}
	}
	if got := withoutAccount("<@UBOT> はい", ""); got != "<@UBOT> はい" {
		t.Errorf("without an account: %q", got)
	}
}

// TestAnyTypedTextIsRead: whatever comes over the wire, reading it ends, and what nobody
// marked up comes through as it was.
func TestAnyTypedTextIsRead(t *testing.T) {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.String().Draw(t, "typed")
		if got := readable(escape.Replace(typed), func(string) string { return "" }); got != typed {
			t.Fatalf("%q reads %q", typed, got)
		}
		readable(typed, func(string) string { return "" })
	})
}
