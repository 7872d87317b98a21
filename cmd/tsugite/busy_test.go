package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tsugite/calendars"
	"tsugite/db/dbtest"
	"tsugite/programme"
)

// What a configured calendar says is in the database after a round; a server that is down
// leaves it there; once the calendar is configured no more, nothing is left.
func TestConfiguredCalendarIsKeptInTheDatabase(t *testing.T) {
	t.Parallel()
	up := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !up {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:歯医者\r\nDTSTART:20260903T100000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"))
	}))
	defer server.Close()
	file := dbtest.File(t)
	l := openLocal(t, file)
	app := l.demo.app
	expert, err := app.Office.PersonBySlack(t.Context(), mentor)
	if err != nil {
		t.Fatal(err)
	}
	from, err := calendars.ParseSource(server.URL + "/basic.ics")
	if err != nil {
		t.Fatal(err)
	}
	reader := &calendars.Reader{Calendars: []calendars.Calendar{{Person: expert.Email, From: from}}, Every: time.Hour}
	keepBusy(reader, app.Office, parts{now: app.Office.Now, log: quietLog()})
	kept := func() (spans []programme.Span, readings []programme.BusyReading) {
		err := app.Office.Store.Read(t.Context(), func(tx programme.Tx) (err error) {
			if readings, err = tx.BusyReadings(); err != nil {
				return err
			}
			now := app.Office.Now()
			spans, err = tx.Busy(expert.ID, programme.Span{From: now, Until: now.AddDate(0, 1, 0)})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return spans, readings
	}
	tenToEleven := []programme.Span{{From: time.Date(2026, 9, 3, 1, 0, 0, 0, time.UTC), Until: time.Date(2026, 9, 3, 2, 0, 0, 0, time.UTC)}}
	for _, step := range []struct {
		up    bool
		fault programme.BusyFault
	}{{true, ""}, {false, programme.BusyRefused}, {true, ""}} {
		up = step.up
		if err := reader.Round(t.Context()); err != nil {
			t.Fatal(err)
		}
		spans, readings := kept()
		if diff := cmp.Diff(tenToEleven, spans); diff != "" {
			t.Error(diff)
		}
		if len(readings) != 1 || readings[0].Person != expert.ID || readings[0].Fault != string(step.fault) || readings[0].Read.IsZero() {
			t.Errorf("%+v", readings)
		}
	}
	reader.Calendars = nil
	if err := reader.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if spans, readings := kept(); len(spans) > 0 || len(readings) > 0 {
		t.Errorf("left: %v %v", spans, readings)
	}
	l.stop()
	if noteIn(t, file, "歯医者") {
		t.Error("what somebody does then is in the database")
	}
}

// noteIn says whether a text stands anywhere in a database's files.
func noteIn(t *testing.T, file, text string) bool {
	t.Helper()
	files, err := filepath.Glob(file + "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte(text)) {
			return true
		}
	}
	return false
}
