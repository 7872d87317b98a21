package ui

// Ids of memos: their form, page, desk and corrections (see ids.go).
const (
	ActionMemoEvent   = "memo.event"   // value: event id; opens the form for a memo of it
	ActionMemoKind    = "memo.kind"    // in the form: a select of what the memo is of
	ActionMemoTyped   = "memo.typed"   // in the form: something was typed into one of its fields
	ActionMemoSave    = "memo.save"    // in the form: keeps it as a draft
	ActionMemoReaders = "memo.readers" // in the form: keeps it, and opens the page for who reads what
	ActionMemoDraft   = "memo.draft"   // value: op of a draft to go on with
	ActionMemoDrop    = "memo.drop"    // value: op of a draft to throw away
	ActionMemoDesk    = "memo.desk"    // what is to be done about memos
	ActionMemoReview  = "memo.review"  // value: see versionValue
	ActionMemoCorrect = "memo.correct" // value: memo id; opens the form
	ActionMemoHistory = "memo.history" // value: memo id; its versions

	ActionCorrectionAsk    = "memo.correction.ask"    // value: memo id; opens the atsugi's form
	ActionCorrectionDecide = "memo.correction.decide" // value: correction id; opens the office's form
	ActionCorrectionAnswer = "memo.correction.answer" // value: correction id; what the office answered

	CallbackMemoReaders      = "memo.readers.form"           // private_metadata: as CallbackMemo
	CallbackCorrectionAsk    = "memo.correction.ask.form"    // private_metadata: Form; Subject: memo
	CallbackCorrectionDecide = "memo.correction.decide.form" // private_metadata: Form; Subject: correction, Item: memo

	// ShortcutMemo is the callback id of the shortcut in a message's menu that makes a memo
	// of it.
	ShortcutMemo = "memo_from_message"
)
