// Package programme is the programme itself: its people, events, surveys,
// memos and messages, and the rules about who may do what with them.
//
// It is the centre of the house: every other room knows it and it knows none
// of them. There is no Slack here, no SQL, no file and no time.Now: what it
// needs from outside (a Store, a clock, a source of ids) is handed to the
// Office, which is the only way to change anything. Each use case of the
// Office is one transaction: who may → load → pure rule with the transaction's
// one moment → save → audit entry → notices.
package programme
