-- What owners declared, file by file: one row per initiative and counting batch that describes a day by now.
create or replace view declarations as
select initiative_id, initiatives_row.declared_status, batch_counting.as_of as declared_on
from initiatives_row
join batch_counting using (batch_id)
join (select initiative_id from initiatives) using (initiative_id)
where not is_removed and batch_counting.as_of <= as_of();
