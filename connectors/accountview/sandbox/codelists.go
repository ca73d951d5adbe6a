package sandbox

import "strings"

// A codelist is a set of codes whose business object and table nobody knows. They are checked where an order or a
// relation names one, and cannot be read through the API.
type codelist []struct{ code, label string }

func (l codelist) has(code string) bool {
	for _, entry := range l {
		if entry.code == code {
			return true
		}
	}
	return false
}

// codelists are keyed by the name that columns refer to.
var codelists = map[string]codelist{
	"EMPLOYEE": {{"10", "Balie"}, {"11", "Magazijn"}, {"12", "Webwinkel"}, {"20", "Buitendienst"}},
	"SHIPMETH": {{"AFHALEN", "Afhalen in de winkel"}, {"BEZORGEN", "Eigen bezorging"}, {"POST", "Pakketpost"}},
	"CURRENCY": {{"EUR", "Euro"}, {"USD", "US dollar"}, {"GBP", "Pond sterling"}},
	"COUNTRY":  countries(),
}

// isoCountries are the codes of ISO 3166-1 alpha-2.
const isoCountries = `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE
GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP
KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF
NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN
SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA
ZM ZW`

// countryNames are the names that relations show; other countries keep their code.
var countryNames = map[string]string{
	"NL": "Nederland", "BE": "België", "DE": "Duitsland", "FR": "Frankrijk", "LU": "Luxemburg", "GB": "Verenigd Koninkrijk",
}

func countries() codelist {
	var list codelist
	for _, code := range strings.Fields(isoCountries) {
		label := countryNames[code]
		if label == "" {
			label = code
		}
		list = append(list, struct{ code, label string }{code, label})
	}
	return list
}
