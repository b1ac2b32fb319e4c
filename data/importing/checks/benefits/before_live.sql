-- A benefit is realised once the initiative is live.
-- info: Correct the month, or bring in the day it went live.
with
live as (
    select initiative_id, min(day_of(entered_on, observed_on)) as live_on
    from after_deployment_status
    where stage in ('production', 'scaled') and entered_on is not null
    group by initiative_id
)

select
    row, 'month' as target, strftime(month, '%Y-%m') as value,
    initiative_id || ' has a realised benefit in ' || strftime(month, '%B %Y')
        || ' and goes live on ' || live_on || '.' as says
from draft_benefits
join live using (initiative_id)
where realised_amount <> 0 and month < date_trunc('month', live_on)
