package accountview

// PeriodSettings name what tells which days are open. The object and its
// columns are known from clients.
type PeriodSettings struct {
	Object     string `yaml:"object"`
	Table      string `yaml:"table"`
	StartField string `yaml:"start_field"`
	EndField   string `yaml:"end_field"`
	// ClosedField says that a period is closed. Empty: the books do not tell, and every period counts as open.
	// ASSUMED: none, since no public source names one. Ask: which column of ADM_PER or ADM_LIST says that a period or
	// a book year is closed?
	ClosedField string `yaml:"closed_field"`
}

func defaultPeriods() PeriodSettings {
	return PeriodSettings{Object: objectPeriods, Table: tablePeriods, StartField: fieldPeriodStart, EndField: "END_DATE"}
}

func (s PeriodSettings) upperNames() PeriodSettings {
	for _, name := range []*string{&s.Table, &s.StartField, &s.EndField, &s.ClosedField} {
		*name = upperName(*name)
	}
	return s
}
