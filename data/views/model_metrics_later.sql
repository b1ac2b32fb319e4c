-- What is dated after the as-of day and so does not exist for any figure: counted, per model.
create or replace view model_metrics_later as
select initiative_id, model, sum(count_values)::bigint as count_values, min(measured_on) as first_on
from model_metrics_days
where measured_on > as_of() and unit is not null and is_chosen(unit, sponsor)
group by initiative_id, model;
