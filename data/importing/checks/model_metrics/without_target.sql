-- Every metric has a target, so that it can be said to be well or not.
-- info: Bring in metric targets, or the metric colours nothing.
with
targets as (select distinct metric from after_metric_targets)

select
    min(row) as row, 'metric' as target, metric as value,
    'No target is known for ' || metric || ' (' || count(*) || ' rows): it is neither good nor bad.'
        as says
from draft_model_metrics
where metric not in (select metric from targets)
group by metric
