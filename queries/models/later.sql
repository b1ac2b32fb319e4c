-- How many measurements of this model are dated after the as-of day, and so do not count?
-- One row, or none when there are no such measurements.
select initiative_id, model, count_values, first_on
from model_metrics_later
where initiative_id = $initiative_id and model = $model
