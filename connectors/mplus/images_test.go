package mplus_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
)

func TestImages_AreUploadedFoundByNameAndShownInOrder(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	upload := func(name string) connectors.HeldImage {
		id, err := s.client.CreateImage(t.Context(), connectors.Image{Name: name, Type: "image/png", Data: []byte("picture " + name)})
		require.NoError(t, err)
		return connectors.HeldImage{ID: id}
	}
	shown := func() []connectors.HeldImage {
		held, err := s.client.HeldImages(t.Context(), []string{"100101", "100102", "4711"})
		require.NoError(t, err)
		require.Empty(t, held["100102"])
		require.Contains(t, held, "100102")
		require.NotContains(t, held, "4711", "the till does not have that article")
		return held["100101"]
	}
	require.Empty(t, shown())
	one, two := upload("1.png"), upload("2.png")
	require.NoError(t, s.client.ShowImages(t.Context(), "100101", []connectors.HeldImage{{ID: one.ID, Labels: []int{3}}}))
	held := shown()
	require.Equal(t, []connectors.HeldImage{{ID: one.ID, Name: "1.png", Labels: []int{3}}}, held)
	require.NoError(t, s.client.ShowImages(t.Context(), "100101", append([]connectors.HeldImage{two}, held...)))
	require.Equal(t, []connectors.HeldImage{{ID: two.ID, Name: "2.png", Labels: []int{1, 2}}, held[0]}, shown(), "a new one is shown where the till shows new ones, the other as it was")
	require.NoError(t, s.client.ShowImages(t.Context(), "100101", nil))
	require.Empty(t, shown())
}

func TestImages_WhatTheTillDoesNotTakeIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	create := func(image connectors.Image) error {
		_, err := s.client.CreateImage(t.Context(), image)
		return err
	}
	for _, image := range []connectors.Image{
		{Name: "a.txt", Type: "text/plain", Data: []byte("x")}, {Name: "a.png", Type: "image/png"},
	} {
		f, ok := fault.As(create(image))
		require.True(t, ok)
		require.Equal(t, []any{fault.Rejected, "image_refused"}, []any{f.Kind, f.Code})
	}
	require.True(t, fault.Is(s.client.ShowImages(t.Context(), "100101", []connectors.HeldImage{{ID: "99"}}), fault.Rejected))
	require.True(t, fault.Is(s.client.ShowImages(t.Context(), "A1", nil), fault.Invalid))
	require.True(t, fault.Is(s.client.ShowImages(t.Context(), "100101", []connectors.HeldImage{{ID: "x"}}), fault.Invalid))
	require.NoError(t, s.server.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.DropAfter, Operation: "createImage", Calls: 1}))
	require.True(t, fault.Is(create(connectors.Image{Name: "a.png", Type: "image/png", Data: []byte("x")}), fault.Uncertain))
}
