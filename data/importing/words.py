"""The words organizations use, and what each means here. A word that is unclear is not listed."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

_NOT_WORD = re.compile(r"[\W_]+")
_PARTS = re.compile(r"\s[-–—]\s|[–—:(),;\[\]\n]")
_NUMBERED = re.compile(r"^(?:(?:stage|phase|step|gate|tier|level) )?\d+ ")

NEEDS_QUOTES = r'[;,|"\r\n]|^\s|\s$|\s\s'
_NEEDS_QUOTES = re.compile(NEEDS_QUOTES)
_ITEM = re.compile(r'\s*"(?P<quoted>(?:[^"]|"")*)"\s*(?=[;,|\r\n]|$)|(?P<bare>[^;,|\r\n]+)')

NOTHING = frozenset({"", "n/a", "na", "none", "null", "nil", "nan", "#n/a", "not applicable"})
YES = frozenset({"yes", "y", "true", "t", "1", "ja", "oui", "si", "sí", "x", "✓", "✔"})
NO = frozenset({"no", "n", "false", "f", "0", "nein", "non", "✗", "✘"})

_SYNONYMS = {
    # stages
    "idea": "initiated | initiation | planned | planning | ideation | concept | conception | "
    "proposed | proposal | backlog | intake | submitted | discovery | exploration | exploratory | "
    "exploring | idea stage | new idea | not started | pre initiation | scoping | opportunity"
    " | idee | geplant | in planung | idée | en projet | propuesta",
    "proof_of_concept": "acquisition and development | development and acquisition | "
    "acquisition | development | in development | under development | being developed | poc | "
    "prototype | alpha | prototyping | proof of value | pov | pre deployment | predeployment | "
    "build | building | experiment | experimentation | feasibility | design and development | "
    "in build | design | research and development | r and d | proof of technology"
    " | machbarkeitsstudie | in entwicklung | entwicklung | prototyp | preuve de concept | "
    "en développement | prueba de concepto | en desarrollo",
    "pilot": "implementation and assessment | implementation | implementing | pilot phase | "
    "piloting | in pilot | trial | trialling | trialing | beta | testing | test | in testing | "
    "uat | user acceptance testing | mvp | minimum viable product | limited release | "
    "limited deployment | soft launch | field test | early access | pilot stage"
    " | pilotphase | pilotbetrieb | pilotiert | pilote | en pilote | piloto",
    "production": "operation and maintenance | operations and maintenance | o and m | operation | "
    "operations | in production | in mission | live | go live | gone live | deployed | "
    "deployment | operational | in operation | in use | in service | launched | released | prod | "
    "productive | production use | rolled out | implemented | running | deployed in production | "
    "general availability | ga | in live use | live in production | business as usual | bau"
    " | produktion | produktiv | produktivbetrieb | in betrieb | im einsatz | en service | "
    "en exploitation | en producción | producción",
    "scaled": "scaling | scale | at scale | enterprise wide | enterprisewide | company wide | "
    "organization wide | organisation wide | agency wide | rolled out everywhere | "
    "fully rolled out | rolled out enterprise wide | full scale"
    " | ausgerollt | skaliert | généralisé | escalado",
    "stopped": "stop | cancelled | canceled | discontinued | abandoned | terminated | rejected | "
    "killed | withdrawn | dropped | not pursued"
    " | gestoppt | abgebrochen | eingestellt | arrêté | abandonné | detenido | cancelado",
    "retired": "decommissioned | sunset | sunsetted | end of life | phased out | retirement | "
    "no longer in use | taken out of service | switched off | shut down"
    " | stillgelegt | abgeschaltet | außer betrieb | hors service | retirado",
    # evidence
    "claimed": "claim | stated | assumed | assumption | guess | expert opinion | anecdotal | "
    "self reported",
    "modelled": "modeled | model | simulated | simulation | calculated | business case | "
    "forecasted",
    "measured": "measurement | observed | measured against baseline | a b test | "
    "measured against a baseline",
    "confirmed": "verified | validated | audited | finance confirmed | confirmed by finance | "
    "signed off | signed off by finance | booked",
    # cost categories
    "people": "staff | labor | labour | personnel | salaries | headcount | payroll | "
    "contractors | consultants | consulting | employees | professional services | hr"
    " | personal | personalkosten | gehälter",
    "compute": "cloud | infrastructure cost | hosting | gpu | hardware | servers | "
    "cloud compute | aws | azure | gcp | inference | tokens | api usage | compute and storage",
    "licences": "licence | license | licenses | software | saas | subscription | subscriptions | "
    "licensing | software licences | software licenses"
    " | lizenzen | lizenzkosten | licencias",
    "data": "data acquisition | data purchase | data labelling | data labeling | labelling | "
    "labeling | annotation | datasets | data costs | etl | ingestion | data ingestion | "
    "data pipeline | feature engineering | features",
    "integration": "systems integration | system integration | integrations | implementation cost",
    "other": "others | misc | miscellaneous | sundry | training | travel | overhead"
    " | sonstiges | sonstige | andere | autres | otros",
    # kinds of benefit
    "cost_saving": "cost savings | saving | savings | cost reduction | cost avoidance | "
    "efficiency savings | opex reduction | costs saved",
    "revenue": "income | sales | revenue uplift | revenue growth | top line | additional revenue",
    "risk_avoided": "risk | risk reduction | risk avoidance | loss avoided | losses avoided | "
    "avoided loss | fraud avoided | compliance",
    "capacity": "hours saved | time saved | productivity | capacity released | fte saved | "
    "time savings | freed capacity | capacity freed",
    # barriers
    "ownership": "no owner | lack of ownership | unclear ownership | accountability | "
    "lack of ownership alignment | no business owner",
    "infrastructure": "platform | technical infrastructure | technology | tooling | "
    "technical debt | infrastructure gaps | it infrastructure | legacy systems | data platform",
    "talent": "skills | skills gap | talent gap | skill gap | lack of talent | lack of skills | "
    "hiring | staffing | talent shortage",
    "procurement_governance": "procurement | governance | legal | compliance review | "
    "procurement and governance | vendor approval | contracting | privacy review | risk review | "
    "security review",
    "unclear_roi": "roi | no business case | unclear value | unclear return | roi unclear | "
    "business value | unclear benefit | unclear business case | no roi",
    # states of a capability
    "missing": "absent | not in place | no | n | false | nein | non | 0 | "
    "not available | does not exist | not there",
    "partial": "partly | partially | in progress | partially in place | some | incomplete | "
    "partly in place | being built",
    "in_place": "yes | y | true | ja | oui | si | x | 1 | complete | available | done | "
    "fully in place | exists | full | ready | established",
    # capabilities
    "data_pipeline": "data pipelines | etl | data ingestion | data feed | data feeds",
    "model_versioning": "model registry | model version control | versioning | version control",
    "automated_retraining": "retraining | automatic retraining | retraining pipeline | "
    "automated retraining pipelines",
    "containerized_inference": "containers | containerised inference | containerized | "
    "containerised | containerized inference services | docker | kubernetes",
    "model_drift_monitoring": "model drift | drift monitoring",
    "data_drift_monitoring": "data drift | data distribution changes",
    "performance_monitoring": "monitoring | model monitoring | performance degradation",
    "alerting": "alerts | alarms",
    "application_integration": "integration with applications | enterprise integration | "
    "integrated with applications | crm integration | erp integration",
    "decision_automation": "automated decisions | automated decision workflows",
    "gpu_compute": "gpu | gpus | gpu enabled compute | accelerators",
    "deployment_pipeline": "deployment pipelines | ci cd | cicd | model deployment pipelines | "
    "deployment automation",
    "governance_framework": "ai governance | governance frameworks | governance policy",
    # what an owner says
    "green": "g | on track | good | ok | healthy",
    "amber": "a | yellow | y | at risk | orange | caution",
    "red": "r | off track | critical | in trouble",
    # teams
    "engineering": "eng | software engineering | developers | ml engineering | data engineering | "
    "platform engineering",
    "data_science": "data scientists | data science and ai | ai | ml | analytics | ds",
    "product": "product management | product owner | product team",
    "operations": "ops | operations team",
    "finance": "controlling | fp and a | accounting",
    # kinds of metric
    "performance": "quality | accuracy metric | model performance",
    "model_drift": "model drift monitoring | prediction drift | concept drift",
    "data_drift": "feature drift | data distribution | input drift",
    "service": "latency | availability | sla | uptime | operational metric",
    # how a run of a pipeline ended, and what it is for
    "succeeded": "success | successful | succeed | ok | completed | complete | passed | finished | "
    "done | green",
    "failed": "failure | fail | error | errored | crashed | timed out | "
    "timeout | upstream failed | red",
    "cancelled": "canceled | aborted | killed | skipped | preempted",
    "retraining": "retrain | training | train | model training | model retraining | fine tuning",
    # outcomes
    "continue": "proceed | go on | carry on | keep going",
    "rework": "revise | redesign | fix | change",
    "stop": "stopped | kill | cancel | terminate | cancelled",
    "hold": "on hold | pause | paused | wait | defer | deferred",
}


def plain(text: str) -> str:
    """Words only, lower case, one blank apart: `Acquisition and/or Development` loses its slash."""
    words = " ".join(_NOT_WORD.sub(" ", text.casefold().replace("&", " and ")).split())
    return words.replace("and or ", "and ")


def nothing(text: str) -> bool:
    """Whether the cell's text is a way to say that there is nothing to say."""
    bare = text.strip().strip("-–—.").strip().casefold()
    return bare in NOTHING or bare == "(blank)"


def parts(text: str) -> list[str]:
    """The items of a list in one cell, in order, each once; quoted ones keep their separators.

    >>> parts('SAP; "Oracle, EMEA"; n/a, the "new" CRM')
    ['SAP', 'Oracle, EMEA', 'the "new" CRM']
    """
    items = (
        " ".join(found["bare"].split()) if found["bare"] else found["quoted"].replace('""', '"')
        for found in _ITEM.finditer(text)
    )
    return [item for item in dict.fromkeys(items) if not nothing(item)]


def joined(items: Iterable[str]) -> str:
    """A list as one cell, from which `parts` makes the same items again.

    >>> joined(["SAP", "Oracle, EMEA"])
    'SAP; "Oracle, EMEA"'
    """
    return "; ".join(
        '"' + item.replace('"', '""') + '"' if _NEEDS_QUOTES.search(item) else item
        for item in items
    )


@cache
def vocabulary(values: tuple[str, ...]) -> Mapping[str, str]:
    """Every known way to say each of the values, as plain words."""
    said = {
        plain(word): value for value in values for word in _SYNONYMS.get(value, value).split(" | ")
    }
    return said | {plain(value): value for value in values}


def meaning(text: str, values: tuple[str, ...]) -> str | None:
    """The value a text stands for: itself or a synonym, whole or in one of its parts.

    >>> meaning("Planned (not in production)", ("idea", "production"))
    'idea'
    >>> meaning("On hold", ("idea", "production"))
    """
    known = vocabulary(values)
    if whole := known.get(_unnumbered(plain(text))):
        return whole
    parts = (_unnumbered(plain(part)) for part in _PARTS.split(text))
    found = {known[part] for part in parts if part in known}
    return found.pop() if len(found) == 1 else None


def _unnumbered(words: str) -> str:
    return _NUMBERED.sub("", words)


def choices(values: Iterable[str]) -> str:
    """Words as a sentence lists them: a, b or c."""
    *most, last = values
    return f"{', '.join(most)} or {last}" if most else last
