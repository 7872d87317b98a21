// Package reminders is what is due, and its delivery: the right word to the
// right person at the right time, once, whatever happens to the machine.
//
// It has three parts. Plan derives, from the facts and the configuration's
// offsets alone, which notices should exist at a moment; it is pure and may be
// asked any number of times. The Planner asks it whenever facts change or time
// comes, and hands over what is new. The Courier takes the stored deliveries to
// Slack one by one (design.md section 3).
//
// The package knows the programme's types and nothing of Slack, SQL or words:
// what is stored (Queue) and how a message is drawn, posted and looked up
// (Post) are interfaces for others to fill. The clock is a field; only waiting
// for the network happens on wall time.
package reminders
