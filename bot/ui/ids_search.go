package ui

// Ids of the search in memos (see ids.go).
const (
	ActionSearch     = "memo.search"      // opens the form
	ActionSearchMore = "memo.search.more" // value: see moreValue; the fields of the form say what is searched

	CallbackSearch = "memo.search.form" // private_metadata: Form
)
