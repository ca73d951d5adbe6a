package sandboxkit

import (
	"fmt"
	"strconv"
)

// known is how many of the sixty customers the till has as a relation.
const known = 45

// seedCustomers numbers the customers 10001 to 10060. Every fourth is unknown to the till, so that both kinds occur
// among companies, persons and each country.
func seedCustomers() []Customer {
	customers := make([]Customer, 0, len(companies)+len(persons))
	customers = append(customers, companies...)
	customers = append(customers, persons...)
	relation := int64(0)
	for i := range customers {
		c := &customers[i]
		c.Number = strconv.Itoa(10001 + i)
		if i%4 != 3 && relation < known {
			relation++
			c.RelationNumber = relation
		}
		if c.Company == "" {
			continue
		}
		c.VATNumber = vatNumber(c.Country, 10203040+i*137911)
		if c.Country == "NL" {
			c.CoC = fmt.Sprintf("%08d", 30114500+i*2713)
		}
	}
	return customers
}

// vatNumber makes a VAT number whose check digits are correct, from a stem of eight digits or less.
func vatNumber(country string, stem int) string {
	switch country {
	case "NL":
		return fmt.Sprintf("NL%sB01", dutchFiscalNumber(stem))
	case "BE":
		return fmt.Sprintf("BE%08d%02d", stem, 97-stem%97)
	case "DE":
		return fmt.Sprintf("DE%08d%d", stem, germanCheckDigit(stem))
	default:
		return ""
	}
}

// dutchFiscalNumber takes the first stem from here on that has a valid eleven-test digit.
func dutchFiscalNumber(stem int) string {
	for ; ; stem++ {
		digits := fmt.Sprintf("%08d", stem)
		sum := 0
		for i, c := range digits {
			sum += int(c-'0') * (9 - i)
		}
		if check := sum % 11; check < 10 {
			return digits + strconv.Itoa(check)
		}
	}
}

// germanCheckDigit is the ISO 7064 mod 11,10 digit that German VAT numbers end with.
func germanCheckDigit(stem int) int {
	product := 10
	for _, c := range fmt.Sprintf("%08d", stem) {
		sum := (int(c-'0') + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = 2 * sum % 11
	}
	return (11 - product) % 10
}
