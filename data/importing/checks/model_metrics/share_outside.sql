-- A share lies between 0 and 1.
-- warning: Write shares as 0.87, not as 87; if it is no share, name the metric otherwise.
select
    row, 'value' as target, value::text as value,
    metric || ' is a share, and ' || value || ' is not between 0 and 1.' as says
from draft_model_metrics
where
    (value < 0 or value > 1)
    and regexp_matches(
        lower(metric), '(^|_|\b)(accuracy|auc|precision|recall|f1|share|rate|coverage)(_|\b|$)'
    )
