-- How likely an open initiative of a stage goes live: the portfolio's own record, steadied by a prior
-- worth ten initiatives.
create or replace view chance as
with

priors (stage, stage_rank, prior_share) as (
    values ('idea', 1, 0.15), ('proof_of_concept', 2, 0.25), ('pilot', 3, 0.48)
),

record as (
    select
        priors.*,
        count(*) filter (standing.is_live) as count_live,
        count(*) filter (standing.is_live or standing.is_lost) as count_finished
    from priors
    left join standing on standing.furthest_rank >= priors.stage_rank
    group by all
)

select *, (count_live + 10 * prior_share) / (count_finished + 10) as live_share
from record;
