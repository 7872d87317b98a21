// Package papers makes the files that the bot hands out: an entry for a person's
// calendar, the print pack of an event, and a survey as a sheet to print. They are
// pure functions of what they are given: no clock, no store, no network.
//
// It may know programme and the libraries that write the formats. It must not know
// Slack, nor how files travel; words in the reader's language are given to it,
// except in what is printed: the print pack is Japanese, a survey's sheet has both
// languages.
package papers
