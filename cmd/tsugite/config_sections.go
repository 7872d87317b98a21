package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
	"tsugite/reminders"
)

func readApprovals(c *Config, m *strict.Map) {
	slack := m.Get("slack").Map()
	if !slack.Given() {
		return
	}
	c.SlackApproval = Approval{
		Date:  readDate(slack.Need("date")),
		Scope: slack.Need("scope").TextUpTo(maxBring),
	}
}

func readSlack(c *Config, m *strict.Map) {
	c.BotToken = readSecret(m.Get("bot_token"), "xoxb-", "SLACK_BOT_TOKEN")
	c.AppToken = readSecret(m.Get("app_token"), "xapp-", "SLACK_APP_TOKEN")
	channels := m.Get("channels").Map()
	c.Channels = map[programme.Purpose]string{}
	for _, p := range programme.Purposes {
		v := channels.Get(string(p))
		if ch := readChannel(v); ch != "" {
			c.Channels[p] = ch
		}
	}
	office, bureau := c.Channels[programme.ChannelOffice], c.Channels[programme.ChannelBureau]
	if announce := c.Channels[programme.ChannelAnnounce]; announce != "" && (announce == office || announce == bureau) {
		channels.Get(string(programme.ChannelAnnounce)).Fault("is a private channel of the office or the bureau",
			"name the channel that everyone is in")
	}
}

var (
	channelID   = regexp.MustCompile(`^[CG][A-Z0-9]{5,20}$`)
	channelName = regexp.MustCompile(`^[^\s#@,.A-Z]{1,80}$`)
)

// readChannel is a channel's id, or its name without the leading #.
func readChannel(v strict.Value) string {
	s := v.Text()
	name, _ := strings.CutPrefix(s, "#")
	if s == "" || channelID.MatchString(s) {
		return s
	}
	if !channelName.MatchString(name) {
		v.Fault(fmt.Sprintf("%q is not a channel", s), `write its id (C0…) or its name in quotes ("#事務局")`)
		return ""
	}
	return name
}

// Secret names where a secret is to be found: ${VARIABLE} or file:/path. It
// holds no secret itself.
type Secret struct {
	ref    string
	prefix string // how the secret begins
}

var secretForm = regexp.MustCompile(`^(?:\$\{[A-Za-z_][A-Za-z0-9_]*\}|file:.+)$`)

func readSecret(v strict.Value, prefix, variable string) Secret {
	s := v.Text()
	if !v.Given() {
		return Secret{ref: "${" + variable + "}", prefix: prefix}
	}
	if !secretForm.MatchString(s) {
		// What stands there may be the secret itself: it is not repeated.
		v.Fault("must name a secret, not hold it", "write ${"+variable+"} or file:/path; if a token stood here, revoke it")
		return Secret{}
	}
	return Secret{ref: s, prefix: prefix}
}

// String is the name of the secret, never the secret.
func (s Secret) String() string { return s.ref }

// GoString keeps %#v from showing more than String.
func (s Secret) GoString() string { return s.ref }

// maxSecret is far above any token's length.
const maxSecret = 4096

// Reveal fetches the secret. Its errors name the place and never the content.
func (s Secret) Reveal() (string, error) {
	var value string
	if file, ok := strings.CutPrefix(s.ref, "file:"); ok {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", unreadable(file, err, "the configuration names it for a token")
		}
		value = strings.TrimSpace(string(data[:min(len(data), maxSecret)]))
	} else {
		name := strings.TrimSuffix(strings.TrimPrefix(s.ref, "${"), "}")
		value = strings.TrimSpace(os.Getenv(name))
		if value == "" {
			return "", fmt.Errorf("the environment variable %s is not set (it must hold the token that begins with %s)", name, s.prefix)
		}
	}
	if !strings.HasPrefix(value, s.prefix) {
		return "", fmt.Errorf("what %s holds does not begin with %s (are the two tokens swapped?)", s.ref, s.prefix)
	}
	return value, nil
}

func readMemos(c *Config, m *strict.Map) {
	if v := m.Get("parts"); v.Given() {
		c.settings.Parts = readParts(v)
	}
	c.Rules.MemoDue = readWith(m.Get("due_within"), "3bd", reminders.ParseMemoDue)
	readBureauWay(c, m)
}

// memoDigestID is the id of the file of memos among the digests.
const memoDigestID = "memos"

// readBureauWay reads how the bureau hears of memos, and when if it gets files.
func readBureauWay(c *Config, m *strict.Map) {
	way := programme.BureauWay(m.Get("bureau").OneOf(string(programme.BureauCards), string(programme.BureauDigest)))
	digest := m.Get("digest")
	switch {
	case way == programme.BureauDigest && !digest.Given():
		m.Get("bureau").Fault("needs a digest", `write digest: {cron: "0 9 1,15 * *", format: xlsx} beside it`)
		return
	case way != programme.BureauDigest && digest.Given():
		digest.Fault("is only for bureau: digest", "write bureau: digest, or leave it out")
		return
	case way != programme.BureauDigest:
		return
	}
	d := digest.Map()
	if format := d.Get("format"); format.Given() {
		format.OneOf("xlsx")
	}
	c.settings.BureauWay = way
	id := memoDigestID
	if slices.ContainsFunc(c.Rules.Digests, func(other reminders.Digest) bool { return other.ID == id }) {
		digest.Fault(fmt.Sprintf("another digest is called %q", id), "give the one under reminders another id")
		return
	}
	c.Rules.Digests = append(c.Rules.Digests, reminders.Digest{
		ID: id, Kind: programme.NoticeMemoDigest, Schedule: readWith(d.Need("cron"), "0 9 1,15 * *", reminders.ParseSchedule),
	})
}

// maxParts is how many parts a memo may have: a form that one can still fill in
// on a phone.
const maxParts = 12

func readParts(v strict.Value) []programme.PartDef {
	var parts []programme.PartDef
	seen := map[string]bool{}
	core := false
	for _, item := range v.List() {
		m := item.Map()
		key := m.Need("key")
		p := readPart(m)
		p.Key = readID(key)
		if p.Key != "" && seen[p.Key] {
			key.Fault(fmt.Sprintf("a second part with the key %q", p.Key), "give each part a key of its own")
		}
		if p.Key == programme.Confidential {
			checkConfidential(m, p)
		}
		seen[p.Key] = true
		core = core || p.Core
		parts = append(parts, p)
	}
	switch {
	case len(parts) == 0 || len(parts) > maxParts:
		v.Fault(fmt.Sprintf("%d parts", len(parts)), fmt.Sprintf("1 to %d", maxParts))
	case !core:
		v.Fault("no part is core", "the bureau receives every follow-up memo: mark at least one part core: true")
	}
	return parts
}

func readPart(m *strict.Map) programme.PartDef {
	p := programme.PartDef{
		Title:    readText(m.Need("title"), 75),
		Help:     readText(m.Get("help"), 150),
		Core:     m.Get("core").Bool(),
		Required: m.Get("required").Bool(),
	}
	readers := []programme.Reader{
		programme.ReadParticipant, programme.ReadMentor, programme.ReadOffice, programme.ReadBureau, programme.ReadPublic,
	}
	for _, r := range m.Need("readers").List() {
		if s := r.OneOf(words(readers)...); s != "" {
			p.Readers = append(p.Readers, programme.Reader(s))
		}
	}
	if p.Core && !slices.Contains(p.Readers, programme.ReadBureau) {
		m.Get("core").Fault("a core part that the bureau may not read", "add bureau to its readers")
	}
	return p
}

// checkConfidential: 取扱注意 never leaves the office and the atsugi's experts.
func checkConfidential(m *strict.Map, p programme.PartDef) {
	for _, r := range p.Readers {
		if r != programme.ReadMentor && r != programme.ReadOffice {
			m.Get("readers").Fault("取扱注意 may not be read by "+string(r), "readers: [mentor, office]")
		}
	}
}

// readText is a text in both languages, Japanese at least, of max characters.
func readText(v strict.Value, max int) programme.Text {
	if !v.Given() {
		return programme.Text{}
	}
	m := v.Map()
	return programme.Text{Ja: m.Need("ja").TextUpTo(max), En: m.Get("en").TextUpTo(max)}
}
