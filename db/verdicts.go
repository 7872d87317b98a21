package db

// Verdict is what erasure does with a table (programme.md duty 6-8: evidence for
// the accounts stays, without content).
type Verdict string

const (
	Keep      Verdict = "keep"      // holds nothing that anybody entrusted
	Anonymise Verdict = "anonymise" // rows stay as evidence, what identifies or tells is blanked
	Delete    Verdict = "delete"    // rows go
)

// Verdicts has one for every table; a test fails for a table without one.
var Verdicts = map[string]Verdict{
	"people":                Anonymise, // the id stays, so that counts and sessions still add up
	"assignments":           Keep,      // who advised whom, as ids
	"revisions":             Keep,
	"events":                Keep,
	"attendance":            Anonymise, // the answer is a count, the reason is somebody's words
	"event_changes":         Keep,
	"guests":                Anonymise, // that somebody of a role and prefecture came is a count
	"arrivals":              Keep,      // ids only
	"speakers":              Anonymise, // who spoke when is evidence for fees; the topic is words
	"overrides":             Keep,
	"surveys":               Keep,
	"responses":             Keep, // how far somebody was, without what they said
	"answers":               Delete,
	"ballots":               Delete,
	"engagements":           Keep,      // who saw whom, as ids
	"sessions":              Anonymise, // who, whom, when and how long is evidence for fees; topic and reasons are words
	"occupied":              Keep,      // ids only
	"offers":                Delete,    // what experts say of themselves, and their rooms
	"session_waits":         Delete,
	"busy":                  Delete,
	"busy_readings":         Delete,
	"memos":                 Anonymise, // who, whom, when and what kind is evidence for fees; place and people present are words
	"memo_versions":         Anonymise, // the reason of a correction is words
	"memo_parts":            Delete,
	"memo_drafts":           Delete,
	"memo_actions":          Delete,
	"memo_corrections":      Delete,
	"memo_receipts":         Keep, // ids only
	"memo_questions":        Delete,
	"memo_openings":         Keep,
	"memo_withdrawals":      Delete, // the reason is words; when is in memos
	"memo_search":           Delete, // the words, in pairs of characters
	"memos_to_index":        Keep,
	"readings":              Keep,   // who read what, for a formal audit
	"photos":                Delete, // with the files beside the database
	"photo_people":          Delete,
	"photo_parcels":         Delete,
	"publications":          Delete,
	"publication_texts":     Delete,
	"consents":              Anonymise, // that and when somebody agreed to what hash is evidence; names are words
	"consent_questions":     Delete,
	"enquiries":             Keep, // that and when somebody asked, as ids
	"enquiry_words":         Delete,
	"enquiry_word_versions": Delete,
	"enquiry_files":         Delete,
	"faq":                   Delete,    // the office's words, made from what somebody asked
	"copies":                Anonymise, // what went to whom, as ids; the reason is words
	"hidden_from":           Delete,
	"deliveries":            Anonymise, // Slack's account and channel ids are blanked
	"delivery_counts":       Keep,
	"audit":                 Keep, // ids, states and times only, append-only
	"inbox":                 Delete,
	"switches":              Keep,
	"moments":               Keep,
	"life":                  Keep,
	"goose_db_version":      Keep,

	"channels":        Delete, // names can hold those of firms
	"workspace_runs":  Keep,   // ids and counts
	"workspace_steps": Delete, // names of people and channels

	"newcomers":       Delete, // what Slack says of who came; after 30 days in any case
	"join_requests":   Delete, // what was not taken up goes after 30 days in any case
	"profiles":        Delete,
	"profile_changes": Delete,
	"accounts":        Delete,

	"announcements":           Keep,      // the office's own words
	"announcement_recipients": Keep,      // ids only
	"recommendations":         Anonymise, // that an organisation recommended so many is a count; who, and why, are words
	"recommend_quotas":        Anonymise, // the number and the moment; the reason is words
	"handovers":               Anonymise, // who followed whom, as ids; the name of a successor is a word
}
