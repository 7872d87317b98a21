package programme

import "time"

// Settings are what the configuration says about the programme. They do not
// change while the program runs.
type Settings struct {
	Name       string
	FiscalYear int            // calendar year in which the fiscal year begins: 2026 is 令和8年度
	Zone       *time.Location // Asia/Tokyo
	Contract   Date
	Completion Date // 31 March 2027 at the latest (programme.md)
	Targets    []Target
	Parts      []PartDef // parts of a follow-up memo, in order
	BureauWay  BureauWay // how the bureau hears of memos that are shared with it
	KeyDates   []KeyDate
	Faq        []FaqEntry  // of the FAQ file
	Surveys    []SurveyDef // that the office can send out, and questionnaires of events
	Sessions   SessionSettings
	// Workspace says which channels there should be; nil while the bot makes none.
	Workspace *WorkspaceSettings
	Recommend RecommendSettings
}

// KeyDate is a deadline of the programme, such as the draft of the final report.
type KeyDate struct {
	ID    string
	Title string
	Date  Date
	// WorkBy is the business day on or before Date, to which everyone works.
	WorkBy Date
	For    Audience
}

// Today is the programme's day at the moment now.
func (s Settings) Today(now time.Time) Date { return DateOf(now, s.Zone) }

// Purpose names a channel by what it is for; the configuration says which
// channel of the workspace that is.
type Purpose string

const (
	ChannelOffice   Purpose = "office"   // the coordinators' private channel
	ChannelBureau   Purpose = "bureau"   // the bureau's private channel, shared with the office
	ChannelAnnounce Purpose = "announce" // everyone
)

// Purposes lists every purpose a channel may have in the configuration.
var Purposes = []Purpose{ChannelOffice, ChannelBureau, ChannelAnnounce}

// Text is a sentence in both languages of the programme. An empty En falls
// back to Ja.
type Text struct {
	Ja string `json:"ja"`
	En string `json:"en,omitempty"`
}
