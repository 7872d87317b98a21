package page_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// key selects an element by the place in Slack's terms at the end of its data-key.
func key(block, action string) string { return `[data-key$="/` + block + `/` + action + `"]` }

func TestWhoAmIIsChosenBySearchAndKeptInTheAddress(t *testing.T) {
	t.Parallel()
	b := open(t, startApp(t), desk, "")
	b.until(`document.querySelectorAll(".person").length === 5`)
	b.write(".people-box input", "takahashi")
	b.until(`document.querySelectorAll(".person").length === 1`)
	b.shot("who")
	b.press("Enter")
	b.until(`location.hash.includes("as=U0TAKA0000")`)
	b.until(`document.querySelector(".who-name").textContent === "髙橋 健太"`)
	b.sees("おはようございます")
	b.shot("home")
}

// The page draws anew while a finger is on a button: the press must not get lost.
func TestAPressOutlivesAChangeOfWhatIsPressed(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	ts := a.post()
	b := open(t, a, desk, "#as=U0TAKA0000&c=C0WORKSHOP")
	b.sees("a < b")
	x, y := b.middle(`document.querySelector(` + quote(key("intro", "join")) + `)`)
	b.js(`performance.clearResourceTimings(); 0`)
	b.do(chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	if _, _, err := a.PostMessage("C0WORKSHOP", slack.MsgOptionText("変更です", false), slack.MsgOptionTS(ts)); err != nil {
		t.Fatal(err)
	}
	b.until(`performance.getEntriesByType("resource").some((r) => r.name.includes("/_/state") && r.responseEnd > 0)`)
	b.do(chromedp.MouseEvent(chromedp.MouseReleased, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	a.action("join")
	b.sees("1 件の返信")
}

func TestEveryElementOfAMessageReachesTheApp(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	a.post()
	b := open(t, a, desk, "#as=U0TAKA0000&c=C0WORKSHOP")
	b.sees("a < b")
	b.sees("2026年9月18日(金) 14:00")
	b.shot("message")

	b.click(key("intro", "join"))
	b.sees("あなただけに表示されています")
	b.clickText(".ephemeral", "表示を消す")
	b.until(`!document.querySelector(".ephemeral")`)

	b.click(key("acts", "absent"))
	b.sees("欠席にしますか")
	b.press("Escape")
	b.until(`!document.querySelector("dialog")`)
	b.click(key("acts", "absent"))
	b.clickText("dialog", "欠席にする")

	b.focus(key("acts", "arrival"))
	b.press("Down")
	b.until(`document.querySelector(".options:popover-open .active")`)
	b.press("Down Enter")

	b.click(key("acts", "rest"))
	b.clickText("[role=menu]", "会場の地図")
	b.set(key("dates", "day"), "2026-09-18")
	b.set(key("dates", "time"), "13:30")
	b.click(key("dates", "who"))
	b.write(key("dates", "who"), "yoshida")
	b.until(`document.querySelectorAll(".options:popover-open [role=option]").length === 1`)
	b.press("Enter")
	b.clickText(`[data-block="lunch"]`, "いる\nお茶つき")
	b.clickText(`[data-block="bring"]`, "自社カタログ")
	b.focus(key("themes", "theme"))
	b.press("Down")
	b.until(`document.querySelector(".options:popover-open .active")`)
	b.press("Enter")
	b.until(`document.querySelectorAll(".chip").length === 1`)
	b.press("Tab")

	chosen := func(text, value string) map[string]any {
		return map[string]any{"text": map[string]any{"type": "plain_text", "text": text, "emoji": true}, "value": value}
	}
	bento := chosen("いる", "1")
	bento["description"] = map[string]any{"type": "plain_text", "text": "お茶つき", "emoji": true}
	for action, want := range map[string]map[string]any{
		"join": {"value": "yes"}, "absent": {"value": "no"},
		"arrival": {"selected_option": chosen("13:45", "1345")},
		"rest":    {"selected_option": chosen("会場の地図", "map")},
		"day":     {"selected_date": "2026-09-18"},
		"time":    {"selected_time": "13:30"},
		"who":     {"selected_user": "U0YOSHI000"},
		"box":     {"selected_option": bento},
		"things":  {"selected_options": []any{chosen("自社カタログ", "book")}},
		"theme":   {"selected_options": []any{chosen("壁打ち", "a")}},
	} {
		got := a.action(action)
		for field, value := range want {
			if diff := cmp.Diff(value, got[field]); diff != "" {
				t.Errorf("%s.%s (-want +got):\n%s", action, field, diff)
			}
		}
	}
}

func TestEveryInputOfAModalIsSubmittedAfterItsErrorsWereMended(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	b := open(t, a, desk, "#as=U0SATO0000&app="+a.server.BotUserID())
	b.clickText(".home", "記録を書く")
	b.until(`document.querySelector("dialog.modal")`)

	b.clickText(".modal-foot", "送信する")
	b.sees("入力内容を確認してください（5 か所）")
	b.until(`document.activeElement.matches('` + key("in-title", "title") + `')`)
	b.shot("modal-errors")

	fillForm(t, b)
	b.shot("modal-filled")
	b.clickText(".modal-foot", "送信する")
	b.sees("同じ題名の記録がすでにあります。")
	b.until(`document.activeElement.getAttribute("aria-invalid") === "true"`)
	b.until(`document.getElementById(document.activeElement.getAttribute("aria-describedby")).textContent.includes("同じ題名")`)
	b.write(key("in-title", "title"), "（2回目）")
	b.clickText(".modal-foot", "送信する")
	b.until(`!document.querySelector("dialog.modal")`)

	sent := a.await("the mended form", func(p payload) bool {
		return p.Type == "view_submission" && p.View.State.Values["in-title"]["title"]["value"] == "商品の話（2回目）"
	}).View.State.Values
	files, _ := sent["in-papers"]["papers"]["files"].([]any)
	if len(files) != 1 || files[0].(map[string]any)["name"] != "note.pdf" {
		t.Errorf("files: %v", files)
	}
	delete(sent, "in-papers")
	if diff := cmp.Diff(wantValues(), sent); diff != "" {
		t.Errorf("state.values (-want +got):\n%s", diff)
	}
}

func TestAFormTheAppTookAsksNothingWhenItsAnswerIsClosed(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	a.updates = true
	b := open(t, a, desk, "#as=U0SATO0000&app="+a.server.BotUserID())
	b.clickText(".home", "記録を書く")
	b.until(`document.querySelector("dialog.modal")`)
	fillForm(t, b)
	b.press("Escape")
	b.until(`document.querySelectorAll("dialog").length === 2`) // not yet sent: it asks
	b.press("Escape")
	b.until(`document.querySelectorAll("dialog").length === 1`)
	b.clickText(".modal-foot", "送信する")
	b.sees("2 枚目です。")
	b.until(`!document.querySelector("dialog.modal [aria-busy=true]")`)
	b.press("Escape")
	b.until(`!document.querySelector("dialog")`)
}

// fillForm enters something into every input, by pointer and by keyboard.
func fillForm(t *testing.T, b *tab) {
	t.Helper()
	b.write(key("in-title", "title"), "商品の話")
	b.write(key("in-body", "body"), "一行目\n二行目")
	b.write(key("in-minutes", "minutes"), "90")
	b.write(key("in-mail", "mail"), "a@example.jp")
	b.write(key("in-link", "link"), "https://example.jp/x")
	for _, id := range []string{"kind", "themes", "person", "people", "channel", "channels", "talk", "talks"} {
		b.focus(key("in-"+id, id))
		b.press("Down")
		b.until(`document.querySelector(".options:popover-open .active")`)
		b.press("Enter Tab")
	}
	for _, id := range []string{"firm", "firms"} {
		b.write(key("in-"+id, id), "小林")
		b.until(`document.querySelectorAll(".options:popover-open [role=option]").length === 2`)
		b.press("Enter Tab")
	}
	b.set(key("in-time", "time"), "14:05")
	b.set(key("in-next", "next"), "2026-09-18T14:00")
	b.clickText(".modal", "対面")
	b.clickText(".modal", "次回の約束をした")
	b.click(key("in-view", "view"))
	b.click(`.modal [aria-label="太字"]`)
	b.write(key("in-view", "view"), "大事")
	note := filepath.Join(t.TempDir(), "note.pdf")
	if err := os.WriteFile(note, []byte("資料"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS(key("in-papers", "papers")), []string{note}))
	b.until(`document.querySelector('.modal .file-list li')`)
}

// wantValues are Slack's state.values of the filled form.
func wantValues() map[string]map[string]map[string]any {
	option := func(text, value string) map[string]any {
		return map[string]any{"text": map[string]any{"type": "plain_text", "text": text, "emoji": true}, "value": value}
	}
	firm := map[string]any{"text": map[string]any{"type": "plain_text", "text": "小林酒造"}, "value": "小林酒造"}
	want := map[string]map[string]map[string]any{}
	for id, value := range map[string]map[string]any{
		"title":    {"type": "plain_text_input", "value": "商品の話（2回目）"},
		"body":     {"type": "plain_text_input", "value": "一行目\n二行目"},
		"minutes":  {"type": "number_input", "value": "90"},
		"mail":     {"type": "email_text_input", "value": "a@example.jp"},
		"link":     {"type": "url_text_input", "value": "https://example.jp/x"},
		"kind":     {"type": "static_select", "selected_option": option("壁打ち", "a")},
		"themes":   {"type": "multi_static_select", "selected_options": []any{option("新規性", "n")}},
		"firm":     {"type": "external_select", "selected_option": firm},
		"firms":    {"type": "multi_external_select", "selected_options": []any{firm}},
		"person":   {"type": "users_select", "selected_user": "U0SATO0000"},
		"people":   {"type": "multi_users_select", "selected_users": []any{"U0SATO0000"}},
		"channel":  {"type": "channels_select", "selected_channel": "C0WORKSHOP"},
		"channels": {"type": "multi_channels_select", "selected_channels": []any{"C0WORKSHOP"}},
		"talk":     {"type": "conversations_select", "selected_conversation": "C0WORKSHOP"},
		"talks":    {"type": "multi_conversations_select", "selected_conversations": []any{"C0WORKSHOP"}},
		"day":      {"type": "datepicker", "selected_date": "2026-09-01"},
		"time":     {"type": "timepicker", "selected_time": "14:05"},
		"next":     {"type": "datetimepicker", "selected_date_time": 1789707600.0},
		"way":      {"type": "radio_buttons", "selected_option": option("対面", "site")},
		"marks":    {"type": "checkboxes", "selected_options": []any{option("次回の約束をした", "again")}},
		"view": {"type": "rich_text_input", "rich_text_value": map[string]any{"type": "rich_text", "elements": []any{
			map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": "大事", "style": map[string]any{"bold": true}}}},
		}}},
	} {
		want["in-"+id] = map[string]map[string]any{id: value}
	}
	return want
}
