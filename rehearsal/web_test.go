package rehearsal_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tsugite/rehearsal"
)

const formType = "application/x-www-form-urlencoded"

func TestCallsAreTurnedAwayInSlacksOrder(t *testing.T) {
	manifest, err := rehearsal.ParseManifest([]byte(`{"display_information":{"name":"Small"},"oauth_config":{"scopes":{"bot":["users:read"]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, rehearsal.Options{Manifest: manifest})
	for _, c := range []struct {
		rule, method, token, want string
	}{
		{"an unknown method comes before a missing token", "chat.nothing", "", "unknown_method"},
		{"no token", "chat.postMessage", "", "not_authed"},
		{"an unknown token", "chat.postMessage", "xoxb-nobody", "invalid_auth"},
		{"an app token for a bot method", "chat.postMessage", s.AppToken(), "not_allowed_token_type"},
		{"a bot token for an app method", "apps.connections.open", s.BotToken(), "not_allowed_token_type"},
		{"a missing scope comes before missing arguments", "chat.postMessage", s.BotToken(), "missing_scope"},
		{"missing arguments come last", "users.info", s.BotToken(), "invalid_arguments"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			resp, out := send(t, "POST", s.APIURL()+c.method, formType, url.Values{"token": {c.token}}.Encode())
			wantError(t, out, c.want)
			if resp.StatusCode != http.StatusOK {
				t.Errorf("status %d", resp.StatusCode)
			}
			switch c.want {
			case "unknown_method":
				if out["req_method"] != c.method {
					t.Errorf("req_method %v", out["req_method"])
				}
			case "missing_scope":
				if out["needed"] != "chat:write" || out["provided"] != "users:read" {
					t.Errorf("needed %v, provided %v", out["needed"], out["provided"])
				}
			case "invalid_arguments":
				if got := dig(t, out, "response_metadata", "messages", 0); got != "[ERROR] missing required field: user" {
					t.Errorf("messages: %v", got)
				}
			}
		})
	}
}

func TestArgumentsComeInEveryForm(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to := general(t, s)
	blocks := `[{"type":"section","text":{"type":"mrkdwn","text":"a < b & c"}}]`
	var multi bytes.Buffer
	w := multipart.NewWriter(&multi)
	for k, v := range map[string]string{"token": s.BotToken(), "channel": to, "text": "x", "blocks": blocks} {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	auth := "Bearer " + s.BotToken()
	values := url.Values{"channel": {to}, "text": {"x"}, "blocks": {blocks}}
	withToken := url.Values{"token": {s.BotToken()}, "channel": {to}, "text": {"x"}, "blocks": {blocks}}
	for _, c := range []struct {
		rule, verb, query, kind, body, auth, warning string
	}{
		{"a form with the token in it", "POST", "", formType, withToken.Encode(), "", ""},
		{"a form with the token in the header", "POST", "", formType, values.Encode(), auth, ""},
		{"a query", "GET", "?" + withToken.Encode(), "", "", "", ""},
		{"multipart", "POST", "", w.FormDataContentType(), multi.String(), "", ""},
		{"JSON with blocks as JSON", "POST", "", "application/json; charset=utf-8", fmt.Sprintf(`{"channel":%q,"text":"x","blocks":%s}`, to, blocks), auth, ""},
		{"JSON with blocks as a string", "POST", "", "application/json; charset=utf-8", mustJSON(t, object{"channel": to, "text": "x", "blocks": blocks}), auth, ""},
		{"JSON without a charset is warned of", "POST", "", "application/json", fmt.Sprintf(`{"channel":%q,"text":"x","blocks":%s}`, to, blocks), auth, "missing_charset"},
		{"a form with a charset is warned of", "POST", "", formType + "; charset=utf-8", withToken.Encode(), "", "superfluous_charset"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, out := send(t, c.verb, s.APIURL()+"chat.postMessage"+c.query, c.kind, c.body, "Authorization", c.auth)
			wantOK(t, out)
			if got := dig(t, out, "message", "blocks", 0, "text", "text"); got != "a < b & c" {
				t.Errorf("blocks came as %v", got)
			}
			if c.warning == "" && out["warning"] != nil || c.warning != "" && (out["warning"] != c.warning || dig(t, out, "response_metadata", "warnings", 0) != c.warning) {
				t.Errorf("warning %v, want %q", out["warning"], c.warning)
			}
		})
	}
}

func TestBrokenRequestsGetSlacksCodes(t *testing.T) {
	s := start(t, rehearsal.Options{})
	auth := []string{"Authorization", "Bearer " + s.BotToken()}
	for _, c := range []struct{ rule, kind, body, want string }{
		{"JSON that is none", "application/json", "{", "invalid_json"},
		{"JSON that is no object", "application/json", "[1]", "json_not_object"},
		{"a form that is none", formType, "a=%zz", "invalid_form_data"},
		{"a type of its own", "application/xml", "<a/>", "invalid_post_type"},
		{"no type", "", "a=b", "missing_post_type"},
		{"too much", formType, "a=" + strings.Repeat("x", 5<<20), "request_too_large"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, out := send(t, "POST", s.APIURL()+"auth.test", c.kind, c.body, auth...)
			wantError(t, out, c.want)
		})
	}
}

func TestForeignPagesAreTurnedAway(t *testing.T) {
	s := start(t, rehearsal.Options{})
	for _, c := range []struct {
		rule, path string
		header     [2]string
		want       int
	}{
		{"another host", "_/people", [2]string{"Host", "evil.example"}, 403},
		{"another host on the Web API", "api/api.test", [2]string{"Host", "evil.example"}, 403},
		{"another origin", "_/people", [2]string{"Origin", "https://evil.example"}, 403},
		{"no origin at all", "_/people", [2]string{"Origin", "null"}, 403},
		{"Slack's origin outside the socket", "_/people", [2]string{"Origin", "https://api.slack.com"}, 403},
		{"localhost", "_/people", [2]string{"Host", "localhost"}, 200},
		{"the page's own origin", "_/people", [2]string{"Origin", strings.TrimSuffix(s.URL(), "/")}, 200},
	} {
		t.Run(c.rule, func(t *testing.T) {
			resp, _ := send(t, "GET", s.URL()+c.path, "", "", c.header[0], c.header[1])
			if resp.StatusCode != c.want {
				t.Errorf("status %d, want %d", resp.StatusCode, c.want)
			}
		})
	}
}

func TestOnlyLoopbackIsListenedOn(t *testing.T) {
	if s, err := rehearsal.Start(rehearsal.Options{Addr: "0.0.0.0:0"}); err == nil {
		s.Close()
		t.Fatal("it listens to the world")
	}
}

func FuzzCallsNeverFail(f *testing.F) {
	s := start(f, rehearsal.Options{})
	f.Add("chat.postMessage", `{"channel":"general","text":"x"}`)
	f.Add("views.open", `{"trigger_id":"1.2.3","view":{"type":"modal"}}`)
	f.Add("conversations.history", `{"channel":"general","cursor":"bmV4dF90czo=","limit":-1}`)
	f.Add("chat.update", `{"channel":[],"ts":{},"blocks":7}`)
	f.Add("files.completeUploadExternal", `{"files":[{"id":1}]}`)
	f.Add("chat.scheduleMessage", `{"channel":"general","text":"x","post_at":99999999999999999999}`)
	f.Fuzz(func(t *testing.T, method, body string) {
		if strings.ContainsAny(method, "/?#% \\") || method == "apps.connections.open" {
			t.Skip()
		}
		r, err := http.NewRequest("POST", s.APIURL()+method, strings.NewReader(body))
		if err != nil {
			t.Skip()
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+s.BotToken())
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode >= 500 {
			t.Errorf("%s %s: %d", method, body, resp.StatusCode)
		}
	})
}
