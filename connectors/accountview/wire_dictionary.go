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

// The list of tables: system object dbf, table DCT_FILE (reference: GO client).
const (
	objectTables = "dbf"
	tableTables  = "DCT_FILE"

	fieldTableNoUpdate = "NO_UPDATE"  // rows cannot be changed
	fieldTableNoAPI    = "NO_XML_UPD" // not through the Web API

	tablesFilterField = "dct_file.DBF_NAME"
)

// dictionaryFilterField is the table-qualified name that the dictionary filters on.
const dictionaryFilterField = "dct_fld.DBF_NAME"

var dictionaryFields = []string{
	"DCT_FLD_Id", fieldColumnTable, fieldColumnName, fieldColumnType, fieldColumnLength,
	fieldColumnLabel, fieldColumnFormat, fieldColumnBlocked,
}
