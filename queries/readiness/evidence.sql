-- Which initiatives fall short in which action of the five steps?
-- One row per open or live initiative and action asked of it, the most benefit first; score empty where not assessed.
select
    initiative_id, name, unit, standing.stage, action_evidence.is_live, action, score,
    coalesce(score, 0) < 1 as is_short,
    action_evidence.benefit_base_amount
from action_evidence
join initiatives using (initiative_id)
join standing using (initiative_id)
where day_on = as_of()
order by action_evidence.benefit_base_amount desc nulls last, name, initiative_id, action
