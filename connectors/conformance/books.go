package conformance

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// Books is a system under test: its roles, and what the suite must know of it.
// The drafts are in the system's own field names.
type Books struct {
	Orders    connectors.OrderSink
	Kind      domain.Entity // what Orders takes: sales orders or journal pages
	Customers connectors.CustomerSink
	Addresses connectors.AddressSink
	Products  connectors.ProductIndex
	Reader    connectors.ProductReader

	// Order makes an order that the books accept under this reference.
	Order func(reference string) domain.Draft
	// TooLongOrder makes one with a text that does not fit.
	TooLongOrder func(reference string) domain.Draft
	// RefusedOrder makes one that only the books can refuse: an unknown customer.
	RefusedOrder func(reference string) domain.Draft
	// Customer makes a customer with this number at the till and this e-mail address.
	Customer func(externalNumber, email string) domain.Draft
	// TooLongCustomer makes one with a text that does not fit.
	TooLongCustomer func(externalNumber string) domain.Draft
	// Rename makes a change of a customer's name, and NameOf reads it back.
	Rename func(name string) domain.Draft
	NameOf func(connectors.CustomerRecord) string
	// Address makes a delivery address of the customer.
	Address func(customerNumber, street string) domain.Draft
	// KnownProducts are some that the books have.
	KnownProducts []string
	// KnownProduct is one of them as the books hold it, and KnownStock what they call available of it.
	KnownProduct domain.Product
	KnownStock   decimal.Decimal

	// Changer changes Orders; nil where nothing may be changed. Moved is Order with another date and the same lines, Resold
	// is Order with other lines, and Seen tells all of an order that a change must bring about, without its own numbers.
	Changer       connectors.OrderChanger
	Moved, Resold func(reference string) domain.Draft
	Seen          func(t *testing.T, orderNumber string) string

	// Process moves an order from the open ones to the history.
	Process func(t *testing.T, orderNumber string)
	// Writes counts the writes that reached the books so far.
	Writes func() int
	// DisturbWrite makes the next write of the entity meet a disturbance; DisturbRead the next read.
	DisturbWrite, DisturbRead func(t *testing.T, entity domain.Entity, d Disturbance)
	// DisturbChange does so for the next change of an order.
	DisturbChange func(t *testing.T, d Disturbance)
	// ExpireToken makes the token in use end early; nil where there are no tokens.
	ExpireToken func(t *testing.T)
}

// Open makes books that no other test uses.
type Open func(t *testing.T) Books

// Disturbance is something that goes wrong with one call.
type Disturbance string

const (
	// Dropped before anything was done.
	Dropped Disturbance = "dropped before the work"
	// AnswerLost after the work was done.
	AnswerLost Disturbance = "answer lost after the work"
	// AnswerCut in the middle, after the work was done.
	AnswerCut Disturbance = "answer cut"
	// DoneLate: the caller is left alone, the work is done a moment later.
	DoneLate Disturbance = "done late"
	// ServerError before the work.
	ServerError Disturbance = "server error"
	// RelayPage: a page of a relay in place of an answer.
	RelayPage Disturbance = "page of a relay"
	// ErrorInGoodAnswer: an error with a status that says all is well.
	ErrorInGoodAnswer Disturbance = "error in a good answer"
	// ToldToWait before the work.
	ToldToWait Disturbance = "told to wait"
)

// settleTime is how long the suite waits for work that is done late.
const settleTime = 10 * time.Second

// writeDisturbances are all, with whether the work is done in the end.
var writeDisturbances = map[Disturbance]bool{
	Dropped: false, AnswerLost: true, AnswerCut: true, DoneLate: true,
	ServerError: false, RelayPage: false, ErrorInGoodAnswer: false, ToldToWait: false,
}
