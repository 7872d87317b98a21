package page_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/rehearsal"
)

const composer = ".main .composer-text"

func TestPeopleTalkAndSeeEachOtherAtOnce(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	b := open(t, a, desk, "#as=U0SATO0000&c=C0WORKSHOP")
	b.write(composer, "こんにちは")
	b.press("Enter")
	b.until(`document.querySelectorAll(".main .message").length === 1`)
	b.until(`document.querySelector("` + composer + `").value === ""`)

	other := open(t, a, desk, "#as=U0TAKA0000&app="+a.server.BotUserID())
	other.until(`document.querySelector('[data-key="side/C0WORKSHOP"] .badge')?.textContent === "1"`)
	other.click(`[data-key="side/C0WORKSHOP"]`)
	other.sees("新着メッセージ")
	other.until(`!document.querySelector('[data-key="side/C0WORKSHOP"] .badge')`)
	other.write(composer, "@佐藤")
	other.until(`document.querySelector(".suggestions:popover-open")`)
	other.press("Enter")
	b.write(composer, "書きかけ")
	other.write(composer, "さん *はい* <b>")
	other.press("Enter")

	b.until(`document.querySelector(".mention-me")?.textContent === "@佐藤 美咲"`)
	b.sees("<b>")
	b.until(`document.querySelector("` + composer + `").value === "書きかけ"`)
	b.until(`document.activeElement.matches("` + composer + `")`)
}

func TestOwnMessageIsEditedReactedToAndDeleted(t *testing.T) {
	t.Parallel()
	b := open(t, startApp(t), desk, "#as=U0SATO0000&c=C0WORKSHOP")
	b.write(composer, "誤字です")
	b.press("Enter")
	menu := func(entry string) {
		b.click(`.message-tools [aria-haspopup="menu"]`)
		b.clickText("[role=menu]", entry)
	}
	menu("編集")
	b.write(".editor textarea", "ね")
	b.press("Enter")
	b.sees("（編集済み）")
	menu("リアクション")
	b.write(".emoji-picker input", "tada")
	b.press("Enter")
	b.until(`document.querySelector(".reaction.mine")?.textContent === "🎉1"`)
	b.click(".reaction.mine")
	b.until(`!document.querySelector(".reaction")`)
	menu("削除")
	b.clickText("dialog", "削除")
	b.until(`!document.querySelector(".message")`)
}

func TestThreadOpensBesideTheChannelAndTakesAnswers(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	a.post()
	b := open(t, a, desk, "#as=U0TAKA0000&c=C0WORKSHOP")
	b.click(`.message-tools [aria-haspopup="menu"]`)
	b.clickText("[role=menu]", "スレッドで返信")
	b.until(`document.activeElement.matches(".thread .composer-text")`)
	b.write(".thread .composer-text", "質問があります")
	b.press("Enter")
	b.until(`document.querySelectorAll(".thread .message").length === 2`)
	b.sees("1 件の返信")
	b.shot("thread")
	b.write(".thread .composer-text", "/memo")
	b.press("Enter")
	b.sees("スレッドの中では使えません")
	b.press("Escape")
	b.until(`document.querySelector(".thread").hidden`)
}

func TestCommandsAreListedRefusedAndTimeOutInWords(t *testing.T) {
	t.Parallel()
	a := startAppWith(t, func(o *rehearsal.Options) { o.AckWait = time.Second }) // the one command it gets is never acknowledged
	b := open(t, a, desk, "#as=U0SATO0000&c=C0WORKSHOP")
	b.write(composer, "/")
	b.until(`document.querySelectorAll(".suggestions:popover-open .option").length === 2`)
	b.shot("commands")
	b.write(composer, "nosuch")
	b.press("Enter")
	b.sees("/nosuch は登録されていないコマンドです。")
	b.until(`document.querySelector("` + composer + `").value === "/nosuch"`)
	b.js(`document.querySelector("` + composer + `").select()`)
	b.write(composer, "/silent")
	b.press("Enter")
	b.sees("うまく接続できませんでした")
}

func TestHalfFilledModalSurvivesWhatHappensAroundIt(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	b := open(t, a, desk, "#as=U0SATO0000&c=C0WORKSHOP")
	b.write(composer, "/memo")
	b.press("Enter")
	b.write(key("in-title", "title"), "途中まで")
	if _, _, err := a.PostMessage("C0WORKSHOP", slack.MsgOptionText("別の話題", false)); err != nil {
		t.Fatal(err)
	}
	b.sees("別の話題")
	b.until(`document.activeElement.value === "途中まで"`)

	// An update of the view keeps what was entered under the same ids.
	b.js(`fetch("/_/state?as=U0SATO0000").then((r) => r.json()).then((s) => { window.openedView = s.views[0].id; })`)
	b.until("window.openedView")
	form := a.modal("form")
	form.Title.Text = "書き直した題"
	if _, err := a.UpdateView(form, "", "", b.js("window.openedView").(string)); err != nil {
		t.Fatal(err)
	}
	b.until(`document.querySelector(".modal h2").textContent === "書き直した題"`)
	b.until(`document.querySelector('` + key("in-title", "title") + `').value === "途中まで"`)
	b.until(`document.activeElement.matches('` + key("in-title", "title") + `')`)

	b.press("Escape")
	b.sees("入力した内容を破棄しますか")
	b.clickText("dialog.ask", "入力を続ける")
	b.until(`document.querySelectorAll("dialog").length === 1`)
	b.press("Escape")
	b.clickText("dialog.ask", "破棄して閉じる")
	b.until(`!document.querySelector("dialog")`)
	a.await("view_closed", func(p payload) bool { return p.Type == "view_closed" })
}

func TestModalsStackThreeHighAndGoBackOneByOne(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	b := open(t, a, desk, "#as=U0SATO0000&app="+a.server.BotUserID())
	b.clickText(".home", "記録を書く")
	b.write(key("in-title", "title"), "下の段")
	b.clickText(".modal", "参考を見る")
	b.sees("2 枚目です。")
	b.clickText(".modal", "次へ")
	b.sees("3 枚目です。")
	b.shot("modal-stack")
	b.click(`.modal-head [aria-label="戻る"]`)
	b.sees("2 枚目です。")
	b.press("Escape")
	b.until(`document.querySelector('` + key("in-title", "title") + `')?.value === "下の段"`)
}

func TestFocusStaysInsideAModal(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	b := open(t, a, desk, "#as=U0SATO0000&app="+a.server.BotUserID())
	b.clickText(".home", "記録を書く")
	b.until(`document.querySelector("dialog.modal")?.contains(document.activeElement)`)
	b.focus(".modal-foot .primary")
	b.press("Tab")
	b.until(`document.activeElement.matches("[data-close]")`)
	b.press(strings.Repeat("Tab ", 60))
	b.until(`document.querySelector("dialog.modal").contains(document.activeElement)`)
}

func TestShortcutsAreInTheComposerAndInTheMenuOfAMessage(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	a.post()
	b := open(t, a, desk, "#as=U0TAKA0000&c=C0WORKSHOP")
	b.click(`.message-tools [aria-haspopup="menu"]`)
	b.shot("menu")
	b.clickText("[role=menu]", "質問として受け付ける\nつぎて")
	b.until(`document.querySelector("dialog.modal")`)
	b.press("Escape")
	b.until(`!document.querySelector("dialog")`)
	b.click(`.composer [aria-label="ショートカット"]`)
	b.clickText("[role=menu]", "記録を書く\nどこからでも")
	b.until(`document.querySelector("dialog.modal")`)
	a.await("the message shortcut", func(p payload) bool { return p.Type == "message_action" && p.CallbackID == "as_question" })
	a.await("the global shortcut", func(p payload) bool { return p.Type == "shortcut" && p.CallbackID == "new_form" })
}

func TestClockMovesForward(t *testing.T) {
	t.Parallel()
	b := open(t, startApp(t), desk, "#as=U0SATO0000&c=C0WORKSHOP")
	b.until(`document.querySelector(".clock-now").innerText.includes("9月1日(火) 9:00")`)
	b.clickText("#clock", "+1時間")
	b.until(`document.querySelector(".clock-now").innerText.includes("9月1日(火) 10:00")`)
	b.clickText("#clock", "翌朝9時")
	b.until(`document.querySelector(".clock-now").innerText.includes("9月2日(水) 9:00")`)
	b.click(".clock-now")
	b.set(".clock-form input", "2026-09-18T14:00")
	b.clickText("dialog", "この日時へ進める")
	b.until(`document.querySelector(".clock-now").innerText.includes("9月18日(金) 14:00")`)
	b.until(`![...document.querySelectorAll("button")].some((n) => n.textContent === "次の予定へ")`)
}

func TestEnglishForThoseWhoseSlackIsEnglish(t *testing.T) {
	t.Parallel()
	b := open(t, startApp(t), desk, "#as=U0EMMA0000&c=C0WORKSHOP")
	b.until(`document.documentElement.lang === "en"`)
	b.sees("Direct messages")
	b.click(`[data-key="language"]`)
	b.sees("ダイレクトメッセージ")
}

func TestPhoneShowsOnePaneAtATimeWithRoomForFingers(t *testing.T) {
	t.Parallel()
	a := startApp(t)
	a.post()
	b := open(t, a, phone, "#as=U0TAKA0000")
	b.sees("ダイレクトメッセージ")
	b.shot("phone-list")
	b.click(`[data-key="side/C0WORKSHOP"]`)
	b.sees("開催直前のご案内")
	b.until(`(() => { const l = document.querySelector(".main .message-list"); return l.scrollTop + l.clientHeight >= l.scrollHeight - 2; })()`)
	b.until(`!document.querySelector(".sidebar").checkVisibility()`)
	b.shot("phone-channel")
	roomy := func() {
		t.Helper()
		small := b.js(`[...document.querySelectorAll("button, a.side-link, input:not([type=radio], [type=checkbox], [type=file]), textarea, label.choice")]
			.filter((n) => n.checkVisibility() && !n.closest(".toasts")).filter((n) => n.getBoundingClientRect().height < 43.5 && !n.classList.contains("combo-input"))
			.map((n) => n.className + " " + n.innerText + " " + n.getBoundingClientRect().height).join("\n")`)
		if small != "" {
			t.Errorf("too small for a finger:\n%s", small)
		}
		if wide := b.js("document.documentElement.scrollWidth"); wide != float64(phone.width) {
			t.Errorf("the page is %v wide on a phone of %d", wide, phone.width)
		}
	}
	roomy()
	b.clickText(".main", "記録を書く")
	b.until(`document.querySelector("dialog.modal")`)
	b.until(`document.querySelector("dialog.modal").getBoundingClientRect().width === innerWidth`)
	b.shot("phone-modal")
	roomy()
	b.click(".modal [data-close]")
	b.until(`!document.querySelector("dialog")`)
	b.click(`[data-key="back"]`)
	b.until(`document.querySelector(".sidebar").checkVisibility()`)
}
