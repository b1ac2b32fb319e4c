-- What exactly was measured of one metric of this model in these days?
-- One row per measurement, oldest first, at most 1,000; count_values says how many there are.
select version, measured_at, value, count(*) over () as count_values
from model_metrics
where initiative_id = $initiative_id and model = $model and metric = $metric
    and measured_at >= $from_on and measured_at < $until_on::date + 1
order by measured_at, version
limit 1000
