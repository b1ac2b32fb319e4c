-- Nothing is seen in a stage before it enters it.
-- warning: Correct the day it entered or the day it was seen.
select
    row, 'entered_on' as target, entered_on::text as value,
    'It was seen in ' || replace(stage, '_', ' ') || ' on ' || observed_on
        || ', before it entered on ' || entered_on || '.' as says
from draft_deployment_status
where entered_on > observed_on
