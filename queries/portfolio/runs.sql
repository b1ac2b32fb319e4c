-- How do the pipelines of this initiative run?
-- One row per pipeline and model, retraining first; those that another platform reports too do not count.
select
    purpose, model, pipeline, platform, is_counted,
    max(ended_at) filter (outcome = 'succeeded') as last_success_at,
    max_by(url, ended_at) filter (outcome = 'succeeded') as last_success_url,
    max(started_at) as last_started_at,
    max_by(coalesce(outcome, 'running'), started_at) as last_outcome,
    max_by(url, started_at) as last_url,
    count(*) filter (outcome = 'succeeded') as count_succeeded,
    count(*) filter (outcome = 'failed') as count_failed,
    count(*) filter (outcome = 'cancelled') as count_cancelled,
    count(*) filter (outcome is null) as count_running,
    count_succeeded / nullif(count_succeeded + count_failed, 0) as success_share
from counted_runs
where initiative_id = $initiative_id
group by all
order by purpose desc, is_counted desc, last_started_at desc, pipeline, model, platform
