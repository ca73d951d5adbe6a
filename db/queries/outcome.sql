-- name: OutcomePut :exec
insert into outcome (integration, flow, entity, source_id, number, marker, document, outcome, code, target_id, run)
values (@integration, @flow, @entity, @source_id, @number, @marker, @document, @outcome, @code, @target_id, @run)
on conflict do nothing;

-- name: OutcomeListLatest :many
select * from outcome where integration = @integration order by id desc limit @most;

-- name: OutcomeCountSince :many
select outcome, count(*) as records
from outcome
where integration = @integration and at >= @since
group by outcome
order by outcome;

-- name: OutcomeCountAllSince :many
select integration, flow, outcome, count(*) as records
from outcome
where at >= @since
group by integration, flow, outcome
order by integration, flow, outcome;
