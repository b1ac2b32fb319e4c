-- What was returned against plan, month by month?
-- One row per month, oldest first; realised counts evidence of at least $least_evidence (none named: claimed).
with

ranked as (
    select
        *,
        evidence_rank(coalesce(evidence, 'claimed')) as proof,
        evidence_rank($least_evidence) as least_proof
    from benefits
)

select
    month,
    sum(planned_amount) as planned_amount,
    sum(realised_amount) filter (proof >= least_proof) as realised_amount
from ranked
group by month
order by month
