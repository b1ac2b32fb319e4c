-- How far are we on each action of the five steps?
-- One row per day and action, oldest day first: the as-of date and the ends of the twelve months before it.
select
    day_on, action,
    count(*) as count_initiatives,
    count(score) as count_known,
    sum(score) / count(*) as score_share,
    count(*) filter (coalesce(score, 0) < 1) as count_short,
    count(*) filter (coalesce(score, 0) < 1 and benefit_base_amount is null) as count_short_without_benefit,
    sum(benefit_base_amount) filter (coalesce(score, 0) < 1) as short_benefit_amount
from action_evidence
group by day_on, action
order by day_on, action
