-- name: BookingPut :exec
insert into booking (integration, entity, source_id, version, kind, target, reference, target_id, content_hash, document, sealed)
values (@integration, @entity, @source_id, @version, @kind, @target, @reference, @target_id, @content_hash, @document, @sealed)
on conflict (integration, entity, source_id, version, kind) do update
set target = excluded.target, reference = excluded.reference, target_id = excluded.target_id, content_hash = excluded.content_hash,
    document = excluded.document, sealed = excluded.sealed, changed_at = now();

-- name: BookingList :many
-- The documents of a sale, in the order in which they were written.
select * from booking
where integration = @integration and entity = @entity and source_id = @source_id
order by version, kind desc;

-- name: BookingDrop :exec
-- It is known that nothing came of an announcement.
delete from booking
where integration = @integration and entity = @entity and source_id = @source_id and version = @version and kind = @kind and target_id = '';

-- name: BookingDeleteBefore :execrows
-- All documents of a sale of which none changed since, and that nobody is at work
-- on. The links stay: the sale is known, but what was written no longer is.
delete from booking d
where d.integration = @integration and (d.entity, d.source_id) in (
    select b.entity, b.source_id
    from booking b
    where b.integration = @integration
      and not exists (
          select from inbox i
          where i.integration = b.integration and i.entity = b.entity and i.source_id = b.source_id and i.finished_marker < i.marker)
    group by b.entity, b.source_id
    having max(b.changed_at) < @before
    limit @most);
