-- How does each metric of this model stand, and where are its lines?
-- One row per metric and version in use, the worst first.
select
    metric, label, kind, version, value, state, higher_is_better, amber, red, measured_on, days_since,
    red_since_on
from model_state
left join model_red using (initiative_id, model)
where initiative_id = $initiative_id and model = $model
order by list_position(['red', 'amber', 'no target', 'stale', 'green'], state), kind, metric, version
