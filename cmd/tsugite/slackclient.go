package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"tsugite/bot/terse"
)

const (
	// slackTimeout bounds one call; the Courier's lease is made for it.
	slackTimeout = 15 * time.Second
	// slackIdle keeps enough connections for everyone who is answered at once
	// (slack.md Sending: the default of 2 cost a third of the speed).
	slackIdle = 64
	// openEvery and openBurst throttle apps.connections.open: slack-go redials a
	// connection that closes at once without any pause (slack.md Receiving).
	openEvery = 2 * time.Second
	openBurst = 6
)

// slackOptions says which Slack to talk to.
type slackOptions struct {
	BotToken, AppToken string
	APIURL             string // "" for Slack itself
	// Loopback refuses to dial anything but this machine.
	Loopback bool
}

// newSlack makes the one client that everything uses. It retries nothing by
// itself: a repeated chat.postMessage would be a second message.
func newSlack(o slackOptions) (*slack.Client, error) {
	dialer := &net.Dialer{Timeout: 10 * time.Second}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = slackIdle, slackIdle
	transport.DialContext = dialer.DialContext
	if o.Loopback {
		transport.Proxy = nil
		transport.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
			if !isLoopback(addr) {
				return nil, fmt.Errorf("refusing to leave this machine for %s", addr)
			}
			return dialer.DialContext(ctx, network, addr)
		}
	}
	client := &http.Client{
		Timeout: slackTimeout,
		// Slack leads nobody elsewhere but to its sign-in page, and the token goes with no one.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &throttle{next: terse.Transport{Next: transport}, opens: rate.NewLimiter(rate.Every(openEvery), openBurst)},
	}
	options := []slack.Option{slack.OptionHTTPClient(client), slack.OptionAppLevelToken(o.AppToken)}
	if o.APIURL != "" {
		at, err := url.Parse(o.APIURL)
		if err != nil || at.Host == "" || o.Loopback && !isLoopback(at.Host) {
			return nil, withHint(fmt.Errorf("SLACK_API_URL %q is no address of a Slack", o.APIURL), "write it like http://127.0.0.1:8484/api/, or unset it for Slack itself")
		}
		options = append(options, slack.OptionAPIURL(strings.TrimSuffix(o.APIURL, "/")+"/"))
	}
	return slack.New(o.BotToken, options...), nil
}

func isLoopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		host = addr
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// throttle holds back the opening of connections.
type throttle struct {
	next  http.RoundTripper
	opens *rate.Limiter
}

func (t *throttle) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/apps.connections.open") {
		if err := t.opens.Wait(r.Context()); err != nil {
			return nil, err
		}
	}
	return t.next.RoundTrip(r)
}
