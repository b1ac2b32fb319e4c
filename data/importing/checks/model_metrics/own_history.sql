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

extremes as (
    select initiative_id, model, metric, min(value) as lowest, max(value) as highest
    from draft_model_metrics
    group by initiative_id, model, metric
),

suspicious as (
    select history.*
    from extremes
    join history using (initiative_id, model, metric)
    where lowest < usual - far or highest > usual + far
)

select
    row, 'value' as target, value::text as value,
    'The ' || days || ' days stored of ' || model || ' lie around ' || round(usual, 3) || '.'
        as says
from draft_model_metrics
join suspicious using (initiative_id, model, metric)
where abs(value - usual) > far
