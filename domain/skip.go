package domain

// Why a person ends a parked record without another attempt.
const (
	SkipDoneByHand     = "done_by_hand"
	SkipNotForTheBooks = "not_for_the_books"
)

// SkipReasons lists the codes that may be given; ReasonFor explains each. They are
// codes and not free text, because they enter histories, which hold no names.
func SkipReasons() []string { return []string{SkipDoneByHand, SkipNotForTheBooks} }
