package page_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience is how long a test waits for the page before it fails.
const patience = 30 * time.Second

// A size of window in CSS pixels.
type size struct{ width, height int64 }

var (
	desk  = size{1280, 800}
	phone = size{390, 844}
)

// tab is a browser tab on the page.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string
}

// open shows a place of the workspace in a window and profile of its own. Anything the
// page writes to the console as an error fails the test.
func open(t *testing.T, a *app, window size, hash string) *tab {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(browser(t, window), chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	b := &tab{t: t, ctx: ctx, url: a.server.URL()}
	b.watchConsole()
	var mobile []chromedp.EmulateViewportOption
	if window == phone {
		mobile = append(mobile, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	b.do(chromedp.EmulateViewport(window.width, window.height, mobile...))
	b.do(chromedp.Navigate(b.url + hash))
	b.until("document.querySelector('.who-button') !== null")
	return b
}

func (b *tab) watchConsole() {
	messages := chromedp.Console(b.ctx)
	go func() {
		for message, err := range messages {
			if err != nil {
				return
			}
			// A refused act is an answer of the server; the browser logs it all the same.
			if message.IsException() || message.Type == "error" && message.Source != "network" {
				b.t.Errorf("console: %s %s", message.Type, message.Text)
			}
		}
	}()
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// js evaluates an expression in the page.
func (b *tab) js(expression string) any {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[any](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits for an expression to become true.
func (b *tab) until(expression string) {
	b.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(b.ctx, patience)
		value, err := chromedp.Run(ctx, chromedp.Evaluate[any]("Boolean("+expression+")"))
		cancel()
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			b.t.Fatal(err)
		}
		if value == true {
			return
		}
	}
	b.t.Fatalf("never true: %s", expression)
}

// sees waits for a text anywhere in the page.
func (b *tab) sees(text string) {
	b.t.Helper()
	b.until("document.body.innerText.includes(" + quote(text) + ")")
}

func (b *tab) click(selector string) {
	b.t.Helper()
	b.clickNode("document.querySelector(" + quote(selector) + ")")
}

// clickText presses the first button, link or option that shows exactly a text.
func (b *tab) clickText(root, text string) {
	b.t.Helper()
	b.clickNode(fmt.Sprintf(`[...document.querySelectorAll(%s)].filter((n) => n.checkVisibility()).find((n) => n.innerText.trim() === %s)`,
		quote(root+" :is(button, a, label, [role=option], [role=menuitem])"), quote(text)))
}

// clickNode presses in the middle of what an expression finds. Where the page moved between
// looking and pressing, what stands there now is kept from the press, and it is made anew.
func (b *tab) clickNode(expression string) {
	b.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		x, y := b.middle(expression)
		b.js(`(() => {
			const node = ` + expression + `;
			const aim = window.aim = {};
			const guard = (event) => {
				aim.hit ??= Boolean(node) && (node.contains(event.target) || event.target.contains?.(node));
				if (aim.hit) return;
				event.preventDefault();
				event.stopImmediatePropagation();
			};
			const events = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];
			for (const name of events) window.addEventListener(name, guard, true);
			aim.end = () => {
				for (const name of events) window.removeEventListener(name, guard, true);
				return Boolean(aim.hit);
			};
		})()`)
		b.do(chromedp.MouseClickXY(x, y))
		if b.js("window.aim ? window.aim.end() : true") == true { // none on a page that was loaded by the press
			return
		}
	}
	b.t.Fatalf("never hit: %s", expression)
}

// middle scrolls what an expression finds into view and waits until it stands
// still there, with nothing above it: a page that still settles moves its buttons.
func (b *tab) middle(expression string) (x, y float64) {
	b.t.Helper()
	b.js("window.standing = 0")
	b.until(`(() => {
		const node = ` + expression + `;
		if (!node) return false;
		node.scrollIntoView({block: "center", behavior: "instant"});
		const r = node.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2;
		const hit = document.elementFromPoint(x, y);
		const still = window.place?.[0] === x && window.place?.[1] === y && (node.contains(hit) || hit?.contains(node));
		window.place = [x, y];
		window.standing = still ? window.standing + 1 : 0;
		return window.standing > 1;
	})()`)
	box := b.js("window.place").([]any)
	return box[0].(float64), box[1].(float64)
}

// write types into a field as a keyboard does.
func (b *tab) write(selector, text string) {
	b.t.Helper()
	b.until("document.querySelector(" + quote(selector) + ")")
	b.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

func (b *tab) focus(selector string) {
	b.t.Helper()
	b.until("document.querySelector(" + quote(selector) + ")")
	b.js("document.querySelector(" + quote(selector) + ").focus()")
}

var keys = strings.NewReplacer("Enter", kb.Enter, "Escape", kb.Escape, "Tab", kb.Tab, "Down", kb.ArrowDown, "Up", kb.ArrowUp, "Right", kb.ArrowRight, " ", "")

// press sends named keys in order, such as "Down Down Enter".
func (b *tab) press(names string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys.Replace(names)))
}

// set gives a date or time input its value, whatever order the locale writes it in.
func (b *tab) set(selector, value string) {
	b.t.Helper()
	b.until("document.querySelector(" + quote(selector) + ")")
	b.js(fmt.Sprintf(`{ const n = document.querySelector(%s); n.focus(); n.value = %s; n.dispatchEvent(new Event("input", {bubbles: true})); n.blur(); }`, quote(selector), quote(value)))
}

// shot keeps a picture of the window where TSUGITE_SHOTS says, for people to look at.
func (b *tab) shot(name string) {
	b.t.Helper()
	folder := os.Getenv("TSUGITE_SHOTS")
	if folder == "" {
		return
	}
	b.until("document.getAnimations().length === 0")
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Logf("screenshot: %v", err)
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		b.t.Error(err)
	}
}

func quote(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}
