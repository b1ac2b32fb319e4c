-- Red lies beyond amber, in the direction in which the metric gets worse.
-- warning: Swap the two lines, or correct whether higher is better.
select
    row, 'red' as target, red::text as value,
    metric || ' turns amber at ' || amber || ' and red at ' || red || ', and '
        || if(higher_is_better, 'higher', 'lower') || ' is said to be better.' as says
from draft_metric_targets
where if(higher_is_better, red > amber, red < amber)
