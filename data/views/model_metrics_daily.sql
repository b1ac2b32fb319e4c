-- One row per series and day.
create or replace view model_metrics_daily as
select initiative_id, model, version, metric, measured_on, value, value_low, value_high, count_values
from model_metrics_days
where measured_on <= as_of() and unit is not null and is_chosen(unit, sponsor);
