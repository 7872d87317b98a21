// Package yearreport reads the record of a rehearsed year: what would have gone
// out, to whom and when. It counts, finds what looks wrong, compares two years,
// and draws the outcome as text, as JSON lines or as a page.
//
// It is pure: the same facts give the same bytes. It knows the programme's types
// and of what went over the wire only the plain text; it must know nothing of Slack's
// client, of storage, or of how a year is rehearsed. Rules that live elsewhere
// (when it is quiet, which days people work, how targets are counted, which
// reminders an event's ladder has) come in as functions and numbers, so that
// there is one rule each. Words come in as a Language.
package yearreport
