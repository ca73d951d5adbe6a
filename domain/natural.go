package domain

import (
	"cmp"
	"strings"
)

// CompareNatural orders numbers of orders and codes as people do: 2026.2 before
// 2026.10. Runs of digits are compared as numbers, the rest as text.
func CompareNatural(a, b string) int {
	left, right := a, b
	for left != "" && right != "" {
		l, r := leadingDigits(left), leadingDigits(right)
		if l == "" || r == "" {
			if left[0] != right[0] {
				return cmp.Compare(left[0], right[0])
			}
			left, right = left[1:], right[1:]
			continue
		}
		if c := compareDigits(l, r); c != 0 {
			return c
		}
		left, right = left[len(l):], right[len(r):]
	}
	return cmp.Or(cmp.Compare(len(left), len(right)), cmp.Compare(a, b)) // 01 and 1 are two codes
}

func leadingDigits(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
}

// compareDigits compares whole numbers of any length.
func compareDigits(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
