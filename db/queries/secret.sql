-- name: SecretPut :exec
insert into secret (integration, name, sealed) values (@integration, @name, @sealed)
on conflict (integration, name) do update set sealed = excluded.sealed, changed_at = now();

-- name: SecretGet :one
select sealed, changed_at from secret where integration = @integration and name = @name;

-- name: SecretList :many
select name, changed_at from secret where integration = @integration order by name;

-- name: TokenPut :exec
insert into token (integration, system, sealed) values (@integration, @system, @sealed)
on conflict (integration, system) do update set sealed = excluded.sealed, changed_at = now();

-- name: TokenGet :one
select sealed from token where integration = @integration and system = @system;

-- name: TokenLock :one
select sealed from token where integration = @integration and system = @system for update;
