package page_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asks puts the message of testdata/questions.json into the app's direct message with
// somebody; slack-go knows no charts.
func (a *app) asks(user string) (channel string) {
	a.t.Helper()
	blocks, err := os.ReadFile("testdata/questions.json")
	if err != nil {
		a.t.Fatal(err)
	}
	resp, err := http.PostForm(a.server.APIURL()+"chat.postMessage", url.Values{
		"token": {a.server.BotToken()}, "channel": {user}, "text": {"質問 3/12"}, "blocks": {string(blocks)}})
	if err != nil {
		a.t.Fatal(err)
	}
	defer resp.Body.Close()
	var out struct {
		OK      bool   `json:"ok"`
		Error   string `json:"error"`
		Channel string `json:"channel"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil || !out.OK {
		a.t.Fatalf("%v %+v", err, out)
	}
	return out.Channel
}

// A survey is answered on a phone: every control of a question works there, with its
// values beside it, and the chart of the results can be read.
func TestASurveyIsAnsweredOnAPhone(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	dm := a.asks("U0TAKA0000")
	b := open(t, a, phone, "#as=U0TAKA0000&c="+dm)
	b.sees("代替わりは、いつごろ")
	b.shot("phone-survey")

	b.set(key("day", "day"), "2027-04-01")
	if got := a.action("day"); got["selected_date"] != "2027-04-01" {
		t.Errorf("the day: %v", got)
	}
	b.write(key("firm", "firm"), "小林")
	b.until(`document.querySelectorAll(".options:popover-open [role=option]").length === 2`)
	b.shot("phone-survey-people")
	b.clickText(".options:popover-open", "小林木工")
	if got := a.action("firm")["selected_option"]; got.(map[string]any)["value"] != "小林木工" {
		t.Errorf("the firm: %v", got)
	}
	b.click(key("one", "one"))
	b.clickText(".options:popover-open", "2. 人手・働く人のこと")
	if got := a.action("one")["selected_option"]; got.(map[string]any)["value"] != "people" {
		t.Errorf("the choice: %v", got)
	}
	b.clickText(`[data-block="many"]`, "家族と話し合った")
	b.click(key("send", "send"))
	a.action("send")
	b.click(key("send", "decline"))
	b.sees("あとから答えることもできます。")
	b.clickText("dialog", "控える")
	a.action("decline")

	// Bars with their figures, and nothing wider than the screen.
	b.until(`document.querySelector(".b-chart").innerText.includes("1〜3年くらい先") && document.querySelector(".b-chart").innerText.includes("12")`)
	if bars := b.js(`JSON.stringify([...document.querySelectorAll(".b-chart .bar")].map((n) => n.getBoundingClientRect().width > 10))`); bars != "[true,true]" {
		t.Errorf("the bars: %v", bars)
	}
	if wide := b.js("document.documentElement.scrollWidth"); wide != float64(phone.width) {
		t.Errorf("the page is %v wide", wide)
	}
	b.js(`document.querySelector(".b-chart").scrollIntoView()`)
	b.shot("phone-survey-chart")
	sent := a.await("the press beside the boxes", func(p payload) bool { return pressed(p, "send") })
	want := map[string]map[string]any{"many": {"many": map[string]any{"type": "checkboxes", "selected_options": []any{
		map[string]any{"text": map[string]any{"type": "plain_text", "text": "家族と話し合った", "emoji": true}, "value": "talk"}}}}}
	got := map[string]map[string]any{"many": sent.State.Values["many"]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("state.values (-want +got):\n%s", diff)
	}
}

// What was typed is mended and taken back on a phone, too.
func TestOwnMessagesAreEditedAndDeletedOnAPhone(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	b := open(t, a, phone, "#as=U0TAKA0000&c=C0WORKSHOP")
	b.write(composer, "まちがい")
	b.click(".main .composer .send")
	b.until(`document.querySelectorAll(".main .message").length === 1`)
	b.click(`.message-tools [aria-haspopup="menu"]`)
	b.shot("phone-message-menu")
	b.clickText("[role=menu]", "編集")
	b.until(`document.querySelector(".editor textarea")`)
	b.js(`document.querySelector(".editor textarea").select()`)
	b.write(".editor textarea", "正しい答え")
	b.clickText(".editor", "保存")
	b.sees("正しい答え")
	b.sees("（編集済み）")
	b.click(`.message-tools [aria-haspopup="menu"]`)
	b.clickText("[role=menu]", "削除")
	b.clickText("dialog", "削除")
	b.until(`!document.querySelector(".main .message")`)
}

// A number outside its bounds is told beside its field, on a phone.
func TestANumberIsEnteredOnAPhone(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	b := open(t, a, phone, "#as=U0TAKA0000&c=C0WORKSHOP")
	b.write(composer, "/memo")
	b.press("Enter")
	b.write(key("in-minutes", "minutes"), "5")
	b.clickText(".modal-foot", "送信する")
	b.until(`document.querySelector('` + key("in-minutes", "minutes") + `').getAttribute("aria-invalid") === "true"`)
	b.shot("phone-number")
	b.js(`document.querySelector('` + key("in-minutes", "minutes") + `').select()`)
	b.write(key("in-minutes", "minutes"), "90")
	b.until(`document.querySelector('` + key("in-minutes", "minutes") + `').value === "90"`)
	if mode := b.js(`document.querySelector('` + key("in-minutes", "minutes") + `').inputMode`); mode != "decimal" { // digits and a point
		t.Errorf("the keyboard of a phone: %v", mode)
	}
}
