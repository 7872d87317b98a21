package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Workspace looks at Slack's channels and puts them in order: what there should be is the
// Office's to say, what is to be done programme.PlanWorkspace's. Its client must retry
// nothing by itself.
type Workspace struct {
	Office *programme.Office
	API    *slack.Client
	// Pause waits, and says whether it waited to the end; nil for wall time.
	Pause func(context.Context, time.Duration) bool
}

func (w *Workspace) pause(ctx context.Context, d time.Duration) bool {
	if w.Pause != nil {
		return w.Pause(ctx, d)
	}
	return pause(ctx, d)
}

// Plan looks at Slack and says what is to be done.
func (w *Workspace) Plan(ctx context.Context, who programme.Actor) ([]programme.WorkspaceStep, error) {
	facts, err := w.Office.WorkspaceFacts(ctx, who)
	if err != nil {
		return nil, err
	}
	return w.planFrom(ctx, facts)
}

func (w *Workspace) planFrom(ctx context.Context, facts programme.WorkspaceFacts) ([]programme.WorkspaceStep, error) {
	actual, err := w.look(ctx, facts)
	if err != nil {
		return nil, err
	}
	return programme.PlanWorkspace(facts.Wanted, actual, facts.Roster), nil
}

// look finds out how the workspace is: every channel that the bot sees, and who is in
// those that serve a purpose.
func (w *Workspace) look(ctx context.Context, facts programme.WorkspaceFacts) (programme.ActualWorkspace, error) {
	actual := programme.ActualWorkspace{Known: facts.Known, Troubles: facts.Troubles, Accounts: map[string]programme.SlackAccount{}}
	var me *slack.AuthTestResponse
	err := w.ask(ctx, func() (err error) { me, err = w.API.AuthTestContext(ctx); return err })
	if err != nil {
		return actual, err
	}
	actual.Bot = me.UserID
	if actual.Channels, err = w.channels(ctx); err != nil {
		return actual, err
	}
	inside := programme.ChannelsToLookInto(facts.Wanted, actual)
	for i, c := range actual.Channels {
		if slices.Contains(inside, c.ID) {
			if actual.Channels[i].Members, err = w.members(ctx, c.ID); err != nil {
				return actual, err
			}
		}
	}
	return actual, w.strangers(ctx, facts, actual, me.TeamID)
}

// lookPage is how much one page of a list holds: Slack recommends no more.
const lookPage = 200

// channels are all that the bot sees, archived ones too.
func (w *Workspace) channels(ctx context.Context) (out []programme.ActualChannel, err error) {
	query := &slack.GetConversationsParameters{Limit: lookPage, Types: []string{"public_channel", "private_channel"}}
	for {
		var page []slack.Channel
		var next string
		err := w.ask(ctx, func() (err error) { page, next, err = w.API.GetConversationsContext(ctx, query); return err })
		if err != nil {
			return nil, err
		}
		for _, c := range page {
			out = append(out, actualChannel(c))
		}
		if query.Cursor = next; next == "" {
			return out, nil
		}
	}
}

func actualChannel(c slack.Channel) programme.ActualChannel {
	return programme.ActualChannel{
		ID: c.ID, Name: c.Name, Private: c.IsPrivate, Archived: c.IsArchived, Joined: c.IsMember || c.IsPrivate,
		General: c.IsGeneral, Topic: unescaped.Replace(c.Topic.Value), CreatedBy: c.Creator,
	}
}

// unescaped takes off what Slack puts on texts that it keeps.
var unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

func (w *Workspace) members(ctx context.Context, channel string) ([]string, error) {
	out := []string{}
	query := &slack.GetUsersInConversationParameters{ChannelID: channel, Limit: lookPage}
	for {
		var page []string
		var next string
		err := w.ask(ctx, func() (err error) { page, next, err = w.API.GetUsersInConversationContext(ctx, query); return err })
		if err != nil {
			return nil, err
		}
		out = append(out, page...)
		if query.Cursor = next; next == "" {
			return out, nil
		}
	}
}

// mostStrangers bounds whom Slack is asked about one by one, who are not of the workspace.
const mostStrangers = 50

// strangers finds out about the accounts that the roster does not have: all of the
// workspace, whose mail addresses may be on the roster, and whoever else is in a channel.
func (w *Workspace) strangers(ctx context.Context, facts programme.WorkspaceFacts, actual programme.ActualWorkspace, team string) error {
	listed := map[string]bool{actual.Bot: true}
	for _, p := range facts.Roster {
		listed[p.SlackID] = true
	}
	keep := func(user slack.User) {
		if listed[user.ID] {
			return
		}
		listed[user.ID] = true
		one := programme.SlackAccount{Name: cmp.Or(user.RealName, user.Profile.RealName, user.Name), Bot: user.IsBot || user.ID == slackbot}
		if !user.IsStranger && !user.Deleted && user.TeamID == team { // another workspace's word counts for nothing
			one.Email = user.Profile.Email
		}
		actual.Accounts[user.ID] = one
	}
	pages := w.API.GetUsersPaginated(slack.GetUsersOptionLimit(lookPage))
	for over := false; !over; {
		err := w.ask(ctx, func() error {
			next, err := pages.Next(ctx)
			if over = pages.Done(err); over { // the end, and no lost answer that is asked for again
				return nil
			}
			if err == nil {
				pages = next
			}
			return err
		})
		if err != nil {
			return err
		}
		if !over {
			for _, user := range pages.Users {
				keep(user)
			}
		}
	}
	asked := 0
	for _, c := range actual.Channels {
		for _, account := range c.Members {
			if listed[account] || asked == mostStrangers {
				continue
			}
			asked++
			var user *slack.User
			err := w.ask(ctx, func() (err error) { user, err = w.API.GetUserInfoContext(ctx, account); return err })
			var refused slack.SlackErrorResponse
			switch {
			case errors.As(err, &refused):
				continue
			case err != nil:
				return err
			}
			keep(*user)
		}
	}
	return nil
}

// How often a call is made at most when Slack is too busy, and when its answer was lost;
// and how long the bot waits for Slack at most before it gives up for now. A run is taken
// for dead after five minutes without a sign of life: all waits of one step stay below.
const (
	mostLimited = 4
	mostLost    = 4
	longestWait = time.Minute
)

// ask makes a call that may be made again, until it is answered: at the pace that Slack
// asks for, and after a while when the answer was lost or Slack is in trouble.
func (w *Workspace) ask(ctx context.Context, call func() error) error {
	return w.again(ctx, call, nil)
}

// again is ask; lost, unless nil, is asked after a lost answer whether the call was done.
func (w *Workspace) again(ctx context.Context, call func() error, lost func() (bool, error)) error {
	limited, failed := 0, 0
	for {
		err := call()
		var s *programme.SendError
		if err == nil || !errors.As(sendError(err), &s) || s.Verdict == programme.SendRefused {
			return err
		}
		wait := s.RetryAfter
		if s.Verdict == programme.SendLimited {
			if limited++; limited == mostLimited || wait > longestWait {
				return err
			}
		} else {
			if failed++; failed == mostLost {
				return err
			}
			wait = time.Second << failed
		}
		if !w.pause(ctx, wait) {
			return cmp.Or(context.Cause(ctx), err)
		}
		if s.Verdict == programme.SendLost && lost != nil {
			if done, err := lost(); done || err != nil {
				return err
			}
		}
	}
}
