package accountview

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

// Validate reports everything that is wrong, all at once. No text of it shows a secret.
func (s Settings) Validate() error {
	var problems []error
	wrong := func(key, rule string) { problems = append(problems, fmt.Errorf("%s %s", key, rule)) }
	must := func(ok bool, key, rule string) {
		if !ok {
			wrong(key, rule)
		}
	}

	must(isAddress(s.BaseURL), "base_url", "must be an http or https address without credentials or query")
	must(!strings.HasSuffix(s.BaseURL, "/"), "base_url", "must not end with a slash")
	must(s.AuthorizeURL == "" || isAddress(s.AuthorizeURL), "authorize_url", "must be an http or https address without credentials or query")
	for key, text := range map[string]string{
		"scopes": s.Scopes, "company_id": s.CompanyID, "client_id": s.ClientID, "client_secret": s.ClientSecret.Reveal(),
		"equal_operator": s.EqualOperator, "on_or_after_operator": s.OnOrAfterOperator,
		"orders_object": s.OrdersObject, "orders_table": s.OrdersTable, "order_lines_table": s.OrderLinesTable,
		"order_number_field": s.OrderNumberField, "order_ref_field": s.OrderRefField,
		"history_object": s.HistoryObject, "history_table": s.HistoryTable,
		"history_ref_field": s.HistoryRefField, "history_number_field": s.HistoryNumberField,
		"debtor_external_field": s.DebtorExternalField,
		"articles.name_field":   s.Articles.NameField, "articles.price_field": s.Articles.PriceField,
		"journal.object": s.Journal.Object, "journal.read_object": s.Journal.ReadObject,
		"journal.table": s.Journal.Table, "journal.lines_table": s.Journal.LinesTable,
		"journal.daybook_field": s.Journal.DaybookField, "journal.page_field": s.Journal.PageField,
		"journal.reference_field": s.Journal.RefField,
		"periods.object":          s.Periods.Object, "periods.table": s.Periods.Table,
		"periods.start_field": s.Periods.StartField, "periods.end_field": s.Periods.EndField,
		"row_actions.field": s.RowActions.Field, "row_actions.line_key_field": s.RowActions.LineKey,
	} {
		must(strings.TrimSpace(text) != "", key, "must be given")
	}
	must(s.Timeout > 0, "timeout", "must be longer than nothing")
	must(s.MaxInFlight > 0, "max_in_flight", "must be at least 1")
	must(s.PerSecond >= 0, "per_second", "must not be negative")
	must(s.MaxBody > 0, "max_body", "must be at least 1")
	must(s.TokenTTL > 0, "token_ttl", "must be longer than nothing")
	must(s.RefreshSkew >= 0 && s.RefreshSkew < s.TokenTTL, "refresh_skew", "must be shorter than token_ttl")
	must(s.PKCE == PKCEOff || s.PKCE == PKCES256, "pkce", "must be off or s256")
	must(s.PageSize > 0 && s.PageSize <= s.MaxPageSize, "page_size", "must lie between 1 and max_page_size")
	must(s.FiltersPerCall > 0, "filters_per_call", "must be at least 1")
	must(s.OrderLineBatch >= 0, "order_line_batch", "must not be negative")
	must(s.OrderLineBatch == 0 || strings.TrimSpace(s.UnfinishedMark) != "" && s.UnfinishedMark == strings.TrimRight(s.UnfinishedMark, " "),
		"unfinished_mark", "must be given, and not end with a blank")
	must(s.MaxHeaders == 1, "max_headers", "must be 1: several records in one call are not supported")
	must(s.Paging == PagingLastKey || s.Paging == PagingPageNumber, "paging", "must be lastkey or pagenumber")
	must(s.BookDate == BookDateToday || s.BookDate == BookDateEmpty, "book_date", "must be today or empty")
	must(s.DebtorNumbering == NumberingServer || s.DebtorNumbering == NumberingClient, "debtor_numbering", "must be server or client")
	must(s.Overflow == OverflowReject || s.Overflow == OverflowCut, "overflow", "must be reject or cut")
	must(s.CharacterSet == domain.CharactersWindows1252 || s.CharacterSet == domain.CharactersUnicode, "character_set", "must be windows-1252 or unicode")
	must(s.RowActions.areNumbers(), "row_actions", "must be numbers")
	must(s.Journal.Amounts == AmountsCreditNegative || s.Journal.Amounts == AmountsPositive, "journal.amounts", "must be credit_negative or positive")
	must(s.ErrorIn200 == ErrorNumbered || s.ErrorIn200 == ErrorRefusal, "error_in_200", "must be numbered or refusal")
	for _, table := range []string{tableDebtor, tableAddress, tableArticle, s.OrdersTable, s.HistoryTable, tableDictionary} {
		must(s.pageKey(table) != "", "page_keys", "must name the key column of "+table)
	}
	for i, o := range s.PriceObjects {
		problems = append(problems, o.problems(i)...)
	}
	return errors.Join(problems...)
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" &&
		u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

// upperNames writes table and column names as the books do; they regard no case.
func (s Settings) upperNames() Settings {
	for _, name := range []*string{
		&s.OrdersTable, &s.OrderLinesTable, &s.HistoryTable, &s.OrderNumberField, &s.OrderRefField,
		&s.HistoryRefField, &s.HistoryNumberField, &s.DebtorExternalField,
	} {
		*name = upperName(*name)
	}
	s.Articles = s.Articles.upperNames()
	s.Debtors = s.Debtors.upperNames()
	s.Journal = s.Journal.upperNames()
	s.Periods = s.Periods.upperNames()
	s.PriceObjects = slices.Clone(s.PriceObjects)
	for i, o := range s.PriceObjects {
		s.PriceObjects[i] = o.upperNames()
	}
	return s
}

func upperName(name string) string { return strings.ToUpper(strings.TrimSpace(name)) }

// pageKey is the key column of a table, whatever case it was written in. A
// table of daybooks or periods that the settings leave out has the default.
func (s Settings) pageKey(table string) string {
	for name, key := range s.PageKeys {
		if strings.EqualFold(name, table) {
			return key
		}
	}
	if table == s.Journal.Table || table == s.Journal.PostedTable || table == s.Periods.Table {
		return defaultPageKeys()[table]
	}
	return ""
}
