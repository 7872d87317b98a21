package rehearsal

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Manifest is the part of a Slack app manifest that decides what an app can do.
// Other keys are accepted and ignored, as the format grows.
type Manifest struct {
	DisplayInformation struct {
		Name        string `yaml:"name"`
		Description string `yaml:"description"`
	} `yaml:"display_information"`
	Features struct {
		AppHome *struct {
			HomeTab          bool `yaml:"home_tab_enabled"`
			MessagesTab      bool `yaml:"messages_tab_enabled"`
			MessagesReadOnly bool `yaml:"messages_tab_read_only_enabled"`
		} `yaml:"app_home"`
		BotUser struct {
			DisplayName string `yaml:"display_name"`
		} `yaml:"bot_user"`
		Commands []struct {
			Command      string `yaml:"command"`
			Description  string `yaml:"description"`
			UsageHint    string `yaml:"usage_hint"`
			ShouldEscape bool   `yaml:"should_escape"`
		} `yaml:"slash_commands"`
		Shortcuts []struct {
			Name        string `yaml:"name"`
			Type        string `yaml:"type"` // global or message
			CallbackID  string `yaml:"callback_id"`
			Description string `yaml:"description"`
		} `yaml:"shortcuts"`
	} `yaml:"features"`
	OAuth struct {
		Scopes struct {
			Bot []string `yaml:"bot"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool `yaml:"is_enabled"`
		} `yaml:"interactivity"`
		SocketMode bool `yaml:"socket_mode_enabled"`
	} `yaml:"settings"`
}

// LoadManifest reads an app manifest in YAML or JSON.
func LoadManifest(path string) (*Manifest, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := ParseManifest(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// ParseManifest reads the text of an app manifest in YAML or JSON.
func ParseManifest(text []byte) (*Manifest, error) {
	var m Manifest
	if err := yaml.Unmarshal(text, &m); err != nil {
		return nil, err
	}
	if m.DisplayInformation.Name == "" {
		return nil, fmt.Errorf("not an app manifest: display_information.name is missing")
	}
	for _, c := range m.Features.Commands {
		if !strings.HasPrefix(c.Command, "/") {
			return nil, fmt.Errorf("slash command %q must begin with /", c.Command)
		}
	}
	return &m, nil
}

// allScopes is what an app without a manifest gets: everything the methods here ask
// for, except chat:write.public and chat:write.customize, which change behaviour and
// must be asked for.
var allScopes = []string{
	"app_mentions:read", "channels:history", "channels:join", "channels:manage", "channels:read", "channels:write.invites", "channels:write.topic",
	"chat:write", "commands", "emoji:read", "files:read", "files:write", "groups:history", "groups:read", "groups:write", "groups:write.invites", "groups:write.topic",
	"im:history", "im:read", "im:write", "im:write.topic", "metadata.message:read", "mpim:history", "mpim:read", "mpim:write", "mpim:write.topic",
	"reactions:read", "reactions:write", "team:read", "users.profile:read", "users:read", "users:read.email",
}

// grants is what the app may do, from its manifest or without one.
type grants struct {
	manifest *Manifest
	scopes   []string
}

func (g grants) has(scope string) bool { return slices.Contains(g.scopes, scope) }

// hears says whether the app is subscribed to an event, such as message.im.
func (g grants) hears(event string) bool {
	return g.manifest == nil || slices.Contains(g.manifest.Settings.Events.Bot, event)
}

// answers says whether a slash command belongs to the app.
func (g grants) answers(command string) bool {
	if g.manifest == nil {
		return true
	}
	for _, c := range g.manifest.Features.Commands {
		if c.Command == command {
			return true
		}
	}
	return false
}

// shortcut says whether a shortcut of a type (global, message) belongs to the app.
func (g grants) shortcut(callbackID, kind string) bool {
	if g.manifest == nil {
		return true
	}
	for _, s := range g.manifest.Features.Shortcuts {
		if s.CallbackID == callbackID && s.Type == kind {
			return true
		}
	}
	return false
}

// homeTab says whether the app has a Home tab.
func (g grants) homeTab() bool {
	return g.manifest == nil || g.manifest.Features.AppHome != nil && g.manifest.Features.AppHome.HomeTab
}

// messagesTab says whether people and the app have a DM. A manifest that does not
// speak of app_home leaves the tab on.
func (g grants) messagesTab() bool {
	return g.manifest == nil || g.manifest.Features.AppHome == nil || g.manifest.Features.AppHome.MessagesTab
}

func (g grants) messagesReadOnly() bool {
	return g.manifest != nil && g.manifest.Features.AppHome != nil && g.manifest.Features.AppHome.MessagesReadOnly
}

func (g grants) interactive() bool {
	return g.manifest == nil || g.manifest.Settings.Interactivity.Enabled
}
