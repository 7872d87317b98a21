package bot_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/bot"
	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
	"tsugite/rehearsal"
)

// wsDay is when a workspace is put in order.
var wsDay = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)

// wsRoster is a roster of each standing. Ids are their names; who has a capital X is not
// on Slack.
func wsRoster() (out []programme.Person) {
	const named = programme.Date("2026-06-01")
	add := func(id string, role programme.Role, change func(*programme.Person)) {
		p := programme.Person{ID: programme.PersonID(id), Name: id, Kana: id, Roles: []programme.Role{role}, SlackID: "U" + strings.ToUpper(id)}
		if change != nil {
			change(&p)
		}
		out = append(out, p)
	}
	pledged := func(p *programme.Person) { p.Notified, p.Pledged = named, named }
	add("akiko", programme.Atsugi, func(p *programme.Person) { p.Cohorts, p.Organisation = []string{"R8"}, "秋窯（株）" })
	add("bunta", programme.Atsugi, func(p *programme.Person) { p.Cohorts = []string{"R8"} })
	add("chika", programme.Atsugi, func(p *programme.Person) { p.SlackID, p.Email = "", "chika@example.jp" })
	add("eiji", programme.Mentor, func(p *programme.Person) { pledged(p); p.Cohorts = []string{"R8"} })
	add("fumi", programme.Mentor, nil) // neither notified nor pledged
	add("ginko", programme.Supporter, nil)
	add("jimu", programme.Coordinator, pledged)
	add("kyoku", programme.Bureau, nil)
	add("left", programme.Coordinator, func(p *programme.Person) { pledged(p); p.Left = wsDay })
	return out
}

// wsWishes is every sort of channel, office and bureau by the names that they have.
func wsWishes() *programme.WorkspaceSettings {
	w := &programme.WorkspaceSettings{Cohorts: []string{"R8"}, Configured: map[programme.Purpose]string{
		programme.ChannelOffice: "事務局", programme.ChannelBureau: "#関東経済産業局",
	}}
	for _, s := range programme.Sorts {
		w.Channels = append(w.Channels, programme.ChannelWish{
			Sort: s, Private: s != programme.SortAnnounce, Name: "ws-" + string(s), Topic: programme.Text{Ja: "話題 <&> " + string(s)},
		})
	}
	return w
}

var wsHouse = dbtest.Filled(func(store *db.DB) error {
	return store.Write(context.Background(), func(tx programme.Tx) error {
		for _, p := range wsRoster() {
			if err := tx.SavePerson(p); err != nil {
				return err
			}
		}
		return errors.Join(
			tx.CreateEngagement("op1", programme.Engagement{ID: "e1", Atsugi: "akiko", Mentor: "eiji", Sessions: 2, Made: wsDay}),
			tx.CreateEngagement("op2", programme.Engagement{ID: "e2", Atsugi: "bunta", Mentor: "eiji", Sessions: 2, Made: wsDay.Add(time.Hour)}),
		)
	})
})

// wsRoom is a workspace that is not as it should be in every way that the bot can mend.
type wsRoom struct {
	t      *testing.T
	server *rehearsal.Server
	*bot.Workspace
	waited []time.Duration
	ids    int
}

func newWorkspace(t *testing.T) *wsRoom { return newWorkspaceOf(t, func(*rehearsal.Cast) {}) }

// newWorkspaceOf is newWorkspace with another cast.
func newWorkspaceOf(t *testing.T, change func(*rehearsal.Cast)) *wsRoom {
	t.Helper()
	cast := &rehearsal.Cast{}
	for _, p := range wsRoster() {
		if p.SlackID != "" {
			cast.People = append(cast.People, rehearsal.Person{ID: p.SlackID, Name: string(p.ID), RealName: p.Name})
		}
	}
	cast.People = append(cast.People, rehearsal.Person{ID: "UXENO", Name: "xeno", RealName: "Xeno"})
	cast.Channels = []rehearsal.Channel{
		{Name: "general", App: true},
		{Name: "事務局", Private: true, App: true, Members: []string{"jimu", "left", "xeno"}},
		{Name: "関東経済産業局", Private: true, App: true, Members: []string{"kyoku"}},
		{Name: "ws-announce", Members: []string{"jimu", "left", "xeno"}}, // the bot is not in it
	}
	change(cast)
	unlimited := rehearsal.Unlimited()
	server, err := rehearsal.Start(rehearsal.Options{Cast: cast, Limits: &unlimited})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	r := &wsRoom{t: t, server: server}
	api := slack.New(server.BotToken(), slack.OptionAPIURL(server.APIURL()), slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}))
	r.Workspace = &bot.Workspace{API: api, Pause: func(_ context.Context, d time.Duration) bool { r.waited = append(r.waited, d); return true }}
	r.Office = &programme.Office{
		Store: wsHouse(t), Settings: programme.Settings{Zone: time.UTC, Workspace: wsWishes()},
		Now: func() time.Time { return wsDay.Add(time.Minute) }, NewID: func() string { r.ids++; return fmt.Sprintf("01W%023d", r.ids) },
	}
	r.prepare()
	return r
}

// prepare leaves what earlier times made: a channel of another name, and one of an
// engagement that is no more.
func (r *wsRoom) prepare() {
	r.t.Helper()
	for purpose, name := range map[programme.Purpose]string{"mentors": "old-mentors", "engagement:e0": "ws-gone"} {
		c, err := r.API.CreateConversation(slack.CreateConversationParams{ChannelName: name, IsPrivate: true})
		if err != nil {
			r.t.Fatal(err)
		}
		err = errors.Join(err, r.Office.Store.Write(r.t.Context(), func(tx programme.Tx) error {
			return tx.SaveChannel(programme.Channel{Purpose: purpose, SlackID: c.ID, Name: name, Made: true}, wsDay)
		}))
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *wsRoom) plan() []programme.WorkspaceStep {
	r.t.Helper()
	steps, err := r.Plan(r.t.Context(), programme.Operator)
	if err != nil {
		r.t.Fatal(err)
	}
	return steps
}

// perform performs the plan with a yes to all that needs one, or to nothing. The error is
// the run's.
func (r *wsRoom) perform(yes bool) ([]programme.StepOutcome, error) {
	r.t.Helper()
	var keys []string
	if yes {
		for _, s := range r.plan() {
			if s.Asks() {
				keys = append(keys, s.Key())
			}
		}
	}
	run, fresh, err := r.Office.BeginWorkspace(r.t.Context(), programme.Operator, r.Office.NewID(), keys)
	if err != nil || !fresh {
		r.t.Fatal(fresh, err)
	}
	var out []programme.StepOutcome
	err = r.Perform(r.t.Context(), programme.Operator, run, func(o programme.StepOutcome) { out = append(out, o) })
	return out, err
}

// order is how the workspace ends up: each channel with its topic and who is in it, and
// fails if there are two of a name.
func (r *wsRoom) order() map[string]string {
	r.t.Helper()
	channels, _, err := r.API.GetConversations(&slack.GetConversationsParameters{Limit: 1000, Types: []string{"public_channel", "private_channel"}})
	if err != nil {
		r.t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range channels {
		if c.Name == "general" {
			continue
		}
		if out[c.Name] != "" {
			r.t.Errorf("two channels are called %s", c.Name)
		}
		members, _, err := r.API.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: c.ID, Limit: 1000})
		if err != nil {
			r.t.Fatal(err)
		}
		members = slices.DeleteFunc(members, func(m string) bool { return m == r.server.BotUserID() })
		slices.Sort(members)
		state := map[bool]string{true: "private", false: "public"}[c.IsPrivate]
		if c.IsArchived {
			state = "archived"
		}
		out[c.Name] = strings.TrimSpace(state + " [" + c.Topic.Value + "] " + strings.ToLower(strings.Join(members, " ")))
	}
	return out
}

// wsOrder is the workspace as it should be, with a yes to everything.
var wsOrder = map[string]string{
	"事務局":             "private [話題 <&> office] ujimu",
	"関東経済産業局":         "private [話題 <&> bureau] ujimu ukyoku",
	"ws-announce":     "public [話題 <&> announce] uakiko ubunta ueiji uginko ujimu ukyoku uxeno",
	"ws-cohort":       "private [話題 <&> cohort] uakiko ubunta ueiji ujimu",
	"ws-mentors":      "private [話題 <&> mentors] ueiji ujimu",
	"ws-supporters":   "private [話題 <&> supporters] uginko ujimu",
	"ws-engagement":   "private [話題 <&> engagement] uakiko ueiji ujimu",
	"ws-engagement-2": "private [話題 <&> engagement] ubunta ueiji ujimu",
}

// manual are the steps of a plan that no bot can do, all that may be left of one.
func manual(steps []programme.WorkspaceStep) (out []string) {
	for _, s := range steps {
		if !s.Manual() {
			out = append(out, "left to do: "+s.String())
			continue
		}
		out = append(out, s.String())
	}
	return out
}

var wsManual = []string{"restrict who may post in #ws-announce", "invite to the workspace: chika"}
