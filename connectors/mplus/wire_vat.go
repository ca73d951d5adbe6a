package mplus

// getVatGroupListResponse lists the VAT codes of all branches and countries.
type getVatGroupListResponse struct {
	VatGroup []vatGroup `xml:"vatGroup"`
}

// vatGroup is VatGroup: the set-up of a VAT code, or an order's totals under it.
type vatGroup struct {
	BranchNumber  wireInt `xml:"branchNumber"`
	CountryIso3   string  `xml:"countryIso3"`
	VatCode       wireInt `xml:"vatCode"`
	VatPercentage wireInt `xml:"vatPercentage"` // scale: settings
	ExclAmount    wireInt `xml:"exclAmount"`    // cents
	VatAmount     wireInt `xml:"vatAmount"`     // cents
	AccountNumber wireInt `xml:"accountNumber"`
}
