package rehearsal

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// limit is the page size of a call, with Slack's codes for what is not one.
func (c *call) limit(standard, most int) (int, error) {
	text := c.args.str("limit")
	if text == "" {
		return standard, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most {
		return 0, fail("invalid_limit")
	}
	if n == 0 {
		n = standard
	}
	return n, nil
}

// cursor is where a page begins, as an earlier answer's next_cursor said.
func (c *call) cursor(kind string) (string, error) {
	text := c.args.str("cursor")
	if text == "" {
		return "", nil
	}
	plain, err := base64.StdEncoding.DecodeString(text)
	got, key, ok := strings.Cut(string(plain), ":")
	if err != nil || !ok || got != kind || key == "" {
		return "", fail("invalid_cursor")
	}
	return key, nil
}

func makeCursor(kind, key string) string {
	if key == "" {
		return ""
	}
	return base64.StdEncoding.EncodeToString([]byte(kind + ":" + key))
}

// slicePage cuts one page out of a list whose cursor is an index.
func slicePage[T any](c *call, kind string, all []T, standard, most int) (page []T, next string, err error) {
	n, err := c.limit(standard, most)
	if err != nil {
		return nil, "", err
	}
	key, err := c.cursor(kind)
	if err != nil {
		return nil, "", err
	}
	from := 0
	if key != "" {
		if from, err = strconv.Atoi(key); err != nil || from < 0 || from > len(all) {
			return nil, "", fail("invalid_cursor")
		}
	}
	to := min(from+n, len(all))
	if to < len(all) {
		next = makeCursor(kind, strconv.Itoa(to))
	}
	return all[from:to], next, nil
}

func nextPage(cursor string) reply { return reply{"next_cursor": cursor} }
