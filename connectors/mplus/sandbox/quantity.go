package sandbox

import (
	"errors"
	"math/big"
	"strconv"
	"strings"
)

// maxPlaces is the finest scale the till counts in.
const maxPlaces = 6

// quantity is a whole number of the smallest parts: 530 with 3 places is 0.530.
type quantity struct {
	Amount int64
	Places int32
}

func (q quantity) valid() bool { return q.Places >= 0 && q.Places <= maxPlaces }

func (q quantity) scaled(places int32) *big.Int {
	n := big.NewInt(q.Amount)
	return n.Mul(n, powerOfTen(places-q.Places))
}

// plus adds at the finer of both scales. A sum that does not fit stays at the edge: no shop has such stock.
func (q quantity) plus(other quantity) quantity {
	places := max(q.Places, other.Places)
	sum := q.scaled(places)
	sum.Add(sum, other.scaled(places))
	if !sum.IsInt64() {
		return q
	}
	return quantity{sum.Int64(), places}
}

func (q quantity) negative() quantity { return quantity{-q.Amount, q.Places} }

func (q quantity) equal(other quantity) bool {
	places := max(q.Places, other.Places)
	return q.scaled(places).Cmp(other.scaled(places)) == 0
}

// text writes the quantity as a decimal with a point.
func (q quantity) text() string {
	digits := strconv.FormatInt(q.Amount, 10)
	if q.Places == 0 {
		return digits
	}
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	for len(digits) <= int(q.Places) {
		digits = "0" + digits
	}
	cut := len(digits) - int(q.Places)
	return sign + digits[:cut] + "." + digits[cut:]
}

// parseQuantity reads a decimal such as 2, 1.5 or 0.250, with a point or a comma.
func parseQuantity(text string) (quantity, error) {
	text = strings.Replace(strings.TrimSpace(text), ",", ".", 1)
	whole, fraction, _ := strings.Cut(text, ".")
	digits := strings.TrimPrefix(whole, "-") + fraction
	if digits == "" || len(fraction) > maxPlaces || strings.Trim(digits, "0123456789") != "" {
		return quantity{}, errors.New("not a quantity")
	}
	amount, err := strconv.ParseInt(whole+fraction, 10, 64)
	if err != nil {
		return quantity{}, errors.New("not a quantity")
	}
	return quantity{amount, int32(len(fraction))}, nil
}

func powerOfTen(n int32) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// rounded divides, half away from zero.
func rounded(numerator, denominator *big.Int) *big.Int {
	double := new(big.Int).Mul(numerator, big.NewInt(2))
	if double.Sign() < 0 {
		double.Sub(double, denominator)
	} else {
		double.Add(double, denominator)
	}
	return double.Quo(double, new(big.Int).Mul(denominator, big.NewInt(2)))
}
