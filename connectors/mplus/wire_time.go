package mplus

// soapMplusDate is SoapMplusDate as the till sends it. Any part 0 means "no date".
type soapMplusDate struct {
	Day  wireInt `xml:"day"`
	Mon  wireInt `xml:"mon"`
	Year wireInt `xml:"year"`
}

// soapMplusDateTime is SoapMplusDateTime as the till sends it: a wall clock with
// the offset in minutes east of UTC.
type soapMplusDateTime struct {
	Sec      wireInt  `xml:"sec"`
	Min      wireInt  `xml:"min"`
	Hour     wireInt  `xml:"hour"`
	Day      wireInt  `xml:"day"`
	Mon      wireInt  `xml:"mon"`
	Year     wireInt  `xml:"year"`
	IsDST    wireBool `xml:"isdst"`
	Timezone wireInt  `xml:"timezone"`
}

// soapMplusDateTimeOut is SoapMplusDateTime as we send it.
type soapMplusDateTimeOut struct {
	Sec      int  `xml:"sec"`
	Min      int  `xml:"min"`
	Hour     int  `xml:"hour"`
	Day      int  `xml:"day"`
	Mon      int  `xml:"mon"`
	Year     int  `xml:"year"`
	IsDST    bool `xml:"isdst"`
	Timezone int  `xml:"timezone"`
}

// soapMplusDateOut is SoapMplusDate as we send it.
type soapMplusDateOut struct {
	Day  int `xml:"day"`
	Mon  int `xml:"mon"`
	Year int `xml:"year"`
}
