// Package ui draws what people see: Block Kit and words, in Japanese and in
// English.
//
// Everything here is a pure function from the programme's types to Slack's: no
// clock, no network, no database, and no decision about who may see what. What
// it is given it draws, within the sizes of slack.md, whatever the data.
//
// The words stand in locales/ja.yaml and locales/en.yaml under the same keys.
// Words that people wrote go through escaped or plain text objects, so that
// nobody can mention a channel or forge a link in another person's name. The
// top-level text of a message is seen by family and staff on a locked phone: it
// names neither a person nor an answer nor what a memo says (programme.md
// duty 9).
package ui
