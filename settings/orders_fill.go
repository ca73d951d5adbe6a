package settings

// Fill is what is put in the place of what a sale does not say.
type Fill struct {
	Employee      string        `yaml:"employee" maxlen:"18" title:"Employee" unit:"employee number of the till" help:"Stands for the employee (medewerker) of a sale that names none, and signs what is written to the till where the order names none. The default is the number that the till keeps for integrations."`
	Daybook       string        `yaml:"daybook" maxlen:"3" title:"Daybook" unit:"daybook code of the books" help:"Sales daybook (verkoopboek) of invoices. The lookup table daybook goes before it."`
	DeliveryDate  DeliveryDate  `yaml:"delivery_date" enum:"leave_out|date" title:"Delivery date" help:"What stands as delivery date (leverdatum) of a sale that names none."`
	DeliveryDays  int           `yaml:"delivery_days" min:"0" max:"365" title:"Delivery days" unit:"days" help:"With delivery_date: date, so many days after the date of the sale."`
	Reference     string        `yaml:"reference" maxlen:"40" title:"Reference of the seller" help:"Stands for the free text (referentie) of a sale that has none."`
	SelectionCode string        `yaml:"selection_code" maxlen:"10" title:"Selection code" help:"Selection code (selectiecode) of orders in the books. Empty: none."`
	InvoiceNumber InvoiceNumber `yaml:"invoice_number" enum:"books|till" title:"Invoice number" help:"Who numbers invoices (factuurnummer). It must be as the daybook is set up: one that numbers by itself refuses a number."`
}

// InvoiceNumber says who numbers invoices.
type InvoiceNumber string

// What InvoiceNumber may be.
const (
	InvoiceNumberBooks InvoiceNumber = "books"
	InvoiceNumberTill  InvoiceNumber = "till"
)

// Help says what the value means.
func (n InvoiceNumber) Help() string {
	return map[InvoiceNumber]string{
		InvoiceNumberBooks: "The daybook does.",
		InvoiceNumberTill:  "The till: an invoice has the number of the sale.",
	}[n]
}

// DeliveryDate is what stands for a delivery date that is missing.
type DeliveryDate string

// What DeliveryDate may be.
const (
	DeliveryDateLeaveOut DeliveryDate = "leave_out"
	DeliveryDateOfSale   DeliveryDate = "date"
)

// Help says what the value means.
func (d DeliveryDate) Help() string {
	return map[DeliveryDate]string{
		DeliveryDateLeaveOut: "Nothing: the books choose.",
		DeliveryDateOfSale:   "The date of the sale, and delivery_days later.",
	}[d]
}
