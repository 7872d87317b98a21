package programme

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// StepKind is what a step does. The strings are stored, printed and part of keys.
type StepKind string

const (
	StepCreate    StepKind = "create"
	StepUnarchive StepKind = "unarchive"
	StepAdopt     StepKind = "adopt" // the channel is there: remember what it is for
	StepJoin      StepKind = "join"
	StepRename    StepKind = "rename"
	StepTopic     StepKind = "topic"
	StepInvite    StepKind = "invite"

	// Only with an explicit yes.
	StepRemove  StepKind = "remove"
	StepArchive StepKind = "archive"

	// Only by a person: Slack has no way for a bot.
	StepPosting StepKind = "posting" // who may post among the announcements
	StepBring   StepKind = "bring"   // people who are not on Slack
	StepMatch   StepKind = "match"   // people who are on Slack by their mail address, and not matched yet
	StepClose   StepKind = "close"   // a channel that is public and must not be
	StepShow    StepKind = "show"    // a channel that the bot cannot see
)

// StepPerson is somebody whom a step concerns.
type StepPerson struct {
	ID      PersonID `json:"id,omitempty"`      // "" for accounts that are in nobody's row
	Account string   `json:"account,omitempty"` // "" for those who are not on Slack
	Name    string   `json:"name"`
	Mail    bool     `json:"mail,omitempty"` // has an address
}

// WorkspaceStep is one thing to do so that the workspace is as it should be; most are one
// call of Slack. Name is the channel's as it is, or will be when this step is done.
type WorkspaceStep struct {
	Kind    StepKind     `json:"kind"`
	Purpose Purpose      `json:"purpose,omitempty"`
	Channel string       `json:"channel,omitempty"` // Slack's id, "" before it is made
	Name    string       `json:"name,omitempty"`
	Old     string       `json:"old,omitempty"` // of a rename
	Private bool         `json:"private,omitempty"`
	Topic   string       `json:"topic,omitempty"`
	People  []StepPerson `json:"people,omitempty"`
	// Made says of StepAdopt that the bot made the channel. Others are how many are in it
	// who are not meant, and People who they are: then somebody else made it, and it is used with a yes only, because
	// they would read what is meant for others.
	Made   bool `json:"made,omitempty"`
	Others int  `json:"others,omitempty"`
	// Trouble is why Slack refused the step before, "" if it did not: a person has to do
	// something first. It is tried again whenever the plan is performed.
	Trouble string `json:"trouble,omitempty"`
	// Waits says that the step comes after one that a person has to do something about.
	Waits bool `json:"waits,omitempty"`
}

// Asks says whether the step is done with an explicit yes only.
func (s WorkspaceStep) Asks() bool {
	return s.Kind == StepRemove || s.Kind == StepArchive || s.Kind == StepAdopt && s.Others > 0
}

// Manual says whether there is no way for a bot to do the step.
func (s WorkspaceStep) Manual() bool {
	return s.Kind == StepPosting || s.Kind == StepBring || s.Kind == StepMatch || s.Kind == StepClose || s.Kind == StepShow
}

// ByHand says whether a person has to do something before anything can be done here.
func (s WorkspaceStep) ByHand() bool {
	return s.Manual() || s.Waits || s.Trouble != "" && !s.Asks()
}

// Key names the step: the same one in two plans has the same key. That of an invitation of
// several people is of the channel alone, that of a channel with others in it of who they
// are: a yes holds for what was seen.
func (s WorkspaceStep) Key() string {
	switch {
	case s.Kind == StepRemove:
		return string(s.Kind) + ":" + s.Channel + ":" + s.People[0].Account
	case s.Kind == StepArchive:
		return string(s.Kind) + ":" + s.Channel
	case s.Kind == StepAdopt && s.Others > 0:
		return string(s.Kind) + ":" + string(s.Purpose) + ":" + s.Channel + ":" + printOf(s.People)
	case s.Kind == StepInvite && len(s.People) == 1:
		return string(s.Kind) + ":" + string(s.Purpose) + ":" + s.People[0].Account
	}
	return string(s.Kind) + ":" + string(s.Purpose)
}

// printOf tells one set of accounts from another; they come sorted.
func printOf(people []StepPerson) string {
	h := sha256.New()
	for _, p := range people {
		h.Write([]byte(p.Account + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// String is the step as one line, in the words of the command line.
func (s WorkspaceStep) String() string {
	channel := "#" + s.Name
	switch s.Kind {
	case StepCreate:
		return "create " + channel + map[bool]string{true: " private", false: " public"}[s.Private]
	case StepUnarchive:
		return "unarchive " + channel
	case StepAdopt:
		if s.Others > 0 {
			return "use " + channel + " for " + string(s.Purpose) + ", with " + strconv.Itoa(s.Others) + " others in it: " + s.names()
		}
		return "use " + channel + " for " + string(s.Purpose)
	case StepJoin:
		return "join " + channel
	case StepRename:
		return "rename #" + s.Old + " to " + channel
	case StepTopic:
		return "set topic of " + channel + " to " + strconv.Quote(s.Topic)
	case StepInvite:
		return "invite " + s.names() + " to " + channel
	case StepRemove:
		return "remove " + s.names() + " from " + channel
	case StepArchive:
		return "archive " + channel
	case StepPosting:
		return "restrict who may post in " + channel
	case StepBring:
		return "invite to the workspace: " + s.names()
	case StepMatch:
		return "not matched yet, until they open the app: " + s.names()
	case StepClose:
		return "make " + channel + " private"
	case StepShow:
		return "let the bot into " + channel
	}
	return string(s.Kind) + " " + channel
}

func (s WorkspaceStep) names() string {
	var names []string
	for _, p := range s.People {
		names = append(names, cmp.Or(p.Name, p.Account))
	}
	return strings.Join(names, ", ")
}
