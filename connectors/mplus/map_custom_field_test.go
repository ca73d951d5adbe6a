package mplus

import (
	"encoding/xml"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCustomFields_AreReadAsText reads a card as the till sends it: an element
// for every kind of value, of which the kind of the field says which counts.
func TestCustomFields_AreReadAsText(t *testing.T) {
	t.Parallel()
	var w relation
	require.NoError(t, xml.Unmarshal([]byte(`<relation><customFieldList>
		<customField><fieldName> klantsoort </fieldName><dataType>DATA-TYPE-STRING</dataType><strValue> grossier </strValue><intValue>0</intValue></customField>
		<customField><fieldName>punten</fieldName><dataType>DATA-TYPE-INT</dataType><strValue></strValue><intValue>-12</intValue></customField>
		<customField><fieldName>korting</fieldName><dataType>DATA-TYPE-DECIMAL</dataType><intValue>1250</intValue><decimalPlaces>2</decimalPlaces></customField>
		<customField><fieldName>nieuwsbrief</fieldName><dataType>DATA-TYPE-BOOL</dataType><boolValue>1</boolValue></customField>
		<customField><fieldName>sinds</fieldName><dataType>DATA-TYPE-DATE</dataType><dateValue><day>5</day><mon>2</mon><year>2024</year></dateValue></customField>
		<customField><fieldName>bezocht</fieldName><dataType>DATA-TYPE-DATETIME</dataType><dateTimeValue><sec>0</sec><min>5</min><hour>23</hour><day>6</day><mon>2</mon><year>2024</year></dateTimeValue></customField>
		<customField><fieldName>dagen</fieldName><dataType>DATA-TYPE-MULTISELECTINT</dataType><multiSelectInt>1</multiSelectInt><multiSelectInt>3</multiSelectInt></customField>
		<customField><fieldName>oud</fieldName><intValue>7</intValue></customField>
		<customField><fieldName>leeg</fieldName><dataType>DATA-TYPE-STRING</dataType><strValue></strValue></customField>
		<customField><fieldName>stuk</fieldName><dataType>DATA-TYPE-INT</dataType><intValue>seven</intValue></customField>
		<customField><fieldName>vreemd</fieldName><dataType>DATA-TYPE-DECIMAL</dataType><intValue>1</intValue><decimalPlaces>99</decimalPlaces></customField>
		<customField><fieldName>geen dag</fieldName><dataType>DATA-TYPE-DATE</dataType><dateValue><day>31</day><mon>2</mon><year>2024</year></dateValue></customField>
	</customFieldList></relation>`), &w))
	require.Equal(t, map[string]string{
		"klantsoort": "grossier", "punten": "-12", "korting": "12.5", "nieuwsbrief": "true", "sinds": "2024-02-05", "bezocht": "2024-02-06", "dagen": "1,3", "oud": "7",
	}, assumptions{}.customerFromRelation(w, 5).Custom)
	require.Nil(t, assumptions{}.customerFromRelation(relation{}, 5).Custom)
}
