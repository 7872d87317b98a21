package reminders_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"tsugite/programme"
	"tsugite/rehearsal"
)

// shared is a file that Slack was told to show somebody.
type shared struct {
	id, channel, comment string
}

// sharedIn reads a Slack's log: every file that it showed, in its order.
func sharedIn(t testing.TB, entries []rehearsal.LogEntry) (out []shared) {
	t.Helper()
	for _, e := range entries {
		if e.Method != "files.completeUploadExternal" || !e.Accepted {
			continue
		}
		var request struct {
			ChannelID string `json:"channel_id"`
			Comment   string `json:"initial_comment"`
		}
		var response struct {
			Files []struct{ ID string }
		}
		noError(t, json.Unmarshal(e.Request, &request))
		noError(t, json.Unmarshal(e.Response, &response))
		for _, f := range response.Files {
			if request.ChannelID != "" {
				out = append(out, shared{id: f.ID, channel: request.ChannelID, comment: request.Comment})
			}
		}
	}
	return out
}

// come has people say that they come, for which they get a file for their calendar.
func (r *rig) come(people ...int) {
	r.t.Helper()
	for _, i := range people {
		_, _, err := r.office.AnswerFor(context.Background(), programme.Operator, workshop(r.t, 0).ID, atsugi(i).ID, programme.Yes, "")
		noError(r.t, err)
	}
}

// files checks that n files were shown, each in a conversation of its own.
func (r *rig) files(n int) {
	r.t.Helper()
	all := sharedIn(r.t, r.slack.Log(0))
	channels := map[string]bool{}
	for _, s := range all {
		channels[s.channel] = true
	}
	if len(all) != n || len(channels) != n {
		r.t.Errorf("%d files were shown in %d conversations, want %d", len(all), len(channels), n)
	}
}

func TestFilesGoOutOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, 20, nil)
	for i := range 20 {
		r.come(i)
	}
	r.start()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Sent: 20})
	r.files(20)
	noError(t, r.db.Read(context.Background(), func(tx programme.Tx) error {
		sent, err := tx.Deliveries(programme.Sent, 20)
		for _, d := range sent {
			if d.SlackTS == "" || d.SlackID == "" {
				t.Errorf("%s stands at %q %q, want its message", d.ID, d.SlackID, d.SlackTS)
			}
		}
		return err
	}))
	if n := r.calls("chat.postMessage"); n != 0 {
		t.Errorf("%d messages went out beside the files", n)
	}
}

// fileSteps are the calls that a file needs, in their order.
var fileSteps = []string{"conversations.open", "files.getUploadURLExternal", "upload", "files.completeUploadExternal"}

// TestAFileOutlivesWhateverBefallsOneOfItsCalls goes through every call that a
// file needs, and everything that may befall it.
func TestAFileOutlivesWhateverBefallsOneOfItsCalls(t *testing.T) {
	t.Parallel()
	for _, step := range fileSteps {
		for name, fault := range map[string]rehearsal.Fault{
			"429":                {Status: 429, RetryAfter: 2},
			"500":                {Status: 500},
			"accepted, then cut": {AcceptThenDrop: true},
			"hangs":              {HangMS: 900},
			"twice cut":          {AcceptThenDrop: true, Times: 2},
		} {
			t.Run(step+" "+name, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, 1, nil)
				r.Timeout = 300 * time.Millisecond
				fault.Method = step
				r.slack.AddFault(fault)
				r.come(0)
				r.start()
				r.settled()
				// The wait before a second look is on the programme's clock, which leaps; a call
				// hangs by the clock on the wall, and is over by then.
				r.waitFor("the call that something befalls", func() bool { return r.calls(step) > 0 })
				for range 4 {
					r.leap(30 * time.Second)
				}
				r.expect(programme.DeliveryCounts{programme.Sent: 1})
				r.files(1)
			})
		}
	}
}

// TestAFileWhoseMessageIsNotNamedIsSentAllTheSame: what is asked for after a file
// was shared is only for links to it.
func TestAFileWhoseMessageIsNotNamedIsSentAllTheSame(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	r.slack.AddFault(rehearsal.Fault{Method: "files.info", Status: 500, Times: -1})
	r.come(0)
	r.start()
	r.settled()
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
	r.files(1)
}

func TestAFileWhoseAnswerWasLostIsFoundByItsID(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	r.slack.AddFault(rehearsal.Fault{Method: "files.completeUploadExternal", AcceptThenDrop: true})
	r.come(0)
	r.start()
	r.settled()
	d := r.only(programme.Pending)
	if d.FileID == "" || !d.Unsure {
		t.Fatalf("the delivery is %+v, want it unsure, with the file's id", d)
	}
	r.leap(30 * time.Second)
	d = r.only(programme.Sent)
	if d.SlackTS == "" || d.SlackID == "" {
		t.Errorf("the found file stands at %q %q", d.SlackID, d.SlackTS)
	}
	if r.calls("files.info") != 1 || r.calls("files.getUploadURLExternal") != 1 {
		t.Errorf("%d look-ups, %d uploads, want one of each", r.calls("files.info"), r.calls("files.getUploadURLExternal"))
	}
	r.files(1)
}

// TestALookUpForAFileThatFailsKeepsItUnsure: without an answer nothing is sent.
func TestALookUpForAFileThatFailsKeepsItUnsure(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	r.slack.AddFault(rehearsal.Fault{Method: "files.completeUploadExternal", AcceptThenDrop: true})
	r.slack.AddFault(rehearsal.Fault{Method: "files.info", Status: 503, Times: -1})
	r.come(0)
	r.start()
	r.settled()
	r.leap(30 * time.Second)
	if d := r.only(programme.Pending); !d.Unsure || d.FileID == "" {
		t.Errorf("the delivery is %+v, want it unsure still", d)
	}
	r.slack.ClearFaults()
	r.leap(10 * time.Minute)
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
	r.files(1)
}

// TestAFileThatIsThereAndWasNotSharedIsSharedNotUploadedAgain: a process died
// after Slack had taken the file and before anybody was shown it. If Slack does not
// share it any more, it is begun anew.
func TestAFileThatIsThereAndWasNotSharedIsSharedNotUploadedAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	ctx := context.Background()
	r.come(0)
	// A Courier that is gone claimed the row, and got as far as a file of nobody's.
	dead, err := r.db.Claim(ctx, "dead", r.slack.Now(), time.Minute, 1)
	noError(t, err)
	u, err := r.poster.Reserve(ctx, letterOf("a"))
	noError(t, err)
	accepted, err := r.db.NoteFile(ctx, dead[0], u.FileID)
	if noError(t, err); !accepted {
		t.Fatal("the file's id was not kept")
	}
	noError(t, r.poster.Upload(ctx, u, letterOf("a")))
	_, err = r.poster.API.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{Files: []slack.FileSummary{{ID: u.FileID}}})
	noError(t, err)
	before := len(r.slack.Log(0))

	r.start()
	r.settled()
	r.leap(30 * time.Second)
	again := ""
	for _, e := range r.slack.Log(0)[before:] {
		if e.Method == "files.getUploadURLExternal" {
			t.Fatal("a second file was begun before the first was tried")
		}
		if e.Method == "files.completeUploadExternal" {
			again = string(e.Request)
			break
		}
	}
	if want := u.FileID; !strings.Contains(again, want) {
		t.Errorf("shared with %s, want the file %s", again, want)
	}
	r.leap(30 * time.Second)
	r.expect(programme.DeliveryCounts{programme.Sent: 1})
	r.files(1)
}

func letterOf(data string) programme.Letter {
	return programme.Letter{File: &programme.File{Name: "a.ics", Data: []byte(data)}}
}

// TestAnOldClaimKeepsNoFile: who lost the row must not write into it.
func TestAnOldClaimKeepsNoFile(t *testing.T) {
	t.Parallel()
	r := newRig(t, 1, nil)
	ctx := context.Background()
	r.come(0)
	old, err := r.db.Claim(ctx, "old", r.slack.Now(), time.Second, 1)
	noError(t, err)
	_, err = r.db.Claim(ctx, "new", r.slack.Now().Add(time.Minute), time.Minute, 1)
	noError(t, err)
	accepted, err := r.db.NoteFile(ctx, old[0], "F1")
	if noError(t, err); accepted {
		t.Error("a claim that is over kept a file")
	}
	if d := r.only(programme.Sending); d.FileID != "" || !d.Unsure {
		t.Errorf("the delivery is %+v", d)
	}
}

// TestAChangedEventHasOneFileOfItsOwn: the earlier file, if it did not go out yet,
// does not; who has it gets the new one.
func TestAChangedEventHasOneFileOfItsOwn(t *testing.T) {
	t.Parallel()
	r := newRig(t, 2, nil)
	ctx := context.Background()
	r.start()
	r.come(0)
	r.settled()
	noError(t, r.office.HoldDeliveries(ctx, programme.Operator, true))
	r.come(1)
	e := workshop(t, 0)
	_, err := r.office.MoveEvent(ctx, programme.Operator, e.ID, 0, e.Start.Add(time.Hour), time.Time{}, "")
	noError(t, err)
	noError(t, r.office.HoldDeliveries(ctx, programme.Operator, false))
	r.settled()
	r.leap(time.Minute)
	byChannel := map[string]int{}
	for _, s := range sharedIn(t, r.slack.Log(0)) {
		byChannel[s.channel]++
	}
	if len(byChannel) != 2 {
		t.Fatalf("files were shown in %v, want two conversations", byChannel)
	}
	total := 0
	for _, n := range byChannel {
		total += n
	}
	if total != 3 {
		t.Errorf("%d files were shown, want the old one, and the new one twice", total)
	}
	if n := r.counts()[programme.Cancelled]; n != 1 {
		t.Errorf("%d notices were withdrawn, want the older file that had not gone out", n)
	}
}
