-- How do this initiative's models do?
-- One row per model and metric, worst first.
select model, version, metric, coalesce(label, metric) as label, model_state.kind, value, state, measured_on, days_since
from model_state
left join metric_targets using (metric)
where model_state.initiative_id = $initiative_id
    and (metric_targets.initiative_id is null or metric_targets.initiative_id = $initiative_id)
qualify row_number() over (
    partition by model, metric order by metric_targets.initiative_id nulls last
) = 1
order by list_position(['red', 'amber', 'stale', 'no target', 'green'], state), model, metric
