package settings

// Retention says how long things are kept. What is still open is kept longer:
// until a person has dealt with it.
type Retention struct {
	Payloads int `yaml:"payloads" min:"1" max:"3650" title:"Contents" unit:"days" help:"How long the contents of records are kept: what came, what was sent and what was answered. They hold personal data. They are kept encrypted by the calendar month, so they go at the end of a month."`
	Records  int `yaml:"records" min:"30" max:"3650" title:"Records" unit:"days" help:"How long it is kept which record went where, with which outcome: numbers and codes. What was written to the books for a sale is kept as long, encrypted: what takes a sale back is made of it."`
}

func (r Retention) problems(path string) Problems {
	if r.Records >= r.Payloads {
		return nil
	}
	return Problems{{Path: path + ".records", Text: "must not be less than payloads, or contents are kept that nothing points to"}}
}
