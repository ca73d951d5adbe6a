-- name: GateOpen :exec
insert into gate_slot (connection, slot)
select @connection::text, n
from generate_series(0, @last_slot::integer) as n
on conflict do nothing;

-- name: GateTake :one
update gate_slot
set holder = @holder, free_at = now() + @lease::interval
where (connection, slot) = (
    select g.connection, g.slot
    from gate_slot g
    where g.connection = @connection and g.slot < @slots::integer and g.free_at <= now()
    order by g.slot
    limit 1
    for update skip locked)
returning slot;

-- name: GateLeave :exec
update gate_slot set holder = null, free_at = 'epoch' where connection = @connection and holder = @holder;

-- name: GateRateOpen :exec
insert into gate_rate (connection) values (@connection) on conflict do nothing;

-- name: GateRateTake :one
-- Books the next moment at which a call may begin, if it is near enough; answers how long to wait.
update gate_rate
set next_at = greatest(next_at, now()) + @spacing::interval
where connection = @connection and next_at <= now() + @patience::interval
returning greatest(extract(epoch from (next_at - @spacing::interval) - now()), 0)::float8 as wait_seconds;
