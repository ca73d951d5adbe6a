-- name: ListingPut :exec
insert into listing (integration, kind, sealed, items) values (@integration, @kind, @sealed, @items)
on conflict (integration, kind) do update set sealed = excluded.sealed, items = excluded.items, fetched_at = now();

-- name: ListingAll :many
select kind, sealed from listing where integration = @integration order by kind;

-- name: ListingAges :many
select kind, items, fetched_at from listing where integration = @integration order by kind;

-- name: ConnectionTestPut :exec
insert into connection_test (integration, system, code, sealed) values (@integration, @system, @code, @sealed)
on conflict (integration, system) do update set code = excluded.code, sealed = excluded.sealed, tested_at = now();

-- name: ConnectionTestAll :many
select system, code, sealed, tested_at from connection_test where integration = @integration order by system;

-- name: ConsentPut :exec
insert into consent (id, integration, system, state_hash, sealed, expires_at)
values (@id, @integration, @system, @state_hash, @sealed, @expires_at);

-- name: ConsentReturn :one
-- Only the first to bring the state back in time gets the row.
update consent set returned_at = now()
where state_hash = @state_hash and returned_at is null and expires_at > now()
returning id, integration, system, sealed;

-- name: ConsentSeal :exec
update consent set sealed = @sealed where id = @id;

-- name: ConsentGet :one
select integration, system, sealed from consent where id = @id;

-- name: ConsentEnd :exec
delete from consent where id = @id;

-- name: ConsentForget :execrows
-- Whose time is over long ago, and which nobody can be exchanging any more.
delete from consent where expires_at < now() - interval '1 hour';
