-- name: IntegrationPut :exec
insert into integration (slug) values (@slug) on conflict do nothing;

-- name: IntegrationLock :one
select current_version from integration where slug = @slug for update;

-- name: IntegrationSetVersion :exec
update integration set current_version = @version where slug = @slug;

-- name: IntegrationGet :one
select * from integration where slug = @slug;

-- name: IntegrationList :many
select * from integration where current_version > 0 order by slug;

-- name: DocumentPut :exec
insert into document (integration, version, yaml, author, note) values (@integration, @version, @yaml, @author, @note);

-- name: DocumentGet :one
select * from document where integration = @integration and version = @version;

-- name: DocumentList :many
-- Without the texts: a list of versions is read often, and a text can be large.
select version, author, note, created_at from document
where integration = @integration and version < @below
order by version desc
limit @most;
