// Package rehearsal is a local Slack: a workspace on 127.0.0.1 that speaks Slack's
// real wire protocol (Web API, Socket Mode, response URLs, file uploads) and lets
// scripts, tests and its own web page act as the people in it.
//
// It is for any Slack app. It knows Slack's protocol and behaviour and must know
// nothing of the programme's bot, so it cannot favour it: of this module it imports
// only rehearsal/blockkit (the rules of blocks and views) and rehearsal/page (the
// page's files).
//
// An app is pointed at Server.APIURL with Server.BotToken and Server.AppToken. People
// are driven through the endpoints under /_/, whose contract is in testdata/README.md
// with JSON schemas and golden transcripts beside it.
//
// Two clocks: trigger ids, acknowledgements, pings and tickets run on wall time;
// message timestamps, scheduled messages, redelivery, rate limits, response URLs and
// the Retry-After header follow the workspace's own clock, which can be moved forward.
//
// Where the files are: server.go wires; web.go decodes a Web API call and methods.go
// lists them; chat.go, conversations.go, users.go, views.go, files.go, reactions.go
// and schedule.go answer them; socket.go carries Socket Mode and events.go what goes
// over it; interact.go and the act_*.go files turn what a person does into payloads;
// workspace.go, people.go and message.go are the model, keep.go makes it durable.
package rehearsal
