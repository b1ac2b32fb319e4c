-- A value is of the size of what the same model showed before.
-- info: Nothing, if it is right; else check the value's unit.
with
history as (
    select
        initiative_id, model, metric, count(*) as days, avg(value) as usual,
        greatest(10 * stddev_samp(value), abs(avg(value)) * 3) as far
    from model_metrics_daily
    group by initiative_id, model, metric
    having days >= 20
),

-- Values no model would find strange are most, and need not be looked up model by model.
harmless as (
    select metric, max(usual - far) as lowest, min(usual + far) as highest
    from history
    group by metric
),

candidates as (
    select draft_model_metrics.*
    from draft_model_metrics
    join harmless using (metric)
    where value < lowest or value > highest
)

select
    row, 'value' as target, value::text as value,
    'The ' || days || ' days stored of ' || model || ' lie around ' || round(usual, 3) || '.'
        as says
from candidates
join history using (initiative_id, model, metric)
where abs(value - usual) > far
