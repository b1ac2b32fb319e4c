"""What an analyst knows of the initiative and no platform does, dated from today."""

from datetime import date, timedelta

INITIATIVES = """\
initiative_id,name,description,unit,process,goal,sponsor,owner,success_metric,baseline,target,\
engineers_fte,benefit_low_amount,benefit_base_amount,benefit_high_amount,benefit_evidence
FORMS-1,Reading handwritten forms,Reads the digits people write on paper claims,Claims,\
Claims intake,Shorter handling of claims,Head of Claims,Lead of claims intake,\
Share of forms nobody retypes,0.4,0.9,2,120000,200000,260000,modelled
"""
TARGETS = """\
metric,label,kind,higher_is_better,amber,red
accuracy,Digits read right,performance,true,0.9,0.85
input_psi,Drift of the input (PSI),data_drift,false,0.1,0.25
"""
ENTERED = {"idea": 300, "proof_of_concept": 220, "pilot": 77}


def files(today: date) -> dict[str, str]:
    """The files as CSV, by the table each is of."""
    return {
        "initiatives": INITIATIVES,
        "deployment_status": _entered(today),
        "costs": _costs(today),
        "metric_targets": TARGETS,
    }


def _entered(today: date) -> str:
    lines = [
        f"FORMS-1,{stage},{today - timedelta(days=before)}" for stage, before in ENTERED.items()
    ]
    return "\n".join(["initiative_id,stage,entered_on", *lines])


def _costs(today: date) -> str:
    """The same every month since the idea; planned to be less for three years to come."""
    spent, to_come = _months(today, range(-9, 1)), _months(today, range(1, 37))
    lines = [f"FORMS-1,{month},people,14000,15000" for month in spent]
    lines += [f"FORMS-1,{month},people,6000," for month in to_come]
    return "\n".join(["initiative_id,month,category,planned_amount,actual_amount", *lines])


def _months(today: date, ahead: range) -> list[str]:
    counted = (today.year * 12 + today.month - 1 + each for each in ahead)
    return [f"{month // 12}-{month % 12 + 1:02}" for month in counted]
