package domain

import (
	"maps"
	"slices"
	"strings"
)

// Reason explains, to the person who must act, why something stopped: what
// happened and what it means, and what to do.
type Reason struct {
	Code  string
	Words string
	Fix   string
}

// ReasonFor finds the explanation of a code. A code without one is explained as
// unforeseen, so that nobody is left with a bare word.
func ReasonFor(code string) Reason {
	var r Reason
	ok := false
	for _, explained := range allReasons() {
		if r, ok = explained[code]; ok {
			break
		}
	}
	if !ok && strings.HasPrefix(code, "unmapped_") { // one code for each lookup table
		r, ok = reasons["unmapped"], true
	}
	if ok {
		r.Code = code
		return r
	}
	r = reasons["unforeseen"]
	r.Code = code
	return r
}

// ReasonCodes lists every code that has an explanation of its own.
func ReasonCodes() []string {
	var codes []string
	for _, explained := range allReasons() {
		codes = slices.AppendSeq(codes, maps.Keys(explained))
	}
	return codes
}

// allReasons are the explanations by what they are about; a code stands in one of them.
func allReasons() []map[string]Reason {
	return []map[string]Reason{reasons, saleReasons, orderReasons, dayReasons, booksReasons, catalogReasons, parkedReasons, priceReasons, probeReasons, stockReasons, tillReasons, upkeepReasons}
}

const (
	retryAfterFix = "Then retry the order: koppel parked retry."
	waitOrRetry   = "Nothing was lost. When the system is back, retry: koppel parked retry."
	neverWorked   = "If it never worked, check base_url in the document. "
	lookAtDetails = "Look at the details (koppel parked list --details)"
)

var reasons = map[string]Reason{
	// The record.
	"no_customer":             {Words: "The order names no customer, and no default debtor is set.", Fix: "Set flows.orders.default_debtor in the document, or choose a customer at the till. " + retryAfterFix},
	"customer_ambiguous":      {Words: "More than one debtor in AccountView matches this customer.", Fix: "Merge the debtors, or put the till's customer number on the right one. " + retryAfterFix},
	"customer_blocked":        {Words: "The debtor is blocked in AccountView.", Fix: "Unblock the debtor, or settle the sale otherwise. " + retryAfterFix},
	"customer_gone":           {Words: "The debtor that belongs to this customer no longer exists in AccountView.", Fix: "Restore the debtor in AccountView. " + retryAfterFix},
	"product_missing":         {Words: "AccountView does not know these articles.", Fix: "Create the articles in AccountView: the order then goes on by itself. Or sell another article: change the order at the till, or edit it with koppel parked fix."},
	"unmapped":                {Words: "A code of one system has no row in a lookup table of the document.", Fix: "Add the row: koppel parked fix NUMBER --lookup TABLE --key KEY --value VALUE, or apply a document that has it. The order then goes on by itself."},
	"country_unknown":         {Words: "The country of an address is not recognised.", Fix: "Correct the country at the till. " + retryAfterFix},
	"mapping_failed":          {Words: "The mapping could not turn this order into fields of AccountView.", Fix: lookAtDetails + ", correct the mapping in the document and apply it. " + retryAfterFix},
	"field_rules":             {Words: "A field is too long or not allowed for AccountView.", Fix: "Shorten it at the till, edit the sale with koppel parked fix, or let the mapping truncate it. " + retryAfterFix},
	"field_characters":        {Words: "A field holds a character that AccountView cannot store.", Fix: "Correct the text at the till, or set characters of the field's row to plain or replace. " + retryAfterFix},
	"nothing_sold":            {Words: "The order has no line that sells anything.", Fix: "Nothing to do: delete the order at the till, or add what was sold. The order then comes back by itself."},
	"filtered":                {Words: "The filter of the document leaves this order out of the books.", Fix: "Nothing to do. Should it be in the books after all, change flows.orders.filter and apply the document, then open the order at the till and save it again: it comes back by itself."},
	"cancelled_at_till":       {Words: "The order was cancelled at the till before it was written to AccountView.", Fix: "Nothing to do."},
	"vat_differs":             {Words: "The VAT of this order in AccountView would not equal the till's to the cent, so it was not written.", Fix: lookAtDetails + ": the VAT code table or a price is wrong. Correct the document, or edit the sale with koppel parked fix. " + retryAfterFix},
	"order_not_understood":    {Words: "The till sent this order in a form that could not be understood.", Fix: "Open the order at the till and save it again; if it stays, report it with the order number."},
	"changed_after_booking":   {Words: "The order changed at the till after it was written to AccountView, and Koppel does not follow: the document says so (flows.orders.changes), or Koppel does not know what AccountView holds, because it did not write it, or a person dealt with an earlier change.", Fix: "Make the same change to the order in AccountView by hand; its number is shown here. Then end this: koppel parked skip NUMBER -i INTEGRATION --reason done_by_hand. A retry finds the same difference, unless the document was changed."},
	"cancelled_after_booking": {Words: "The order was cancelled at the till after it was written to AccountView.", Fix: "Cancel or credit it in AccountView by hand; its number is shown here. Then end this: koppel parked skip NUMBER -i INTEGRATION --reason done_by_hand. Or let Koppel take it back: set flows.orders.changes.cancelled to counter, then retry."},
	"change_not_allowed":      {Words: "The order changed at the till, and AccountView does not let the order there be changed so.", Fix: "Make the change in AccountView by hand, then end this: koppel parked skip NUMBER -i INTEGRATION --reason done_by_hand. Or let Koppel take it back and write it anew: set flows.orders.changes.lines to counter, then retry."},
	"countered_for_change":    {Words: "What stood in AccountView for an earlier version of this order was taken back, with the same document and its quantities turned round. The order is written anew after it.", Fix: "Nothing to do."},
	"cancelled_stays":         {Words: "The order was cancelled at the till after it was written to AccountView, and stays there: the document says so (flows.orders.changes.cancelled).", Fix: "Nothing to do."},
	"counter_unprovable":      {Words: "What stands in AccountView cannot be taken back to the cent: a line of it has a price and no quantity.", Fix: "Credit it in AccountView by hand; its number is shown here. Then end this: koppel parked skip NUMBER -i INTEGRATION --reason done_by_hand."},
	"original_not_booked":     {Words: "This sale takes back another one, and that one is not in AccountView yet.", Fix: "Nothing to do when the original is on its way: this one goes on by itself after it. Where the original never goes to AccountView, enter this one by hand and end it: koppel parked skip NUMBER -i INTEGRATION --reason done_by_hand; or set flows.orders.changes.credits to plain, then retry."},
	"credit_for_a_person":     {Words: "This sale takes something back, and the document leaves those to a person (flows.orders.changes.credits).", Fix: "Enter it in AccountView by hand and end this: koppel parked skip NUMBER -i INTEGRATION --reason done_by_hand. Or set flows.orders.changes.credits to link or plain, then retry."},
	"cancelled_in_part":       {Words: "Some lines of the order were cancelled at the till after it was written to AccountView. What is left cannot be told from the amounts of the till.", Fix: "See at the till what is left, change the order in AccountView by hand (its number is shown here), then end this: koppel parked skip NUMBER -i INTEGRATION --reason done_by_hand. Or take the cancelled lines off the order at the till: it then comes back by itself as a change."},
	SkipDoneByHand:            {Words: "A person did by hand what this order or record asks, and ended it.", Fix: "Nothing to do. A later change of it brings it back."},
	SkipNotForTheBooks:        {Words: "A person decided that the other side need not follow this version of the order or record, and ended it.", Fix: "Nothing to do. A later change of it brings it back."},
	"reference_taken":         {Words: "The order in AccountView with this reference belongs to another order of the till: two orders have one number.", Fix: "Enter this order in AccountView by hand, and ask the till's supplier why a number was given twice."},
	"order_double":            {Words: "AccountView holds more than one order with this reference.", Fix: "Keep one of the numbers shown and delete the other in AccountView. An order parked for this is then tried again with koppel parked retry."},
	"customer_double":         {Words: "AccountView holds more than one debtor for this customer of the till.", Fix: "Merge the debtors shown. The next sweep closes this line by itself."},
	"books_refused":           {Words: "AccountView refused the record.", Fix: lookAtDetails + " for AccountView's own words and correct what it names. " + retryAfterFix},
	"payload_gone":            {Words: "The order's content is no longer kept: its retention has passed.", Fix: "Pull it again: koppel sync orders --key NUMBER."},
	"payload_damaged":         {Words: "The stored content of this order cannot be read.", Fix: "Pull it again: koppel sync orders --key NUMBER."},
	"order_never_arrived":     {Words: "This order is not in the inbox.", Fix: "Pull it: koppel sync orders --key NUMBER."},

	// The connections.
	"consent_expired":           {Words: "AccountView no longer accepts our consent.", Fix: "Give consent again: koppel connect accountview prints the address to open. Then unpause the schedule."},
	"credentials_refused":       {Words: "AccountView refuses the credentials.", Fix: "Check client id and secret: koppel secret set accountview.client_secret. Then unpause the schedule."},
	"wrong_company":             {Words: "AccountView refuses access to this company.", Fix: "Check company_id in the document and the rights of the API user. Then unpause the schedule."},
	"consent_too_narrow":        {Words: "AccountView lets Koppel read this company but not write to it: the consent was given with fewer rights than were asked.", Fix: "Give consent again with all rights ticked: koppel connect accountview prints the address to open. If writing is still refused, give the API user the right to write in AccountView itself. Then unpause the schedule, if it was paused."},
	"till_credentials_refused":  {Words: "MplusKASSA refuses the credentials.", Fix: "Check ident and secret: koppel secret set mplus.ident and mplus.secret. Then unpause the schedule."},
	"till_refused_request":      {Words: "MplusKASSA refused the request.", Fix: "Check the rights of this ident with MplusKASSA, and the settings of the flow."},
	"version_not_supported":     {Words: "This MplusKASSA server speaks a version of its API that Koppel does not know.", Fix: "Ask MplusKASSA which version the server runs and update one of the two."},
	"bad_address":               {Words: "The address of a system in the document is not a usable URL.", Fix: "Correct base_url in the document and apply it. Then unpause the schedule."},
	"secret_missing":            {Words: "A secret that this integration needs is not set.", Fix: "Set it: koppel secret set NAME -i INTEGRATION. If a flow was paused for want of it, unpause its schedule then."},
	"no_document":               {Words: "This integration has no document.", Fix: "Apply one: koppel apply -f document.yaml."},
	"document_refused":          {Words: "The stored document is refused by this build.", Fix: "Run koppel apply -f with a corrected document; it lists every problem."},
	"mapping_refused":           {Words: "The mapping of the stored document does not compile under this build.", Fix: "Run koppel apply -f with a corrected document; it lists every problem."},
	"connection_refused":        {Words: "The system could not be reached: nothing listens at its address.", Fix: neverWorked + waitOrRetry},
	"connection_lost":           {Words: "The connection to the system broke.", Fix: neverWorked + waitOrRetry},
	"no_answer_in_time":         {Words: "The system did not answer in time.", Fix: neverWorked + waitOrRetry},
	"name_not_found":            {Words: "The system's host name does not exist.", Fix: "Check base_url in the document. " + waitOrRetry},
	"certificate_refused":       {Words: "The system's certificate is not trusted.", Fix: "Ask who runs the system to renew its certificate. " + waitOrRetry},
	"service_unavailable":       {Words: "The system says that it is not available.", Fix: waitOrRetry},
	"answer_not_understood":     {Words: "The system's answer could not be understood.", Fix: waitOrRetry},
	"answer_too_large":          {Words: "The system's answer was larger than we accept.", Fix: "Lower the page size in the document. " + waitOrRetry},
	"server_error":              {Words: "The system reported an error of its own.", Fix: waitOrRetry},
	"told_to_wait":              {Words: "The system keeps telling us to wait.", Fix: "Lower the limits of the connection in the document. " + waitOrRetry},
	"no_place_at_gate":          {Words: "The connection is in use up to its limit.", Fix: "Raise limits.in_flight of the connection if the system can take it. " + waitOrRetry},
	"settling":                  {Words: "An earlier write gave no clear answer, and its settle time was never waited out.", Fix: waitOrRetry},
	"record_busy":               {Words: "Another order of the same customer kept this record.", Fix: waitOrRetry},
	"no_worker_in_time":         {Words: "No worker finished this step in time.", Fix: "Check that koppel worker runs. Then retry: koppel parked retry."},
	"interrupted":               {Words: "The step was interrupted.", Fix: waitOrRetry},
	"consent_missing":           {Words: "Nobody gave consent to AccountView yet.", Fix: "Give consent: koppel connect accountview prints the address to open. Then unpause the schedule."},
	"token_refused":             {Words: "AccountView refuses a token it has just given.", Fix: "Check the rights of the API user and of the registered app. Then unpause the schedule."},
	"token_unavailable":         {Words: "AccountView's login service gave no usable answer.", Fix: waitOrRetry},
	"books_unavailable":         {Words: "AccountView, or the relay in front of it, reported an error of its own.", Fix: waitOrRetry},
	"books_error":               {Words: "AccountView answered with an error.", Fix: waitOrRetry},
	"html_answer":               {Words: "A web page came in place of AccountView's answer.", Fix: waitOrRetry},
	"redirected":                {Words: "AccountView sent us to another address, most likely a login page.", Fix: "Check base_url in the document. Then unpause the schedule."},
	"unreadable_answer":         {Words: "AccountView's answer was cut off or is not of its API.", Fix: waitOrRetry},
	"query_refused":             {Words: "AccountView refuses a question: it does not know an object, field or filter that we use.", Fix: "Compare accountview.assumptions in the document with this installation's dictionary. Then unpause the schedule."},
	"record_conflict":           {Words: "The record clashes with another in AccountView.", Fix: lookAtDetails + ". " + retryAfterFix},
	"record_not_found":          {Words: "The record to change no longer exists in AccountView.", Fix: "Restore it in AccountView. " + retryAfterFix},
	"answer_without_number":     {Words: "AccountView stored a record but did not say under which number.", Fix: "Check order_number_field in the document. " + waitOrRetry},
	"endless_list":              {Words: "AccountView's list never ends.", Fix: "Set accountview.assumptions.paging to the other style."},
	"page_repeated":             {Words: "AccountView gives the same page again and again.", Fix: "Set accountview.assumptions.paging to the other style."},
	"table_missing":             {Words: "AccountView answered with rows of another table than we asked for.", Fix: "Check the table names under accountview.assumptions in the document."},
	"page_key_missing":          {Words: "AccountView's rows lack the column that page_keys names.", Fix: "Correct accountview.assumptions.page_keys in the document. Then unpause the schedule."},
	"column_missing":            {Words: "AccountView's rows lack a column that they were asked by.", Fix: "Correct the field names under accountview.assumptions. Then unpause the schedule."},
	"reference_required":        {Words: "The order has no reference to find it by.", Fix: "Map the order's reference field in the document. " + retryAfterFix},
	"number_required":           {Words: "The record has no number of its customer.", Fix: "Map it in the document. " + retryAfterFix},
	"too_many_lines":            {Words: "The order has more lines than one call may hold, and this user may not change orders in AccountView, so it cannot be written in parts.", Fix: "Give the user that right, raise accountview.assumptions.order_line_batch, or enter this order by hand. " + retryAfterFix},
	"order_without_marker":      {Words: "The till gave an order without its marker, so nobody can tell when it changed.", Fix: "Ask MplusKASSA for an update of the server. " + waitOrRetry},
	"order_number_malformed":    {Words: "This is not an order number of the till.", Fix: "Write it as the till does: 2026.123 for an order, F2026.12 for an invoice, B1-2-2026.31 for a receipt (branch, workplace, year, number)."},
	"customer_number_malformed": {Words: "This is not a customer number of the till.", Fix: "Look the customer up at the till."},
	"sku_not_numeric":           {Words: "The till takes numeric article numbers only.", Fix: "Use the number the article has at the till."},
	"article_unreadable":        {Words: "A price or quantity of this article in AccountView is not a number.", Fix: "Correct the article in AccountView, or the column names under accountview.assumptions.articles in the document."},
	"debtor_unreadable":         {Words: "The discount, the payment days or the credit limit of this debtor in AccountView is not a number.", Fix: "Correct the debtor in AccountView, or the column names under accountview.assumptions.debtors in the document."},
	"code_not_numeric":          {Words: "The till knows articles by whole numbers only, and this article code of AccountView is not one.", Fix: "Give the article a code of digits only in AccountView (18 at most), or leave it out of the till."},
	"code_leading_zeros":        {Words: "This article code begins with a zero, which the till's article numbers cannot keep: 007 would become 7.", Fix: "Give the article a code without zeros in front in AccountView, or leave it out of the till."},
	"rests_after_change":        {Words: "The order changed at the till a moment ago, and rests so long after a change as the document says (flows.orders.wait.after_change).", Fix: "Nothing to do: it goes by itself. To send it now: koppel parked retry NUMBER -i INTEGRATION."},
	"rests_until_paid":          {Words: "The order waits until it is paid in full (flows.orders.wait.until_paid).", Fix: "Nothing to do: it goes when the till says that it is paid. To send it now: koppel parked retry NUMBER -i INTEGRATION."},
	"not_paid_in_time":          {Words: "The order was not paid in full so long after its last change as the document allows (flows.orders.wait.at_most).", Fix: "See at the till what became of it: paid there or cancelled, it goes on by itself. To send it unpaid: koppel parked retry. To leave it out: koppel parked skip NUMBER -i INTEGRATION --reason not_for_the_books."},
	"text_not_a_number":         {Words: "A row of the mapping needs a number, and the text that it got is none.", Fix: "Correct the value: of the lookup table that the row reads, or of the record in AccountView. " + tryRecordAgain},
	"currency_not_euro":         {Words: "A price is not in euros, and the till sells in euros.", Fix: "Give the article a price in euros in AccountView, or let the mapping compute one: change the price rows of mapping.product or mapping.price."},
	"marker_out_of_range":       {Words: "The stored marker cannot be asked for.", Fix: "Correct flows.orders.start_from in the document."},
	"percent_scale_unclear":     {Words: "The till's VAT groups do not show how it writes percentages.", Fix: "Set mplus.percent_scale in the document to hundredths or whole. Then unpause the schedule."},
	"request_not_writable":      {Words: "A request to the till could not be written.", Fix: "Report it with the order number."},
	"till_rejected":             {Words: "MplusKASSA refused the request and gave a reason.", Fix: lookAtDetails + " for MplusKASSA's own words and correct what it names. " + retryAfterFix},
	"till_record_not_found":     {Words: "MplusKASSA does not know this record any more.", Fix: "Look the record up at the till. " + retryAfterFix},
	"till_record_changed":       {Words: "The record changed at the till while it was being worked on.", Fix: waitOrRetry},
	"till_record_exists":        {Words: "The till has another record with the same key.", Fix: "Look the record up at the till and change one of the two. " + retryAfterFix},
	"till_failed":               {Words: "MplusKASSA reported an error of its own.", Fix: waitOrRetry},
	"answer_cut":                {Words: "MplusKASSA's answer was cut off.", Fix: waitOrRetry},
	"answer_is_html":            {Words: "A web page came in place of MplusKASSA's answer.", Fix: "Check base_url of the till in the document. " + waitOrRetry},
	"answer_unexpected":         {Words: "MplusKASSA answered with a status that its interface does not have.", Fix: waitOrRetry},
	"till_address_wrong":        {Words: "The till's address in the document is not the till's.", Fix: "Correct mplus.base_url: https, and the five-digit port of the administration. Then unpause the schedule."},
	"till_protocol_unknown":     {Words: "The till speaks a version of its API that Koppel does not know.", Fix: "Ask MplusKASSA which version the server runs."},
	"till_settings_wrong":       {Words: "The settings of the till's connection are refused.", Fix: "Correct the mplus part of the document and apply it. Then unpause the schedule."},
	"time_zone_unknown":         {Words: "This machine does not know the time zone of Amsterdam.", Fix: "Install the time zone database (tzdata)."},
	"not_started":               {Words: "Temporal did not take the request, so nothing was looked at.", Fix: "Ask again when Temporal answers."},
	"no_such_version":           {Words: "The document has no such version.", Fix: "Name a version that was applied, or give a draft."},
	"draft_of_another":          {Words: "The draft is the document of another integration.", Fix: "Give the draft of this integration: its key integration says which it is."},
	"cancelled":                 {Words: "The call was given up.", Fix: waitOrRetry},
	"another_run_reads":         {Words: "Another run of this flow was reading.", Fix: "Nothing to do: the next run goes on."},
	"database_unavailable":      {Words: "Koppel's own database did not answer.", Fix: waitOrRetry},
	"unforeseen":                {Words: "Something happened that nobody foresaw.", Fix: "The log has the details under the error id shown. Retry: koppel parked retry; if it stays, report it."},
}
