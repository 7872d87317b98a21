package reminders_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tsugite/programme"
)

// download reads a file that was shared, as its reader would.
func (r *rig) download(s shared) []byte {
	r.t.Helper()
	f, _, _, err := r.poster.API.GetFileInfoContext(context.Background(), s.id, 0, 0)
	noError(r.t, err)
	var out bytes.Buffer
	noError(r.t, r.poster.API.GetFile(f.URLPrivateDownload, &out))
	return out.Bytes()
}

// TestACalendarHearsOfAnEventsWholeLife: the same entry, each file newer than the
// one before, up to its cancellation.
func TestACalendarHearsOfAnEventsWholeLife(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	ctx := context.Background()
	e := workshop(t, 0)
	r.start()
	r.come(0)
	r.settled()
	_, err := r.office.MoveEvent(ctx, programme.Operator, e.ID, 0, e.Start.Add(time.Hour), time.Time{}, "")
	noError(t, err)
	r.settled()
	_, err = r.office.CancelEvent(ctx, programme.Operator, e.ID, "")
	noError(t, err)
	r.settled()
	all := sharedIn(t, r.slack.Log(0))
	if len(all) != 3 {
		t.Fatalf("%d files were shown, want three", len(all))
	}
	for i, want := range [][]string{
		{"METHOD:PUBLISH", "SEQUENCE:0", "STATUS:CONFIRMED", "DTSTART:20260924T090000Z"},
		{"METHOD:PUBLISH", "SEQUENCE:1", "STATUS:CONFIRMED", "DTSTART:20260924T100000Z"},
		{"METHOD:CANCEL", "SEQUENCE:2", "STATUS:CANCELLED", "DTSTART:20260924T100000Z"},
	} {
		got := string(r.download(all[i]))
		for _, line := range append(want, "UID:ws0@0.tsugite.invalid") {
			if !strings.Contains(got, line+"\r\n") {
				t.Errorf("file %d lacks %s:\n%s", i, line, got)
			}
		}
	}
}

// coordinator makes a person of the rig one, admitted or not yet.
func (r *rig) coordinator(i int, pledged programme.Date) programme.Actor {
	r.t.Helper()
	noError(r.t, r.db.Write(context.Background(), func(tx programme.Tx) error {
		p, err := tx.Person(atsugi(i).ID)
		if err != nil {
			return err
		}
		p.Roles, p.Notified, p.Pledged = []programme.Role{programme.Coordinator}, "2026-04-01", pledged
		return tx.SavePerson(p)
	}))
	return programme.Actor{Kind: programme.ByPerson, Person: atsugi(i).ID}
}

func TestAPrintPackGoesToTheCoordinatorWhoAsked(t *testing.T) {
	t.Parallel()
	r := newRig(t, 2, nil)
	who := r.coordinator(1, "2026-04-01")
	noError(t, r.office.HoldDeliveries(context.Background(), programme.Operator, true))
	noError(t, r.office.RequestPack(context.Background(), who, workshop(t, 0).ID, newID()))
	// What is printed is what stands when it goes out, not when it was asked for.
	r.come(0)
	noError(t, r.office.HoldDeliveries(context.Background(), programme.Operator, false))
	r.start()
	r.settled()
	for _, s := range sharedIn(t, r.slack.Log(0)) {
		if !strings.Contains(s.comment, "印刷用") {
			continue
		}
		f, err := excelize.OpenReader(bytes.NewReader(r.download(s)))
		noError(t, err)
		name, err := f.GetCellValue("名簿", "C5")
		noError(t, err)
		if name != atsugi(0).Name {
			t.Errorf("the first on the list is %q, want %q", name, atsugi(0).Name)
		}
		noError(t, f.Close())
		return
	}
	t.Error("no print pack was shown")
}

// TestAPrintPackIsNotForWhoMayNotSeeItAnyMore: between asking and sending somebody
// may cease to be a coordinator.
func TestAPrintPackIsNotForWhoMayNotSeeItAnyMore(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	ctx := context.Background()
	who := r.coordinator(0, "2026-04-01")
	noError(t, r.office.RequestPack(ctx, who, workshop(t, 0).ID, newID()))
	r.coordinator(0, "2027-01-01") // the pledge was entered by mistake
	r.start()
	r.settled()
	if d := r.only(programme.Cancelled); d.LastError != "denied" {
		t.Errorf("withdrawn as %q, want denied", d.LastError)
	}
	r.files(0)
}
