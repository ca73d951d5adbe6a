package db

import (
	"errors"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// IsDown reports whether an error says that the database could not be reached,
// is starting or stopping, or has no room for another connection: nothing is
// wrong with what was asked, and asking again later will do.
func IsDown(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err) {
		return true
	}
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return false
	}
	for _, class := range []string{"08", "53", "57P", "40"} { // connection, resources, shutdown, serialization
		if strings.HasPrefix(refused.Code, class) {
			return true
		}
	}
	return false
}
