"""The headers organizations write, per target, likeliest first."""

_NAMES = {
    "initiative_id": "initiative id | use case id | project id | id | identifier | initiative | "
    "project number | reference | use case number | project code | inventory id | unique id | key",
    "name": "use case name | initiative name | project name | name of use case | name | title | "
    "use case title | project title | initiative title | initiative | use case | project | "
    "ai use case | ai initiative | system name | solution name | application name | product name"
    " | projekt | projektname | vorhaben | bezeichnung | projet | nom du projet | nom | "
    "proyecto | nombre",
    "description": "description | summary of use case | problem statement | "
    "what problem is the ai intended to solve | what problem does it solve | summary | "
    "intended purpose | purpose | use case summary | use case description | project description | "
    "what does it do | details | about | abstract | intended purpose and expected benefits | "
    "objective of the use case | problem to be solved"
    " | beschreibung | descripción",
    "unit": "business unit | unit | bu | department | dept | agency | organization | "
    "organisation | division | business area | ministry | directorate | line of business | "
    "lob | function | business line | bureau | component | bureau component | component agency | "
    "office | entity | company | region | agency abbreviation | department code"
    " | bereich | geschäftsbereich | abteilung | unité | direction | département | unidad | área",
    "process": "business process | process | process area | workflow | business function",
    "goal": "strategic goal | goal | strategic objective | objective | strategic theme | "
    "business goal | okr",
    "sponsor": "executive sponsor | sponsor | business sponsor | exec sponsor | "
    "accountable executive | champion"
    " | auftraggeber",
    "owner": "owner | initiative owner | project owner | business owner | product owner | "
    "project manager | project lead | lead | responsible | point of contact | "
    "who is responsible | action owner | assignee"
    " | verantwortlich | verantwortlicher | projektleiter | ansprechpartner | responsable",
    "success_metric": "success metric | success metrics | kpi | success measure | key metric | "
    "measure of success | success criteria",
    "baseline": "baseline | baseline value | kpi baseline | before | value before",
    "target": "target | target value | kpi target | goal value",
    "actual": "actual | actual value | current value | kpi actual | kpi now",
    "declared_status": "rag | rag status | health | overall status | status | traffic light | "
    "project health | declared status | status colour | status color",
    "teams": "teams | team | involved teams | participating teams | teams involved",
    "engineers_fte": "engineers fte | fte | engineering fte | ftes | headcount | engineers | "
    "number of engineers",
    "benefit_low_amount": "benefit low | low benefit | pessimistic benefit | benefit worst case | "
    "conservative benefit",
    "benefit_base_amount": "benefit base | annual benefit | expected annual benefit | "
    "expected benefit | benefit per year | estimated annual benefit | annual value | "
    "business value | expected value | estimated savings | annual savings",
    "benefit_high_amount": "benefit high | high benefit | optimistic benefit | benefit best case",
    "benefit_evidence": "benefit evidence | evidence | benefit confidence | evidence level",
    "integrates_with": "integrates with | integrations | integrated systems | target systems | "
    "connected systems | integration with",
    "planned_live_on": "planned live | planned go live | planned go live date | target date | "
    "target go live | target go live date | planned production date | expected go live | "
    "expected go live date | go live target | planned deployment date | planned live date | "
    "expected deployment date | planned end date | deadline | scheduled go live",
    "stage": "stage of development | stage of system development life cycle | "
    "system development life cycle | stage | development stage | current stage | phase | "
    "project phase | lifecycle stage | life cycle stage | lifecycle | maturity | "
    "deployment stage | current phase | project stage | deployment status | status | state | "
    "project status | use case status | operational status | implementation status | "
    "projektphase | étape | statut | etapa | fase | estado",
    "entered_on": "entered on | operational or the pilot s start date | "
    "operational or pilot start date | stage entered on | date entered stage | stage date | "
    "in stage since | status date | stage since | phase start | phase start date | "
    "date of stage | status since",
    "observed_on": "observed on | as of | as of date | reported on | report date | "
    "snapshot date | reporting date | last updated | status as of",
    "note": "note | notes | remark | remarks | comment | comments",
    "entered_on:idea": "date initiated | initiation date | initiated | initiated on | kick off | "
    "kick off date | idea date | date proposed | date submitted | submitted on | start date | "
    "project start | project start date | date started | started on | start | created on | "
    "date created | intake date | ideation date | idea | ideation | idea start | idea submitted",
    "entered_on:proof_of_concept": "date when acquisition and development began | "
    "date acquisition and development began | acquisition date | development start date | "
    "date development began | poc start | poc start date | poc date | poc | proof of concept | "
    "proof of concept date | proof of concept start | development began | development started | "
    "date when development began | build start | prototype date | development start",
    "entered_on:pilot": "pilot start | mvp | mvp date | mvp start | pilot start date | "
    "pilot date | date of pilot | pilot began | pilot | pilot started | pilot started on | "
    "date piloted | trial start | beta date | testing start | date pilot began",
    "entered_on:production": "date implemented | implementation date | go live date | go live | "
    "golive | live date | live since | live on | operational date | date operational | "
    "date deployed | deployment date | deployed on | production date | in production since | "
    "launch date | date launched | date of deployment | went live | release date | production | "
    "production start | first operational | actual go live | in operation since | "
    "date of operation | date in production | operational since | live",
    "entered_on:scaled": "date scaled | scaled | scaled on | scale date | rollout date | "
    "roll out date | rolled out on | full rollout date | enterprise rollout",
    "entered_on:stopped": "date stopped | stopped | cancelled | stopped on | stop date | "
    "date cancelled | cancelled on | cancellation date | date discontinued | date terminated | "
    "termination date",
    "entered_on:retired": "date retired | retirement date | retired on | date decommissioned | "
    "decommission date | decommissioned on | sunset date | end of life date | retired",
    "month": "month | period | date | fiscal period | posting period | accounting period | "
    "posting date | year month"
    " | monat | mois | mes",
    "category": "category | cost category | cost type | expense type | type of cost | "
    "cost element | spend category | type"
    " | kategorie | kostenart | catégorie | categoría",
    "planned_amount": "planned amount | planned | plan | budget | budgeted | planned cost | "
    "planned benefit | budget amount | forecast"
    " | soll | plankosten | prévu | presupuesto",
    "actual_amount": "actual amount | actual | actuals | actual cost | spend | spent | amount | "
    "cost | actual spend"
    " | ist | istkosten | betrag | réel | dépensé | montant | importe",
    "calendar_year": "year | calendar year | jahr | année",
    "currency": "currency | currency code | ccy | curr | währung | devise",
    "kind": "kind | benefit type | type of benefit | benefit kind | benefit category | type | "
    "metric type | category",
    "realised_amount": "realised amount | realised | realized | realized amount | "
    "actual benefit | realised benefit | realized benefit | achieved | actual | benefit | amount",
    "evidence": "evidence | evidence level | proof | how do we know | basis | source",
    "model": "model | model name",
    "version": "version | model version | run",
    "metric": "metric | metric name | measure | indicator",
    "measured_at": "measured at | timestamp | time | datetime | date | measured on | "
    "measurement date | logged at",
    "value": "value | metric value | measurement | score | result",
    "label": "label | display name | title | claim",
    "higher_is_better": "higher is better | more is better | is higher better | direction",
    "amber": "amber | warning | warning threshold | amber threshold | amber line | yellow",
    "red": "red | critical | critical threshold | red threshold | red line | alert threshold",
    "capability": "capability | building block | component",
    "assessed_on": "assessed on | assessment date | date | date of assessment | assessed",
    "state": "state | status | maturity | level",
    "barrier": "barrier | blocker | impediment | obstacle | issue type | reason",
    "raised_on": "raised on | date raised | raised | since | open since | opened on | opened | "
    "start date | reported on",
    "resolved_on": "resolved on | date resolved | resolved | closed on | closed | until | "
    "date closed | end date",
    "respondent": "respondent | answered by | participant | name | email | person",
    "question": "question | question id | item | decision needed | topic",
    "team": "team | department | function | unit",
    "score": "score | rating | answer | value | points",
    "meeting_id": "meeting id | meeting | meeting number",
    "held_on": "held on | date held | meeting date | date",
    "title": "title | meeting title | subject",
    "as_of": "as of | as of date | data as of",
    "known_at": "known at | data known at",
    "decision_id": "decision id | decision number | id",
    "outcome": "outcome | decision | decided | verdict | result | state | run state | run status | "
    "status",
    "rationale": "rationale | reason | reasoning | why | justification",
    "due_on": "due on | due date | due | deadline | by when",
    "done_on": "done on | date done | done | completed on | completion date",
    "platform": "platform | orchestrator | scheduler | tool | source system | system | source",
    "run_id": "run id | dag run id | dag run | job run id | job run | run name | execution id | "
    "build id | build number | run | job id",
    "pipeline": "pipeline | dag id | dag | pipeline name | pipeline id | workflow name | "
    "workflow | job name | job | flow | flow name",
    "purpose": "purpose | purpose of the run | run type | job type | kind of run | type of run | "
    "pipeline type | type | kind",
    "started_at": "started at | start time | started | start date | started on | start timestamp | "
    "run start | start | began at | execution date | created at",
    "ended_at": "ended at | end time | ended | end date | finished at | finished | completed at | "
    "end timestamp | run end | end",
    "benchmark_id": "benchmark id | id",
    "figure": "figure | value | benchmark value | number",
    "measured_in": "measured in | measure | unit of measure",
    "counts_what": "counts what | counts | what is counted",
    "from_stage": "from stage | from",
    "to_stage": "to stage | to",
    "publisher": "publisher | published by | source",
    "year": "year | published | year published | publication year",
    "sample": "sample | sample size | n | respondents",
    "url": "url | link | web address",
    "grade": "grade | source grade | quality",
    "is_disputed": "is disputed | disputed",
}

SYNONYMS = {target: tuple(names.split(" | ")) for target, names in _NAMES.items()}
PLAN_WORDS = frozenset(
    [
        "planned",
        "plan",
        "planning",
        "target",
        "expected",
        "forecast",
        "forecasted",
        "estimated",
        "estimate",
        "scheduled",
        "proposed",
        "anticipated",
        "projected",
        "budget",
        "budgeted",
        "goal",
    ]
)
