"""A portfolio whose every name tries to be more than a name."""

from conftest import put

from data.store import Store

NAMES = (
    "![x](http://example.org/x)",
    "<img src=http://example.org/x>",
    "<b>bold</b>",
    "{{ 7 * 7 }}",
    "$1$ and $2$",
    "[a](javascript:alert(1))",
    ":red[x] :material/home: # `y`",
)


def put_hostile(store: Store) -> None:
    """Initiatives, people, models, barriers, meetings and answers under hostile names."""
    texts = ("name", "description", "unit", "process", "owner", "sponsor", "success_metric")
    tables = {
        "initiatives": [f"initiative_id|{'|'.join(texts)}|benefit_base_amount"],
        "deployment_status": ["initiative_id|stage|entered_on"],
        "costs": ["initiative_id|month|category|actual_amount"],
        "model_metrics": ["initiative_id|model|version|metric|measured_at|value"],
        "barriers": ["initiative_id|barrier|raised_on|owner|note"],
        "assessments": ["assessed_on|respondent|question|team|score|evidence"],
        "meetings": [
            "meeting_id|held_on|title|as_of",
            f"M1|2025-06-12|{NAMES[0]}|2025-05-31",
            f"M2|2025-12-18|{NAMES[1]}|2025-11-30",
        ],
        "decisions": [
            "decision_id|meeting_id|initiative_id|question|outcome|rationale|owner|due_on"
        ],
    }
    for number, name in enumerate(NAMES):
        key, day = f"H{number}", f"-0{number + 1}-10"
        tables["initiatives"].append("|".join([key, *[name] * len(texts), "5000"]))
        tables["deployment_status"].append(f"{key}|pilot|2024{day}")
        if number % 3 == 0:
            tables["deployment_status"].append(f"{key}|production|2025{day}")
        tables["costs"].append(f"{key}|2025-06|people|1000")
        tables["model_metrics"].append(f"{key}|{name}|{name}|{name}|2025{day}T10:00|0.5")
        tables["barriers"].append(f"{key}|unclear_roi|2024{day}|{name}|{name}")
        about = "|".join(["hold", *[name] * 2, f"2025{day}"])
        tables["decisions"].append(f"D{number}|M1|{key}|{name}|{about}")
        tables["assessments"].append(f"2025-06-30|{name}|1.{number % 3 + 1}|{name}|2|{name}")
    put(store, **{name: "\n".join(lines) for name, lines in tables.items()})
