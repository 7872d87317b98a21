package programme

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// WorkspaceSettings say which channels the workspace has for the programme. While
// Settings.Workspace is nil the bot makes none.
type WorkspaceSettings struct {
	// Channels are those wished for, in the order of Sorts.
	Channels []ChannelWish
	// Cohorts are the workshop cohorts that have a channel of their own, as R8.
	Cohorts []string
	// Configured are the channels that the configuration names by purpose, by Slack id or
	// name: these are found, never named otherwise, and made only where a name leads nowhere.
	Configured map[Purpose]string
}

// ChannelSort is a sort of channel: most have one, cohorts and engagements several.
type ChannelSort string

const (
	SortAnnounce   ChannelSort = "announce"   // everyone
	SortCohort     ChannelSort = "cohort"     // a workshop cohort and the office
	SortMentors    ChannelSort = "mentors"    // experts and the office
	SortSupporters ChannelSort = "supporters" // support organisations and the office
	SortOffice     ChannelSort = "office"     // the office alone
	SortBureau     ChannelSort = "bureau"     // the bureau and the office
	SortEngagement ChannelSort = "engagement" // an atsugi, their expert and the office
)

// Sorts lists every sort in the order in which channels are made.
var Sorts = []ChannelSort{SortOffice, SortBureau, SortAnnounce, SortCohort, SortMentors, SortSupporters, SortEngagement}

// MayBePublic says whether everyone of the workspace may read channels of this sort.
func (s ChannelSort) MayBePublic() bool {
	return s == SortAnnounce || s == SortCohort || s == SortSupporters
}

// ChannelWish is how the channels of a sort are called and what stands at their head.
// Name and Topic may hold {cohort} and {firm}.
type ChannelWish struct {
	Sort    ChannelSort
	Name    string
	Private bool
	Topic   Text
}

// Purposes of the channels that the workspace is given beside the configured ones.
const (
	ChannelMentors    Purpose = "mentors"
	ChannelSupporters Purpose = "supporters"
)

// CohortChannel and EngagementChannel are the purposes of a cohort's and an engagement's
// channel. The strings are stored.
func CohortChannel(cohort string) Purpose      { return Purpose("cohort:" + cohort) }
func EngagementChannel(e EngagementID) Purpose { return Purpose("engagement:" + string(e)) }
func (p Purpose) engagement() (id string, yes bool) {
	return strings.CutPrefix(string(p), "engagement:")
}

// Channel is a channel of Slack that serves a purpose, as it was made or found.
type Channel struct {
	Purpose Purpose
	SlackID string
	Name    string // as it was wished for when it was made, found or renamed
	Made    bool   // by the bot, and not found
}

// WantedChannel is a channel that there should be.
type WantedChannel struct {
	Purpose    Purpose
	Name       string
	ID         string // Slack's, where the configuration names it; else ""
	Configured bool   // the configuration names it: it is not renamed
	Private    bool
	Topic      string
	// Everyone says that anybody may be in it: nobody is asked out but who left.
	Everyone bool
	// Members are all who may and should be in it, on Slack or not, by kana.
	Members []Person
}

// MaxChannelName is how many characters the name of a channel has at most, MaxTopic its
// topic (Slack's).
const (
	MaxChannelName = 80
	MaxTopic       = 250
)

// ChannelName is text as Slack takes it for the name of a channel: small letters, digits,
// - and _ in any script, at most 80 characters, without spaces. What it does not take
// becomes a hyphen.
func ChannelName(text string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range strings.ToLower(narrow(text)) {
		if (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '_') && !unicode.IsUpper(r) {
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
			continue
		}
		hyphen = true
	}
	return strings.TrimRight(cutRunes(b.String(), MaxChannelName), "-")
}

func cutRunes(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// WantedChannels are the channels that there should be today, in the order of Sorts, then
// of cohorts and engagements. Office and experts are in none before they are admitted
// (programme.md duty 4).
func WantedChannels(s Settings, people []Person, engagements []EngagementView, today Date) []WantedChannel {
	if s.Workspace == nil {
		return nil
	}
	w := wants{s.Workspace, slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return !p.Admitted(today) })}
	var out []WantedChannel
	for _, sort := range Sorts {
		i := slices.IndexFunc(w.Channels, func(c ChannelWish) bool { return c.Sort == sort })
		if i < 0 {
			continue
		}
		switch wish := w.Channels[i]; sort {
		case SortCohort:
			for _, cohort := range w.Cohorts {
				out = append(out, w.cohort(wish, cohort))
			}
		case SortEngagement:
			out = append(out, w.engagements(wish, engagements)...)
		default:
			out = append(out, w.single(wish))
		}
	}
	return out
}

// wants are what is wished for, and whom there is to be in it.
type wants struct {
	*WorkspaceSettings
	admitted []Person
}

func (w wants) members(in func(Person) bool) (out []Person) {
	for _, p := range w.admitted {
		if in(p) || p.Has(Coordinator) {
			out = append(out, p)
		}
	}
	SortByKana(out)
	return out
}

func (w wants) single(wish ChannelWish) WantedChannel {
	c := WantedChannel{Purpose: Purpose(wish.Sort), Name: ChannelName(wish.Name), Private: wish.Private, Topic: topicOf(wish.Topic)}
	if name := w.Configured[c.Purpose]; name != "" {
		c.Configured, c.Name = true, strings.TrimPrefix(name, "#")
		if IsChannelID(name) {
			c.ID = name
		}
	}
	c.Everyone = wish.Sort == SortAnnounce
	c.Members = w.members(func(p Person) bool {
		switch wish.Sort {
		case SortAnnounce:
			return true
		case SortMentors:
			return p.Has(Mentor)
		case SortSupporters:
			return p.Has(Supporter)
		case SortBureau:
			return p.Has(Bureau)
		}
		return false
	})
	return c
}

// IsChannelID tells Slack's id of a channel from a name, which has no capitals.
func IsChannelID(s string) bool {
	return len(s) >= 6 && (s[0] == 'C' || s[0] == 'G') && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
}

func (w wants) cohort(wish ChannelWish, cohort string) WantedChannel {
	fill := strings.NewReplacer("{cohort}", cohort, "{firm}", "")
	return WantedChannel{
		Purpose: CohortChannel(cohort), Name: ChannelName(fill.Replace(wish.Name)), Private: wish.Private,
		Topic: cutRunes(fill.Replace(topicOf(wish.Topic)), MaxTopic),
		Members: w.members(func(p Person) bool {
			return (p.Has(Atsugi) || p.Has(Mentor)) && slices.Contains(p.Cohorts, cohort)
		}),
	}
}

// engagements are the channels of those that run. Names are given by age among all of
// them, so that a firm's second engagement does not ask for the name that the channel of
// the first one has.
func (w wants) engagements(wish ChannelWish, all []EngagementView) (out []WantedChannel) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b EngagementView) int { return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID)) })
	taken := map[string]bool{}
	for _, e := range all {
		firm := cmp.Or(e.AtsugiPerson.Organisation, e.AtsugiPerson.Name)
		fill := strings.NewReplacer("{firm}", firm, "{cohort}", "")
		name := freeName(ChannelName(fill.Replace(wish.Name)), taken)
		if !e.Runs() {
			continue
		}
		out = append(out, WantedChannel{
			Purpose: EngagementChannel(e.ID), Name: name, Private: true, Topic: cutRunes(fill.Replace(topicOf(wish.Topic)), MaxTopic),
			Members: w.members(func(p Person) bool { return e.of(p.ID) }),
		})
	}
	return out
}

// freeName is name, with a number behind it if it is taken, and takes it.
func freeName(name string, taken map[string]bool) string {
	free := name
	for n := 2; taken[free] || free == ""; n++ {
		end := "-" + strconv.Itoa(n)
		free = strings.TrimLeft(cutRunes(name, MaxChannelName-len(end))+end, "-")
	}
	taken[free] = true
	return free
}

// topicOf is a topic in both languages on one line: who reads it chose neither.
func topicOf(t Text) string {
	if t.En == "" || t.En == t.Ja {
		return t.Ja
	}
	return cutRunes(t.Ja+" / "+t.En, MaxTopic)
}
