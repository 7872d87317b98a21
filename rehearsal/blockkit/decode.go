package blockkit

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// Limits of what is read at all. They protect the local Slack, and lie above
// everything that keeps the rules.
const (
	// MaxViewBytes is the largest view in bytes of JSON (slack.md Sizes:
	// 250 KB). The server answers view_too_large beyond it.
	MaxViewBytes = 250 * 1024
	// MaxMessageBytes is the largest blocks array of a message in bytes of
	// JSON. Slack does not publish a figure; fifty full sections of kanji need
	// half of it.
	MaxMessageBytes = 1 << 20
	// maxStored is the largest payload that is read back after it was accepted
	// and filled in by NormaliseBlocks.
	maxStored = 4 << 20
	// maxDepth is the deepest nesting of arrays and objects. The deepest thing
	// that Block Kit can say, styled text of a list in a table in a view, needs
	// less than half.
	maxDepth = 32
)

var (
	errTooLarge = errors.New("too large")
	errTooDeep  = errors.New("nested too deeply")
	errNotJSON  = errors.New("must be valid JSON")
)

// decode reads one JSON value of at most limit bytes into maps, slices,
// strings, json.Number, bool and nil. Size and depth are looked at before
// anything is built.
func decode(raw json.RawMessage, limit int) (any, error) {
	if len(raw) > limit {
		return nil, errTooLarge
	}
	if depth(raw) > maxDepth {
		return nil, errTooDeep
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, errNotJSON
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errNotJSON
	}
	return v, nil
}

// encode is the inverse of decode: keys sorted, nothing HTML-escaped, since
// Slack returns & < > as they are. What decode built can always be written.
func encode(v any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// depth counts the deepest nesting of raw without building it; it stops
// counting just past maxDepth.
func depth(raw []byte) int {
	deepest, now, inString := 0, 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
			if deepest > maxDepth {
				return deepest
			}
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}
