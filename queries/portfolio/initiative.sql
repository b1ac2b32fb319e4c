-- What do we know about this initiative?
-- One row, or none when the viewer may not see it.
select
    initiatives.*,
    standing.* exclude (initiative_id, stage),
    standing.stage,
    case when is_live then 1 when is_open then live_share end as live_share,
    case when is_open then delay_amount(live_share, benefit_base_amount) end as cost_of_delay_amount
from initiatives
left join standing using (initiative_id)
left join chance on chance.stage = standing.stage
where initiatives.initiative_id = $initiative_id
