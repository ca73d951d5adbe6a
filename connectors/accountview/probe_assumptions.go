package accountview

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/koppel/koppel/domain"
)

// question is an assumption about the books and how a live system answers it;
// without settle, reading cannot.
type question struct {
	domain.Assumption
	row    int // in the reference's table of assumptions
	settle func(ctx context.Context) (found, set string)
}

// assumed goes through every assumption about the books, settled or not, in the
// order of the reference. Without books to look at none is settled.
func (p *probe) assumed(ctx context.Context, reached bool) []domain.Assumption {
	questions := append(p.questionsOfReading(), p.questionsOfRecords()...)
	questions = append(questions, p.questionsOfWriting()...)
	slices.SortFunc(questions, func(a, b question) int { return cmp.Compare(a.row, b.row) })
	all := make([]domain.Assumption, len(questions))
	for i, q := range questions {
		all[i] = q.Assumption
		all[i].Row = "accountview " + strconv.Itoa(q.row)
		if reached && q.settle != nil && ctx.Err() == nil {
			all[i].Found, all[i].Set = q.settle(ctx)
		}
		if all[i].Set == all[i].Assumed {
			all[i].Set = ""
		}
	}
	return all
}

func ask(row int, topic, path, assumed, how string, settle func(context.Context) (string, string)) question {
	return question{domain.Assumption{Topic: topic, Path: path, Assumed: assumed, How: how}, row, settle}
}

// questionsOfReading are about tokens, lists and answers.
func (p *probe) questionsOfReading() []question {
	s := p.settings
	const as = "accountview.assumptions."
	return []question{
		ask(1, "life of an access token", as+"token_ttl", s.TokenTTL.String(),
			"The token in use came without its life. Note when one is refused, or ask Visma.", p.tokenLife),
		ask(2, "whether a refresh token dies when it is used", as+"refresh_rotation", strconv.FormatBool(s.RefreshRotation),
			"Cannot be settled by reading: only using an old refresh token would show it. Ask Visma; true is the safe value.", nil),
		ask(3, "how an answer without rows looks", "", "any of three forms is understood", "", p.emptyAnswer),
		ask(4, "how an answer with one row looks", "", "an array or a bare row is understood", "", p.singleRow),
		ask(5, "statuses of refused reads", "", "400 refused, 403 company, 404 nothing, 5xx offline", "", p.statuses),
		ask(6, "what an error inside a good answer to a write means", as+"error_in_200", string(s.ErrorIn200),
			"Cannot be settled by reading: post an order without a debtor to a test company and look at status and body.", nil),
		ask(7, "largest page", as+"max_page_size", strconv.Itoa(p.asked.MaxPageSize), "The data dictionary could not be read.", p.largestPage),
		ask(8, "how the next page is asked for", as+"paging", string(s.Paging),
			"The chart of accounts is too short, or could not be read.", p.paging),
		ask(9, "a page past the end", "", "empty", "The chart of accounts could not be read.", p.pastTheEnd),
		ask(10, "name of a column of a related table", "", "TABLE.FIELD or TABLE_FIELD, both are understood",
			"No processed order to read yet. Process one order in AccountView and test again.", p.relatedColumn),
		ask(11, "how dates are written", "", "any usual form is understood", "No debtor to read yet.", p.dateForm),
		ask(12, "operators of filters", as+"on_or_after_operator", s.OnOrAfterOperator, "The reads were not answered.", p.operators),
		ask(13, "lists in filters", as+"list_filters", strconv.FormatBool(s.ListFilters),
			"Fewer than two VAT codes could be read.", p.listFilters),
		ask(34, "a field that does not exist", "", "refused", "The read was not answered.", p.unknownField),
		ask(36, "the book year without a book date", as+"book_date", string(s.BookDate),
			"The periods could not be read.", p.bookYear),
		ask(35, "how many calls may run side by side", "accountview.limits.in_flight", strconv.Itoa(s.MaxInFlight),
			"Cannot be settled by reading without loading the books. Ask Visma; 1 is the safe value.", nil),
	}
}

// questionsOfRecords are about objects, tables and columns.
func (p *probe) questionsOfRecords() []question {
	s, u := p.settings, p.uses
	const as = "accountview.assumptions."
	return []question{
		ask(15, "search code of a debtor", "mapping.customer", "filled by the mapping", "The data dictionary could not be read.",
			p.mustBeFilled(tableDebtor, "SRC_CODE")),
		ask(16, "control account of debtors", "flows.orders.control_account", u.ControlAccount, "The ledger accounts could not be read.", p.controlAccount),
		ask(17, "number of an order", as+"order_number_field", s.OrderNumberField, "The data dictionary could not be read.",
			p.hasColumn(s.OrdersTable, s.OrderNumberField)),
		ask(18, "our reference on an order", as+"order_reference_field", s.OrderRefField, "The data dictionary could not be read.", p.orderReference),
		ask(19, "whether order lines are priced including VAT", "flows.orders.prices", u.Prices,
			"No order in the books shows it. Look in AccountView under Ondernemingsinstellingen, or enter one order by hand and test again.", p.grossPrices),
		ask(20, "discount of an order line", "mapping.order_line", "DISC_PCT where the mapping fills it", "The data dictionary could not be read.",
			p.hasColumn(s.OrderLinesTable, "DISC_PCT")),
		ask(21, "discount of an order", "mapping.order", "not used", "The data dictionary could not be read.", p.hasColumn(s.OrdersTable, "PD_AMT")),
		ask(22, "shipping costs", "", "a line with an article, as the till sends it",
			"Cannot be settled by reading: it is a choice of the shop. Ask which article stands for shipping.", nil),
		ask(23, "delivery address of an order", "flows.orders.delivery_address", u.DeliveryAddress,
			"The data dictionary could not be read.", p.deliveryAddress),
		ask(24, "figure of stock", "", "one of the columns found", "The data dictionary could not be read.", p.columnsBeginning(tableArticle, "QTY_")),
		ask(25, "objects of price lists and discounts", as+"price_objects", s.priceObjectNames(),
			"The objects could not be listed. Ask which of them hold prices, and which of their columns hold what.", p.priceObjects),
		ask(26, "objects of article attributes", "", "none until confirmed", "No object named so is open to this user. Ask for the module.",
			p.objectsAbout("kenmerk", "attribute")),
		ask(27, "table of payment conditions", "", "the first table of the answer", "The payment conditions could not be read.", p.conditionsTable),
	}
}

// questionsOfWriting are about writes, which a probe does not make.
func (p *probe) questionsOfWriting() []question {
	s := p.settings
	const as, unread = "accountview.assumptions.", "Cannot be settled by reading: "
	return []question{
		ask(14, "who numbers a new debtor", as+"debtor_numbering", string(s.DebtorNumbering),
			unread+"post a debtor without SUB_NR to a test company. A refusal means client.", nil),
		ask(28, "key beside the values of a change", as+"put_send_id", strconv.FormatBool(s.PutSendID),
			unread+"change a test debtor; should the change not be found, set it to true.", nil),
		ask(29, "deleting", "", "not used", "The objects could not be listed.", p.deletable),
		ask(30, "values of RowAction", as+"row_actions", s.RowActions.told(),
			unread+"change, add and delete a line of an order in a test company. Until its values are known, Koppel changes no lines of an order.", nil),
		ask(31, "several records in one call", "", "one record a call", unread+"Koppel writes one record a call, so nothing depends on it.", nil),
		ask(32, "lines that one order may have", as+"order_line_batch", strconv.Itoa(s.OrderLineBatch),
			unread+"post the longest order that occurs to a test company. 0 is no limit; a longer order is written in parts where orders may be changed.", nil),
		ask(33, "text longer than its column", as+"overflow", string(s.Overflow),
			unread+"post a debtor with a name of 41 characters to a test company. reject is the safe value.", nil),
	}
}
