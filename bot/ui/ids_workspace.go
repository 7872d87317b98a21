package ui

// Ids of the workspace's own page (see ids.go).
const (
	ActionWorkspace = "workspace.open" // opens the page

	CallbackWorkspace = "workspace.form" // private_metadata: Form
)
