package blockkit

// Problem is one broken rule and where it was broken.
type Problem struct {
	// Pointer is a JSON pointer (RFC 6901) from the request's arguments:
	// /blocks/0/text/text for messages, /view/blocks/0/text for views.
	Pointer string
	// Message says which rule, in Slack's English.
	Message string
}

// String writes the problem as Slack does in response_metadata.messages:
//
//	[ERROR] missing required field: text [json-pointer:/blocks/0]
func (p Problem) String() string {
	return "[ERROR] " + p.Message + " [json-pointer:" + p.Pointer + "]"
}
