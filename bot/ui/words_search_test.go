package ui

// composedForSearch are the keys of the form's fields.
func composedForSearch() []string {
	keys := []string{"search.form.words.hint"}
	for _, field := range []string{"words", "about", "prefecture", "from", "till", "kind"} {
		keys = append(keys, "search.form."+field)
	}
	return keys
}
