-- Where the latest value of every series of model metrics came from.
create or replace view metric_sources as
select
    initiative_id, model, version, metric,
    max_by(batch.source, measured_at) as source
from model_metrics_history
join batch using (batch_id)
join initiatives using (initiative_id)
where measured_at::date <= as_of()
group by initiative_id, model, version, metric;
