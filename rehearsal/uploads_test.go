package rehearsal_test

import (
	"net/http"
	"strings"
	"testing"

	"tsugite/rehearsal"
)

// TestUploadsFailAsFaultsSay: the upload of a file's bytes is no Web API method,
// but what befalls those can befall it.
func TestUploadsFailAsFaultsSay(t *testing.T) {
	s := start(t, rehearsal.Options{})
	place := form(t, s, "files.getUploadURLExternal", "filename", "a.ics", "length", "3")
	to, _ := place["upload_url"].(string)
	id, _ := place["file_id"].(string)

	s.AddFault(rehearsal.Fault{Method: "upload", Status: 429, RetryAfter: 7})
	resp, _ := send(t, "POST", to, "", "abc")
	if resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") != "7" {
		t.Errorf("status %d, Retry-After %q", resp.StatusCode, resp.Header.Get("Retry-After"))
	}
	wantError(t, form(t, s, "files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`), "file_not_found")

	s.AddFault(rehearsal.Fault{Method: "upload", AcceptThenDrop: true})
	if _, err := http.Post(to, "text/plain", strings.NewReader("abc")); err == nil {
		t.Error("the answer was not lost")
	}
	if done := form(t, s, "files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`); done["ok"] != true {
		t.Errorf("what was accepted is not there: %v", done)
	}
}
