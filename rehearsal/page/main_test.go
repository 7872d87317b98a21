package page_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// The tests share two browsers, as starting one takes longer than most of them. They run
// beside each other: every test has a workspace of its own, and in the browser a profile
// and windows of its own.
var (
	withMouse  = browserProgram{options: []chromedp.ExecAllocatorOption{hovering}}
	withFinger = browserProgram{}
)

// hovering gives the browser a mouse, which headless ones do not have by themselves.
var hovering = chromedp.Flag("blink-settings", "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4")

var errNoChromium = errors.New("no Chromium on the PATH")

func TestMain(m *testing.M) {
	code := m.Run()
	for _, b := range []*browserProgram{&withMouse, &withFinger} {
		if err := b.stop(); err != nil {
			fmt.Fprintln(os.Stderr, "closing the browser:", err)
			code = 1
		}
	}
	os.Exit(code)
}

// browser is the context of the browser for windows of a size. Without one the test is
// skipped, unless TSUGITE_BROWSER=required.
func browser(t *testing.T, window size) context.Context {
	t.Helper()
	b := &withMouse
	if window == phone {
		b = &withFinger
	}
	b.once.Do(b.start)
	switch {
	case errors.Is(b.err, errNoChromium) && os.Getenv("TSUGITE_BROWSER") != "required":
		t.Skip(b.err)
	case b.err != nil:
		t.Fatal(b.err)
	}
	return b.ctx
}

// browserProgram is a browser that is started when it is first wanted.
type browserProgram struct {
	options []chromedp.ExecAllocatorOption

	once    sync.Once
	ctx     context.Context
	profile string
	err     error
	stops   []context.CancelFunc
}

func (b *browserProgram) start() {
	path, err := chromium()
	if err == nil {
		b.profile, err = os.MkdirTemp("", "tsugite-browser-")
	}
	if b.err = err; err != nil {
		return
	}
	options := append([]chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.UserDataDir(filepath.Join(b.profile, "profile")), chromedp.Env("LANGUAGE=ja"),
	}, b.options...)
	for _, flag := range []string{
		"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync",
		// A window behind another is as awake as the one in front.
		"disable-background-timer-throttling", "disable-backgrounding-occluded-windows", "disable-renderer-backgrounding",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeBrowser := chromedp.NewContext(allocator)
	b.ctx, b.stops = ctx, []context.CancelFunc{closeBrowser, stop}
	b.err = chromedp.Do(ctx, chromedp.Navigate("about:blank")) // the first step starts it
}

func (b *browserProgram) stop() error {
	for _, stop := range b.stops {
		stop()
	}
	return os.RemoveAll(b.profile)
}

func chromium() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errNoChromium
}
