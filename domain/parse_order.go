package domain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// MaxOrderBytes is how large a sale may be that somebody writes by hand.
const MaxOrderBytes = 1 << 20

// ParseOrder reads a sale that a person edited, strictly: a key that a sale does
// not have is a mistake of typing, and would be lost in silence. The error tells
// what is wrong and where; it may hold what was written.
func ParseOrder(text []byte) (Order, error) {
	var order Order
	if len(text) > MaxOrderBytes {
		return order, fmt.Errorf("the sale is larger than %d bytes", MaxOrderBytes)
	}
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.DisallowUnknownFields()
	if err := reader.Decode(&order); err != nil {
		return Order{}, fmt.Errorf("the sale is not readable: %w", err)
	}
	if _, err := reader.Token(); !errors.Is(err, io.EOF) {
		return Order{}, errors.New("the sale is not readable: something follows after it")
	}
	methods := []VATMethod{VATInclusive, VATExclusive, VATShifted, VATNone}
	if !slices.Contains(methods, order.VATMethod) {
		return Order{}, fmt.Errorf("VATMethod must be one of %v", methods)
	}
	kinds := []LineKind{LineSale, LineBalance, LineDeposit, LinePayment, LineSuspense, LineOwnUse, LineCash}
	for i, line := range order.Lines {
		if !slices.Contains(kinds, line.Kind) {
			return Order{}, fmt.Errorf("Kind of line %d is not one that there is", i+1)
		}
	}
	return order, nil
}
