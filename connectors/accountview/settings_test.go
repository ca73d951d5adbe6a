package accountview

import (
	"testing"

	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

func complete() Settings {
	s := Defaults()
	s.CompanyID, s.ClientID, s.ClientSecret = "company", "app", "planted"
	return s
}

func TestSettings_TheDefaultsLackCompanyAndCredentialsOnly(t *testing.T) {
	t.Parallel()
	err := Defaults().Validate()
	require.ErrorContains(t, err, "company_id must be given")
	require.ErrorContains(t, err, "client_id must be given")
	require.ErrorContains(t, err, "client_secret must be given")
	require.Len(t, err.(interface{ Unwrap() []error }).Unwrap(), 3)
	require.NoError(t, complete().Validate())
}

func TestSettings_EveryProblemIsToldAtOnceAndNoSecretIsShown(t *testing.T) {
	t.Parallel()
	s := complete()
	s.BaseURL = "https://user:planted@books.example/api/v3/"
	s.Paging, s.BookDate, s.Overflow, s.DebtorNumbering, s.ErrorIn200 = "x", "x", "x", "x", "x"
	s.PageSize, s.MaxHeaders, s.FiltersPerCall, s.OrderLineBatch, s.MaxInFlight = 5000, 2, 0, -1, 0
	s.PageKeys = nil

	err := s.Validate()
	for _, key := range []string{
		"base_url", "paging", "book_date", "overflow", "debtor_numbering", "error_in_200", "page_size", "max_headers",
		"filters_per_call", "order_line_batch", "max_in_flight", "page_keys",
	} {
		require.ErrorContains(t, err, key+" must")
	}
	require.NotContains(t, err.Error(), "planted")
}

func TestSettings_AreWrittenFlatInYAML(t *testing.T) {
	t.Parallel()
	s := complete()
	require.NoError(t, yaml.Unmarshal([]byte("order_ref_field: EXT_ID\npaging: pagenumber\ntoken_ttl: 20m\nclient_secret: planted\n"), &s))
	require.Equal(t, "EXT_ID", s.OrderRefField)
	require.Equal(t, PagingPageNumber, s.Paging)
	require.Equal(t, "20m0s", s.TokenTTL.String())
	require.Equal(t, "planted", s.ClientSecret.Reveal())

	written, err := yaml.Marshal(s)
	require.NoError(t, err)
	require.NotContains(t, string(written), "planted")
	require.NotContains(t, string(written), "settings:")
}

func TestNew_RefusesWrongSettings(t *testing.T) {
	t.Parallel()
	_, err := New(Defaults(), &memoryTokens{}, nil, nil)
	require.ErrorContains(t, err, "company_id")
	_, err = New(complete(), nil, nil, nil)
	require.ErrorContains(t, err, "tokens")
}
