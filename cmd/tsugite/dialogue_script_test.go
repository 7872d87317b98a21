package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"tsugite/programme"
)

// dialogue is a script of who says what, and what they must see: a file of
// testdata/dialogues. Its README says what each key means.
type dialogue struct {
	Shows string `yaml:"shows"` // the rule that the script shows
	// Survey is the definition that the script is about; Trial means its trial.
	Survey string `yaml:"survey"`
	Trial  bool   `yaml:"trial"`
	// Offering is how sessions are agreed on, "" as the sample has it.
	Offering programme.Offering `yaml:"offering"`
	// Abroad are the zones of those whose Slack is not set to Tokyo's, by family name.
	Abroad map[string]string `yaml:"abroad"`
	Steps  []dialogueStep    `yaml:"steps"`

	// What stands in the database afterwards, by family name of the person asked and
	// question id, as answerWords writes it; "" is no answer at all.
	Answers  map[string]map[string]string `yaml:"answers"`
	Versions map[string]map[string]int    `yaml:"versions"` // how many versions are kept
	States   map[string]string            `yaml:"states"`   // of responses
	// Counts are queries and the number that each answers.
	Counts map[string]int `yaml:"counts"`
	// Logs allows faults in the program's log, which is empty otherwise.
	Logs bool `yaml:"logs"`
}

// dialogueStep is what one person does, or what happens. As stands until the next
// one. Within a step things happen in the order of the fields.
type dialogueStep struct {
	As     string      `yaml:"as"`
	Clock  string      `yaml:"clock"`  // +2h, +3d or 2026-09-03T20:00
	Office *officeDeed `yaml:"office"` // what the office does otherwise than by its screen

	Restart bool `yaml:"restart"`
	// Fault goes to the local Slack as it stands.
	Fault map[string]any `yaml:"fault"`

	Home     texts             `yaml:"home"`  // opens Home; it shows these words
	Sees     texts             `yaml:"sees"`  // a page or the newest message with all of these words, from here on at hand
	Asked    texts             `yaml:"asked"` // the same of a question that waits for an answer
	Lacks    texts             `yaml:"lacks"`
	Stands   map[string]string `yaml:"stands"` // what the fields of the page at hand say
	Opens    *opening          `yaml:"opens"`  // a file that was sent
	Types    *typing           `yaml:"types"`
	Edits    *replaced         `yaml:"edits"`
	Deletes  string            `yaml:"deletes"` // an own message
	Uploads  string            `yaml:"uploads"` // a file's name
	Under    bool              `yaml:"under"`   // it goes into the thread of the message at hand
	Says     string            `yaml:"command"`
	Shortcut string            `yaml:"shortcut"` // “make a memo of this” in the menu of an own message
	Picks    texts             `yaml:"picks"`    // options of a menu, boxes or buttons of the message
	Dates    string            `yaml:"dates"`
	Names    *naming           `yaml:"names"` // a menu that asks the app what to offer
	Fills    map[string]texts  `yaml:"fills"` // fields of the page by their labels
	Presses  string            `yaml:"presses"`
	Beside   string            `yaml:"beside"` // of several buttons, the one beside these words
	Late     bool              `yaml:"late"`   // the press is held up on its way
	Twice    bool              `yaml:"twice"`  // it is pressed once more, impatiently
	Old      bool              `yaml:"old"`    // on a device that still shows what was seen
	Submits  bool              `yaml:"submits"`
	Errors   map[string]string `yaml:"errors"` // beside the fields, by their labels
	Closes   bool              `yaml:"closes"` // the page, without sending
	Refused  string            `yaml:"refused"`
	Silent   texts             `yaml:"silent"` // once all is quiet, no message has these words
	Times    map[string]int    `yaml:"times"`  // once all is quiet, how many messages have the words
}

// opening is a file that somebody was sent and opens: the newest with that in its name, what
// it holds and what it does not. Of a picture there are no words.
type opening struct {
	Name  string `yaml:"name"`
	Holds texts  `yaml:"holds"`
	Lacks texts  `yaml:"lacks"`
}

// officeDeed is what the office does by the program's own door, where its screens are
// not what the script is about.
type officeDeed struct {
	Launch    string `yaml:"launch"` // id of a survey
	Opens     string `yaml:"opens"`
	Closes    string `yaml:"closes"`
	Try       string `yaml:"try"`
	Extend    string `yaml:"extend"`
	Close     bool   `yaml:"close"`
	Chase     bool   `yaml:"chase"`
	Newcomers bool   `yaml:"newcomers"`
	Reopen    string `yaml:"reopen"` // for whom
	Until     string `yaml:"until"`
	Leaves    string `yaml:"leaves"`  // whose account is closed
	Hold      bool   `yaml:"hold"`    // nothing goes out
	Go        bool   `yaml:"go"`      // until then
	Returns   string `yaml:"returns"` // whose account is open again
	// Joins is what an account is called in the script that comes into the workspace, with
	// Name and Mail as Slack says; Renames whose account has these from then on; Enters puts
	// Name with Mail and Firm on the roster, without an account.
	Joins    string `yaml:"joins"`
	Renames  string `yaml:"renames"`
	Enters   bool   `yaml:"enters"`
	Name     string `yaml:"name"`
	Mail     string `yaml:"mail"`
	Firm     string `yaml:"firm"`
	Outsider bool   `yaml:"outsider"`

	Engage string `yaml:"engage"` // whom the expert With is to see twice
	With   string `yaml:"with"`
	// Publish is an expert whose Weekly hours, in lines, are offered from then on; Accepts,
	// that they agree to requests at once. No hours take away those there were.
	Publish string `yaml:"publish"`
	Weekly  string `yaml:"weekly"`
	Accepts bool   `yaml:"accepts"`
}

// texts is one text or a list of them.
type texts []string

func (t *texts) UnmarshalYAML(data []byte) error {
	var one string
	if yaml.Unmarshal(data, &one) == nil {
		*t = texts{one}
		return nil
	}
	return yaml.Unmarshal(data, (*[]string)(t))
}

// typing is what somebody types; Times makes it long.
type typing struct {
	Text  string `yaml:"text"`
	Times int    `yaml:"times"`
}

func (t *typing) UnmarshalYAML(data []byte) error {
	if yaml.Unmarshal(data, &t.Text) == nil {
		return nil
	}
	type plain typing
	return yaml.UnmarshalWithOptions(data, (*plain)(t), yaml.Strict())
}

func (t *typing) words() string { return strings.Repeat(t.Text, max(t.Times, 1)) }

// replaced is an edit of an own message.
type replaced struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

// naming is what is typed into a menu and what is picked of what it then offers;
// Offers are others that must be offered, too.
type naming struct {
	Type   string `yaml:"type"`
	Pick   string `yaml:"pick"`
	Offers texts  `yaml:"offers"`
}

// loadDialogue reads a script strictly: what it does not know would never happen.
func loadDialogue(file string) (dialogue, error) {
	var d dialogue
	data, err := os.ReadFile(file)
	if err != nil {
		return d, err
	}
	if err := yaml.UnmarshalWithOptions(data, &d, yaml.Strict()); err != nil {
		return d, fmt.Errorf("%s: %w", file, err)
	}
	switch {
	case d.Shows == "":
		return d, errors.New(file + ": says not what it shows")
	case len(d.Steps) == 0:
		return d, errors.New(file + ": nobody does anything")
	case len(d.Answers)+len(d.Counts)+len(d.States) == 0:
		return d, errors.New(file + ": says not what must be kept in the end")
	}
	return d, nil
}

// momentFrom reads +2h, +3d, or a moment in the zone.
func momentFrom(written string, now time.Time, zone *time.Location) (time.Time, error) {
	if written == "" {
		return time.Time{}, nil
	}
	if ahead, ok := strings.CutPrefix(written, "+"); ok {
		d, err := parseWait(ahead)
		return now.Add(d), err
	}
	return time.ParseInLocation("2006-01-02T15:04", written, zone)
}
