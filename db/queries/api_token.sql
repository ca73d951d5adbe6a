-- name: ApiTokenPut :one
insert into api_token (name, scope, hash, created_by) values (@name, @scope, @hash, @created_by)
returning id;

-- name: ApiTokenGet :one
select * from api_token where id = @id and revoked_at is null;

-- name: ApiTokenExists :one
-- Whether any token is in force.
select exists (select from api_token where revoked_at is null);

-- name: ApiTokenUsed :exec
-- A use counts at most once a minute: many requests must not become as many writes.
update api_token set last_used_at = now()
where id = @id and (last_used_at is null or last_used_at < now() - interval '1 minute');

-- name: ApiTokenList :many
select * from api_token order by name, id;

-- name: ApiTokenRevoke :execrows
update api_token set revoked_at = now() where name = @name and revoked_at is null;
