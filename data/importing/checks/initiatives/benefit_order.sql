-- The cautious benefit is at most the expected, the expected at most the hopeful.
-- warning: Check which of the figures stands in the wrong column.
select
    row,
    case when benefit_low_amount > coalesce(benefit_base_amount, benefit_high_amount)
        then 'benefit_low_amount' else 'benefit_base_amount' end as target,
    coalesce(benefit_low_amount::text, '-') || ' / ' || coalesce(benefit_base_amount::text, '-')
        || ' / ' || coalesce(benefit_high_amount::text, '-') as value,
    'The benefit''s low, base and high figures do not rise.' as says
from draft_initiatives
where
    benefit_low_amount > benefit_base_amount
    or benefit_base_amount > benefit_high_amount
    or benefit_low_amount > benefit_high_amount
