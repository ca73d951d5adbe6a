package app

import "context"

func (a *App) RunServer(ctx context.Context) error { <-ctx.Done(); return nil }
