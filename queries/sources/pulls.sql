-- How did the last pull of each platform go?
-- One row per platform ever pulled, by name.
with

last_of_each as (
    select
        source,
        max(ended_at) as last_at,
        max_by(outcome, number) as last_outcome,
        max_by(says, number) as last_says,
        max(ended_at) filter (outcome <> 'failed') as good_at,
        max_by(says, number) filter (outcome <> 'failed') as good_says,
        max_by(batch_id, number) filter (outcome = 'stored') as batch_id,
        count(*) as count_pulls,
        count(*) filter (outcome = 'failed') as count_failed
    from pulls
    group by source
)

select *
from last_of_each
order by source
