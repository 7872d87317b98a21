package db

import (
	"errors"
	"testing"

	"tsugite/programme"
)

// What people were told of a survey: an invitation that came after the opening, a
// chaser by hand, one of another closing; no chaser of this one, nothing that did not
// go out, and nothing of who answered.
func TestSurveyHeard(t *testing.T) {
	db := newAnswers(t)
	notice := func(kind programme.NoticeKind, subject, person, occasion string, due int) programme.Notice {
		return programme.Notice{Kind: kind, Subject: subject, To: programme.ToPerson(programme.PersonID(person)), Occasion: occasion, Due: minutes(due)}
	}
	const invite, chase = programme.NoticeSurveyInvite, programme.NoticeSurveyChase
	write(t, db, func(tx programme.Tx) error {
		r2, err := tx.Response("r2")
		r2.State = programme.Done
		return errors.Join(err, tx.SaveResponse(r2),
			tx.CreateSurvey("op-z", programme.Survey{ID: "z", Launched: t0, Opens: t0, Closes: minutes(60)}),
			tx.Enqueue("d1", notice(invite, "r1", "p1", "", 0)), // with everybody, when it opened
			tx.Enqueue("d2", notice(invite, "r2", "p2", "", 5)),
			tx.Enqueue("d3", notice(invite, "r3", "p3", "", 7)),
			tx.Enqueue("d4", notice(chase, "s", "p1", "week@now", 10)),
			tx.Enqueue("d5", notice(chase, "s", "p1", "week@then", 11)),
			tx.Enqueue("d6", notice(chase, "s", "p3", "hand/1", 12)),
			tx.Enqueue("d7", notice(chase, "z", "p1", "hand/2", 13)),
		)
	})
	heard := read(t, db, func(tx programme.Tx) ([]programme.SurveyHeard, error) { return tx.SurveyHeard("s", "@now") })
	exact(t, heard, []programme.SurveyHeard{
		{Survey: "s", Person: "p1", At: minutes(11)},
		{Survey: "s", Person: "p3", At: minutes(7)}, {Survey: "s", Person: "p3", At: minutes(12)},
	})
	for _, d := range claim(t, db, "test", minutes(7), 10) {
		settled(t, db, programme.Outcome{Delivery: d, State: programme.Cancelled})
	}
	heard = read(t, db, func(tx programme.Tx) ([]programme.SurveyHeard, error) { return tx.SurveyHeard("s", "@now") })
	exact(t, heard, []programme.SurveyHeard{{Survey: "s", Person: "p1", At: minutes(11)}, {Survey: "s", Person: "p3", At: minutes(12)}})
}
