package programme

// PlainWish is something that people ask for by name, for which there is a card.
type PlainWish string

const (
	WishNext     PlainWish = "next"     // the next event
	WishCancel   PlainWish = "cancel"   // they cannot come
	WishBookings PlainWish = "bookings" // their sessions
	WishHelp     PlainWish = "help"     // what the bot can do
)

// WishOf says which wish the text is, "" for a question.
func WishOf(text string) PlainWish { return "" }
