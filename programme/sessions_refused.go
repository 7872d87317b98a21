package programme

import "strings"

// What a refusal about sessions means to who draws a form again: it asks here, and sorts no
// keys of errors itself.

// QuotaReached says whether the Office refused because of a quota, beyond which it lets
// the coordinator go.
func QuotaReached(err error) bool {
	e, ok := AsError(err)
	return ok && strings.HasPrefix(e.Key, "error.quota_") // the quota's name follows
}

// TimeTaken says whether a published time was taken before the atsugi had it, and which
// times of the expert are free instead, if there are any.
func TimeTaken(err error) (next []Span, taken bool) {
	e, ok := AsError(err)
	if !ok || e.Key != keyTakenNext {
		return nil, false
	}
	next, _ = e.Args["Next"].([]Span)
	return next, true
}

const keyTakenNext = "error.time_taken_next"

// MeetsAlready says whether a new session was refused because one of the engagement has no
// time yet, and which that is.
func MeetsAlready(err error) (SessionID, bool) {
	e, ok := AsError(err)
	if !ok || e.Key != keySessionOpen {
		return "", false
	}
	id, _ := e.Args["Session"].(SessionID)
	return id, true
}

const keySessionOpen = "error.session_open"
