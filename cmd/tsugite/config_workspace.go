package main

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"tsugite/cmd/internal/strict"
	"tsugite/programme"
)

// reiwaOne is the calendar year of 令和元年.
const reiwaOne = 2019

// channelNames are what channels are called unless said otherwise.
var channelNames = map[programme.ChannelSort]string{
	programme.SortAnnounce:   "{prefix}-お知らせ",
	programme.SortCohort:     "{prefix}-{cohort}",
	programme.SortMentors:    "{prefix}-専門家",
	programme.SortSupporters: "{prefix}-支援機関",
	programme.SortOffice:     "{prefix}-事務局",
	programme.SortBureau:     "{prefix}-関東経済産業局",
	programme.SortEngagement: "{prefix}-相談-{firm}",
}

// readWorkspace reads which channels there should be; without the section the bot makes
// none. The programme and slack must be read before.
func readWorkspace(c *Config, m *strict.Map) {
	if !m.Given() {
		return
	}
	prefix := readPrefix(m.Need("prefix"))
	w := &programme.WorkspaceSettings{Configured: maps.Clone(c.Channels)}
	w.Cohorts = readWords(m.Get("cohorts"), programme.ParseCohort, "write R8")
	if len(w.Cohorts) == 0 && c.settings.FiscalYear >= reiwaOne {
		w.Cohorts = []string{"R" + strconv.Itoa(c.settings.FiscalYear-reiwaOne+1)}
	}
	channels := m.Need("channels").Map()
	taken := map[string]programme.ChannelSort{}
	for _, sort := range programme.Sorts {
		v := channels.Get(string(sort))
		if !v.Given() {
			continue
		}
		wish := readChannelWish(v, sort, prefix, w)
		if other, twice := taken[wish.Name]; twice && wish.Name != "" {
			v.Fault(fmt.Sprintf("has the name of %s", other), "give each channel a name of its own")
		}
		taken[wish.Name] = sort
		w.Channels = append(w.Channels, wish)
	}
	if len(w.Channels) == 0 && channels.Given() {
		channels.Fault("names no channel", "write announce: {} or another of them, or leave the section workspace out")
	}
	c.settings.Workspace = w
}

// readPrefix is how the names of all channels begin.
func readPrefix(v strict.Value) string {
	s := v.TextUpTo(20)
	if s != "" && s != programme.ChannelName(s) {
		v.Fault(fmt.Sprintf("%q cannot stand in the name of a channel", s), "small letters, digits, - and _, such as ws-2026")
		return ""
	}
	return s
}

func readChannelWish(v strict.Value, sort programme.ChannelSort, prefix string, w *programme.WorkspaceSettings) programme.ChannelWish {
	m := v.Map()
	wish := programme.ChannelWish{Sort: sort, Private: sort != programme.SortAnnounce, Name: channelNames[sort]}
	if private := m.Get("private"); private.Given() {
		if wish.Private = private.Bool(); !wish.Private && !sort.MayBePublic() {
			private.Fault("everyone could read what is meant for a few", "leave it out: this channel is private")
			wish.Private = true
		}
	}
	name := m.Get("name")
	if name.Given() {
		wish.Name = readChannelTemplate(name, sort, prefix, len(w.Cohorts))
		if w.Configured[programme.Purpose(sort)] != "" {
			name.Fault("slack.channels names this channel already", "leave it out here, or there")
		}
	}
	wish.Name = strings.ReplaceAll(wish.Name, "{prefix}", prefix)
	wish.Topic = readTopic(m.Get("topic"), sort)
	return wish
}

// readChannelTemplate is a name with {prefix}, and in the sorts that have several channels
// what tells them apart.
func readChannelTemplate(v strict.Value, sort programme.ChannelSort, prefix string, cohorts int) string {
	s := v.TextUpTo(programme.MaxChannelName)
	filled := strings.NewReplacer("{prefix}", prefix, "{cohort}", "r8", "{firm}", "firm").Replace(s)
	known := strings.NewReplacer("{prefix}", "", "{cohort}", "", "{firm}", "").Replace(s)
	switch {
	case s == "":
	case strings.ContainsAny(known, "{}"), strings.Contains(s, "{cohort}") && sort != programme.SortCohort, strings.Contains(s, "{firm}") && sort != programme.SortEngagement:
		v.Fault(fmt.Sprintf("%q has words in braces that are unknown here", s), "{prefix}, for cohort {cohort} and for engagement {firm}")
	case filled != programme.ChannelName(filled):
		v.Fault(fmt.Sprintf("%q cannot be the name of a channel", s), "small letters of any script, digits, - and _; no spaces")
	case sort == programme.SortCohort && cohorts > 1 && !strings.Contains(s, "{cohort}"):
		v.Fault("does not tell the cohorts apart", "write {cohort} in it")
	}
	return s
}

// readTopic is a channel's topic; both languages together have room in Slack's.
func readTopic(v strict.Value, sort programme.ChannelSort) programme.Text {
	t := readText(v, programme.MaxTopic)
	if n := len([]rune(t.Ja + " / " + t.En)); t.En != "" && n > programme.MaxTopic {
		v.Fault(fmt.Sprintf("has %d characters in both languages", n), fmt.Sprintf("%d at most together", programme.MaxTopic))
	}
	known := strings.NewReplacer("{cohort}", "", "{firm}", "").Replace(t.Ja + t.En)
	if strings.ContainsAny(known, "{}") || sort != programme.SortCohort && strings.Contains(t.Ja+t.En, "{cohort}") || sort != programme.SortEngagement && strings.Contains(t.Ja+t.En, "{firm}") {
		v.Fault("has words in braces that are unknown here", "for cohort {cohort} and for engagement {firm}")
	}
	return t
}
