package domain

const tryRecordAgain = "Then retry: koppel parked retry."

// tillReasons explain what stops a record on its way to the till.
var tillReasons = map[string]Reason{
	"category_parent_gone":       {Words: "The group above this category no longer exists at the till.", Fix: "Nothing to do: the next full run makes it again. Or run it now: koppel sync categories."},
	"image_refused":              {Words: "The till does not take the picture of an article: it is too large, or of a kind that the till does not show. The article itself goes its way.", Fix: "Replace the picture in AccountView by a smaller JPEG or PNG. It is tried again when the picture changes."},
	"till_field_rules":           {Words: "A field is too long for the till, is not one of its fields, or holds what the till cannot store.", Fix: lookAtDetails + " for the field and its rule. Correct it in AccountView, or the row of the mapping that fills it. " + tryRecordAgain},
	"till_record_not_understood": {Words: "The till sent this record in a form that could not be understood, so it was not compared.", Fix: "Open the record at the till and save it again. " + tryRecordAgain},
}
