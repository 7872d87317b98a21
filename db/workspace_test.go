package db

import (
	"errors"
	"testing"

	"tsugite/programme"
)

func TestChannelsComeBackByPurpose(t *testing.T) {
	db := newDB(t)
	first := programme.Channel{Purpose: "mentors", SlackID: "C1", Name: "専門家", Made: true}
	other := programme.Channel{Purpose: "cohort:R8", SlackID: "C2", Name: "r8"}
	write(t, db, func(tx programme.Tx) error { return errors.Join(tx.SaveChannel(first, t0), tx.SaveChannel(other, t0)) })
	first.SlackID, first.Made = "C3", false
	write(t, db, func(tx programme.Tx) error { return tx.SaveChannel(first, minutes(1)) })
	exact(t, read(t, db, programme.Tx.Channels), []programme.Channel{other, first})
	exact(t, read(t, db, func(tx programme.Tx) (programme.Channel, error) { return tx.ChannelFor("mentors") }), first)
	err := db.Read(t.Context(), func(tx programme.Tx) error { _, err := tx.ChannelFor("supporters"); return err })
	if !errors.Is(err, programme.ErrNoRow) {
		t.Error(err)
	}
}

func TestRunsAndWhatCameOfStepsComeBack(t *testing.T) {
	db := newDB(t)
	savePeople(t, db, person("office"))
	run := programme.WorkspaceRun{ID: "r1", By: "office", Begun: t0, Seen: t0, Yes: []string{"archive:C1"}}
	bare := programme.WorkspaceRun{ID: "r2", Begun: minutes(1), Seen: minutes(1)}
	write(t, db, func(tx programme.Tx) error { return errors.Join(tx.CreateRun("op1", run), tx.CreateRun("op2", bare)) })
	err := db.Write(t.Context(), func(tx programme.Tx) error {
		return tx.CreateRun("op1", programme.WorkspaceRun{ID: "r3", Begun: t0, Seen: t0})
	})
	if !errors.Is(err, programme.ErrRepeated) {
		t.Error(err)
	}
	run.Seen, run.Ended, run.Steps, run.Done, run.Failed, run.Broken = minutes(2), minutes(3), 5, 3, 2, true
	write(t, db, func(tx programme.Tx) error { return tx.SaveRun(run) })
	exact(t, read(t, db, func(tx programme.Tx) (programme.WorkspaceRun, error) { return tx.Run("r1") }), run)
	exact(t, read(t, db, func(tx programme.Tx) (programme.WorkspaceRun, error) { return tx.RunByOp("op2") }), bare)
	exact(t, read(t, db, programme.Tx.RunsGoing), []programme.WorkspaceRun{bare})

	step := programme.WorkspaceStep{Kind: programme.StepInvite, Purpose: "mentors", Channel: "C1", Name: "専門家", People: []programme.StepPerson{{ID: "p", Account: "U1", Name: "名"}}}
	refused := programme.StepOutcome{Step: step, State: programme.StepRefused, Code: "cant_invite", Needed: "x", At: minutes(2)}
	topic := programme.StepOutcome{Step: programme.WorkspaceStep{Kind: programme.StepTopic, Purpose: "mentors"}, State: programme.StepFailed, Code: "timeout", At: minutes(2)}
	write(t, db, func(tx programme.Tx) error {
		return errors.Join(tx.SaveOutcome("r1", refused), tx.SaveOutcome("r2", topic))
	})
	of := func(run programme.RunID) []programme.StepOutcome {
		return read(t, db, func(tx programme.Tx) ([]programme.StepOutcome, error) { return tx.Outcomes(run) })
	}
	exact(t, of("r1"), []programme.StepOutcome{refused})
	exact(t, of(""), []programme.StepOutcome{refused, topic})
	topic.State, topic.Code = programme.StepDone, ""
	write(t, db, func(tx programme.Tx) error { return tx.SaveOutcome("r2", topic) })
	exact(t, of(""), []programme.StepOutcome{refused})
}
