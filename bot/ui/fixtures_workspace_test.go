package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"tsugite/bot/ui"
	"tsugite/programme"
)

// channelSteps are a step of every kind.
func (c cast) channelSteps() []programme.WorkspaceStep {
	who := programme.StepPerson{ID: c.atsugi.ID, Account: "U0ATSUGI", Name: c.words(c.atsugi.Name), Mail: true}
	far := programme.StepPerson{ID: c.mentor.ID, Name: c.words(c.mentor.Name)}
	people, name := []programme.StepPerson{who}, c.words("ws-2026-r8")
	return []programme.WorkspaceStep{
		{Kind: programme.StepCreate, Purpose: "cohort:R8", Name: name, Private: true},
		{Kind: programme.StepCreate, Purpose: "announce", Name: "ws-2026-お知らせ"},
		{Kind: programme.StepUnarchive, Purpose: "mentors", Channel: "C1", Name: "ws-2026-専門家"},
		{Kind: programme.StepAdopt, Purpose: "supporters", Channel: "C2", Name: "ws-2026-支援機関"},
		{Kind: programme.StepJoin, Purpose: "supporters", Channel: "C2", Name: "ws-2026-支援機関"},
		{Kind: programme.StepRename, Purpose: "mentors", Channel: "C1", Name: name, Old: "専門家"},
		{Kind: programme.StepTopic, Purpose: "mentors", Channel: "C1", Name: "専門家", Topic: c.words("専門家の皆さまと事務局のチャンネルです。")},
		{Kind: programme.StepInvite, Purpose: "cohort:R8", Name: name, People: []programme.StepPerson{who, who}},
		{Kind: programme.StepRemove, Purpose: "office", Channel: "C3", Name: "事務局", People: people},
		{Kind: programme.StepArchive, Purpose: "engagement:1", Channel: "C4", Name: "ws-2026-相談"},
		{Kind: programme.StepInvite, Purpose: "office", Channel: "C3", Name: "事務局", People: people, Trouble: "ura_max_channels"},
		{Kind: programme.StepCreate, Purpose: "bureau", Name: "局", Private: true, Trouble: "some_new_code"},
		{Kind: programme.StepTopic, Purpose: "bureau", Name: "局", Topic: "x", Waits: true},
		{Kind: programme.StepAdopt, Purpose: "mentors", Channel: "C7", Name: "ws-2026-専門家", Others: 2},
		{Kind: programme.StepPosting, Purpose: "announce", Name: "ws-2026-お知らせ"},
		{Kind: programme.StepClose, Purpose: "cohort:R7", Channel: "C5", Name: "r7"},
		{Kind: programme.StepShow, Purpose: "bureau", Channel: "C6", Name: "C6"},
		{Kind: programme.StepBring, People: []programme.StepPerson{who, far}},
	}
}

// workspaces are the states of the workspace's page and of what is told of a run.
func (c cast) workspaces(t testing.TB, l ui.Locale, out map[string]drawing) {
	steps := c.channelSteps()
	form := ui.Form{Op: "op"}
	out["page-workspace"] = view(t, ui.WorkspacePage(form, steps, l))
	out["page-workspace-in-order"] = view(t, ui.WorkspacePage(form, steps[14:15], l))
	out["page-workspace-loading"] = view(t, ui.WorkspaceLoading(l))
	out["page-workspace-begun"] = view(t, ui.Saved(ui.AppName, ui.WorkspaceBegun(l), l))
	run := programme.WorkspaceRun{ID: "r", By: c.office.ID, Begun: at(9, 1, 9, 0), Seen: at(9, 1, 9, 1)}
	tell := func(name string, change func(*programme.WorkspaceRunView)) {
		v := programme.WorkspaceRunView{WorkspaceRun: run}
		change(&v)
		out["workspace-run-"+name] = message(t, programme.Matter{Notice: notice(programme.NoticeWorkspace), To: c.office, Workspace: v}, l)
	}
	over := at(9, 1, 9, 2)
	tell("looking", func(*programme.WorkspaceRunView) {})
	tell("going", func(v *programme.WorkspaceRunView) { v.Steps, v.Done = 20, 10 })
	tell("done", func(v *programme.WorkspaceRunView) { v.Steps, v.Done, v.Ended = 20, 20, over })
	tell("broken", func(v *programme.WorkspaceRunView) { v.Steps, v.Done, v.Ended, v.Broken = 20, 10, over, true })
	tell("partly", func(v *programme.WorkspaceRunView) {
		v.Steps, v.Done, v.Failed, v.Ended = 20, 18, 2, over
		v.Troubles = []programme.StepOutcome{
			{Step: steps[0], State: programme.StepRefused, Code: "missing_scope", Needed: "groups:write"},
			{Step: steps[10], State: programme.StepRefused, Code: "ura_max_channels"}, {Step: steps[6], State: programme.StepFailed, Code: "http_500"},
		}
	})
}

// TestAPlanOfAnySizeIsAPage: whatever there is to do fits on the page, and what was said
// yes to comes back whole.
func TestAPlanOfAnySizeIsAPage(t *testing.T) {
	one := sample().channelSteps()
	var many []programme.WorkspaceStep
	for i := range 300 {
		s := one[i%len(one)]
		s.Channel = fmt.Sprintf("C%d", i)
		many = append(many, s)
	}
	for _, p := range view(t, ui.WorkspacePage(ui.Form{Op: "op"}, many, ui.NewLocale("ja", time.UTC))).problems() {
		t.Error(p)
	}
	values := map[string]map[string]slack.BlockAction{}
	var want []string
	for i, group := range []string{"yes0", "yes3"} {
		key := "remove:C:U" + strings.Repeat("0", i)
		want = append(want, key)
		values["workspace."+group] = map[string]slack.BlockAction{"value": {SelectedOptions: []slack.OptionBlockObject{{Value: key}}}}
	}
	op, yes, err := ui.ReadWorkspace(slack.View{PrivateMetadata: `{"op":"op"}`, State: &slack.ViewState{Values: values}})
	if d := cmp.Diff(want, yes); d != "" || op != "op" || err != nil {
		t.Error(op, err, d)
	}
}
