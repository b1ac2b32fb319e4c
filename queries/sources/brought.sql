-- What did a pull bring, and of which initiatives?
-- One row per initiative and table; initiatives with most rows first.
select
    initiative_id, name, table_name, count_rows,
    sum(count_rows) over (partition by initiative_id) as count_all
from brought
where number = $number
order by count_all desc, name, initiative_id, table_name
