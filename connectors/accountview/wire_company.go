package accountview

// Company is an AccountView company that the person who gave consent may use
// (reference: five public clients).
type Company struct {
	ID          string // goes into Settings.CompanyID
	Description string
	Code        string // the short code that people know
}
