package accountview

import "strings"

// columnFromDictionary reads one row of the data dictionary. A row without a
// name or of an unknown type is no column we can use.
func columnFromDictionary(r row) (table string, c column, ok bool) {
	c = column{
		Name:    strings.ToUpper(r.text(fieldColumnName)),
		Letter:  letter(strings.ToUpper(r.text(fieldColumnType))),
		Blocked: r.flag(fieldColumnBlocked),
		Upper:   strings.Contains(r.text(fieldColumnFormat), "!"),
		Label:   r.text(fieldColumnLabel),
	}
	table = strings.ToUpper(r.text(fieldColumnTable))
	if c.Name == "" || table == "" {
		return "", column{}, false
	}
	switch c.Letter {
	case letterMemo, letterNumber, letterMoney, letterDouble, letterInteger, letterLogical, letterDate, letterMoment:
		return table, c, true
	case letterText:
		length, err := r.number(fieldColumnLength)
		if err != nil || length.IsNegative() || length.GreaterThan(widestColumn) {
			return "", column{}, false
		}
		c.Length = int(length.IntPart())
		return table, c, true
	default:
		return "", column{}, false
	}
}

// overlay lays the live column over what is built in. Whether a column must be
// given stays as built in: the dictionary's own mark holds for what people
// enter, and AccountView fills several of those columns by itself.
func overlay(builtIn []column, live []column) []column {
	merged := append([]column(nil), builtIn...)
	place := make(map[string]int, len(merged))
	for i, c := range merged {
		place[c.Name] = i
	}
	for _, c := range live {
		i, known := place[c.Name]
		if !known {
			place[c.Name] = len(merged)
			merged = append(merged, c)
			continue
		}
		c.Required = merged[i].Required
		if c.Label == "" {
			c.Label = merged[i].Label
		}
		merged[i] = c
	}
	return merged
}
