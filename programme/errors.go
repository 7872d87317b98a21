package programme

import "errors"

// Code says what sort of refusal an Error is. Codes are stored in no table but
// shown in logs and command output, so they keep their spelling.
type Code string

const (
	CodeDenied   Code = "denied"    // the person may not do this
	CodeUnknown  Code = "unknown"   // not in the roster
	CodeNotFound Code = "not_found" // the thing does not exist, or not for this person
	CodeInvalid  Code = "invalid"   // an input is wrong; Field says which
	CodeConflict Code = "conflict"  // somebody else was there first
	CodeClosed   Code = "closed"    // the time for it is over
)

// Error is an error meant for a person. Key names a sentence in the locales,
// Args fill it, Field names the input it stands beside ("" for none).
// Everything that is not an Error is shown to people as a reference number.
type Error struct {
	Code  Code
	Field string
	Key   string
	Args  map[string]any
}

func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Key
	if e.Field != "" {
		s += " (" + e.Field + ")"
	}
	return s
}

// Is lets errors.Is compare refusals by code and key.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code && (t.Key == "" || t.Key == e.Key)
}

// AsError finds the Error for people inside err, if there is one.
func AsError(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// ErrNoRow is what a Store answers when the row asked for does not exist. Use
// cases turn it into an Error; a failed query is never read as "does not exist".
var ErrNoRow = errors.New("programme: no such row")

func denied(key string) *Error  { return &Error{Code: CodeDenied, Key: key} }
func missing(key string) *Error { return &Error{Code: CodeNotFound, Key: key} }

func invalid(field, key string, args ...any) *Error {
	return &Error{Code: CodeInvalid, Field: field, Key: key, Args: pairs(args)}
}

// pairs makes a map of alternating names and values.
func pairs(kv []any) map[string]any {
	if len(kv) == 0 {
		return nil
	}
	m := make(map[string]any, len(kv)/2)
	for i := 0; i+1 < len(kv); i += 2 {
		m[kv[i].(string)] = kv[i+1]
	}
	return m
}

// orMissing turns ErrNoRow into a refusal for people and leaves other errors.
func orMissing(err error, key string) error {
	if errors.Is(err, ErrNoRow) {
		return missing(key)
	}
	return err
}
