package page_test

import (
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/rehearsal/page"
)

// sources are the page's files as they are on disk, by path from the site's root.
func sources(t *testing.T) map[string]string {
	t.Helper()
	root := os.DirFS("static")
	found := map[string]string{}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, name)
		found[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func get(t *testing.T, method, target string) *http.Response {
	t.Helper()
	answer := httptest.NewRecorder()
	page.Handler().ServeHTTP(answer, httptest.NewRequest(method, target, nil))
	return answer.Result()
}

func TestEveryAnswerForbidsWhatThePageDoesNotNeed(t *testing.T) {
	const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
		"connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
	for _, target := range []string{"/", "/js/app.js", "/css/base.css", "/logo.svg", "/no-such-file"} {
		head := get(t, http.MethodGet, target).Header
		got := map[string]string{}
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"} {
			got[name] = head.Get(name)
		}
		want := map[string]string{"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", target, diff)
		}
	}
}

func TestHandlerAnswers(t *testing.T) {
	tests := map[string]struct {
		method, target string
		status         int
		kind           string
	}{
		"the page at the root":          {http.MethodGet, "/", 200, "text/html; charset=utf-8"},
		"scripts as modules need it":    {http.MethodGet, "/js/app.js", 200, "text/javascript; charset=utf-8"},
		"styles":                        {http.MethodGet, "/css/base.css", 200, "text/css; charset=utf-8"},
		"pictures":                      {http.MethodGet, "/logo.svg", 200, "image/svg+xml"},
		"no list of a folder":           {http.MethodGet, "/js/", 404, "text/plain; charset=utf-8"},
		"no file beside the page":       {http.MethodGet, "/page.go", 404, "text/plain; charset=utf-8"},
		"nothing to write to":           {http.MethodPost, "/", 405, "text/plain; charset=utf-8"},
		"a head without the body":       {http.MethodHead, "/", 200, "text/html; charset=utf-8"},
		"a path that climbs stays here": {http.MethodGet, "/js/../../page.go", 404, "text/plain; charset=utf-8"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			answer := get(t, test.method, test.target)
			if test.status == 200 && answer.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("may be cached: %q", answer.Header.Get("Cache-Control"))
			}
			if answer.StatusCode != test.status || answer.Header.Get("Content-Type") != test.kind {
				t.Errorf("got %d %q, want %d %q", answer.StatusCode, answer.Header.Get("Content-Type"), test.status, test.kind)
			}
		})
	}
}

func TestEveryFileIsServedAsItIs(t *testing.T) {
	for name, text := range sources(t) {
		target := "/" + name
		if name == "index.html" {
			target = "/"
		}
		body, err := io.ReadAll(get(t, http.MethodGet, target).Body)
		if err != nil || string(body) != text {
			t.Errorf("%s is not embedded as it is on disk (%v)", name, err)
		}
	}
}

var (
	htmlLink   = regexp.MustCompile(`(?:src|href)="([^"#]+)"`)
	cssLink    = regexp.MustCompile(`url\("([^"]+)"\)`)
	scriptLink = regexp.MustCompile(`from "(\./[^"]+)"`)
	imageLink  = regexp.MustCompile(`src: "([^"]+)"`)
)

// linked are the files that one file asks the browser for, from the site's root.
func linked(name, text string) []string {
	var found []string
	add := func(links *regexp.Regexp, base string) {
		for _, match := range links.FindAllStringSubmatch(text, -1) {
			found = append(found, path.Join(base, match[1]))
		}
	}
	switch path.Ext(name) {
	case ".html":
		add(htmlLink, ".")
	case ".css":
		add(cssLink, path.Dir(name))
	case ".js":
		add(scriptLink, path.Dir(name))
		add(imageLink, ".") // pictures are named from the document
	}
	return found
}

func TestFilesAreExactlyThoseThatThePageLoads(t *testing.T) {
	files := sources(t)
	reached := map[string]bool{"index.html": true}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		for _, next := range linked(queue[0], files[queue[0]]) {
			if _, there := files[next]; !there {
				t.Errorf("%s loads %s, which does not exist", queue[0], next)
			} else if !reached[next] {
				reached[next] = true
				queue = append(queue, next)
			}
		}
	}
	for name := range files {
		if !reached[name] {
			t.Errorf("nothing loads %s", name)
		}
	}
}

func TestSourcesKeepThePromisesOfThePage(t *testing.T) {
	rules := map[string]*regexp.Regexp{
		"no markup from strings":    regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment`),
		"no code from strings":      regexp.MustCompile(`\beval\(|new Function|setTimeout\("`),
		"no outside address":        regexp.MustCompile(`(?:https?:)?//(?:[a-z0-9-]+\.)+[a-z]{2,}`),
		"no import from elsewhere":  regexp.MustCompile(`from "(?:[^.]|\.\.)|@import`),
		"no trace left for a debug": regexp.MustCompile(`console\.|debugger`),
	}
	markup := map[string]*regexp.Regexp{
		"no inline handler": regexp.MustCompile(`(?i)\son[a-z]+=`),
		"no inline style":   regexp.MustCompile(`(?i)<style|\sstyle=`),
		"no inline script":  regexp.MustCompile(`(?i)<script[^>]*>[^<]`),
	}
	for name, text := range sources(t) {
		// The name of the SVG vocabulary is an address that nobody fetches.
		text = strings.ReplaceAll(text, "http://www.w3.org/2000/svg", "")
		for rule, forbidden := range rules {
			if found := forbidden.FindString(text); found != "" {
				t.Errorf("%s: %s: %q", name, rule, found)
			}
		}
		for rule, forbidden := range markup {
			if found := forbidden.FindString(text); path.Ext(name) == ".html" && found != "" {
				t.Errorf("%s: %s: %q", name, rule, found)
			}
		}
		if lines := strings.Count(text, "\n"); path.Ext(name) == ".js" && lines > 300 {
			t.Errorf("%s has %d lines: split it", name, lines)
		}
	}
}

var (
	wordEntry = regexp.MustCompile(`(?m)^  (\w+): \["([^"]*)", "([^"]*)"\],$`)
	wordLine  = regexp.MustCompile(`(?m)^  \w+: \[.*$`)
	parameter = regexp.MustCompile(`\{\w+\}`)
)

func TestWordsAreThereInBothLanguagesWithTheSameParameters(t *testing.T) {
	words := sources(t)["js/words.js"]
	entries := wordEntry.FindAllStringSubmatch(words, -1)
	if lines := wordLine.FindAllString(words, -1); len(entries) == 0 || len(lines) != len(entries) {
		t.Fatalf("%d of %d entries have the form key: [ja, en]", len(entries), len(lines))
	}
	for _, entry := range entries {
		ja, en := parameter.FindAllString(entry[2], -1), parameter.FindAllString(entry[3], -1)
		sort.Strings(ja)
		sort.Strings(en)
		if entry[2] == "" || entry[3] == "" || !cmp.Equal(ja, en) {
			t.Errorf("%s: %q and %q do not say the same", entry[1], entry[2], entry[3])
		}
	}
}

func TestEveryWordIsUsedAndEveryUsedWordExists(t *testing.T) {
	files := sources(t)
	known := map[string]bool{}
	for _, entry := range wordEntry.FindAllStringSubmatch(files["js/words.js"], -1) {
		known[entry[1]] = true
	}
	delete(files, "js/words.js")
	var all strings.Builder
	for _, text := range files {
		all.WriteString(text)
	}
	for _, call := range regexp.MustCompile(`\bt\("(\w+)"`).FindAllStringSubmatch(all.String(), -1) {
		if !known[call[1]] {
			t.Errorf("t(%q) has no words", call[1])
		}
	}
	for key := range known {
		if !strings.Contains(all.String(), `"`+key+`"`) {
			t.Errorf("%s is never shown", key)
		}
	}
}
