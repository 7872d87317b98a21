package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"tsugite/db/dbtest"
)

// patience is how long the page may take for anything.
const patience = 60 * time.Second

// browser is one window of Chromium, in which one can be anybody.
type browser struct {
	t    *testing.T
	ctx  context.Context
	base string
	app  string // the app's user id
}

// openBrowser starts Chromium with a new profile. Without one the test is
// skipped, unless TSUGITE_BROWSER=required.
func openBrowser(t *testing.T, base string, width, height int64) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("TSUGITE_BROWSER") == "required" {
			t.Fatal("no chromium on the PATH, and TSUGITE_BROWSER=required")
		}
		t.Skip("no chromium on the PATH")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(t.TempDir()), chromedp.Env("LANGUAGE=ja"),
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	b := &browser{t: t, ctx: ctx, base: base}
	var people struct {
		App struct {
			User string `json:"user"`
		} `json:"app"`
	}
	actor{t: t, base: base}.call("GET", "_/people", nil, &people)
	b.app = people.App.User
	// The first step starts the browser, which lives as long as its context.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// home is the app's Home as somebody, channel a conversation.
func (b *browser) home(who string) { b.goTo(fmt.Sprintf("#as=%s&app=%s", who, b.app)) }

func (b *browser) channel(who, channel string) { b.goTo(fmt.Sprintf("#as=%s&c=%s", who, channel)) }

func (b *browser) goTo(hash string) {
	b.do(chromedp.Navigate("about:blank"), chromedp.Navigate(b.base+hash))
	b.until("document.querySelector('.who-button') !== null")
}

// until waits for an expression to become true.
func (b *browser) until(expression string) {
	b.t.Helper()
	eventually(b.t, expression, func() (bool, bool) {
		ctx, cancel := context.WithTimeout(b.ctx, patience)
		defer cancel()
		v, err := chromedp.Run(ctx, chromedp.Evaluate[any]("Boolean("+expression+")"))
		if err != nil {
			b.t.Fatalf("%s: %v", expression, err)
		}
		return true, v == true
	})
}

func (b *browser) sees(text string) {
	b.t.Helper()
	b.until("document.body.innerText.includes(" + quoted(text) + ")")
}

// press clicks the last visible button with exactly this text, once there is one.
func (b *browser) press(text string) {
	b.t.Helper()
	b.until(`(() => {
		const all = [...document.querySelectorAll("button, [role=option]")].filter((e) =>
			e.offsetParent !== null && !e.disabled && e.innerText.trim() === ` + quoted(text) + `);
		all.at(-1)?.click();
		return all.length > 0;
	})()`)
}

// choose opens the menu that shows the words and takes an option.
func (b *browser) choose(menu, option string) {
	b.t.Helper()
	b.until(`(() => {
		const all = [...document.querySelectorAll("[role=combobox]")].filter((e) => e.placeholder === ` + quoted(menu) + ` || e.innerText === ` + quoted(menu) + `);
		all.at(-1)?.focus();
		all.at(-1)?.click();
		return all.length > 0;
	})()`)
	b.press(option)
}

// typeInto types into the input with this label, as the page's own events see it.
func (b *browser) typeInto(label, text string) {
	b.t.Helper()
	b.until(`(() => {
		const named = (e) => document.getElementById(e.getAttribute("aria-labelledby").split(" ")[0])?.innerText.trim() ?? "";
		const input = [...document.querySelectorAll("textarea[aria-labelledby], input[aria-labelledby]")].find((e) => named(e).startsWith(` + quoted(label) + `));
		if (!input) return false;
		input.focus();
		input.value = ` + quoted(text) + `;
		input.dispatchEvent(new Event("input", { bubbles: true }));
		input.dispatchEvent(new Event("change", { bubbles: true }));
		return true;
	})()`)
}

// say types a message and sends it with Enter.
func (b *browser) say(text string) {
	b.t.Helper()
	b.until(`(() => {
		const box = document.querySelector(".composer textarea");
		if (!box) return false;
		box.focus();
		box.value = ` + quoted(text) + `;
		box.dispatchEvent(new Event("input", { bubbles: true }));
		return true;
	})()`)
	b.until(`(() => {
		const box = document.querySelector(".composer textarea");
		box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
		return box.value === "";
	})()`)
}

// shot keeps a picture when TSUGITE_SHOTS names a folder.
func (b *browser) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("TSUGITE_SHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

func quoted(s string) string {
	q, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string marshals
	}
	return string(q)
}

// TestStoryInTheBrowser walks the story of the README by hand: with the page, as
// different people, on a desk and on a phone.
func TestStoryInTheBrowser(t *testing.T) {
	t.Parallel()
	l := openLocal(t, dbtest.File(t))
	desk := openBrowser(t, l.demo.slack.URL(), 1280, 860)
	phone := openBrowser(t, l.demo.slack.URL(), 390, 844)

	desk.home(coordinator)
	desk.sees("事業の進み具合")
	desk.press("内容と宛先を確認")
	desk.sees("Slack で届く人：23人")
	desk.press("送信する")
	desk.sees("送信しました")
	desk.shot("1-launched")
	desk.press("閉じる")

	channel, _ := l.as(alumna).told("現状把握アンケート")
	phone.channel(alumna, channel)
	phone.press("回答する")
	phone.press("1〜3年くらい先")
	phone.sees("いちばん近いもの")
	phone.shot("2-question")
	phone.press("代表")
	phone.sees("やってみたこと")
	phone.until(`document.querySelectorAll("input[type=checkbox]").length >= 8 && (document.querySelectorAll("input[type=checkbox]")[7].click(), true)`)
	phone.press("次へ")
	phone.sees("気にかかっている")
	phone.until(`document.querySelectorAll("input[type=checkbox]").length >= 10 && (document.querySelectorAll("input[type=checkbox]")[3].click(), true)`)
	phone.press("次へ")
	phone.sees("持ち味")
	phone.until(`document.querySelectorAll("input[type=checkbox]").length >= 9 && (document.querySelectorAll("input[type=checkbox]")[0].click(), true)`)
	phone.press("次へ")
	phone.sees("個別フォローアップ」（2〜3回）")
	phone.press("はい")
	phone.press("どちらでも")
	phone.sees("ご連絡してもよろしい")
	phone.press("はい")
	phone.sees("話してみたいこと")
	phone.say("工房の見学に行きたいです。")
	phone.sees("ありがとうございました")
	phone.shot("2-thanks")

	l.moveTo("2026-09-10T09:00:00+09:00")
	channel, _ = l.as(comes).told("第1回ミニワークショップ")
	phone.channel(comes, channel)
	phone.press("参加")
	phone.sees("お返事：参加")
	l.moveTo("2026-09-17T10:30:00+09:00")
	phone.sees("開催直前のご案内")
	phone.shot("3-reminder")

	desk.home(mentor)
	desk.press("メモを書く")
	desk.typeInto("現状", "曲物の注文が減っている。")
	desk.typeInto("助言", "原価を一つずつ書き出す。")
	desk.typeInto("取扱注意", "銀行との話は伏せる。")
	desk.choose("アトツギを選ぶ", "檜川 茜（檜川曲物工房）")
	desk.shot("4-memo")
	desk.press("書き終えて送る")
	desk.sees("メモを保存し、事務局に知らせました。")

	channel, _ = l.as(coordinator).told("メモ")
	desk.channel(coordinator, channel)
	desk.press("開いて確認")
	desk.press("確認済みにする")
	desk.sees("事務局が確認済み")
	desk.press("関東経済産業局に共有")
	desk.press("共有する")
	desk.sees("共有済み")
	channel, _ = l.as(officer).told("メモ")
	desk.channel(officer, channel)
	desk.press("開く")
	desk.sees("曲物の注文が減っている。")
	desk.until("!document.body.innerText.includes('伏せる')")
	desk.shot("4-bureau")

	desk.home(coordinator)
	desk.sees("実施 1")
	desk.shot("5-home")
	if !strings.Contains(wordsOf(l.as(coordinator).openHome().Blocks), "回答") {
		t.Error("the office's Home does not count the answers")
	}
}
