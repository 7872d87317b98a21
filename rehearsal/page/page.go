// Package page is the web page of the local Slack: static files, embedded in the
// binary, that a browser runs as any person of the workspace.
//
// It may know the driving interface under /_/ (design.md 7) and Slack's own JSON
// for messages, blocks and views. It must not know any bot, nor the server that
// answers under /_/: the page is files, and everything it shows comes from there.
package page

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed static
var static embed.FS

// policy lets the page run its own scripts and styles, show its own pictures and
// those a person has just picked, and talk to the server it came from: nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; " +
	"img-src 'self' data: blob:; connect-src 'self'; form-action 'none'; " +
	"base-uri 'none'; frame-ancestors 'none'"

// Handler serves the page at /. It answers GET and HEAD only; every answer,
// also an error, carries the content security policy, and no file is cached.
func Handler() http.Handler {
	files := http.FileServerFS(files())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", policy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cache-Control", "no-store")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			head.Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		if isFolder(r.URL.Path) {
			http.NotFound(w, r)
			return
		}
		files.ServeHTTP(w, r)
	})
}

// isFolder tells the paths for which the file server would print a listing.
func isFolder(path string) bool {
	return path != "/" && path[len(path)-1] == '/'
}

func files() fs.FS {
	sub, err := fs.Sub(static, "static")
	if err != nil {
		panic("page: embedded files: " + err.Error()) // fixed at build time
	}
	return sub
}
