package programme_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"tsugite/db"
	"tsugite/db/dbtest"
	"tsugite/programme"
)

const manyRecipients = 10_000

// crowded opens a database with 10,000 atsugi, nine of ten on Slack, half of whom said that
// they come to a workshop.
var crowded = dbtest.Filled(func(store *db.DB) error {
	if err := people(store); err != nil {
		return err
	}
	return store.Write(context.Background(), func(tx programme.Tx) error {
		e := programme.Event{
			ID: "big", Kind: programme.Workshop, Title: "大会", Start: firstDay.AddDate(0, 0, 9), End: firstDay.AddDate(0, 0, 10), Place: "会館",
			Host: programme.ByOffice, Approved: "2026-08-01", Audience: programme.Audience{Cohorts: []string{"R5"}},
		}
		if err := tx.SaveEvent(e); err != nil {
			return err
		}
		for i := range manyRecipients {
			p := programme.Person{
				ID: programme.PersonID(fmt.Sprintf("many%05d", i)), Name: fmt.Sprint("後継者", i), Kana: fmt.Sprintf("こうけいしゃ%05d", i),
				Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R5"}, Prefecture: "長野県",
			}
			if i%10 > 0 {
				p.SlackID = fmt.Sprintf("UM%05d", i)
			}
			if err := tx.SavePerson(p); err != nil {
				return err
			}
			if i%2 == 0 {
				if _, err := tx.Attend(programme.Attendance{Event: e.ID, Person: p.ID, Answer: programme.Yes, By: p.ID, At: firstDay}); err != nil {
					return err
				}
			}
		}
		return nil
	})
})

func crowdedOffice(t testing.TB) *programme.Office {
	n := 0
	return &programme.Office{
		Store: crowded(t), Settings: programme.Settings{Zone: tokyo}, Now: func() time.Time { return firstDay },
		NewID: func() string { n++; return fmt.Sprintf("01TEST%020d", n) },
	}
}

// BenchmarkPreviewOfTenThousand is what a coordinator waits for before an announcement to
// everybody of a cohort who comes or has not answered: under a second is wanted.
func BenchmarkPreviewOfTenThousand(b *testing.B) {
	o := crowdedOffice(b)
	f := draft("op", programme.AnnouncementAudience{
		Audience: programme.Audience{Roles: []programme.Role{programme.Atsugi}, Cohorts: []string{"R5"}},
		Answers:  []programme.AudienceAnswers{{Event: "big", Which: []programme.EventAnswer{programme.AnswerComing, programme.AnswerSilent}}},
	})
	a, err := o.SaveAnnouncement(b.Context(), programme.As("office"), f)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		v, err := o.PreviewAnnouncement(b.Context(), programme.As("office"), a.ID)
		if err != nil {
			b.Fatal(err)
		}
		if len(v.Reach) != manyRecipients*9/10 || len(v.Off) != manyRecipients/10 {
			b.Fatalf("%d are reached, %d not", len(v.Reach), len(v.Off))
		}
	}
}

// timed is a store that knows how long its longest write held it.
type timed struct {
	programme.Store
	longest time.Duration
}

func (s *timed) Write(ctx context.Context, f func(programme.Tx) error) error {
	return s.Store.Write(ctx, func(tx programme.Tx) error {
		began := time.Now()
		err := f(tx)
		s.longest = max(s.longest, time.Since(began))
		return err
	})
}

// BenchmarkWriterOfTenThousand says how long the writer is held at most, by each thing that
// can be done with an announcement to 10,000, in ms: all others wait meanwhile.
func BenchmarkWriterOfTenThousand(b *testing.B) {
	ctx, who := context.Background(), programme.As("office")
	held := map[string]time.Duration{}
	for b.Loop() {
		o := crowdedOffice(b)
		store := &timed{Store: o.Store}
		o.Store = store
		act := func(name string, f func() error) {
			store.longest = 0
			if err := f(); err != nil {
				b.Fatal(name, err)
			}
			held[name] = max(held[name], store.longest)
		}
		f := draft("op", programme.AnnouncementAudience{Audience: programme.Audience{Cohorts: []string{"R5"}}})
		a, err := o.SaveAnnouncement(ctx, who, f)
		if err != nil {
			b.Fatal(err)
		}
		v, err := o.PreviewAnnouncement(ctx, who, a.ID)
		if err != nil {
			b.Fatal(err)
		}
		act("send", func() (err error) {
			a, err = o.SendAnnouncement(ctx, who, "send", a.ID, a.Version, v.Fingerprint)
			return err
		})
		act("stop", func() error { return o.StopAnnouncement(ctx, who, a.ID) })
		act("go-on", func() error { return o.ResumeAnnouncement(ctx, who, a.ID) })
		act("correct", func() error {
			s, err := o.Announcement(ctx, who, a.ID)
			if err != nil {
				return err
			}
			_, err = o.CorrectAnnouncement(ctx, who, a.ID, s.Announcement.Version, a.Title, programme.Text{Ja: "直し"})
			return err
		})
		act("recall", func() error { return o.RecallAnnouncement(ctx, who, a.ID) })
	}
	for name, d := range held {
		b.ReportMetric(float64(d.Microseconds())/1000, name+"-ms")
	}
}
