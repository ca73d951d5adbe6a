package sandbox

import (
	"fmt"
	"strconv"
)

// dictionaryMoment is when the columns of the dictionary say they were made.
const dictionaryMoment = "2024-01-02T03:04:05"

// dictionaryRows makes the rows of the system objects fld and dbf. A field row's key is its place in the dictionary,
// which is also the DCT_FLD_Id that pages go on from.
func dictionaryRows(opts *Options) (fields, files *rows) {
	fields, files = newRows(), newRows()
	place := 0
	for _, t := range dictionary {
		for i := range t.Columns {
			c := &t.Columns[i]
			if !c.shown(opts) {
				continue
			}
			key := fieldKey(place)
			fields.put(&dctFldTable, key, withUpkeep(row{
				"DCT_FLD_ID": key,
				"FIELD_NAME": c.Name,
				"DBF_NAME":   t.Name,
				"FIELD_TYPE": string(c.Type),
				"FIELD_LEN":  strconv.Itoa(c.width()),
				"FLD_DESC":   c.Label,
				"INP_MAND":   strconv.FormatBool(c.Mandatory),
				"FLD_FMT":    c.format(),
				"FLD_MASK":   c.Mask,
				"COM_BLK":    strconv.FormatBool(c.Blocked),
				"PKY_TBL":    c.Refers,
				"REC_CUST":   strconv.FormatBool(c.Only == onlyCustom),
			}))
			place++
		}
		files.put(&dctFileTable, t.Name, withUpkeep(fileRow(t, opts)))
	}
	return fields, files
}

func fieldKey(place int) string { return fmt.Sprintf("%08d", place) }

func withUpkeep(r row) row {
	r["CNG_DATE"], r["INP_DATE"], r["CNG_NR"] = dictionaryMoment, dictionaryMoment, "1"
	r["CNG_USR"], r["INP_USR"] = "SYSTEM", "SYSTEM"
	return r
}

func fileRow(t *table, opts *Options) row {
	r := row{
		"DBF_NAME": t.Name, "DBF_DESC": t.Label, "DBF_TYPE": "2",
		"NO_INSERT": "true", "NO_UPDATE": "true", "NO_DELETE": "true", "NO_XML_UPD": "true",
		"OBJ_ACTIVE": "true", "TBL_ACTIVE": "true",
	}
	if t.Virtual {
		r["DBF_VIRT"], r["DBF_BASE"] = "true", contactTable.Name
	}
	if t.ParentTable != "" {
		r["TBL_HDR"] = t.ParentTable
	}
	for _, o := range objects {
		switch {
		case o.Main == t && o.Code != "AR1" && r["OBJ_CODE"] == "":
			r["OBJ_CODE"] = o.Code
		case t.Virtual && o.Code == "AR1":
			r["OBJ_CODE"] = o.Code
		default:
			continue
		}
		if o.Insert {
			r["NO_INSERT"], r["NO_XML_UPD"] = "false", "false"
		}
		if o.mayUpdate(opts) {
			r["NO_UPDATE"] = "false"
		}
		if len(o.Details) > 0 {
			r["TBL_CHILD"] = o.Details[0].Name
		}
	}
	if t == &contactTable {
		r["OBJ_CODE"] = "CON"
	}
	return r
}
