package domain

// The two systems, as documents, secrets and addresses call them.
const (
	// SystemBooks is AccountView.
	SystemBooks = "accountview"
	// SystemTill is MplusKASSA.
	SystemTill = "mplus"
)
