// Package db keeps the programme in one SQLite file.
//
// It knows the types of programme and the SQL that serves them, one file per
// feature, and nothing else: no rule about who may do what, no Slack, no
// clock. Every moment is handed in and kept in UTC.
//
// One connection writes and a few read (design.md section 4). A use case's
// transaction is DB.Write or DB.Read; the inbox and the queue of deliveries
// have methods of their own, whose many small writes share commits (batch.go).
// Inside a transaction everything goes through its Tx: asking the DB again
// from within would wait for itself.
package db
