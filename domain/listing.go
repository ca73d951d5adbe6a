package domain

// ListKind names a list that a connected system keeps: what codes exist there.
// Lists are fetched by a connection test; pickers and the check of lookup
// tables read them.
type ListKind string

// Lists of the till.
const (
	ListTillBranches        ListKind = "mplus.branches"
	ListTillEmployees       ListKind = "mplus.employees" // names people
	ListTillVATCodes        ListKind = "mplus.vat_codes"
	ListTillPaymentMethods  ListKind = "mplus.payment_methods"
	ListTillDeliveryMethods ListKind = "mplus.delivery_methods"
	ListTillOrderCategories ListKind = "mplus.order_categories"
	ListTillPriceGroups     ListKind = "mplus.price_groups"
	ListTillTurnoverGroups  ListKind = "mplus.turnover_groups"
	ListTillArticleGroups   ListKind = "mplus.article_groups"
	ListTillCustomFields    ListKind = "mplus.custom_fields" // codes are "relation.<field>" and "article.<field>"
)

// Lists of the books.
const (
	ListBooksCompanies         ListKind = "accountview.companies"
	ListBooksVATCodes          ListKind = "accountview.vat_codes"
	ListBooksLedgerAccounts    ListKind = "accountview.ledger_accounts"
	ListBooksDaybooks          ListKind = "accountview.daybooks"
	ListBooksArticleGroups     ListKind = "accountview.article_groups"
	ListBooksPaymentConditions ListKind = "accountview.payment_conditions"
	ListBooksFields            ListKind = "accountview.fields"         // codes are "<TABLE>.<FIELD>", custom fields included
	ListBooksArticleFields     ListKind = "accountview.article_fields" // codes are the fields of articles alone
)

// ListedItem is one code of a list.
type ListedItem struct {
	Code     string
	Name     string // as people know it
	Detail   string // what else tells it apart: "21 %", "text, 40 characters"
	Inactive bool   // exists, but is no longer used
}

// Listings are the lists last fetched from the systems of an integration. A list
// that was never fetched is not there, and nothing can be said about its codes.
type Listings map[ListKind][]ListedItem

// ListKinds names every list that can be fetched.
func ListKinds() []ListKind {
	return []ListKind{
		ListTillBranches, ListTillEmployees, ListTillVATCodes, ListTillPaymentMethods,
		ListTillDeliveryMethods, ListTillOrderCategories, ListTillPriceGroups, ListTillTurnoverGroups,
		ListTillArticleGroups, ListTillCustomFields, ListBooksCompanies, ListBooksVATCodes,
		ListBooksLedgerAccounts, ListBooksDaybooks, ListBooksArticleGroups, ListBooksPaymentConditions,
		ListBooksFields, ListBooksArticleFields,
	}
}
