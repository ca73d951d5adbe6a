package domain

import "slices"

// Names of the lookup tables that code reads by itself. All others are read by
// mapping rows only.
const (
	// LookupVATCode turns the till's VAT codes into those of the books. Its rows
	// carry the percentage that the books charge.
	LookupVATCode = "vat_code"
	// LookupVATRule does the same by all that decides VAT. It goes before the other.
	LookupVATRule = "vat_rule"
	// LookupTarget says what a sale becomes in the books: domain.Targets.
	LookupTarget = "target"
	// LookupDefaultDebtor gives the debtor of a sale without customer.
	LookupDefaultDebtor = "default_debtor"
	// LookupArticle turns article numbers of the till into article codes of the books.
	LookupArticle = "article"
	// LookupShippingArticle gives the article of what a delivery method costs.
	LookupShippingArticle = "shipping_article"
	// LookupRevenueAccount gives the ledger account of what is sold.
	LookupRevenueAccount = "revenue_account"
	// LookupCategory gives the article group of the till for one of the books.
	LookupCategory = "category"
	// LookupStockLocation says which branches of the till sell from a location of the books.
	LookupStockLocation = "stock_location"
	// LookupArticleDiscountGroup says which article groups and attributes the till has a
	// discount group for; all others go to each article of their own.
	LookupArticleDiscountGroup = "article_discount_group"
)

// LookupTable tells what a lookup table of the trade is for. A document may have
// tables of its own beside these.
type LookupTable struct {
	Name   string
	Title  string
	Help   string
	Keys   []LookupColumn
	Value  string   // what the values are
	Values ListKind // list that the values must be in; empty: none
}

// LookupColumn is a key column of a table.
type LookupColumn struct {
	Name string
	Help string
	List ListKind // list that its codes come from; empty: none
	Call string   // what people call the codes: "payment methods of the till"

	Beside  []string // keys that are no codes of the list, and right all the same
	Country bool     // a code may have a country before it: "DEU:2"
}

// AskedLookups names the tables that a sale as a whole is asked about, whatever the
// mapping rows say. A document may leave out columns of them that do not matter
// to it; it cannot have others.
func AskedLookups() []string {
	return []string{LookupTarget, LookupDefaultDebtor, LookupArticle, LookupShippingArticle}
}

// LookupTables lists the tables of the trade, in the order in which people read
// about them.
func LookupTables() []LookupTable { return slices.Clone(lookupTables) }

// LookupTableNamed finds a table of the trade.
func LookupTableNamed(name string) (LookupTable, bool) {
	i := slices.IndexFunc(lookupTables, func(t LookupTable) bool { return t.Name == name })
	if i < 0 {
		return LookupTable{}, false
	}
	return lookupTables[i], true
}

var lookupTables = []LookupTable{
	{
		Name: LookupVATCode, Title: "VAT codes",
		Help:  "VAT of a line, from the till to the books, by line.vat_key. The percentage of a row is what the books charge under the value; the VAT proof before each order reads it.",
		Keys:  []LookupColumn{{Name: "key", Help: `the till's VAT code; "shifted" and "none" for orders without VAT; "DEU:2" for code 2 of an order sold under German VAT`, List: ListTillVATCodes, Call: "VAT codes of the till", Beside: []string{string(VATShifted), string(VATNone)}, Country: true}},
		Value: "VAT code of the books", Values: ListBooksVATCodes,
	},
	{
		Name: LookupVATRule, Title: "VAT rules",
		Help: "VAT of a line by all that decides it; * for what does not matter, and dates for what changes. It goes before vat_code, which serves what no row here fits. The percentage of a row is what the books charge under the value.",
		Keys: []LookupColumn{
			{Name: "code", Help: "the till's VAT code", List: ListTillVATCodes, Call: "VAT codes of the till"},
			{Name: "rate", Help: "the till's percentage: 21"},
			{Name: "method", Help: "inclusive, exclusive, shifted or none"},
			{Name: "country", Help: "the country sold to (order.country): NL"},
			{Name: "buyer", Help: "business or consumer"},
		},
		Value: "VAT code of the books", Values: ListBooksVATCodes,
	},
	{
		Name: LookupTarget, Title: "Targets",
		Help:  "What a sale becomes in the books.",
		Keys:  []LookupColumn{{Name: "source", Help: "order, receipt or invoice"}, {Name: "branch", Help: "the till's branch number", List: ListTillBranches, Call: "branches of the till"}, {Name: "category", Help: "the till's order category", List: ListTillOrderCategories, Call: "order categories of the till"}, {Name: "paid", Help: "paid or unpaid"}, {Name: "customer", Help: "known or none: whether the till names who buys"}},
		Value: "sales_order, journal, day_total or none",
	},
	{
		Name: LookupRevenueAccount, Title: "Revenue accounts",
		Help:  "Ledger account of what is sold, by country, VAT code and turnover group; * for those that do not matter.",
		Keys:  []LookupColumn{{Name: "country", Help: "the country sold to: NL"}, {Name: "vat_code", Help: "the till's VAT code", List: ListTillVATCodes, Call: "VAT codes of the till", Beside: []string{string(VATShifted), string(VATNone)}, Country: true}, {Name: "turnover_group", Help: "the till's turnover group", List: ListTillTurnoverGroups, Call: "turnover groups of the till"}},
		Value: "ledger account of the books", Values: ListBooksLedgerAccounts,
	},
	{
		Name: "payment_account", Title: "Payment accounts",
		Help:  "Ledger account that a payment method of the till is booked on, in totals of days: the cash, what cards are owed, the debt of gift cards.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's payment method", List: ListTillPaymentMethods, Call: "payment methods of the till"}},
		Value: "ledger account of the books", Values: ListBooksLedgerAccounts,
	},
	{
		Name: "daybook", Title: "Daybooks",
		Help:  "Sales daybook (verkoopboek) of invoices. What no row fits goes to flows.orders.fill.daybook.",
		Keys:  []LookupColumn{{Name: "source", Help: "order, receipt, invoice or day_total"}, {Name: "branch", Help: "the till's branch number", List: ListTillBranches, Call: "branches of the till"}},
		Value: "daybook of the books", Values: ListBooksDaybooks,
	},
	{
		Name: LookupArticle, Title: "Articles",
		Help:  "Article of the till to article of the books, for those that do not have one code in both.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's article number"}},
		Value: "article code of the books",
	},
	{
		Name: LookupShippingArticle, Title: "Shipping articles",
		Help:  "Article of the line that says what delivery costs, for what the till has on no line.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's delivery method", List: ListTillDeliveryMethods, Call: "delivery methods of the till"}},
		Value: "article code of the books",
	},
	{
		Name: LookupDefaultDebtor, Title: "Default debtors",
		Help:  "Debtor of a sale without customer. What no row fits goes to flows.orders.default_debtor.",
		Keys:  []LookupColumn{{Name: "branch", Help: "the till's branch number", List: ListTillBranches, Call: "branches of the till"}, {Name: "payment_method", Help: "the till's payment method", List: ListTillPaymentMethods, Call: "payment methods of the till"}, {Name: "order_type", Help: "the till's order type"}},
		Value: "debtor number",
	},
	{
		Name: "payment_method", Title: "Payment methods",
		Help:  "How the customer paid, from the till to the books.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's payment method", List: ListTillPaymentMethods, Call: "payment methods of the till"}},
		Value: "code of the books",
	},
	{
		Name: "payment_term", Title: "Payment terms",
		Help:  "Payment condition of the books that belongs to a payment method of the till: an order on account gets thirty days, one that is paid none.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's payment method", List: ListTillPaymentMethods, Call: "payment methods of the till"}},
		Value: "payment condition of the books", Values: ListBooksPaymentConditions,
	},
	{
		Name: "debtor_payment_term", Title: "Payment terms of debtors",
		Help:  "Payment condition that a new debtor gets, by the payment method of its first order.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's payment method", List: ListTillPaymentMethods, Call: "payment methods of the till"}},
		Value: "payment condition of the books", Values: ListBooksPaymentConditions,
	},
	{
		Name: "debtor_price_list", Title: "Price lists of debtors",
		Help:  "Price list that a new debtor gets, by its first order.",
		Keys:  []LookupColumn{{Name: "branch", Help: "the till's branch number", List: ListTillBranches, Call: "branches of the till"}, {Name: "order_type", Help: "the till's order type"}},
		Value: "price list of the books",
	},
	{
		Name: "delivery_method", Title: "Shipping methods",
		Help:  "How the goods go to the customer.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's delivery method", List: ListTillDeliveryMethods, Call: "delivery methods of the till"}},
		Value: "shipping method of the books",
	},
	{
		Name: "branch", Title: "Branches",
		Help:  "What a shop is in the books: a cost centre, a project, a warehouse.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's branch number", List: ListTillBranches, Call: "branches of the till"}},
		Value: "code of the books",
	},
	{
		Name: "employee", Title: "Employees",
		Help:  "Who sold it, from the till's number to the code of the books.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's employee number", List: ListTillEmployees, Call: "employees of the till"}},
		Value: "employee of the books",
	},
	{
		Name: "order_status", Title: "Order statuses",
		Help:  "What the till's own step of an order (order.category) means in the books.",
		Keys:  []LookupColumn{{Name: "key", Help: "the till's order category", List: ListTillOrderCategories, Call: "order categories of the till"}},
		Value: "code of the books",
	},
	{
		Name: LookupCategory, Title: "Categories",
		Help:  "Article group of the books to article group of the till.",
		Keys:  []LookupColumn{{Name: "key", Help: "article group of the books", List: ListBooksArticleGroups, Call: "article groups of the books"}},
		Value: "article group of the till", Values: ListTillArticleGroups,
	},
	{
		Name: "attribute", Title: "Attributes",
		Help:  "A value of an attribute, such as a colour or a size, from the books to the till.",
		Keys:  []LookupColumn{{Name: "attribute", Help: "which attribute"}, {Name: "code", Help: "its value in the books"}},
		Value: "value at the till",
	},
	{
		Name: LookupStockLocation, Title: "Locations of stock",
		Help:  "Which branches of the till sell from a location (magazijn) of the books. One value may name several branches; * is all those that show stock. What several locations of one branch hold is added up.",
		Keys:  []LookupColumn{{Name: "key", Help: "location of the books; * where the books keep one figure for all"}},
		Value: "branch numbers of the till, or *",
	},
	{
		Name: "price_list", Title: "Price lists",
		Help:  "Price list of the books to price group of the till.",
		Keys:  []LookupColumn{{Name: "key", Help: "price list of the books"}},
		Value: "price group of the till", Values: ListTillPriceGroups,
	},
	{
		Name: "vat_method", Title: "VAT methods of customers",
		Help:  "How a customer of the till is charged: it goes before what debtor.vat_method says.",
		Keys:  []LookupColumn{{Name: "country", Help: "the debtor's country (debtor.country_code): NL"}, {Name: "buyer", Help: "business or consumer"}},
		Value: "inclusive, exclusive, shifted or none",
	},
	{
		Name: "payment_days", Title: "Payment days",
		Help:  "What a payment condition of the books is in days.",
		Keys:  []LookupColumn{{Name: "key", Help: "payment condition of the books", List: ListBooksPaymentConditions, Call: "payment conditions of the books"}},
		Value: "days in which a customer of the till pays",
	},
	{
		Name: "customer_group", Title: "Groups of customers",
		Help:  "Group of customers of the books to price group of the till. A customer has one price group at the till.",
		Keys:  []LookupColumn{{Name: "key", Help: "group of customers of the books"}},
		Value: "price group of the till", Values: ListTillPriceGroups,
	},
	{
		Name: "sales_price", Title: "Sales prices",
		Help:  "Promotion of the books to sales price of the till, which people make there.",
		Keys:  []LookupColumn{{Name: "key", Help: "promotion of the books; none for a price for everybody that is of no promotion"}},
		Value: "sales price of the till",
	},
	{
		Name: "vat_code_till", Title: "VAT codes of articles",
		Help:  "VAT of an article, from the books to the till. It is not vat_code read backwards, where several codes of the till, and of several countries, become one of the books.",
		Keys:  []LookupColumn{{Name: "key", Help: "VAT code of the books", List: ListBooksVATCodes, Call: "VAT codes of the books"}},
		Value: "VAT code of the till", Values: ListTillVATCodes,
	},
	{
		Name: "turnover_group", Title: "Turnover groups",
		Help:  "Turnover group of an article at the till, which decides the ledger account of what is sold.",
		Keys:  []LookupColumn{{Name: "key", Help: "article group of the books", List: ListBooksArticleGroups, Call: "article groups of the books"}},
		Value: "turnover group of the till", Values: ListTillTurnoverGroups,
	},
	{
		Name: LookupArticleDiscountGroup, Title: "Article discount groups",
		Help:  "Which article discount group of the till a discount of a customer on an article group of the books is of, or one on an item attribute. People make these groups in the till, and put articles in them. What has no row goes to each article of its own.",
		Keys:  []LookupColumn{{Name: "key", Help: "article group of the books, or an attribute and its value: brand:Lodge"}},
		Value: "article discount group of the till",
	},
}
