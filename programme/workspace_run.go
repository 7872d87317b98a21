package programme

import (
	"context"
	"errors"
	"time"
)

// NoticeWorkspace is what became of performing the plan of the workspace: subject, the
// run; to whom it was begun by. It is drawn again as the run goes on.
const NoticeWorkspace NoticeKind = "workspace.run"

// RunID is a ULID of a run.
type RunID string

// WorkspaceRun is one performance of the plan.
type WorkspaceRun struct {
	ID    RunID
	By    PersonID // "" for the operator
	Begun time.Time
	Seen  time.Time // its last sign of life
	Ended time.Time // zero while it goes on
	// Steps are how many there are to do, 0 until Slack was looked at; Done and Failed
	// of how many it is known what came of them.
	Steps, Done, Failed int
	// Broken says that the run ended before it was through: the next plan goes on.
	Broken bool
	// Yes are the keys of the steps that were said yes to.
	Yes []string
}

// Goes says whether the run goes on at now: one without a sign of life is over.
func (r WorkspaceRun) Goes(now time.Time) bool {
	return r.Ended.IsZero() && now.Sub(r.Seen) < runSilence
}

// runSilence is how long a run may be silent: longer than Slack has anybody wait.
const runSilence = 5 * time.Minute

// StepState is what came of a step. The strings are stored.
type StepState string

const (
	StepDone    StepState = "done"
	StepRefused StepState = "refused" // Slack said no: a person has to do something first
	StepFailed  StepState = "failed"  // it may go well the next time
)

// StepOutcome is what came of a step. Needed is the scope that the bot lacks, if that was
// why.
type StepOutcome struct {
	Step   WorkspaceStep
	State  StepState
	Code   string // Slack's, or of the connection; "" if it was done
	Needed string
	At     time.Time
}

// WorkspaceTx keeps channels by purpose, and what came of steps.
type WorkspaceTx interface {
	Channels() ([]Channel, error) // by purpose
	ChannelFor(Purpose) (Channel, error)
	SaveChannel(Channel, time.Time) error
	// CreateRun inserts; a second insert with the same op answers ErrRepeated.
	CreateRun(op string, r WorkspaceRun) error
	Run(RunID) (WorkspaceRun, error)
	RunByOp(op string) (WorkspaceRun, error)
	// RunsGoing lists those that have not ended.
	RunsGoing() ([]WorkspaceRun, error)
	SaveRun(WorkspaceRun) error
	// SaveOutcome keeps the last outcome of the step's key.
	SaveOutcome(RunID, StepOutcome) error
	// Outcomes lists what went wrong in a run, by key; of all runs if it is "".
	Outcomes(RunID) ([]StepOutcome, error)
}

// WorkspaceFacts are what the plan of the workspace is made from, beside a look at Slack.
type WorkspaceFacts struct {
	Wanted   []WantedChannel
	Known    []Channel
	Troubles map[string]string
	Roster   []Person
}

// WorkspaceFacts gathers them for the office (design.md section 5). They are an Error
// while the configuration has no workspace.
func (o *Office) WorkspaceFacts(ctx context.Context, who Actor) (WorkspaceFacts, error) {
	f := WorkspaceFacts{Troubles: map[string]string{}}
	err := o.readAsOffice(ctx, who, func(tx Tx) error {
		if o.Settings.Workspace == nil {
			return workspaceOff()
		}
		var err error
		if f.Roster, err = tx.People(); err != nil {
			return err
		}
		if len(f.Roster) == 0 { // else everybody would be a stranger
			return &Error{Code: CodeClosed, Key: "error.workspace_roster"}
		}
		es, err := tx.Engagements()
		if err != nil {
			return err
		}
		views := make([]EngagementView, len(es))
		for i, e := range es {
			if views[i], err = engagementView(tx, e); err != nil {
				return err
			}
		}
		f.Wanted = WantedChannels(o.Settings, f.Roster, views, o.Settings.Today(o.Now()))
		if f.Known, err = tx.Channels(); err != nil {
			return err
		}
		outcomes, err := tx.Outcomes("")
		for _, one := range outcomes {
			if one.State == StepRefused {
				f.Troubles[one.Step.Key()] = one.Code
			}
		}
		return err
	})
	return f, err
}

func workspaceOff() *Error { return &Error{Code: CodeClosed, Key: "error.workspace_off"} }

// Channels are the channels that were made or found for a purpose, by purpose, those of
// the configuration apart.
func (o *Office) Channels(ctx context.Context) ([]Channel, error) {
	var out []Channel
	err := o.read(ctx, func(tx Tx) (err error) {
		out, err = tx.Channels()
		return err
	})
	return out, err
}

// ChannelFor is the channel that was made or found for the purpose; ok is false if none
// was.
func (o *Office) ChannelFor(ctx context.Context, p Purpose) (c Channel, ok bool, err error) {
	err = o.read(ctx, func(tx Tx) (err error) {
		c, err = tx.ChannelFor(p)
		return err
	})
	if errors.Is(err, ErrNoRow) {
		return c, false, nil
	}
	return c, err == nil, err
}

// BeginWorkspace begins to perform the plan, once per op; yes are the keys of the steps
// that are done with an explicit yes only. One run goes on at a time. fresh is false if the
// op began one before. Who began it is told how it goes.
func (o *Office) BeginWorkspace(ctx context.Context, who Actor, op string, yes []string) (r WorkspaceRun, fresh bool, err error) {
	r = WorkspaceRun{ID: RunID(o.NewID()), Yes: yes}
	err = o.manage(ctx, who, func(c *change) error {
		if o.Settings.Workspace == nil {
			return workspaceOff()
		}
		if op == "" {
			return invalid("", "error.form_old")
		}
		r.By, r.Begun, r.Seen = c.me.ID, c.now, c.now
		if err := c.CreateRun(op, r); err != nil {
			return err
		}
		going, err := c.RunsGoing()
		if err != nil {
			return err
		}
		for _, other := range going {
			if other.ID != r.ID && other.Goes(c.now) {
				return &Error{Code: CodeConflict, Key: "error.workspace_going"}
			}
		}
		if r.By != "" {
			if err := c.notify(Notice{Kind: NoticeWorkspace, Subject: string(r.ID), To: ToPerson(r.By)}); err != nil {
				return err
			}
		}
		return c.audit("workspace.perform", string(r.ID))
	})
	if errors.Is(err, ErrRepeated) {
		err = o.read(ctx, func(tx Tx) (err error) {
			r, err = tx.RunByOp(op)
			return err
		})
		return r, false, err
	}
	return r, err == nil, err
}

// CountWorkspace says how many steps a run has.
func (o *Office) CountWorkspace(ctx context.Context, who Actor, id RunID, steps int) error {
	return o.inRun(ctx, who, id, func(c *change, r *WorkspaceRun) error {
		r.Steps = steps
		return c.redraw(Notice{Kind: NoticeWorkspace, Subject: string(id)})
	})
}

// redrawEvery is after how many steps the message about a run is drawn again.
const redrawEvery = 5

// KeepStep writes down what came of a step: which channel serves the purpose now, and what
// stands in the way. It comes after Slack did it, so a crash between the two leaves
// something that the next plan finds done.
func (o *Office) KeepStep(ctx context.Context, who Actor, id RunID, out StepOutcome, made *Channel) error {
	return o.inRun(ctx, who, id, func(c *change, r *WorkspaceRun) error {
		if out.State == StepDone {
			r.Done++
		} else {
			r.Failed++
		}
		if made != nil {
			if err := c.SaveChannel(*made, c.now); err != nil {
				return err
			}
		}
		out.At = c.now
		if err := c.SaveOutcome(id, out); err != nil {
			return err
		}
		if (r.Done+r.Failed)%redrawEvery == 0 {
			if err := c.redraw(Notice{Kind: NoticeWorkspace, Subject: string(id)}); err != nil {
				return err
			}
		}
		return c.auditChange("workspace."+string(out.Step.Kind), out.auditSubject(), string(out.State))
	})
}

// auditSubject names the channel, and who it is about if that is one person of the roster,
// by ids: names of channels can hold those of firms.
func (o StepOutcome) auditSubject() string {
	s := string(o.Step.Purpose)
	if len(o.Step.People) == 1 && o.Step.People[0].ID != "" {
		s += " " + string(o.Step.People[0].ID)
	}
	return s
}

// EndWorkspace ends a run; broken says that it could not go on. Who began it can end it
// whatever they are by then: else it would seem to go on.
func (o *Office) EndWorkspace(ctx context.Context, who Actor, id RunID, broken bool) error {
	return o.write(ctx, System, func(c *change) error {
		r, err := c.Run(id)
		switch {
		case err != nil:
			return orMissing(err, "error.workspace_gone")
		case who.Kind != ByOperator && (who.Person == "" || who.Person != r.By):
			return denied("error.denied")
		case !r.Ended.IsZero():
			return nil
		}
		if err := c.endRun(&r, broken); err != nil {
			return err
		}
		return c.SaveRun(r)
	})
}

func (c *change) endRun(r *WorkspaceRun, broken bool) error {
	r.Ended, r.Broken = c.now, broken
	if err := c.redraw(Notice{Kind: NoticeWorkspace, Subject: string(r.ID)}); err != nil {
		return err
	}
	return c.auditChange("workspace.end", string(r.ID), map[bool]string{true: "broken", false: ""}[broken])
}

// inRun is manage for a run that goes on.
func (o *Office) inRun(ctx context.Context, who Actor, id RunID, f func(*change, *WorkspaceRun) error) error {
	return o.manage(ctx, who, func(c *change) error {
		r, err := c.Run(id)
		if err != nil {
			return orMissing(err, "error.workspace_gone")
		}
		if !r.Ended.IsZero() {
			return &Error{Code: CodeClosed, Key: "error.workspace_gone"}
		}
		r.Seen = c.now
		if err := f(c, &r); err != nil {
			return err
		}
		return c.SaveRun(r)
	})
}

// BreakOffWorkspace ends the runs of people, at the start: the program that performed them
// is no more.
func (o *Office) BreakOffWorkspace(ctx context.Context) error {
	return o.write(ctx, System, func(c *change) error {
		going, err := c.RunsGoing()
		if err != nil {
			return err
		}
		for _, r := range going {
			if r.By == "" && r.Goes(c.now) { // of the command line, which is a program of its own
				continue
			}
			if err := c.endRun(&r, true); err != nil {
				return err
			}
			if err := c.SaveRun(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// WorkspaceRunView is a run with what went wrong in it.
type WorkspaceRunView struct {
	WorkspaceRun
	Troubles []StepOutcome
}

func (o *Office) lookAtWorkspace(tx Tx, m *Matter, update bool) (err error) {
	if m.Workspace.WorkspaceRun, err = tx.Run(RunID(m.Notice.Subject)); err != nil {
		return err
	}
	if now := o.Now(); !o.may(As(m.To.ID), m.To, now, Coordinator) { // of names nothing is said to who is no more of the office
		if !update {
			m.Withdrawn = withdrawnDenied
		}
		return nil
	}
	m.Workspace.Troubles, err = tx.Outcomes(RunID(m.Notice.Subject))
	return err
}
