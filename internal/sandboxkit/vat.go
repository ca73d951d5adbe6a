package sandboxkit

// The VAT codes of the till, as Dutch tills number them.
const (
	VATLow  = 1
	VATHigh = 2
	VATZero = 3
)

// VATPercent gives the rate of a till VAT code in hundredths of a percent: 2100 is 21 %. An unknown code has no rate
// and gives 0.
func VATPercent(code int) int64 {
	switch code {
	case VATLow:
		return 900
	case VATHigh:
		return 2100
	default:
		return 0
	}
}
