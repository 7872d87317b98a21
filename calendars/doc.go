// Package calendars reads when experts are busy from calendars of their own (ICS), which
// a configuration names by address or file.
//
// It knows HTTP, files and the calendar format, and of the programme no more than a span
// of time and the words for what went wrong. It decides nothing: whoever wires it says
// where times go. It must not keep or tell anything of a calendar but its busy times: what
// entries are called, where they are and who comes is thrown away before it is parsed, and
// addresses, which are secrets of their owners, stand in no error and no log.
//
// A calendar comes from somebody else's server and may hold anything. Reading one is
// bounded in time, in size (also of what it unpacks to) and in what its recurring entries
// come to; it goes to public addresses only (see guard), and a failure leaves what was
// read before as it was.
package calendars
