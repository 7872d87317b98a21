package rehearsal_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"tsugite/rehearsal"
)

func TestConversationErrors(t *testing.T) {
	s := start(t, rehearsal.Options{})
	to, random, staff := general(t, s), channelNamed(t, s, "random"), channelNamed(t, s, "staff")
	dm := dig(t, wantOK(t, form(t, s, "conversations.open", "users", alice)), "channel", "id").(string)
	made := dig(t, wantOK(t, form(t, s, "conversations.create", "name", "made")), "channel", "id").(string)
	old := dig(t, wantOK(t, form(t, s, "conversations.create", "name", "old")), "channel", "id").(string)
	wantOK(t, form(t, s, "conversations.archive", "channel", old))
	nine := make([]string, 9)
	for i := range nine {
		nine[i] = fmt.Sprintf("U000000%03d", i)
		act(t, s, object{"as": alice, "wait": "none", "person": object{"do": "join", "person": object{"id": nine[i], "name": fmt.Sprint("p", i)}}})
	}
	for _, c := range []struct {
		rule, method string
		args         []string
		want         string
	}{
		{"an unknown channel", "conversations.info", []string{"channel", "C404"}, "channel_not_found"},
		{"a private channel without the bot", "conversations.info", []string{"channel", staff}, "channel_not_found"},
		{"a channel by its name", "conversations.info", []string{"channel", "general"}, "channel_not_found"},
		{"history where the bot is not", "conversations.history", []string{"channel", random}, "not_in_channel"},
		{"types that are none", "conversations.list", []string{"types", "secret"}, "invalid_types"},
		{"a limit that is none", "conversations.list", []string{"limit", "x"}, "invalid_limit"},
		{"a cursor that is none", "conversations.members", []string{"channel", to, "cursor", "zzz"}, "invalid_cursor"},
		{"opening nothing", "conversations.open", nil, "users_list_not_supplied"},
		{"opening with nobody", "conversations.open", []string{"users", "U404"}, "user_not_found"},
		{"opening with who left", "conversations.open", []string{"users", dora}, "user_disabled"},
		{"opening with a stranger", "conversations.open", []string{"users", otto}, "user_not_visible"},
		{"opening with the bot itself", "conversations.open", []string{"users", s.BotUserID()}, "cannot_dm_bot"},
		{"opening with nine", "conversations.open", []string{"users", strings.Join(nine, ",")}, "too_many_users"},
		{"opening what may not be made", "conversations.open", []string{"users", bob, "prevent_creation", "true"}, "channel_not_found"},
		{"joining a DM", "conversations.join", []string{"channel", dm}, "method_not_supported_for_channel_type"},
		{"joining an archived channel", "conversations.join", []string{"channel", old}, "is_archived"},
		{"posting in an archived channel", "chat.postMessage", []string{"channel", old, "text", "x"}, "is_archived"},
		{"archiving twice", "conversations.archive", []string{"channel", old}, "already_archived"},
		{"bringing back what was archived", "conversations.unarchive", []string{"channel", old}, "not_in_channel"},
		{"bringing back what is not archived", "conversations.unarchive", []string{"channel", made}, "not_archived"},
		{"renaming what somebody else made", "conversations.rename", []string{"channel", to, "name", "mine"}, "not_authorized"},
		{"renaming where the bot is not", "conversations.rename", []string{"channel", random, "name", "mine"}, "not_in_channel"},
		{"a new name that is taken", "conversations.rename", []string{"channel", made, "name", "old"}, "name_taken"},
		{"archiving #general", "conversations.archive", []string{"channel", to}, "cant_archive_general"},
		{"archiving where the bot is not", "conversations.archive", []string{"channel", random}, "not_in_channel"},
		{"archiving a DM", "conversations.archive", []string{"channel", dm}, "method_not_supported_for_channel_type"},
		{"a topic that is too long", "conversations.setTopic", []string{"channel", to, "topic", strings.Repeat("x", 251)}, "too_long"},
		{"a topic where the bot is not", "conversations.setTopic", []string{"channel", random, "topic", "x"}, "not_in_channel"},
		{"a name that is taken", "conversations.create", []string{"name", "made"}, "name_taken"},
		{"no name", "conversations.create", nil, "invalid_name_required"},
		{"a name with capitals", "conversations.create", []string{"name", "Made"}, "invalid_name_specials"},
		{"a name with spaces", "conversations.create", []string{"name", "a b"}, "invalid_name_specials"},
		{"a name of signs", "conversations.create", []string{"name", "--"}, "invalid_name_punctuation"},
		{"a name of 81 characters", "conversations.create", []string{"name", strings.Repeat("あ", 81)}, "invalid_name_maxlength"},
		{"inviting nobody", "conversations.invite", []string{"channel", made}, "no_user"},
		{"inviting who is not there", "conversations.invite", []string{"channel", made, "users", "U404"}, "user_not_found"},
		{"inviting oneself", "conversations.invite", []string{"channel", made, "users", s.BotUserID()}, "cant_invite_self"},
		{"inviting who is there", "conversations.invite", []string{"channel", to, "users", alice}, "already_in_channel"},
		{"inviting to a DM", "conversations.invite", []string{"channel", dm, "users", bob}, "method_not_supported_for_channel_type"},
		{"a user that is none", "users.info", []string{"user", "U404"}, "user_not_found"},
		{"an address of nobody", "users.lookupByEmail", []string{"email", "nobody@example.com"}, "users_not_found"},
		{"the address of who left", "users.lookupByEmail", []string{"email", "dora@example.com"}, "users_not_found"},
		{"a reaction on nothing", "reactions.add", []string{"name", "+1"}, "no_item_specified"},
		{"a reaction on no message", "reactions.add", []string{"name", "+1", "channel", to, "timestamp", "1.000001"}, "message_not_found"},
		{"a file that is none", "files.info", []string{"file", "F404"}, "file_not_found"},
		{"an upload without a length", "files.getUploadURLExternal", []string{"filename", "a.txt"}, "invalid_arguments"},
		{"completing nothing", "files.completeUploadExternal", []string{"files", `[{"id":"F404"}]`}, "file_not_found"},
	} {
		t.Run(c.rule, func(t *testing.T) { wantError(t, form(t, s, c.method, c.args...), c.want) })
	}
	if out := wantOK(t, form(t, s, "conversations.join", "channel", made)); out["warning"] != "already_in_channel" {
		t.Errorf("joining twice: %v", out)
	}
	eight := strings.Join(nine[:8], ",")
	first := wantOK(t, form(t, s, "conversations.open", "users", eight))
	again := wantOK(t, form(t, s, "conversations.open", "users", strings.Join([]string{nine[7], nine[6], nine[5], nine[4], nine[3], nine[2], nine[1], nine[0]}, ",")))
	if first["already_open"] != nil || again["already_open"] != true || dig(t, first, "channel", "id") != dig(t, again, "channel", "id") {
		t.Errorf("group DM %v, again %v", first, again)
	}
}

func TestPeopleAsSlackShowsThem(t *testing.T) {
	s := start(t, rehearsal.Options{})
	api := client(s)
	users, err := api.GetUsers()
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]slack.User{}
	for _, u := range users {
		listed[u.ID] = u
	}
	if _, there := listed[otto]; there {
		t.Error("users.list shows an outsider")
	}
	if !listed[dora].Deleted || !listed[guest].IsRestricted || listed[guest].IsUltraRestricted || !listed[s.BotUserID()].IsBot || listed["USLACKBOT"].ID == "" {
		t.Errorf("users %+v", listed)
	}
	if u := listed[hanako]; u.Locale != "ja-JP" || u.TZ != "Asia/Tokyo" || u.TZOffset != 9*60*60 || u.Profile.Email != "hanako@example.com" {
		t.Errorf("hanako %+v", u)
	}
	if got := dig(t, wantOK(t, form(t, s, "users.info", "user", hanako)), "user", "locale"); got != nil {
		t.Errorf("locale without include_locale: %v", got)
	}
	info := wantOK(t, form(t, s, "users.info", "user", otto, "include_locale", "true"))
	if dig(t, info, "user", "is_stranger") != true || dig(t, info, "user", "locale") != "en-US" {
		t.Errorf("an outsider %v", info)
	}
	made := dig(t, wantOK(t, form(t, s, "conversations.create", "name", "shared")), "channel", "id").(string)
	wantError(t, form(t, s, "conversations.invite", "channel", made, "users", otto), "user_not_found")
	if u, err := api.GetUserByEmail("HANAKO@example.com"); err != nil || u.ID != hanako {
		t.Errorf("by address: %v %v", u, err)
	}
}

func TestAnOutsiderWhoSharesAChannelMayClickButNotCommand(t *testing.T) {
	cast, err := rehearsal.ParseCast([]byte(`
people:
  - {id: U0000ALICE, name: alice}
  - {id: U000000OUT, name: otto, outsider: true}
channels:
  - {name: general, app: true}
  - {name: shared, app: true, members: [alice, otto]}
`))
	if err != nil {
		t.Fatal(err)
	}
	p := play(t, rehearsal.Options{Cast: &cast})
	shared := channelNamed(t, p.s, "shared")
	info := wantOK(t, form(t, p.s, "users.info", "user", otto))
	if dig(t, info, "user", "is_stranger") != false || dig(t, info, "user", "team_id") == dig(t, wantOK(t, form(t, p.s, "auth.test")), "team_id") {
		t.Errorf("otto %v", info)
	}
	if out := wantOK(t, form(t, p.s, "conversations.info", "channel", shared)); dig(t, out, "channel", "is_ext_shared") != true {
		t.Errorf("shared channel %v", out)
	}
	m := wantOK(t, form(t, p.s, "chat.postMessage", "channel", shared, "text", "x", "blocks",
		`[{"type":"actions","block_id":"ac","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"B"}}]}]`))
	sent, out := p.does(object{"as": otto, "click": object{"channel": shared, "ts": m["ts"], "action": object{"type": "button", "block_id": "ac", "action_id": "go"}}}, nil)
	wantOK(t, out)
	if dig(t, sent, "user", "id") != otto || dig(t, sent, "user", "team_id") == dig(t, sent, "team", "id") {
		t.Errorf("payload %v", sent["user"])
	}
	wantError(t, act(t, p.s, object{"as": otto, "wait": "ack", "command": object{"command": "/x", "channel": shared}}), "not_allowed")
	if _, err := rehearsal.ParseCast([]byte("people: [{name: x, colour: red}]")); err == nil {
		t.Error("an unknown key is taken")
	}
}

func TestConversationsComeInPages(t *testing.T) {
	s := start(t, rehearsal.Options{})
	api := client(s)
	for i := range 5 {
		if _, err := api.CreateConversation(slack.CreateConversationParams{ChannelName: fmt.Sprint("c", i), IsPrivate: i == 4}); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	cursor := ""
	for {
		list, next, err := api.GetConversations(&slack.GetConversationsParameters{Limit: 2, Cursor: cursor, Types: []string{"public_channel", "private_channel"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			names = append(names, c.Name)
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	if got := strings.Join(names, " "); got != "general random c0 c1 c2 c3 c4" {
		t.Errorf("listed %s", got)
	}
	members, _, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: general(t, s)})
	if err != nil || len(members) != 5 {
		t.Errorf("members %v, %v", members, err)
	}
}

func TestAManifestDecidesWhatTheAppHears(t *testing.T) {
	m, err := rehearsal.ParseManifest([]byte(`
display_information: {name: Small}
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: false}
  slash_commands: [{command: /known, description: d}]
  shortcuts: [{name: S, type: global, callback_id: known, description: d}]
oauth_config: {scopes: {bot: ["chat:write", "users:read", "channels:history", "channels:read"]}}
settings:
  event_subscriptions: {bot_events: [app_mention]}
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
`))
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, rehearsal.Options{Manifest: m})
	l, _ := dial(t, s)
	to := general(t, s)
	wantError(t, act(t, s, object{"as": alice, "command": object{"command": "/other"}}), "unknown_command")
	wantError(t, act(t, s, object{"as": alice, "shortcut": object{"callback_id": "other"}}), "unknown_shortcut")
	wantError(t, act(t, s, object{"as": alice, "shortcut": object{"callback_id": "known", "channel": to, "ts": "1.000000"}}), "unknown_shortcut")
	wantError(t, form(t, s, "chat.postMessage", "channel", alice, "text", "x"), "messages_tab_disabled")
	wantError(t, form(t, s, "conversations.list", "types", "im"), "missing_scope")
	act(t, s, object{"as": alice, "wait": "none", "say": object{"channel": to, "text": "nothing for the app"}})
	act(t, s, object{"as": alice, "wait": "none", "say": object{"channel": to, "text": "<@" + s.BotUserID() + "> listen"}})
	e := l.read()
	l.ack(e, nil)
	if dig(t, e, "payload", "event", "type") != "app_mention" || dig(t, e, "payload", "event", "channel") != to || dig(t, e, "payload", "authorizations", 0, "user_id") != s.BotUserID() {
		t.Errorf("heard %v", e)
	}
	if got := dig(t, wantOK(t, form(t, s, "users.info", "user", alice)), "user", "profile", "email"); got != nil {
		t.Errorf("without users:read.email: %v", got)
	}
}

func TestReactionsAndFilesThroughSlackGo(t *testing.T) {
	s := start(t, rehearsal.Options{})
	api := client(s)
	to := general(t, s)
	_, ts, err := api.PostMessage(to, slack.MsgOptionText("x", false))
	if err != nil {
		t.Fatal(err)
	}
	item := slack.NewRefToMessage(to, ts)
	if err := api.AddReaction("tada", item); err != nil {
		t.Error(err)
	}
	if err := api.AddReaction("tada", item); err == nil || err.Error() != "already_reacted" {
		t.Errorf("twice: %v", err)
	}
	if err := api.RemoveReaction("tada", item); err != nil {
		t.Error(err)
	}
	if err := api.RemoveReaction("tada", item); err == nil || err.Error() != "no_reaction" {
		t.Errorf("twice: %v", err)
	}
	f, err := api.UploadFile(slack.UploadFileParameters{Filename: "a.csv", Title: "A", Reader: strings.NewReader("x,y"), FileSize: 3, Channel: to, ThreadTimestamp: ts})
	if err != nil {
		t.Fatal(err)
	}
	info, _, _, err := api.GetFileInfo(f.ID, 0, 0)
	if err != nil || info.Mimetype != "text/csv" || info.Size != 3 || len(info.Shares.Public[to]) != 1 || info.Shares.Public[to][0].ThreadTs != ts {
		t.Errorf("file %+v, %v", info, err)
	}
	var body strings.Builder
	if err := api.GetFile(info.URLPrivateDownload, &body); err != nil || body.String() != "x,y" {
		t.Errorf("download %q, %v", body.String(), err)
	}
	if resp, _ := send(t, "GET", info.URLPrivate, "", ""); resp.Request.URL.Query().Get("redir") == "" || resp.Header.Get("Content-Type") == info.Mimetype {
		t.Errorf("without a token: %s, not the page to sign in", resp.Header.Get("Content-Type"))
	}
}

func TestAFileOfAModalArrivesWhole(t *testing.T) {
	p := play(t, rehearsal.Options{})
	view := `{"type":"modal","title":{"type":"plain_text","text":"T"},"submit":{"type":"plain_text","text":"Go"},"blocks":[` +
		`{"type":"input","block_id":"f","label":{"type":"plain_text","text":"F"},"element":{"type":"file_input","action_id":"f"}}]}`
	id := dig(t, wantOK(t, p.open("views.open", alice, view)), "view", "id")
	up := act(t, p.s, object{"as": alice, "wait": "ack", "upload": object{"name": "a.png", "content_base64": "aGk="}})
	file := func(as string, id any) object {
		return object{"f": object{"f": object{"type": "file_input", "files": []object{{"id": id}}}}}
	}
	out := act(t, p.s, object{"as": alice, "wait": "ack", "submit": object{"view_id": id, "values": file(alice, "F404")}})
	if dig(t, out, "errors", "f") == nil {
		t.Errorf("a file that is not there: %v", out)
	}
	sent, out := p.does(object{"as": alice, "submit": object{"view_id": id, "values": file(alice, dig(t, up, "file", "id"))}}, nil)
	wantOK(t, out)
	if dig(t, sent, "view", "state", "values", "f", "f", "files", 0, "url_private_download") == nil {
		t.Errorf("payload %v", dig(t, sent, "view", "state"))
	}
	wantOK(t, form(t, p.s, "files.info", "file", dig(t, up, "file", "id").(string)))
}
