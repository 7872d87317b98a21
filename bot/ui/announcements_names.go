package ui

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"tsugite/programme"
)

// namesAPage is how many names a page folds into lines: all of a programme of ordinary size,
// and of a big one as many as one reads before one turns the page.
const namesAPage = 300

// nameGroup is a heading with names under it, as they are written.
type nameGroup struct {
	title string
	names []string
}

// nameGroups folds a page of the names into lines, from the fromth on, under their headings,
// with buttons to the pages before and after; about is what the pages are of.
func nameGroups(groups []nameGroup, from int, action, about string, l Locale) []slack.Block {
	all := 0
	for _, g := range groups {
		all += len(g.names)
	}
	from = min(max(from, 0), max(all-1, 0))
	var blocks []slack.Block
	skip, room := from, namesAPage
	for _, g := range groups {
		names := g.names
		if cut := min(skip, len(names)); cut > 0 {
			names, skip = names[cut:], skip-cut
		}
		names = names[:min(len(names), room)]
		room -= len(names)
		if len(names) == 0 {
			continue
		}
		blocks = append(blocks, section(bold(g.title), nil))
		for _, text := range joined(names, l.list([]string{"", ""}), maxSection) {
			blocks = append(blocks, section(text, nil))
		}
	}
	var turn []slack.BlockElement
	value := func(from int) string { return about + "|" + strconv.Itoa(from) }
	if from > 0 {
		turn = append(turn, button(PickID(action, 0), value(max(0, from-namesAPage)), l.T("button.page_before", nil)))
	}
	if from+namesAPage < all {
		turn = append(turn, button(PickID(action, 1), value(from+namesAPage), l.T("button.page_after", nil)))
	}
	if len(turn) > 0 {
		rest := l.T("announce.names_page", words{"From": from + 1, "To": min(from+namesAPage, all), "Count": all})
		blocks = append(blocks, small(rest), row(turn...))
	}
	return blocks
}

// namesOf are people as a page lists them, escaped.
func namesOf(people []programme.Person, l Locale) []string {
	var out []string
	for _, p := range people {
		out = append(out, escape(nameAndFirm(p, l)))
	}
	return out
}

// unreachedNames are those whom the bot does not reach, and why.
func unreachedNames(people []programme.UnreachedPerson, l Locale) []string {
	var out []string
	for _, u := range people {
		why := l.T("announce.unreached."+string(u.Why), nil)
		if strings.TrimSpace(u.Person.Email) == "" {
			why = l.T("announce.unreached_mailless", words{"Why": why})
		}
		out = append(out, escape(l.T("announce.named_why", words{"Name": nameAndFirm(u.Person, l), "Why": why})))
	}
	return out
}
