-- name: InboxListOpenBefore :many
-- Records that are not dealt with, or wait for a person, whose payload is of a
-- month that is forgotten; by key, from the one after the last one seen.
select open_record.entity, open_record.source_id
from (
    select i.entity, i.source_id
    from inbox i
    where i.integration = @integration and i.payload_month < @before and i.finished_marker < i.marker
    union
    select i.entity, i.source_id
    from parked p
    join inbox i on i.integration = p.integration and i.entity = p.entity and i.source_id = p.source_id
    where p.integration = @integration and p.closed_at is null and i.payload_month < @before
) as open_record
where (open_record.entity, open_record.source_id) > (@after_entity::text, @after_source_id::text)
order by open_record.entity, open_record.source_id
limit @most;

-- name: InboxPayloadLock :one
select payload_month, payload_id from inbox
where integration = @integration and entity = @entity and source_id = @source_id
for update;

-- name: InboxPayloadMove :exec
update inbox set payload_month = @payload_month, payload_id = @payload_id
where integration = @integration and entity = @entity and source_id = @source_id;

-- name: ParkedListOpenBefore :many
select id from parked
where integration = @integration and closed_at is null and payload_month < @before and id > @after
order by id
limit @most;

-- name: ParkedPayloadLock :one
select payload_month, payload_id from parked where id = @id and closed_at is null for update;

-- name: ParkedPayloadMove :exec
update parked set payload_month = @payload_month, payload_id = @payload_id where id = @id;

-- name: PayloadCountOpen :one
-- What a month still holds of records that are open.
select ((select count(*)
        from inbox i
        join payload p on p.month = i.payload_month and p.id = i.payload_id
        where i.integration = @integration and i.payload_month = @month
          and (i.finished_marker < i.marker or exists (
              select from parked o
              where o.integration = i.integration and o.entity = i.entity and o.source_id = i.source_id and o.closed_at is null)))
     + (select count(*)
        from parked o
        join payload p on p.month = o.payload_month and p.id = o.payload_id
        where o.integration = @integration and o.payload_month = @month and o.closed_at is null))::bigint as records;

-- name: OutcomeDeleteBefore :execrows
delete from outcome where id in (
    select o.id from outcome o where o.integration = @integration and o.at < @before order by o.at limit @most);

-- name: ParkedDeleteBefore :execrows
delete from parked where id in (
    select o.id from parked o where o.integration = @integration and o.closed_at < @before limit @most);

-- name: InboxDeleteBefore :execrows
-- Records that were dealt with and whose payload is gone. The links stay: a record
-- that comes again is compared with what stands in the books.
delete from inbox d
where d.integration = @integration and (d.entity, d.source_id) in (
    select i.entity, i.source_id
    from inbox i
    where i.integration = @integration and i.arrived_at < @before and i.payload_month < @month and i.finished_marker >= i.marker
      and not exists (
          select from parked p
          where p.integration = i.integration and p.entity = i.entity and p.source_id = i.source_id and p.closed_at is null)
    limit @most)
  and d.finished_marker >= d.marker;

-- name: RequestDeleteBefore :execrows
delete from request where id in (
    select r.id from request r where r.integration = @integration and r.asked_at < @before limit @most);

-- name: IncidentDeleteBefore :execrows
delete from incident where id in (
    select c.id from incident c where c.integration = @integration and c.closed_at < @before limit @most);
