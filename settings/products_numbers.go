package settings

import "github.com/koppel/koppel/domain"

// ArticleNumbers say which number an article of the books has at the till.
type ArticleNumbers struct {
	First        int                 `yaml:"first" min:"1" max:"999999999999999999" title:"First alias" unit:"article number of the till" help:"Codes that are no whole number get one from here on. Choose a range that no article of AccountView or of the till is in."`
	Last         int                 `yaml:"last" min:"1" max:"999999999999999999" title:"Last alias" unit:"article number of the till" help:"Up to here. When the range is full, further codes are parked."`
	LeadingZeros domain.LeadingZeros `yaml:"leading_zeros" enum:"alias|strip|park" title:"Zeros in front" help:"What becomes of a code of digits that begins with a zero."`
	OtherCodes   domain.OtherCodes   `yaml:"other_codes" enum:"alias|park" title:"Other codes" help:"What becomes of a code with other characters than digits, or with more digits than a number holds."`
}

// Rules are the numbers in the words of the domain.
func (a ArticleNumbers) Rules() domain.NumberRules {
	return domain.NumberRules{First: int64(a.First), Last: int64(a.Last), LeadingZeros: a.LeadingZeros, OtherCodes: a.OtherCodes}
}

func (a ArticleNumbers) problems(path string) Problems {
	if a.Last < a.First {
		return Problems{{Path: path + ".last", Text: "must not lie before first"}}
	}
	return nil
}
