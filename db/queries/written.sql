-- name: WrittenPut :exec
insert into written (integration, entity, source_id, sealed) values (@integration, @entity, @source_id, @sealed)
on conflict (integration, entity, source_id) do update set sealed = excluded.sealed, changed_at = now();

-- name: WrittenGet :one
select sealed from written where integration = @integration and entity = @entity and source_id = @source_id;

-- name: WrittenList :many
select source_id, sealed from written where integration = @integration and entity = @entity and source_id = any(@source_ids::text[]);
