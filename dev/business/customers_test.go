package business

import (
	"fmt"
	"strings"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/settings"
)

// oneSkillet is what everybody buys whose purchase does not matter.
var (
	oneSkillet   = lines(of(100101, "1"))
	skilletOrder = one(line{"100101", "1", "34.95", "1", nil})
)

// asOrder is how the timeline tells that a sale becomes an order.
const asOrder = "target sales_order (lookups.target, its default)"

// counter sells to a debtor of its own what nobody is named for.
func counter(d *settings.Document) { d.Flows.Orders.DefaultDebtor = "10060" }

// customers is who becomes which debtor.
var customers = group{
	name: "customers", document: counter,
	stories: []story{
		{
			name: "a new person",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Jan de Tester", Address: "Proefstraat 1", Zipcode: "1234ab", City: "Amersfoort", Country: "Nederland",
				Email: "Jan.deTester@Post.example", Phone: "06-55512345",
			}},
			want: want{documents: skilletOrder, why: []string{asOrder, "customer_created "}, party: fields{
				"ACCT_NAME": "Jan de Tester", "SRC_CODE": "JAN DE TES", "ADDRESS1": "Proefstraat 1", "POST_CODE": "1234 AB", "CITY": "Amersfoort",
				"CNT_CODE": "NL", "MAIL_BUS": "Jan.deTester@Post.example", "TEL_BUS": "06-55512345",
			}},
		},
		{
			name: "a new company with a contact person",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Eetcafé De Proef", Company: "Eetcafé De Proef", Contact: "Mien Inkoper", Address: "Kade 12", Zipcode: "3511 AA", City: "Utrecht",
				Country: "NL", Email: "inkoop@deproef.example", Phone: "030-5551234", VATNumber: "nl 001234567 b01",
			}},
			want: want{documents: skilletOrder, party: fields{
				"ACCT_NAME": "Eetcafé De Proef", "SRC_CODE": "EETCAFÉ DE", "MAIN_CONT": "Mien Inkoper", "ADDRESS1": "Kade 12", "POST_CODE": "3511 AA",
				"CITY": "Utrecht", "CNT_CODE": "NL", "MAIL_BUS": "inkoop@deproef.example", "TEL_BUS": "030-5551234", "VAT_NR": "NL001234567B01",
			}},
		},
		{
			name: "a company without e-mail and without VAT number meets nobody",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Stille Zaak", Company: "Stille Zaak", Address: "Achterweg 3", Zipcode: "9711 AA", City: "Groningen", Country: "Nederland",
			}},
			want: want{documents: skilletOrder, party: fields{
				"ACCT_NAME": "Stille Zaak", "SRC_CODE": "STILLE ZAA", "ADDRESS1": "Achterweg 3", "POST_CODE": "9711 AA", "CITY": "Groningen", "CNT_CODE": "NL",
			}},
		},
		{
			name:   "a Belgian company, found by its VAT number however that is written",
			before: types("10016", text("VAT_NR", "BE0123456749"), text("CNT_CODE", "BE")),
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Frituur Gent", Company: "Frituur Gent", Contact: "Jef", Address: "Korenmarkt 1", Zipcode: "9000", City: "Gent", Country: "België",
				Email: "jef@frituur.example", Phone: "+32 9 5551234", VATNumber: "BE 0123.456.749",
			}},
			want: want{debtor: "10016", documents: skilletOrder, why: []string{asOrder, "customer_found 10016 vat_number"}, party: fields{
				"ACCT_NAME": "Frituur Gent", "MAIN_CONT": "Jef", "ADDRESS1": "Korenmarkt 1", "POST_CODE": "9000", "CITY": "Gent", "CNT_CODE": "BE",
				"MAIL_BUS": "jef@frituur.example", "TEL_BUS": "+32 9 5551234",
			}},
		},
		{
			name: "a person, found by an e-mail address in other letters",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Mohammed Yilmaz", Address: "Laan van Meerdervoort 501", Zipcode: "2563AX", City: "Den Haag", Country: "Nederland",
				Email: "M.Yilmaz@POST.example", Phone: "06-55500124",
			}},
			want: want{debtor: "10024", documents: skilletOrder, why: []string{asOrder, "customer_found 10024 email"}, party: fields{"MAIL_BUS": "M.Yilmaz@POST.example"}},
		},
		{
			name: "two debtors with one e-mail address",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Familie van den Berg", Address: "Prins Hendrikkade 99", Zipcode: "3071 KB", City: "Rotterdam", Country: "Nederland",
				Email: "familie.vdberg@post.example",
			}},
			want: want{timeline: []string{"parked customer_ambiguous"}},
			then: []chapter{{
				name: "a person puts the till's number on one of them",
				do: func(v *visit) {
					types("10026", text("DEB_NR", fmt.Sprint(v.order.RelationNumber)))(v)
					isRetried(v)
				},
				want: want{debtor: "10026", documents: skilletOrder, party: fields{"ACCT_NAME": "Familie van den Berg"}},
			}},
		},
		{
			name:   "a debtor who is blocked",
			before: types("10020", outside.Column{Name: "REC_BLK", Letter: "L", Value: true}),
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Camping De Bosrand", Company: "Camping De Bosrand", Address: "Bosweg 14", Zipcode: "8077 SR", City: "Hulshorst", Country: "NL",
				Contact: "Geert Hofman", Email: "receptie@debosrand.example", Phone: "0341-555120",
			}},
			want: want{timeline: []string{"parked customer_blocked"}, about: "10020"},
			then: []chapter{{
				name: "the bookkeeper lifts the block",
				do:   all(types("10020", outside.Column{Name: "REC_BLK", Letter: "L", Value: false}), isRetried),
				want: want{debtor: "10020", documents: skilletOrder, party: fields{"REC_BLK": ""}},
			}},
		},
		{
			name: "a sale without customer",
			sale: sale{Lines: oneSkillet},
			want: want{debtor: "10060", documents: skilletOrder, why: []string{asOrder, "default_debtor 10060"}},
		},
		{
			name:   "two orders of one new customer at once, the first",
			before: isEnrolled(twin), sale: sale{Lines: oneSkillet},
			want: want{documents: skilletOrder, party: twinDebtor},
		},
		{
			name:   "two orders of one new customer at once, the second",
			before: isEnrolled(twin), sale: sale{Lines: lines(of(100102, "1"))},
			want: want{documents: one(line{"100102", "1", "44.95", "1", nil}), party: twinDebtor},
		},
		{
			name: "letters that the books do not have",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Łukasz Žižka & Zoë O'Ñeill", Address: "Straße 7", Zipcode: "48599", City: "Gronau", Country: "Duitsland", Email: "lukasz@post.example",
			}},
			want: want{documents: skilletOrder, party: fields{
				"ACCT_NAME": "Lukasz Žižka & Zoë O'Ñeill", "SRC_CODE": "LUKASZ ŽIŽ", "ADDRESS1": "Straße 7", "POST_CODE": "48599", "CITY": "Gronau",
				"CNT_CODE": "DE", "MAIL_BUS": "lukasz@post.example",
			}},
		},
		{
			name: "an e-mail address in letters that the books do not have",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Ljubiša", Address: "Plein 1", Zipcode: "1000", City: "Bruxelles", Country: "BE", Email: "љубиша@post.example",
			}},
			want: want{timeline: []string{"parked field_characters"}},
		},
		{
			name: "a name that is too long is cut, and is still the name",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Genootschap", Company: "Koninklijk Genootschap ter Bevordering van de Kookkunst", Contact: "De penningmeester van het Koninklijk Genootschap",
				Address: "Lange Voorhout 5", Zipcode: "2514 EA", City: "Den Haag", Country: "Nederland", Email: "bestuur@kookkunst.example",
			}},
			want: want{documents: skilletOrder, party: fields{
				"ACCT_NAME": "Koninklijk Genootschap ter Bevordering v", "SRC_CODE": "KONINKLIJK", "MAIN_CONT": "De penningmeester van het Koninklijk Gen",
				"ADDRESS1": "Lange Voorhout 5", "POST_CODE": "2514 EA", "CITY": "Den Haag", "CNT_CODE": "NL", "MAIL_BUS": "bestuur@kookkunst.example",
			}},
		},
		{
			name: "a street that is too long would be another one when it is cut",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Lang", Address: strings.Repeat("Lange ", 14) + "Weg 1", Zipcode: "1234 AB", City: "Amersfoort", Country: "Nederland", Email: "lang@post.example",
			}},
			want: want{timeline: []string{"parked field_rules"}},
		},
		{
			name: "a country that nobody knows",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Reiziger", Address: "Onderweg 1", Zipcode: "0000", City: "Verweg", Country: "Absurdistan", Email: "reiziger@post.example",
			}},
			want: want{timeline: []string{"parked country_unknown"}},
		},
		{
			name:   "what the bookkeeper typed in an empty field stays",
			before: types("10040", text("VAT_NR", "NL123456782B01"), text("COC_CODE", "12345678")),
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Maarten 's-Gravesande", Address: "Spui 187", Zipcode: "2511 BN", City: "Den Haag", Country: "Nederland",
				Email: "maarten@gravesande.example", Phone: "06-55500140", VATNumber: "NL000099998B57",
			}},
			want: want{debtor: "10040", documents: skilletOrder},
		},
	},
}

var twin = &outside.Customer{
	Name: "Tweeling", Address: "Dubbelstraat 2", Zipcode: "3312 AB", City: "Dordrecht", Country: "Nederland", Email: "tweeling@post.example",
}

var twinDebtor = fields{
	"ACCT_NAME": "Tweeling", "SRC_CODE": "TWEELING", "ADDRESS1": "Dubbelstraat 2", "POST_CODE": "3312 AB", "CITY": "Dordrecht", "CNT_CODE": "NL",
	"MAIL_BUS": "tweeling@post.example",
}
