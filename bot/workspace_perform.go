package bot

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// Perform does what is to be done by now: what needs no yes, and of the rest what the run
// has one for. What fails does not hold up what does not depend on it. Each step is
// written down after Slack did it, then told, unless tell is nil. The error is of the
// whole: the steps' own are outcomes.
func (w *Workspace) Perform(ctx context.Context, who programme.Actor, run programme.WorkspaceRun, tell func(programme.StepOutcome)) error {
	err := w.perform(ctx, who, run, tell)
	if ended := w.Office.EndWorkspace(context.WithoutCancel(ctx), who, run.ID, err != nil); err == nil {
		err = ended
	}
	return err
}

func (w *Workspace) perform(ctx context.Context, who programme.Actor, run programme.WorkspaceRun, tell func(programme.StepOutcome)) error {
	plan, err := w.Plan(ctx, who)
	if err != nil {
		return err
	}
	p := performance{Workspace: w, made: map[programme.Purpose]string{}, stuck: map[programme.Purpose]bool{}}
	plan = slices.DeleteFunc(plan, func(s programme.WorkspaceStep) bool {
		refused := s.Asks() && !slices.Contains(run.Yes, s.Key())
		if refused && s.Kind == programme.StepAdopt {
			p.stuck[s.Purpose] = true
		}
		return s.Manual() || refused
	})
	plan = slices.DeleteFunc(plan, func(s programme.WorkspaceStep) bool { return p.stuck[s.Purpose] && !s.Asks() })
	if err := w.Office.CountWorkspace(ctx, who, run.ID, len(plan)); err != nil {
		return err
	}
	for _, step := range plan {
		for _, d := range p.do(ctx, step) {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if err := w.Office.KeepStep(ctx, who, run.ID, d.StepOutcome, d.serves); err != nil {
				return err
			}
			if tell != nil {
				tell(d.StepOutcome)
			}
		}
	}
	return nil
}

// performance is what the steps of one plan know of each other.
type performance struct {
	*Workspace
	made  map[programme.Purpose]string // channels that were made on the way
	stuck map[programme.Purpose]bool   // where the first step failed: the others wait for it
}

// deed is what came of a step, and which channel serves its purpose from then on, if that
// is news.
type deed struct {
	programme.StepOutcome
	serves *programme.Channel
}

// do does a step. An invitation of several can come to several outcomes; what comes after
// one that failed in the same channel comes to none.
func (p *performance) do(ctx context.Context, s programme.WorkspaceStep) []deed {
	if s.Channel == "" {
		s.Channel = p.made[s.Purpose]
	}
	if p.stuck[s.Purpose] && !s.Asks() {
		return nil
	}
	var err error
	d := deed{}
	switch s.Kind {
	case programme.StepInvite:
		return p.invite(ctx, s)
	case programme.StepAdopt: // Slack has nothing to do
		d.serves = &programme.Channel{Purpose: s.Purpose, SlackID: s.Channel, Name: s.Name, Made: s.Made}
	case programme.StepCreate:
		if s.Channel, err = p.create(ctx, s); err == nil {
			p.made[s.Purpose] = s.Channel
			d.serves = &programme.Channel{Purpose: s.Purpose, SlackID: s.Channel, Name: s.Name, Made: true}
		}
	default:
		calls := 0
		err = p.ask(ctx, func() error { calls++; return done(s, p.call(ctx, s), calls > 1) })
		if s.Kind == programme.StepRename && err == nil {
			d.serves, err = p.renamed(ctx, s)
		}
	}
	d.StepOutcome = outcome(s, err)
	if err != nil && (s.Kind == programme.StepCreate || s.Kind == programme.StepUnarchive || s.Kind == programme.StepJoin) {
		p.stuck[s.Purpose] = true
	}
	return []deed{d}
}

// renamed is the channel by its new name; whether the bot made it stays as it was.
func (p *performance) renamed(ctx context.Context, s programme.WorkspaceStep) (*programme.Channel, error) {
	c, _, err := p.Office.ChannelFor(ctx, s.Purpose)
	c.Purpose, c.SlackID, c.Name = s.Purpose, s.Channel, s.Name
	return &c, err
}

// call makes the one call of a step that has one.
func (p *performance) call(ctx context.Context, s programme.WorkspaceStep) (err error) {
	switch s.Kind {
	case programme.StepUnarchive:
		return p.API.UnArchiveConversationContext(ctx, s.Channel)
	case programme.StepJoin:
		_, _, _, err = p.API.JoinConversationContext(ctx, s.Channel)
	case programme.StepRename:
		_, err = p.API.RenameConversationContext(ctx, s.Channel, s.Name)
	case programme.StepTopic:
		_, err = p.API.SetTopicOfConversationContext(ctx, s.Channel, s.Topic)
	case programme.StepRemove:
		return p.API.KickUserFromConversationContext(ctx, s.Channel, s.People[0].Account)
	case programme.StepArchive:
		return p.API.ArchiveConversationContext(ctx, s.Channel)
	}
	return err
}

// alreadySo are refusals that say that there is nothing left to do: somebody else did it,
// or an earlier call whose answer was lost.
var alreadySo = map[string]bool{"already_archived": true, "not_archived": true, "already_in_channel": true}

// done takes the error from a call that turns out to be done. An app is not in what it
// archived (github.com/slack-go/slack/issues/1066), so after a lost answer it does not see
// that channel any more.
func done(s programme.WorkspaceStep, err error, again bool) error {
	code := refusal(err)
	switch {
	case alreadySo[code]:
		return nil
	case s.Kind == programme.StepRemove && code == "not_in_channel":
		return nil
	case s.Kind == programme.StepArchive && again && (code == "not_in_channel" || code == "channel_not_found"):
		return nil
	}
	return err
}

// Refusal is Slack's code for a clear no to a call of Workspace, "" if it is none; NeededScope
// the scope that was lacking, if Slack says so.
func Refusal(err error) string { return refusal(err) }

func NeededScope(err error) string {
	var refused slack.SlackErrorResponse
	errors.As(err, &refused)
	return refused.Needed
}

// refusal is Slack's code for a clear no, "" if it is none.
func refusal(err error) string {
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return refused.Err
	}
	return ""
}

// create makes the channel. When an answer was lost it may be there: then it is found by
// its name, and by whose it is.
func (p *performance) create(ctx context.Context, s programme.WorkspaceStep) (id string, err error) {
	unsure := false
	find := func() (bool, error) {
		unsure = true
		all, err := p.channels(ctx)
		if err != nil {
			return false, err
		}
		var me *slack.AuthTestResponse
		if err := p.ask(ctx, func() (err error) { me, err = p.API.AuthTestContext(ctx); return err }); err != nil {
			return false, err
		}
		for _, c := range all {
			if c.Name == s.Name && c.CreatedBy == me.UserID && !c.Archived {
				id = c.ID
				return true, nil
			}
		}
		return false, nil
	}
	err = p.again(ctx, func() error {
		c, err := p.API.CreateConversationContext(ctx, slack.CreateConversationParams{ChannelName: s.Name, IsPrivate: s.Private})
		if err == nil {
			id = c.ID
		}
		return err
	}, find)
	if refusal(err) == "name_taken" && unsure { // by the call whose answer was lost
		if found, lookErr := find(); found {
			return id, nil
		} else if lookErr != nil {
			return "", lookErr
		}
	}
	return id, err
}

// ofOne are refusals of an invitation that are about one of the people.
var ofOne = map[string]bool{
	"already_in_channel": true, "cant_invite": true, "cant_invite_self": true, "user_not_found": true, "ura_max_channels": true,
	"user_disabled": true, "no_external_invite_permission": true, "invitee_cant_see_channel": true, "user_is_restricted": true,
}

// invite brings people into the channel: those whom Slack refuses are told one by one, and
// the others are brought all the same.
func (p *performance) invite(ctx context.Context, s programme.WorkspaceStep) (out []deed) {
	left := slices.Clone(s.People)
	refused := func(who programme.StepPerson, code string) {
		left = slices.DeleteFunc(left, func(o programme.StepPerson) bool { return o.Account == who.Account })
		if !alreadySo[code] { // else they are there: part of what was done
			out = append(out, deed{StepOutcome: programme.StepOutcome{
				Step: of(s, []programme.StepPerson{who}), State: programme.StepRefused, Code: code,
			}})
		}
	}
	for len(left) > 0 {
		err := p.ask(ctx, func() error {
			_, err := p.API.InviteUsersToConversationContext(ctx, s.Channel, accounts(left)...)
			return err
		})
		code := refusal(err)
		switch {
		case err == nil:
			left = nil
		case !ofOne[code]:
			return append(out, deed{StepOutcome: outcome(of(s, left), err)})
		case len(left) == 1:
			refused(left[0], code)
		default:
			named := byAccount(err, left)
			for _, n := range named {
				refused(n.who, n.code)
			}
			if len(named) == 0 { // Slack does not say whom it means
				for _, one := range left {
					out = append(out, p.invite(ctx, of(s, []programme.StepPerson{one}))...)
				}
				return out
			}
		}
	}
	came := slices.DeleteFunc(slices.Clone(s.People), func(one programme.StepPerson) bool {
		return slices.ContainsFunc(out, func(d deed) bool { return d.Step.People[0].Account == one.Account })
	})
	if len(came) > 0 {
		out = append(out, deed{StepOutcome: outcome(of(s, came), nil)})
	}
	return out
}

// of is the step for some of its people.
func of(s programme.WorkspaceStep, some []programme.StepPerson) programme.WorkspaceStep {
	s.People = slices.Clone(some)
	return s
}

func accounts(people []programme.StepPerson) (out []string) {
	for _, p := range people {
		out = append(out, p.Account)
	}
	return out
}

type namedRefusal struct {
	who  programme.StepPerson
	code string
}

// byAccount are the refusals of an invitation that name somebody of those invited.
func byAccount(err error, people []programme.StepPerson) (out []namedRefusal) {
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) {
		return nil
	}
	for _, e := range refused.Errors {
		if e.ConversationsInviteResponseError == nil {
			continue
		}
		i := slices.IndexFunc(people, func(p programme.StepPerson) bool { return p.Account == e.ConversationsInviteResponseError.User })
		if i >= 0 {
			out = append(out, namedRefusal{people[i], e.ConversationsInviteResponseError.Error})
		}
	}
	return out
}

// outcome is what came of a step: a clear no of Slack's needs a person, anything else may
// go well the next time.
func outcome(s programme.WorkspaceStep, err error) programme.StepOutcome {
	o := programme.StepOutcome{Step: s, State: programme.StepDone}
	if err == nil {
		return o
	}
	o.State, o.Code = programme.StepFailed, "connection_broken"
	var sent *programme.SendError
	if errors.As(sendError(err), &sent) {
		o.Code = sent.Code
		if sent.Verdict == programme.SendRefused {
			o.State = programme.StepRefused
		}
	}
	o.Needed = NeededScope(err)
	return o
}
