-- What do others report?
-- One row per published figure, those comparable with a share of pilots first.
select
    *,
    measured_in = 'share' and counts_what = 'projects' and to_stage = 'production'
        and from_stage in ('proof_of_concept', 'pilot') as is_comparable
from benchmarks
order by is_comparable desc, grade, year desc, benchmark_id
