package accountview

// The data dictionary: system object fld, table DCT_FLD (reference: GO client).
const (
	objectDictionary = "fld"
	tableDictionary  = "DCT_FLD"

	fieldColumnTable   = "DBF_NAME"
	fieldColumnName    = "FIELD_NAME"
	fieldColumnType    = "FIELD_TYPE"
	fieldColumnLength  = "FIELD_LEN"
	fieldColumnLabel   = "FLD_DESC"
	fieldColumnFormat  = "FLD_FMT" // holds "!" where entry is upper-cased
	fieldColumnBlocked = "COM_BLK" // kept by AccountView itself
)

// dictionaryFilterField is the table-qualified name that the dictionary filters on.
const dictionaryFilterField = "dct_fld.DBF_NAME"

var dictionaryFields = []string{
	"DCT_FLD_Id", fieldColumnTable, fieldColumnName, fieldColumnType, fieldColumnLength,
	fieldColumnLabel, fieldColumnFormat, fieldColumnBlocked,
}
