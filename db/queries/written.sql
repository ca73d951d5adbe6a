-- name: WrittenPut :exec
insert into written (integration, entity, source_id, sealed) values (@integration, @entity, @source_id, @sealed)
on conflict (integration, entity, source_id) do update set sealed = excluded.sealed, changed_at = now();

-- name: WrittenGet :one
select sealed from written where integration = @integration and entity = @entity and source_id = @source_id;

-- name: WrittenList :many
select source_id, sealed from written where integration = @integration and entity = @entity and source_id = any(@source_ids::text[]);

-- name: WrittenDeleteGone :execrows
-- What we wrote of records that the books have no more.
delete from written d
where d.integration = @integration and (d.entity, d.source_id) in (
    select w.entity, w.source_id
    from written w
    join catalog c on c.integration = w.integration and c.entity = w.entity and c.source_id = w.source_id
    where w.integration = @integration and c.gone_at < @before
    limit @most);
