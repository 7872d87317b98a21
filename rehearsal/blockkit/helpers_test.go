package blockkit_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tsugite/rehearsal/blockkit"
)

// A rule is one row of a table: some JSON and what Slack says of it, one line
// a problem; nothing if it is accepted.
type rule struct {
	name string
	json string
	want []string
}

func said(problems []blockkit.Problem) []string {
	var lines []string
	for _, p := range problems {
		lines = append(lines, p.String())
	}
	return lines
}

// check runs a table through validate.
func check(t *testing.T, rules []rule, validate func(raw json.RawMessage) []blockkit.Problem) {
	t.Helper()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			if !json.Valid([]byte(r.json)) {
				t.Fatalf("the test's JSON is broken: %s", r.json)
			}
			if diff := cmp.Diff(r.want, said(validate(json.RawMessage(r.json)))); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// refused is one problem at a pointer.
func refused(message, pointer string) []string {
	return []string{"[ERROR] " + message + " [json-pointer:" + pointer + "]"}
}

// neither is a problem inside a text that may be plain_text or mrkdwn.
func neither(message, pointer string) []string {
	return append(refused("failed to match all allowed schemas", pointer), refused(message, pointer+"/text")...)
}

// long is a text of n characters, each three or four bytes and one or two
// UTF-16 units long.
func long(n int) string {
	return strings.Repeat("髙𠮷", n/2) + strings.Repeat("﨑", n%2)
}

func plain(s string) string  { return fmt.Sprintf(`{"type":"plain_text","text":%q}`, s) }
func mrkdwn(s string) string { return fmt.Sprintf(`{"type":"mrkdwn","text":%q}`, s) }

// option has its value for text.
func option(value string) string {
	return fmt.Sprintf(`{"text":%s,"value":%q}`, plain(value), value)
}

// several joins n rows of JSON made by row.
func several(n int, row func(i int) string) string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = row(i)
	}
	return "[" + strings.Join(rows, ",") + "]"
}

func same(s string) func(int) string { return func(int) string { return s } }

func options(n int) string {
	return several(n, func(i int) string { return option(fmt.Sprint("v", i)) })
}

// modal is a modal of these blocks; it can be submitted.
func modal(blocks ...string) string {
	return fmt.Sprintf(`{"type":"modal","title":%s,"submit":%s,"blocks":[%s]}`,
		plain("t"), plain("s"), strings.Join(blocks, ","))
}

// input is an input block around an element.
func input(element string) string {
	return fmt.Sprintf(`{"type":"input","block_id":"b","label":%s,"element":%s}`, plain("l"), element)
}

func actions(elements ...string) string {
	return fmt.Sprintf(`{"type":"actions","elements":[%s]}`, strings.Join(elements, ","))
}
