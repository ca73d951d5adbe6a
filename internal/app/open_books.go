package app

import (
	"context"
	"errors"
	"time"

	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/settings"
)

const systemBooks = domain.SystemBooks

// connectionSecrets are the secrets that the two connections are opened with.
// The refresh token is not among them: it rotates, and lives with the tokens.
type connectionSecrets struct {
	clientSecret secret.Text
	ident        secret.Text
	password     secret.Text
}

func (s *connectionSecrets) fields() map[string]*secret.Text {
	return map[string]*secret.Text{
		settings.SecretAccountViewClient: &s.clientSecret,
		settings.SecretMplusIdent:        &s.ident,
		settings.SecretMplusSecret:       &s.password,
	}
}

func (d *Directory) openBooks(ctx context.Context, doc settings.Document, secrets connectionSecrets, tokens accountview.Tokens, patience time.Duration) (*accountview.Books, error) {
	gate, err := d.gate(ctx, doc.Integration, systemBooks, doc.AccountView.Limits, patience)
	if err != nil {
		return nil, err
	}
	s := booksSettings(doc.AccountView, secrets)
	s.Articles.StockColumns, s.Articles.WholeStock = doc.StockColumns()
	books, err := accountview.New(s, tokens, gate, d.observe(systemBooks))
	if err != nil {
		return nil, fault.New(fault.Misconfigured, "document_refused", "open accountview").About(doc.Integration).Because(err)
	}
	return books, nil
}

// booksSettings says in the connector's words what the document says.
func booksSettings(a settings.AccountView, secrets connectionSecrets) accountview.Settings {
	s := accountview.Defaults()
	s.BaseURL, s.CompanyID, s.ClientID, s.ClientSecret = a.BaseURL, a.CompanyID, a.ClientID, secrets.clientSecret
	s.AuthorizeURL, s.Scopes = a.AuthorizeURL, a.Scopes
	s.Timeout, s.MaxInFlight, s.PerSecond = time.Duration(a.Timeout), a.Limits.InFlight, a.Limits.PerSecond

	as := a.Assumptions
	s.TokenTTL, s.RefreshSkew, s.RefreshRotation = time.Duration(as.TokenTTL), time.Duration(as.RefreshSkew), as.RefreshRotation
	s.PKCE = accountview.PKCE(as.PKCE)
	s.MaxPageSize, s.PageSize, s.Paging, s.PageKeys = as.MaxPageSize, as.PageSize, accountview.Paging(as.Paging), as.PageKeys
	s.FiltersPerCall, s.ListFilters = as.FiltersPerCall, as.ListFilters
	s.EqualOperator, s.OnOrAfterOperator = as.EqualOperator, as.OnOrAfterOperator
	s.BookDate = accountview.BookDate(as.BookDate)
	s.DebtorNumbering, s.PutSendID = accountview.Numbering(as.DebtorNumbering), as.PutSendID
	s.CharacterSet = as.CharacterSet
	s.Overflow, s.OrderLineBatch = accountview.Overflow(as.Overflow), as.OrderLineBatch
	s.UnfinishedMark = as.UnfinishedMark
	s.OrdersObject, s.OrdersTable, s.OrderLinesTable = as.OrdersObject, as.OrdersTable, as.OrderLinesTable
	s.OrderNumberField, s.OrderRefField = as.OrderNumberField, as.OrderReferenceField
	s.HistoryObject, s.HistoryTable = as.HistoryObject, as.HistoryTable
	s.HistoryRefField, s.HistoryNumberField = as.HistoryReferenceField, as.HistoryNumberField
	s.ErrorIn200 = accountview.ErrorIn200(as.ErrorIn200)
	s.DebtorExternalField = as.DebtorExternalNumberField
	s.RowActions = accountview.RowActionSettings{
		Field: as.RowActions.Field, LineKey: as.RowActions.LineKeyField,
		Add: as.RowActions.Add, Change: as.RowActions.Change, Delete: as.RowActions.Delete,
	}
	s.Periods = accountview.PeriodSettings{
		Object: as.Periods.Object, Table: as.Periods.Table,
		StartField: as.Periods.StartField, EndField: as.Periods.EndField, ClosedField: as.Periods.ClosedField,
	}
	s.Journal = journalSettings(as.Journal)
	s.Articles = articleSettings(as.Articles)
	s.Debtors = debtorSettings(as.Debtors)
	s.PriceObjects = priceObjects(as.PriceObjects)
	return s
}

// priceObjects says in the connector's words what the document says of prices.
func priceObjects(objects []settings.AccountViewPriceObject) []accountview.PriceObject {
	all := make([]accountview.PriceObject, 0, len(objects))
	for _, o := range objects {
		all = append(all, accountview.PriceObject{
			Kind: accountview.PriceKind(o.Kind), Object: o.Object, Table: o.Table, Key: o.Key,
			Prices: domain.PriceBasis(o.Prices), PriceColumns: accountview.PriceColumns(o.Columns),
		})
	}
	return all
}

// journalSettings says in the connector's words what the document says of pages.
func journalSettings(j settings.AccountViewJournal) accountview.JournalSettings {
	return accountview.JournalSettings{
		Object: j.Object, ReadObject: j.ReadObject, Table: j.Table, LinesTable: j.LinesTable,
		DaybookField: j.DaybookField, PageField: j.PageField, RefField: j.ReferenceField,
		PostedObject: j.PostedObject, PostedTable: j.PostedTable, PostedRefField: j.PostedReferenceField,
		Amounts: accountview.JournalAmounts(j.Amounts),
	}
}

// articleSettings says in the connector's words what the document says of articles.
func articleSettings(a settings.AccountViewArticles) accountview.ArticleSettings {
	return accountview.ArticleSettings{
		NameField: a.NameField, ShortField: a.ShortDescriptionField, LongField: a.LongDescriptionField,
		PriceField: a.PriceField, PricesInclude: a.Prices == settings.PricesIncl, CostField: a.CostPriceField, CurrencyField: a.CurrencyField,
		VATField: a.VATCodeField, UnitField: a.UnitField, GroupField: a.GroupField, EANFields: a.EANFields,
		BlockedField: a.BlockedField, DiscontinuedField: a.DiscontinuedField, StockedField: a.StockManagedField,
		PhysicalField: a.PhysicalField, AvailableField: a.AvailableField, ReservedField: a.ReservedField, OnOrderField: a.OnOrderField,
		FreeField: a.FreeField, StockChangedField: a.StockChangedField, VariantOfField: a.VariantOfField, Attributes: a.Attributes,
		ChangedField: a.ChangedField, ImageNameField: a.ImageNameField, ImageDataField: a.ImageDataField,
		GroupNameField: a.GroupNameField, GroupParentField: a.GroupParentField,
	}
}

// debtorSettings says in the connector's words what the document says of debtors.
func debtorSettings(d settings.AccountViewDebtors) accountview.DebtorSettings {
	return accountview.DebtorSettings{
		PriceListField: d.PriceListField, GroupField: d.GroupField, DiscountField: d.DiscountField,
		PaymentTermField: d.PaymentTermField, PaymentDaysField: d.PaymentDaysField, CreditLimitField: d.CreditLimitField,
		BankAccountField: d.BankAccountField, BlockedFields: d.BlockedFields,
		DeliveryStreetField: d.DeliveryStreetField, DeliveryPostcodeField: d.DeliveryPostcodeField,
		DeliveryCityField: d.DeliveryCityField, DeliveryCountryField: d.DeliveryCountryField, ChangedField: d.ChangedField,
	}
}

// bookTokens keeps the tokens of one integration's books in Postgres.
type bookTokens struct {
	tokens      db.Tokens
	integration string
}

// Current implements accountview.Tokens.
func (t bookTokens) Current(ctx context.Context) (accountview.Token, error) {
	stored, err := t.tokens.Current(ctx, t.integration, systemBooks)
	return tokenOf(stored, err)
}

// Renew implements accountview.Tokens.
func (t bookTokens) Renew(ctx context.Context, used accountview.Token,
	exchange func(ctx context.Context, refresh secret.Text) (accountview.Token, error),
) (accountview.Token, error) {
	old, err := used.Stored()
	if err != nil {
		return accountview.Token{}, err
	}
	stored, err := t.tokens.Renew(ctx, t.integration, systemBooks, old, func(ctx context.Context, current []byte) ([]byte, error) {
		token, err := accountview.TokenFromStored(current)
		if err != nil {
			return nil, err
		}
		renewed, err := exchange(ctx, token.Refresh)
		if err != nil {
			return nil, err
		}
		return renewed.Stored()
	})
	return tokenOf(stored, err)
}

func tokenOf(stored []byte, err error) (accountview.Token, error) {
	if errors.Is(err, db.ErrNoSecret) {
		return accountview.Token{}, accountview.NoConsent()
	}
	if err != nil {
		return accountview.Token{}, err
	}
	return accountview.TokenFromStored(stored)
}
