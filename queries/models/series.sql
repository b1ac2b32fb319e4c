-- How did this model's metrics move, version by version?
-- One row per metric, version and bucket of days: the last, lowest and highest value (at most about 1,000).
with

days as (
    select
        metric, version, measured_on, value, value_low, value_high, count_values,
        -- The narrowest of a day, a week, four weeks and a quarter that keeps the answer small.
        case
            when count(*) over () <= 1000 then 1
            when count(*) over () <= 7000 then 7
            when count(*) over () <= 28000 then 28
            else 28 * ceil(count(*) over () / 28000)
        end::integer as bucket_days
    from model_metrics_daily
    where initiative_id = $initiative_id and model = $model
)

select
    metric, version, time_bucket(to_days(bucket_days), measured_on)::date as bucket_on,
    max(measured_on) as measured_on,
    max_by(value, measured_on) as value, min(value_low) as value_low, max(value_high) as value_high,
    sum(count_values)::bigint as count_values, any_value(bucket_days) as bucket_days
from days
group by all
order by metric, version, bucket_on
