package ui

import "tsugite/programme"

// Sentence says what went wrong: for a programme.Error its sentence and the
// field of the form it stands beside ("" for none), for anything else that
// something went wrong, with the reference under which the log has it.
func Sentence(err error, ref string, l Locale) (field, text string) {
	if e, ok := programme.AsError(err); ok {
		if s, known := l.say(e.Key, e.Args); known {
			return e.Field, s
		}
	}
	return "", l.T("error.internal", words{"Ref": ref})
}
