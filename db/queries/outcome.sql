-- name: OutcomePut :exec
insert into outcome (integration, flow, entity, source_id, number, marker, document, outcome, code, target_id, run)
values (@integration, @flow, @entity, @source_id, @number, @marker, @document, @outcome, @code, @target_id, @run)
on conflict do nothing;

-- name: OutcomeCountAllSince :many
select integration, flow, outcome, count(*) as records
from outcome
where at >= @since
group by integration, flow, outcome
order by integration, flow, outcome;
