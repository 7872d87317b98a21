package ui

import (
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

const (
	directoryFields = "directory"
	showFields      = "show"
	// DirectoryPage is how many people a page of the directory shows.
	DirectoryPage = 10
)

// DirectoryView is the directory as somebody sees it.
type DirectoryView struct {
	Form   Form
	Sought string
	From   int
	Seen   []programme.DirectoryEntry
	Own    programme.Profile // the reader's own
}

// Directory lists who shows themself to the reader, ten a page.
func Directory(d DirectoryView, l Locale) slack.ModalViewRequest {
	f := fields{directoryFields, l}
	blocks := []slack.Block{
		section(lines(l.T("directory.help", nil), l.T(shownKey(d.Own.Shown), nil)), button(ActionDirectoryShow, "", l.T("button.directory_show", nil))),
		f.optional("sought", f.words(d.Sought, 100, false)),
	}
	from := min(d.From, max(len(d.Seen)-1, 0)/DirectoryPage*DirectoryPage)
	if len(d.Seen) == 0 {
		key := "directory.none"
		if d.Sought != "" {
			key = "directory.not_found"
		}
		blocks = append(blocks, section(l.T(key, nil), nil))
	}
	for _, e := range d.Seen[from:min(from+DirectoryPage, len(d.Seen))] {
		blocks = append(blocks, entryBlocks(e, l)...)
	}
	blocks = append(blocks, turning(ActionDirectory, d.Sought, from, DirectoryPage, len(d.Seen), l)...)
	return formView(l.T("directory.title", nil), l.T("button.directory_find", nil), CallbackDirectory, d.Form, l, blocks...)
}

// entryBlocks are one person as they show themself.
func entryBlocks(e programme.DirectoryEntry, l Locale) []slack.Block {
	title := bold(or(line(e.Name, maxName), l.T("person.unnamed", nil)))
	if e.Kana != "" {
		title = l.mrkdwn("directory.kana", words{"Name": line(e.Name, maxName), "Kana": line(e.Kana, maxName)})
	}
	share := ""
	if e.Share != "" {
		share = l.mrkdwn("directory.share", words{"Share": line(e.Share, programme.MaxShare)})
	}
	return []slack.Block{divider(), section(lines(title, escape(line(e.Firm, maxTitle)), escape(line(e.Craft, maxTitle)), share), nil)}
}

// ReadDirectory reads what is sought.
func ReadDirectory(view slack.View) string { return readFields(view).words("sought") }

// shownKey is the sentence that says to whom the reader shows themself.
func shownKey(s programme.ShownTo) string {
	if s == programme.ShownToNobody {
		return "directory.shown_nobody"
	}
	return "directory.shown_" + string(s)
}

// nobodyShown stands for nobody where Slack wants a value.
const nobodyShown = "nobody"

// ShowForm lets somebody say to whom they show themself, and what of.
func ShowForm(form Form, p programme.Profile, l Locale) slack.ModalViewRequest {
	f := fields{showFields, l}
	form.Version = p.Version
	var to, which []labelled
	for _, s := range programme.ShownTos {
		to = append(to, labelled{or(string(s), nobodyShown), l.T(strings.Replace(shownKey(s), "shown_", "to_", 1), nil)})
	}
	var picked []string
	for _, field := range p.Fields {
		picked = append(picked, string(field))
	}
	if p.Version == 0 || p.Shown == programme.ShownToNobody && len(picked) == 0 {
		picked = []string{string(programme.FieldFirm), string(programme.FieldCraft), string(programme.FieldShare)}
	}
	for _, field := range programme.ProfileFields {
		which = append(which, labelled{string(field), l.T("show.field."+string(field), nil)})
	}
	os := options(which, maxChoices)
	boxes := slack.NewCheckboxGroupsBlockElement(inputValue, os...)
	boxes.InitialOptions = chosen(os, picked)
	return formView(l.T("show.title", nil), l.T("button.show_save", nil), CallbackShow, form, l,
		section(l.T("show.help", nil), nil),
		f.input("shown", f.one(to, or(string(p.Shown), nobodyShown))),
		f.optional("fields", boxes),
		f.optional("share", f.words(p.Share, programme.MaxShare, true)),
		small(l.T("show.hidden", nil)))
}

// ReadShow reads it.
func ReadShow(view slack.View) (programme.DirectoryForm, error) {
	form, err := ReadForm(view.PrivateMetadata)
	v := readFields(view)
	out := programme.DirectoryForm{Version: form.Version, Shown: programme.ShownTo(v.one("shown")), Share: v.words("share")}
	if out.Shown == nobodyShown {
		out.Shown = programme.ShownToNobody
	}
	for _, field := range v.some("fields") {
		out.Fields = append(out.Fields, programme.ProfileField(field))
	}
	return out, err
}

// ShowKept says that it was saved.
func ShowKept(l Locale) string { return l.T("show.kept", nil) }

// knownOwnWords are what somebody said of themself, and to whom they show it.
func knownOwnWords(p programme.Profile, l Locale) (rows [][]string) {
	if p.Wants != "" {
		rows = append(rows, []string{l.T("profile.form.wants", nil), p.Wants})
	}
	if p.Share != "" {
		rows = append(rows, []string{l.T("show.form.share", nil), p.Share})
	}
	if p.Shown != programme.ShownToNobody {
		rows = append(rows, []string{l.T("show.title", nil), l.T(shownKey(p.Shown), nil)})
	}
	return rows
}
