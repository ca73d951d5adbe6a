package domain

// Decision is a choice that a sale met on its way to the books, with what it was
// made by. It holds codes and business keys: it stands on the record's timeline,
// where nothing may say anything about a person.
type Decision struct {
	Code  string `json:"code"`
	About string `json:"about,omitempty"`
}

// The choices that a sale can meet.
const (
	DecidedTarget          = "target"           // about: what it becomes, and the row that says so
	DecidedDefaultDebtor   = "default_debtor"   // about: the debtor, and what names it
	DecidedCustomerLinked  = "customer_linked"  // about: the debtor
	DecidedCustomerFound   = "customer_found"   // about: the debtor, and by what
	DecidedCustomerCreated = "customer_created" // about: the debtor
	DecidedAddressFound    = "address_found"    // about: the address record
	DecidedAddressCreated  = "address_created"  // about: the address record
	DecidedAddressOnOrder  = "address_on_order"
	DecidedDateMoved       = "date_moved"     // about: from which day to which
	DecidedLineAdded       = "line_added"     // about: what the line is for, its VAT code and its euros
	DecidedOriginal        = "credits"        // about: the number of what it takes back
	DecidedEdited          = "edited_payload" // about: the fix
)

// Why a field of a record stays as the till has it, though the books say otherwise.
// About: the field.
const (
	DecidedChangedThere = "changed_there"
	DecidedNotOurs      = "not_ours"
)

// Why the picture of an article did not go along. About: the article code.
const (
	DecidedImageRefused    = "image_refused"
	DecidedImageTooLarge   = "image_too_large"
	DecidedImageUnreadable = "image_unreadable"
)

// Words says what the decision means.
func (d Decision) Words() string {
	return map[string]string{
		DecidedTarget:          "What it becomes in the books",
		DecidedDefaultDebtor:   "No customer at the till, so a default debtor",
		DecidedCustomerLinked:  "The debtor that this customer was before",
		DecidedCustomerFound:   "The debtor found for this customer",
		DecidedCustomerCreated: "A new debtor for this customer",
		DecidedAddressFound:    "An address record of the debtor",
		DecidedAddressCreated:  "A new address record of the debtor",
		DecidedAddressOnOrder:  "The delivery address stands on the order itself",
		DecidedDateMoved:       "Its day is closed in the books, so the next open one",
		DecidedLineAdded:       "A line that the till has not, so that the cents come out",
		DecidedOriginal:        "It takes back another sale",
		DecidedEdited:          "A person edited it before it went",
		DecidedChangedThere:    "Left as somebody changed it at the till",
		DecidedNotOurs:         "Left as the till has it, for we never wrote it",
		DecidedImageRefused:    "The till did not take the picture",
		DecidedImageTooLarge:   "The picture is too large",
		DecidedImageUnreadable: "What the books have is no picture",
	}[d.Code]
}
