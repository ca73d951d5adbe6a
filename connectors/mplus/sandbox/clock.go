package sandbox

import "time"

// The till lives in the Netherlands: its moments are wall clocks there.
const zoneName = "Europe/Amsterdam"

func (t *till) now() time.Time { return t.opts.Now().In(t.zone) }

func momentOf(at time.Time) dateTimeXML {
	_, offset := at.Zone()
	return dateTimeXML{
		Sec: int32(at.Second()), Min: int32(at.Minute()), Hour: int32(at.Hour()),
		Day: int32(at.Day()), Mon: int32(at.Month()), Year: int32(at.Year()),
		Isdst: at.IsDST(), Timezone: int32(offset / 60),
	}
}

func dayOf(at time.Time) dateXML {
	return dateXML{Day: int32(at.Day()), Mon: int32(at.Month()), Year: int32(at.Year())}
}

// none holds for the vendor's "no date".
func (d dateXML) none() bool { return d.Day == 0 || d.Mon == 0 || d.Year == 0 }

func (d dateXML) ordinal() int64 { return int64(d.Year)*10000 + int64(d.Mon)*100 + int64(d.Day) }

func (m dateTimeXML) ordinal() int64 {
	day := dateXML{m.Day, m.Mon, m.Year}.ordinal()
	return day*1_000_000 + int64(m.Hour)*10000 + int64(m.Min)*100 + int64(m.Sec)
}
