package sandbox

import "reflect"

// merge lays an update over a record: an element that was left out keeps its value, a list that was sent replaces the
// whole list, an empty text clears the field unless emptyKeeps. Both are pointers to the same wire type.
func merge(record, update any, emptyKeeps bool) {
	dst, src := reflect.ValueOf(record).Elem(), reflect.ValueOf(update).Elem()
	for i := range src.NumField() {
		field := src.Field(i)
		switch field.Kind() {
		case reflect.Pointer, reflect.Slice:
			if field.IsNil() {
				continue
			}
			text := field.Kind() == reflect.Pointer && field.Type().Elem().Kind() == reflect.String
			if text && emptyKeeps && field.Elem().String() == "" {
				continue
			}
		default:
		}
		dst.Field(i).Set(field)
	}
}
