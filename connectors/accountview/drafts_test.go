package accountview

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

func text(name, value string) domain.Field {
	return domain.Field{Name: name, Value: domain.TextValue(value)}
}

func number(name, value string) domain.Field {
	return domain.Field{Name: name, Value: domain.NumberValue(decimal.RequireFromString(value))}
}

func day(name, value string) domain.Field {
	d, err := domain.ParseDate(value)
	if err != nil {
		panic(err)
	}
	return domain.Field{Name: name, Value: domain.DateValue(d)}
}

func line(fields ...domain.Field) domain.Draft {
	return domain.Draft{Entity: domain.EntityOrderLine, Fields: fields}
}

func smallOrder() domain.Draft {
	return domain.Draft{
		Entity: domain.EntityOrder, Key: "2026.123",
		Fields: []domain.Field{text("RPL_INV", "10001"), text("COMMENT1", "2026.123"), day("ORD_DATE", "2026-03-29")},
		Lines:  []domain.Draft{line(text("ART_CODE", "100101"), number("ORD_QTY", "2"), number("ART_PX", "12.10"))},
	}
}

func phoneOnly() domain.Draft {
	return domain.Draft{Entity: domain.EntityCustomer, Key: "10001", Fields: []domain.Field{text("TEL_BUS", "0201234567")}}
}

func newDebtor() domain.Draft {
	return domain.Draft{
		Entity: domain.EntityCustomer, Key: "relation 4711",
		Fields: []domain.Field{
			text("ACCT_NAME", "Bakkerij Ümit & Zoon"), text("SRC_CODE", "BAKKERIJ"), text("ACCT_NR", "1300"),
			text("DEB_NR", "4711"), text("VAT_NR", ""), text("MAIL_BUS", "info@bakkerij.example"),
			{Name: "CRED_LIM", Value: domain.NumberValue(decimal.NewFromInt(500))},
			{Name: "EL_SI", Value: domain.BoolValue(false)},
		},
	}
}
