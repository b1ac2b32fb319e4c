-- A row's cells stand under their headers.
-- warning: Look for a missing or an extra separator in the row, and move its cells.
with
doubted as (
    select row, count(distinct "column") as cells, count(distinct kind) as kinds
    from draft_problems
    where severity <> 'info' and row > 0 and kind <> ''
    group by row
)

select
    row, '' as target, '' as value,
    cells || ' cells of this row do not fit their columns: it may be shifted to the side.' as says
from doubted
where cells >= 3 and kinds >= 2
