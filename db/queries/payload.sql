-- name: PayloadKeyPut :exec
insert into payload_key (integration, month, sealed) values (@integration, @month, @sealed)
on conflict do nothing;

-- name: PayloadKeyGet :one
select sealed from payload_key where integration = @integration and month = @month;

-- name: PayloadPut :exec
insert into payload (id, integration, month, sealed) values (@id, @integration, @month, @sealed)
on conflict do nothing;

-- name: PayloadGet :one
select sealed from payload where integration = @integration and month = @month and id = @id;
