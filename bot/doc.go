// Package bot listens to Slack and answers: it turns what people do into calls
// of programme.Office and what the Office says into messages, views and Home.
//
// It knows Slack and the programme, draws with its own room ui, and keeps no
// rule: who may do what is the Office's to say, at every click. What it needs of
// storage is the Inbox; every message that must not be lost or doubled leaves
// through the Courier, for which Poster is the hand.
package bot
