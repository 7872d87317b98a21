// Package blockkit checks Block Kit messages and views against the rules that
// Slack publishes, so that the local Slack refuses what the real one refuses.
//
// It may know Slack's published Block Kit rules and nothing else: it imports no
// package of this module, opens no file and no connection, keeps no state
// between calls and never panics on what it is given. Every function takes
// JSON as it came over the wire.
//
// The rules are tables. A block or an element is an object: its fields, which
// of them it must have, and a check for each (schema.go). The tables stand in
// blocks.go, data.go, nested.go, elements.go, selects.go, richtext.go and
// view.go; rules across several fields stand beside the table that they belong
// to. Sizes are those of slack.md "Sizes" and of
// docs.slack.dev/reference/block-kit; where two readings of a page differ, the
// stricter one, so that what passes here passes there.
//
// Characters are Unicode code points, never bytes. Slack does not say what it
// counts; a text that is cut by UTF-16 units is never longer in code points, so
// it passes as well.
//
// Wordings follow what Slack is known to answer ("must be less than 3001
// characters", "no more than 50 items allowed", "missing required field: text",
// "unsupported type: foo", "invalid additional property: foo", "must define
// either `text` or `fields`"). Where its wording is not public, ours has the
// same form; programs should look at the pointer, people at the message.
package blockkit
