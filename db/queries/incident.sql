-- name: ParkedCountByCause :many
-- What waits for a person, by cause, with the numbers of the oldest.
select flow, code, count(*) as records, coalesce(sum(total_cents), 0)::bigint as total_cents,
    min(opened_at)::timestamptz as oldest_at, max(opened_at)::timestamptz as newest_at,
    coalesce((array_agg(number order by opened_at, id) filter (where number <> ''))[1:@most_numbers::integer], '{}')::text[] as numbers
from parked
where integration = @integration and closed_at is null
group by flow, code
order by flow, code;

-- name: IncidentListOpen :many
select * from incident where integration = @integration and closed_at is null order by first_seen, id;

-- name: IncidentListOpenOf :many
-- The open incidents of one topic, over all integrations.
select * from incident where topic = @topic and closed_at is null order by integration, first_seen, id;

-- name: IncidentCountOpen :many
select integration, flow, count(*) as incidents from incident where closed_at is null group by integration, flow order by integration, flow;

-- name: IncidentPut :exec
-- Opens an incident, or says how it stands now. What stands as it did is not written.
insert into incident (integration, flow, code, subject, topic, records, total_cents, numbers, oldest_at, newest_at)
values (@integration, @flow, @code, @subject, @topic, @records, @total_cents, @numbers, @oldest_at, @newest_at)
on conflict (integration, flow, code, subject) where closed_at is null do update
set records = excluded.records, total_cents = excluded.total_cents, numbers = excluded.numbers,
    oldest_at = excluded.oldest_at, newest_at = excluded.newest_at, last_seen = now()
where (incident.records, incident.total_cents, incident.oldest_at, incident.newest_at)
   <> (excluded.records, excluded.total_cents, excluded.oldest_at, excluded.newest_at);

-- name: IncidentOpen :exec
-- Opens an incident that concerns no record, or notes that it happened again.
insert into incident (integration, flow, code, subject, topic) values (@integration, @flow, @code, @subject, @topic)
on conflict (integration, flow, code, subject) where closed_at is null do update
set newest_at = now(), last_seen = now();

-- name: IncidentClose :exec
update incident set closed_at = now(), last_seen = now() where id = any (@ids::bigint[]) and closed_at is null;

-- name: IncidentCloseOf :exec
-- A channel works again.
update incident set closed_at = now(), last_seen = now()
where integration = @integration and topic = @topic and subject = @subject and closed_at is null;

-- name: IncidentCloseFlow :exec
-- What stood still goes on.
update incident set closed_at = now(), last_seen = now()
where integration = @integration and flow = @flow and topic = @topic and subject = @subject and closed_at is null;

-- name: IncidentListUntold :many
-- Incidents that are open, and those that closed after somebody was told of them
-- who does not know it yet.
select c.*
from incident c
where c.integration = @integration and (c.closed_at is null or exists (
    select from incident_told t where t.incident = c.id and t.solved_at is null))
order by c.first_seen, c.id;

-- name: IncidentListTold :many
select t.*
from incident_told t
join incident c on c.id = t.incident
where c.integration = @integration and t.solved_at is null;

-- name: IncidentGetAll :many
select * from incident where integration = @integration and id = any (@ids::bigint[]) order by first_seen, id;

-- name: IncidentTold :exec
insert into incident_told (incident, channel, told_at)
select id, @channel, now() from unnest(@ids::bigint[]) as id
on conflict (incident, channel) do update set told_at = excluded.told_at, solved_at = null;

-- name: IncidentToldSolved :exec
update incident_told set solved_at = now() where channel = @channel and incident = any (@ids::bigint[]);

-- name: IncidentForgetTold :exec
-- Channels that the document no longer has wait for no message. One that comes
-- back is told anew.
update incident_told t set solved_at = now()
from incident c
where c.id = t.incident and c.integration = @integration and t.solved_at is null and t.channel <> all (@channels::text[]);
