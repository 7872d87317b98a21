package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"tsugite/bot"
	"tsugite/bot/ui"
	"tsugite/programme"
)

// workspacePlanCmd says what is to be done so that Slack has the channels that the
// configuration wishes for, and does it if told to.
type workspacePlanCmd struct {
	Config      string   `short:"c" required:"" placeholder:"FILE" help:"The configuration."`
	Perform     bool     `help:"Do it; without, the plan is printed and nothing changes."`
	AlsoUse     []string `placeholder:"NAME" help:"Use these channels, although others are in them."`
	AlsoArchive []string `placeholder:"NAME" help:"Archive these channels, which the plan proposes to."`
	AlsoRemove  []string `placeholder:"NAME" help:"Remove these people, by name or account, from where the plan proposes to."`
	Format      string   `enum:"text,json" default:"text" help:"text, or json: one object a line."`
	Lang        string   `enum:"ja,en," default:"" help:"What to do by hand in ja or en; else LANG decides."`
}

// Run prints a line for each step to Out, and what a person has to do; what failed and how
// to mend it goes to Err.
func (c workspacePlanCmd) Run(ctx context.Context, std streams) error {
	config, err := LoadConfig(c.Config)
	if err != nil {
		return err
	}
	if config.Settings().Workspace == nil {
		return withHint(errors.New("the configuration has no workspace"), "write the section workspace: as config.example.yaml shows it")
	}
	options, err := config.slack()
	if err != nil {
		return err
	}
	options.APIURL = os.Getenv("SLACK_API_URL")
	api, err := newSlack(options)
	if err != nil {
		return err
	}
	if _, err := checkBotToken(ctx, api); err != nil {
		return explainTokens(err)
	}
	office, closeOffice, err := openOffice(ctx, c.Config, "")
	if err != nil {
		return err
	}
	w := &bot.Workspace{Office: office, API: api}
	p := planPrinter{workspacePlanCmd: c, std: std, l: ui.NewLocale(speechFor(c.Lang).lang, config.Settings().Zone)}
	return errors.Join(p.run(ctx, w), closeOffice())
}

type planPrinter struct {
	workspacePlanCmd
	std    streams
	l      ui.Locale
	failed int
	steps  int
	err    error // of Out
}

func (p *planPrinter) run(ctx context.Context, w *bot.Workspace) error {
	plan, err := w.Plan(ctx, programme.Operator)
	if err != nil {
		return p.explain(err)
	}
	yes, err := p.yes(plan)
	if err != nil {
		return err
	}
	if !p.Perform {
		for _, s := range plan {
			p.print(stepLine{WorkspaceStep: s, NeedsYes: s.Asks() && !slices.Contains(yes, s.Key()), ByHand: s.ByHand(), Line: p.line(s)})
		}
		return p.err
	}
	run, _, err := w.Office.BeginWorkspace(ctx, programme.Operator, w.Office.NewID(), yes)
	if err != nil {
		return p.explain(err)
	}
	if err := w.Perform(ctx, programme.Operator, run, p.tell); err != nil {
		return p.explain(err)
	}
	if plan, err = w.Plan(ctx, programme.Operator); err != nil { // what is left
		return p.explain(err)
	}
	for _, s := range plan {
		if s.Manual() {
			p.print(stepLine{WorkspaceStep: s, ByHand: true, Line: p.line(s)})
		}
	}
	if p.failed > 0 {
		return withHint(errors.Join(fmt.Errorf("%d of %d steps failed", p.failed, p.steps), p.err), "mend what is said above and run it again: it goes on from there")
	}
	return p.err
}

// explain turns what is meant for people into a sentence, and a lack of scopes into what
// to do about it.
func (p *planPrinter) explain(err error) error {
	if e, ours := programme.AsError(err); ours {
		if e.Key == "error.workspace_roster" {
			return withHint(errors.New("the roster is empty"), "read it in first: tsugite people import FILE -c "+p.Config)
		}
		return errors.New(p.l.T(e.Key, e.Args))
	}
	if code := bot.Refusal(err); code != "" {
		return withHint(fmt.Errorf("looking at the workspace: Slack says %s", code), ui.WorkspaceMend(programme.WorkspaceStep{}, code, bot.NeededScope(err), p.l))
	}
	return fmt.Errorf("looking at the workspace: %w", err)
}

// stepLine is a step as --format json prints it.
type stepLine struct {
	programme.WorkspaceStep
	NeedsYes bool                `json:"needs_yes,omitempty"`
	ByHand   bool                `json:"by_hand,omitempty"`
	State    programme.StepState `json:"state,omitempty"` // of one that was performed
	Code     string              `json:"code,omitempty"`
	Line     string              `json:"line"`
}

func (p *planPrinter) print(s stepLine) {
	line := s.Line
	switch {
	case s.State != "":
		line = string(s.State) + ": " + line
	case s.ByHand:
		line = "by hand: " + line
	case s.NeedsYes:
		line = "with a yes: " + line
	}
	if p.Format == "json" {
		raw, err := json.Marshal(s)
		if err != nil {
			p.err = errors.Join(p.err, err)
			return
		}
		line = string(raw)
	}
	if _, err := fmt.Fprintln(p.std.Out, line); err != nil {
		p.err = errors.Join(p.err, err)
	}
}

// line is the step, and of one that a person has to do something about what that is.
func (p *planPrinter) line(s programme.WorkspaceStep) string {
	line := s.String()
	switch {
	case s.Kind == programme.StepBring:
		mails := 0
		for _, one := range s.People {
			if one.Mail {
				mails++
			}
		}
		line += fmt.Sprintf(" (%d, %d with a mail address)", len(s.People), mails)
	case s.Trouble != "":
		line += " (" + ui.WorkspaceMend(s, s.Trouble, "", p.l) + ")"
	}
	return line
}

// tell prints what came of a step.
func (p *planPrinter) tell(o programme.StepOutcome) {
	p.steps++
	p.print(stepLine{WorkspaceStep: o.Step, State: o.State, Code: o.Code, Line: o.Step.String()})
	if o.State != programme.StepDone {
		p.failed++
		fmt.Fprintf(p.std.Err, "tsugite: %s: %s (%s)\n", o.Step, o.Code, ui.WorkspaceMend(o.Step, o.Code, o.Needed, p.l))
	}
}

// yes are the keys of the steps that the options say yes to. A name that none of them has
// is an error: nobody should believe that it was done.
func (p *planPrinter) yes(plan []programme.WorkspaceStep) (keys []string, err error) {
	pick := func(names []string, kind programme.StepKind, option string, is func(programme.WorkspaceStep, string) bool) {
		for _, name := range names {
			found := false
			for _, s := range plan {
				if s.Kind == kind && is(s, strings.TrimPrefix(name, "#")) {
					found, keys = true, append(keys, s.Key())
				}
			}
			if !found && err == nil {
				err = withHint(fmt.Errorf("%s: the plan proposes nothing of the kind for %q", option, name), "run it without options to see what it proposes")
			}
		}
	}
	named := func(s programme.WorkspaceStep, name string) bool { return s.Name == name }
	pick(p.AlsoUse, programme.StepAdopt, "--also-use", func(s programme.WorkspaceStep, name string) bool { return s.Asks() && named(s, name) })
	pick(p.AlsoArchive, programme.StepArchive, "--also-archive", named)
	pick(p.AlsoRemove, programme.StepRemove, "--also-remove", func(s programme.WorkspaceStep, name string) bool {
		return s.People[0].Name == name || s.People[0].Account == name
	})
	return keys, errors.Join(err, oneOfEach(plan, p.AlsoRemove))
}

// oneOfEach says that a name is that of several people, of whom only one may be meant.
func oneOfEach(plan []programme.WorkspaceStep, names []string) error {
	accounts := map[string]string{}
	for _, s := range plan {
		if s.Kind != programme.StepRemove || !slices.Contains(names, s.People[0].Name) {
			continue
		}
		who := s.People[0]
		if other := accounts[who.Name]; other != "" && other != who.Account {
			return withHint(fmt.Errorf("--also-remove: several people are called %s", who.Name), "name the account: "+other+" or "+who.Account)
		}
		accounts[who.Name] = who.Account
	}
	return nil
}
