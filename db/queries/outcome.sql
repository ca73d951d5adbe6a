-- name: OutcomePut :exec
insert into outcome (integration, flow, entity, source_id, number, marker, document, outcome, code, target_id, run, decisions)
values (@integration, @flow, @entity, @source_id, @number, @marker, @document, @outcome, @code, @target_id, @run, @decisions)
on conflict do nothing;

-- name: OutcomeCountAllSince :many
select integration, flow, outcome, count(*) as records
from outcome
where at >= @since
group by integration, flow, outcome
order by integration, flow, outcome;

-- name: OutcomeListOf :many
-- How each attempt of a record ended, the first one first.
select outcome, code, target_id, marker, document, decisions, at
from outcome
where integration = @integration and entity = @entity and source_id = @source_id
order by at, id;

-- name: OutcomeListOfFlow :many
-- How each attempt of a flow with a record ended, the first one first.
select entity, outcome, code, target_id, marker, document, decisions, at
from outcome
where integration = @integration and flow = @flow and source_id = @source_id
order by entity, at, id;
