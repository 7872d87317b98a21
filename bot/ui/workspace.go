package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// How much of a plan the page shows at most: what there is beyond is counted, and is told
// by the command line.
const (
	workspaceLines  = 40
	workspaceTicks  = 40 // in groups of boxesEach
	workspaceHand   = 20
	workspaceFailed = 10
)

// workspaceFields is the name of the form in block ids.
const workspaceFields = "workspace"

// WorkspaceLoading stands while Slack is looked at.
func WorkspaceLoading(l Locale) slack.ModalViewRequest {
	return modal(l.T("workspace.title", nil), l, section(l.T("workspace.loading", nil), nil))
}

// WorkspaceSaid is a sentence in the place of the page.
func WorkspaceSaid(text string, l Locale) slack.ModalViewRequest {
	return Saved(l.T("workspace.title", nil), text, l)
}

// WorkspacePage shows what is to be done so that the channels are as they should be, with
// a tick for each step that needs a yes. Submitting it does the rest.
func WorkspacePage(form Form, steps []programme.WorkspaceStep, l Locale) slack.ModalViewRequest {
	var own, asks, hand, again []programme.WorkspaceStep
	for _, s := range steps {
		switch {
		case s.Waits:
			continue // comes after one of those by hand
		case s.Asks():
			asks = append(asks, s)
		case s.Manual():
			hand = append(hand, s)
		case s.ByHand():
			again = append(again, s)
		default:
			own = append(own, s)
		}
	}
	blocks := []slack.Block{section(l.T("workspace.help", nil), nil)}
	if len(own)+len(asks)+len(again) == 0 {
		blocks = append(blocks, section(l.T("workspace.nothing", nil), nil))
	}
	blocks = append(blocks, stepLines("workspace.own", own, workspaceLines, stepSentence, l)...)
	blocks = append(blocks, workspaceBoxes(asks, l)...)
	blocks = append(blocks, stepLines("workspace.again", again, workspaceHand, func(s programme.WorkspaceStep, l Locale) string {
		return lines(stepSentence(s, l), escape(WorkspaceMend(s, s.Trouble, "", l)))
	}, l)...)
	blocks = append(blocks, stepLines("workspace.hand", hand, workspaceHand, stepSentence, l)...)
	if len(own)+len(asks)+len(again) == 0 {
		return modal(l.T("workspace.title", nil), l, blocks...)
	}
	return formView(l.T("workspace.title", nil), l.T("button.workspace_go", nil), CallbackWorkspace, form, l, blocks...)
}

// stepLines are steps of a sort under a title, most of them at most.
func stepLines(key string, steps []programme.WorkspaceStep, most int, say func(programme.WorkspaceStep, Locale) string, l Locale) []slack.Block {
	if len(steps) == 0 {
		return nil
	}
	out := []slack.Block{divider(), section(bold(l.T(key, words{"Count": len(steps)})), nil)}
	for some := range slices.Chunk(steps[:min(len(steps), most)], 8) {
		var text []string
		for _, s := range some {
			text = append(text, "• "+say(s, l))
		}
		out = append(out, section(cutEscaped(strings.Join(text, "\n"), maxSection), nil))
	}
	if rest := len(steps) - most; rest > 0 {
		out = append(out, small(l.T("workspace.more", words{"Count": rest})))
	}
	return out
}

// workspaceBoxes are the ticks of what is done with an explicit yes only.
func workspaceBoxes(asks []programme.WorkspaceStep, l Locale) []slack.Block {
	if len(asks) == 0 {
		return nil
	}
	blocks := []slack.Block{divider(), section(lines(bold(l.T("workspace.asks", words{"Count": len(asks)})), l.T("workspace.asks_help", nil)), nil)}
	shown := asks[:min(len(asks), workspaceTicks)]
	n := 0
	for group := range slices.Chunk(shown, boxesEach) {
		var boxes []labelled
		for _, s := range group {
			boxes = append(boxes, labelled{s.Key(), stepPlain(s, l)})
		}
		e := slack.NewCheckboxGroupsBlockElement(inputValue, options(boxes, boxesEach)...)
		in := formInput(workspaceFields, "yes"+strconv.Itoa(n), l.T("workspace.ticks", nil), "", e)
		in.Optional = true
		blocks = append(blocks, in)
		n++
	}
	if rest := len(asks) - len(shown); rest > 0 {
		blocks = append(blocks, small(l.T("workspace.more", words{"Count": rest})))
	}
	return blocks
}

// ReadWorkspace reads what was said yes to.
func ReadWorkspace(view slack.View) (op string, yes []string, err error) {
	form, err := ReadForm(view.PrivateMetadata)
	if err != nil {
		return "", nil, err
	}
	v := readFields(view)
	for n := range workspaceTicks / boxesEach {
		yes = append(yes, v.some("yes"+strconv.Itoa(n))...)
	}
	return form.Op, yes, nil
}

// stepSentence is a step in words, as escaped markup; stepPlain as plain text.
func stepSentence(s programme.WorkspaceStep, l Locale) string { return escape(stepPlain(s, l)) }

func stepPlain(s programme.WorkspaceStep, l Locale) string {
	key := "workspace.step." + string(s.Kind)
	if s.Kind == programme.StepCreate && !s.Private {
		key += "_public"
	}
	if s.Kind == programme.StepAdopt && s.Others > 0 {
		key += "_others"
	}
	return l.T(key, words{
		"Channel": line(s.Name, maxName), "Old": line(s.Old, maxName), "Topic": line(s.Topic, 60),
		"People": stepPeople(s.People, l), "Others": s.Others, "Count": len(s.People), "Mails": stepMails(s.People),
	})
}

// stepNames is how many people of a step are named.
const stepNames = 30

func stepPeople(people []programme.StepPerson, l Locale) string {
	var names []string
	for _, p := range people[:min(len(people), stepNames)] {
		names = append(names, l.T("workspace.person", words{"Name": or(line(p.Name, 30), p.Account)}))
	}
	said := l.list(names)
	if rest := len(people) - len(names); rest > 0 {
		said = l.T("workspace.people_more", words{"People": said, "Count": rest})
	}
	return said
}

func stepMails(people []programme.StepPerson) (n int) {
	for _, p := range people {
		if p.Mail {
			n++
		}
	}
	return n
}

// mended are the codes, Slack's and of the connection, for which there is a sentence.
var mended = map[string]bool{
	"missing_scope": true, "name_taken": true, "restricted_action": true, "not_authorized": true, "not_in_channel": true,
	"channel_not_found": true, "is_archived": true, "user_not_found": true, "user_disabled": true, "cant_invite": true,
	"ura_max_channels": true, "user_is_restricted": true, "cant_archive_general": true, "cant_kick_from_general": true,
	"connection_broken": true, "ratelimited": true, "timeout": true,
}

// WorkspaceMend says what Slack's code means for a step and what somebody has to do, as
// plain text; needed is the scope that the bot lacks, if it is known.
func WorkspaceMend(s programme.WorkspaceStep, code, needed string, l Locale) string {
	switch {
	case code == "":
		return ""
	case code == "missing_scope" && needed != "":
		return l.T("workspace.mend.scope", words{"Scope": line(needed, 100)})
	case s.Kind == programme.StepUnarchive && (code == "not_in_channel" || code == "channel_not_found"):
		return l.T("workspace.mend.unarchive", nil)
	case mended[code]:
		return l.T("workspace.mend."+code, nil)
	}
	return l.T("workspace.mend", words{"Code": line(code, 60)})
}

// WorkspaceBegun says that the plan is being performed.
func WorkspaceBegun(l Locale) string { return l.T("workspace.begun", nil) }

// workspaceRun tells who began it how performing the plan goes, and in the end what could
// not be done and how to mend it.
func workspaceRun(m programme.Matter, l Locale) (string, []slack.Block) {
	r := m.Workspace
	key := "workspace.run.going"
	switch {
	case r.Broken:
		key = "workspace.run.broken"
	case !r.Ended.IsZero() && r.Failed > 0:
		key = "workspace.run.partly"
	case !r.Ended.IsZero():
		key = "workspace.run.done"
	case r.Steps == 0:
		key = "workspace.run.looking"
	}
	said := l.T(key, words{"Done": r.Done, "Failed": r.Failed, "Steps": max(r.Steps, r.Done+r.Failed)})
	blocks := []slack.Block{section(lines(bold(l.T("workspace.run.title", nil)), said), nil)}
	if r.Ended.IsZero() {
		return l.T("workspace.run.text", nil), blocks
	}
	for _, o := range r.Troubles[:min(len(r.Troubles), workspaceFailed)] {
		blocks = append(blocks, section(lines("• "+stepSentence(o.Step, l), escape(WorkspaceMend(o.Step, o.Code, o.Needed, l))), nil))
	}
	if rest := len(r.Troubles) - workspaceFailed; rest > 0 {
		blocks = append(blocks, small(l.T("workspace.more", words{"Count": rest})))
	}
	return l.T("workspace.run.text", nil), append(blocks, row(button(ActionWorkspace, "", l.T("button.workspace", nil))))
}
