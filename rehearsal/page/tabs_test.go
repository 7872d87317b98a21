package page_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/slack-go/slack"
)

// another opens one more tab of the same browser.
func (b *tab) another(hash string) (*tab, func()) {
	b.t.Helper()
	ctx, closeTab := chromedp.NewContext(b.ctx)
	b.t.Cleanup(closeTab)
	next := &tab{t: b.t, ctx: ctx, url: b.url}
	next.watchConsole()
	next.do(chromedp.Navigate(b.url + hash))
	next.until("document.querySelector('.who-button') !== null")
	return next, closeTab
}

// A browser opens six connections to a host; a page that keeps one open in every
// tab stands still from the sixth tab on.
func TestMoreTabsThanConnectionsAllStayAliveAndOutliveTheFirst(t *testing.T) {
	t.Parallel()
	const tabs = 8
	a := startApp(t)
	post := func(text string) {
		t.Helper()
		if _, _, err := a.PostMessage("C0WORKSHOP", slack.MsgOptionText(text, false)); err != nil {
			t.Fatal(err)
		}
	}
	keeper := open(t, a, desk, "#as=U0SATO0000&c=C0WORKSHOP")
	keeper.until(`document.querySelector("#main textarea, #main [contenteditable]")`)
	keeper.do(chromedp.Navigate("about:blank")) // keeps the browser open, holds nothing
	var all []*tab
	var closeFirst func()
	for i := range tabs {
		next, closeTab := keeper.another("#as=U0SATO0000&c=C0WORKSHOP")
		if i == 0 {
			closeFirst = closeTab
		}
		all = append(all, next)
	}
	post("最初の知らせ")
	for _, one := range all {
		one.sees("最初の知らせ")
	}
	closeFirst()
	for round := range 2 {
		text := fmt.Sprintf("次の知らせ %d", round)
		post(text)
		for _, one := range all[1:] {
			one.sees(text)
		}
	}
}
