// Package sandbox is AccountView's Web API (accountview.net, v3) as far as public clients and help pages show it: a
// server that a client written for the real thing can use unchanged, with books of its own, faults on demand and pages
// that let a person look inside.
//
// It is strict: what nobody has proven to work is refused, so that a client does not come to lean on it. What is unknown
// about the real server is a switch in Options.
//
// Outside the real API are / (the books on a page) and everything under /_sandbox/:
//
//	/_sandbox/faults    faults on demand (see package sandboxkit)
//	/_sandbox/calls     calls by operation: "GET AR1", "POST SO1", "PUT AR1", "GET companies", "POST token", "GET system fld"
//	/_sandbox/options   the switches; POST changes those it names
//	/_sandbox/orders    every order with its lines and VAT groups
//	/_sandbox/debtors   every debtor
//	/_sandbox/pages     every page of a daybook with its lines and VAT groups
//	/_sandbox/post      POST {"pages":["700/1"]} posts pages to the ledger: they are read as transactions (GJ1) from then on
//	/_sandbox/periods   the periods; POST {"closed_through":"2026-10-31"} closes those that end by then and opens the others
//	/_sandbox/prices    prices of customers, lists, groups and promotions; POST {"object":"ZPD","fields":{...}} adds a row, with "key" changes
//	                    it, DELETE ?object=ZPD&key=... takes it away
//	/_sandbox/articles  articles after ?after=CODE; POST {"articles":[{"ART_CODE":"PAN-1",...}]} makes or changes some, stock as well,
//	                    DELETE ?code=PAN-1 takes one away
//	/_sandbox/history   POST {"orders":["26000001"]} delivers and invoices orders: they move to the history object ALH
//	/_sandbox/clients   POST {"redirect_uris":[...]} registers an app; the answer holds its id and secret
//
// Invented, because no source names them: the table PAY_COND behind PT1, the column EAN_CODE of an article, the
// columns of the options custom_columns and group_tree,
// the column PER_BLK of a period, what PAGE_NRD of a page holds, the values of DJ_TYPE, the widths
// of sales-order columns where no sister table shows one, and the error numbers.
package sandbox
