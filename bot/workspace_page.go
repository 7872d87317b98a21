package bot

import (
	"context"
	"log/slog"
	"time"

	"tsugite/bot/ui"
	"tsugite/programme"
)

func (b *Bot) registerWorkspace() {
	if b.Office.Settings.Workspace != nil {
		b.router.Command("workspace", offices, b.openWorkspace)
	}
	b.router.Action(ui.ActionWorkspace, b.openWorkspace)
	b.router.Submit(ui.CallbackWorkspace, b.performWorkspace)
}

// channels is the bot's hand for the workspace's channels.
func (b *Bot) channels() *Workspace { return &Workspace{Office: b.Office, API: b.API} }

// briefly waits as long as somebody looks at a page that loads: what they do next waits for
// it, too.
func briefly(ctx context.Context, d time.Duration) bool { return d <= 3*time.Second && pause(ctx, d) }

// openWorkspace shows what is to be done. A look at Slack takes longer than a trigger
// lives, so the page opens before it.
func (b *Bot) openWorkspace(ctx context.Context, r Request) (Reply, error) {
	facts, err := b.Office.WorkspaceFacts(ctx, r.Who)
	if err != nil {
		return Reply{}, err
	}
	op := b.Office.NewID()
	loading := ui.WorkspaceLoading(r.Locale)
	loading.ExternalID = "workspace-" + op
	if err := b.open(r, loading); err != nil {
		b.logFault(act{route: route{onAction, ui.ActionWorkspace}, account: r.Account}, err)
		return Reply{Say: ui.TriggerGone(r.Locale)}, nil
	}
	look := b.channels()
	look.Pause = briefly
	steps, err := look.planFrom(ctx, facts)
	page := ui.WorkspacePage(ui.Form{Op: op}, steps, r.Locale)
	if err != nil {
		b.logFault(act{route: route{onAction, ui.ActionWorkspace}, account: r.Account}, err)
		why := outcome(programme.WorkspaceStep{}, err)
		page = ui.WorkspaceSaid(ui.WorkspaceMend(why.Step, why.Code, why.Needed, r.Locale), r.Locale)
	}
	page.ExternalID = loading.ExternalID
	_, err = b.API.UpdateViewContext(ctx, page, loading.ExternalID, "", "")
	if refusal(err) == "not_found" { // it was closed meanwhile
		err = nil
	}
	return Reply{}, err
}

// performWorkspace begins to do what was shown, and with a tick what needs a yes. It goes on
// beside everything else; a message tells how.
func (b *Bot) performWorkspace(ctx context.Context, r Request) (Reply, error) {
	op, yes, err := ui.ReadWorkspace(*r.View)
	if err != nil {
		return Reply{}, err
	}
	run, fresh, err := b.Office.BeginWorkspace(ctx, r.Who, op, yes)
	if err != nil {
		return Reply{}, err
	}
	if fresh {
		b.takeInHand()
		go func() {
			defer b.letGo()
			defer func() {
				if r := recover(); r != nil {
					b.Log.Error("putting the workspace in order panicked", slog.String("run", string(run.ID)), slog.Any("panic", r))
				}
			}()
			if err := b.channels().Perform(b.life, programme.As(r.Me.ID), run, nil); err != nil {
				b.Log.Error("the workspace is not in order", slog.String("run", string(run.ID)), slog.String("error", err.Error()))
			}
		}()
	}
	return Reply{Say: ui.WorkspaceBegun(r.Locale)}, nil
}
