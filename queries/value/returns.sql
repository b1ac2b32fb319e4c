-- What did each initiative return for what it cost?
-- One row per initiative, by name; realised counts evidence of at least $least_evidence (none named: claimed).
with

spent as (
    select initiative_id, sum(actual_amount) as spent_amount from costs group by initiative_id
),

ranked as (
    select
        *,
        evidence_rank(coalesce(evidence, 'claimed')) as proof,
        evidence_rank($least_evidence) as least_proof
    from benefits
    where month <= as_of()
),

realised as (
    select
        initiative_id,
        sum(realised_amount) filter (proof >= least_proof) as realised_amount,
        sum(realised_amount) filter (proof >= least_proof and planned_amount is not null) as realised_in_plan_amount,
        sum(planned_amount) as planned_benefit_amount,
        sum(realised_amount) as realised_by_any_amount,
        sum(realised_amount) filter (proof >= 3) as realised_proven_amount
    from ranked
    group by initiative_id
)

select
    initiatives.initiative_id, name, unit, standing.stage, coalesce(is_live, false) as is_live,
    benefit_base_amount, spent_amount, realised.* exclude (initiative_id)
from initiatives
left join standing using (initiative_id)
left join spent using (initiative_id)
left join realised using (initiative_id)
order by name, initiatives.initiative_id
