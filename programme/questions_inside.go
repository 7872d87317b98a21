package programme

import "regexp"

// remark is how the office's own remark begins: two slashes of either width, with nothing but
// spaces between them. Before them may stand whatever is no word yet: whom Slack's markup
// mentions, a name after @, an emoji's name, the number of a list, marks of emphasis, quotes and
// lists, spaces. It is better that an answer stays inside than that a remark goes out.
var remark = regexp.MustCompile(`^(?:<[@!#][^<>]*>|&(?:gt|lt|amp);|:[a-z0-9_+'-]+:|[@＠][^\s\pZ/／]+|[0-9]+[.)]\s|[^\pL\pN/／])*` +
	`[/／][\s\pZ\p{Cf}]*[/／]`)

// StaysInside says whether something in an enquiry's thread is the office's own remark: it
// begins with two slashes. text is as Slack has it or as it reads.
func StaysInside(text string) bool { return remark.MatchString(text) }

// inside says whether what was said in an enquiry's thread stays in the office.
func (s Said) inside() bool { return StaysInside(s.Text) || StaysInside(s.Typed) }
