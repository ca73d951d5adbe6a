package app

import (
	"context"
	"slices"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

var _ connectors.SetUp = (*Directory)(nil)

// setUpWait is how long a call of a probe waits at the gate: a person would
// rather wait for a busy connection than be told that it is busy.
const setUpWait = 30 * time.Second

// Prober opens a system to look at it, with the secrets of that system only.
func (d *Directory) Prober(ctx context.Context, integration string, of connectors.Edition, system string) (connectors.Prober, error) {
	doc, err := d.edition(ctx, integration, of)
	if err != nil {
		return nil, err
	}
	switch system {
	case systemBooks:
		secrets, err := d.secrets(ctx, integration, settings.SecretAccountViewClient)
		if err != nil {
			return nil, err
		}
		var tokens accountview.Tokens = bookTokens{d.Tokens, integration}
		elsewhere, err := d.elsewhere(ctx, integration, of, doc)
		if err != nil {
			return nil, err
		}
		if elsewhere {
			tokens = notTried{}
		}
		books, err := d.openBooks(ctx, doc, secrets, tokens, setUpWait)
		if err != nil {
			return nil, err
		}
		return accountview.NewProber(books, usesOf(doc)), nil
	case systemTill:
		secrets, err := d.secrets(ctx, integration, settings.SecretMplusIdent, settings.SecretMplusSecret)
		if err != nil {
			return nil, err
		}
		return d.openTill(ctx, doc, secrets, setUpWait)
	default:
		return nil, noSuchSystem(system)
	}
}

// Consenter finishes a consent; only the books ask for one.
func (d *Directory) Consenter(ctx context.Context, integration string, of connectors.Edition, system string) (connectors.Consenter, error) {
	if system != systemBooks {
		return nil, noSuchSystem(system)
	}
	doc, err := d.edition(ctx, integration, of)
	if err != nil {
		return nil, err
	}
	consent, err := d.consent(ctx, integration, of, doc)
	if err != nil {
		return nil, err
	}
	return consenter{consent, d, integration}, nil
}

// edition reads the document that describes the systems. A draft must be whole,
// and of this integration.
func (d *Directory) edition(ctx context.Context, integration string, of connectors.Edition) (settings.Document, error) {
	if of.Draft == nil {
		doc, err := d.Documents.Get(ctx, integration, of.Version)
		if err != nil {
			return settings.Document{}, err
		}
		return doc.Document, nil
	}
	doc, err := settings.Parse(of.Draft)
	if err == nil && doc.Integration != integration {
		return settings.Document{}, fault.New(fault.Misconfigured, "document_refused", "open draft").About(integration)
	}
	if err != nil {
		return settings.Document{}, fault.New(fault.Misconfigured, "document_refused", "open draft").About(integration).Because(err)
	}
	return doc, nil
}

func noSuchSystem(system string) error {
	return fault.New(fault.Misconfigured, "system_unknown", "open connection").About(system)
}

// usesOf is what a document wants of the books.
func usesOf(doc settings.Document) accountview.Uses {
	orders := doc.Flows.Orders
	uses := accountview.Uses{
		Mapped: map[domain.Entity][]string{}, History: orders.History == settings.HistoryAll,
		Addresses:      orders.DeliveryAddress == settings.DeliveryAddressRecord,
		ControlAccount: orders.ControlAccount, DefaultDebtor: orders.DefaultDebtor,
		Prices: string(orders.Prices), DeliveryAddress: string(orders.DeliveryAddress), Accounts: accountsOf(orders),
	}
	entities := []domain.Entity{domain.EntityCustomer, domain.EntityDeliveryAddress, domain.EntityOrder, domain.EntityOrderLine}
	if doc.Books(domain.TargetJournal) || doc.Books(domain.TargetDayTotal) {
		entities = append(entities, domain.EntityJournal, domain.EntityJournalLine)
	}
	for _, entity := range entities {
		for _, row := range doc.Mapping.Rows(entity) {
			uses.Mapped[entity] = append(uses.Mapped[entity], row.Target)
		}
	}
	if !uses.Addresses {
		delete(uses.Mapped, domain.EntityDeliveryAddress)
	}
	return uses
}

// accountsOf are the ledger accounts that the rules for amounts name.
func accountsOf(orders settings.Orders) []string {
	a, days := orders.Amounts, orders.DayTotals
	named := []string{
		a.RoundingAccount, a.DiscountAccount, a.ShippingAccount, a.GiftCardAccount, a.DepositAccount, a.PrepaidAccount, days.CashAccount, days.MovementAccount,
	}
	slices.Sort(named)
	named = slices.Compact(named)
	return slices.DeleteFunc(named, func(account string) bool { return account == "" })
}
