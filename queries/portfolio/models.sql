-- How do this initiative's models do?
-- One row per model, version in use and metric, worst first.
select model, version, metric, label, kind, value, state, measured_on, days_since, source
from model_state
left join metric_sources using (initiative_id, model, version, metric)
where initiative_id = $initiative_id
order by list_position(['red', 'amber', 'stale', 'no target', 'green'], state), model, version, metric
