"""The document's five layers and five steps, as written, and what each is measured by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """An action of a step: its number, the document's words, how to do it next."""

    number: str
    says: str
    next: str

    @property
    def term(self) -> str:
        """The name of its figure in the terms."""
        return f"action_{self.number.replace('.', '_')}_share"


@dataclass(frozen=True)
class Output:
    """An output of a step: its number, the document's words, what is counted."""

    number: str
    says: str
    counts: str

    @property
    def term(self) -> str:
        """The name of its figure in the terms."""
        return f"output_{self.number}_share"


@dataclass(frozen=True)
class Step:
    """A step: its number, name, objective, three actions, two outputs."""

    number: int
    name: str
    objective: str
    actions: tuple[Action, Action, Action]
    outputs: tuple[Output, Output]


STEPS = (
    Step(
        1,
        "Align AI with business problems",
        "initiatives target real operational problems",
        (
            Action("1.1", "identify high-impact business processes", "name the business process"),
            Action(
                "1.2",
                "define measurable outcomes",
                "agree a success metric and its target",
            ),
            Action(
                "1.3",
                "align initiatives with strategic goals",
                "name the strategic goal it serves",
            ),
        ),
        (
            Output("1a", "clearly defined use cases", "open and live initiatives"),
            Output("1b", "success metrics for deployment", "open and live initiatives"),
        ),
    ),
    Step(
        2,
        "Build AI-ready infrastructure",
        "infrastructure capable of AI workloads",
        (
            Action("2.1", "scalable data pipelines", "bring a data pipeline into place"),
            Action("2.2", "GPU-enabled compute", "reserve compute"),
            Action("2.3", "model deployment pipelines", "bring a deployment pipeline into place"),
        ),
        (
            Output("2a", "reliable AI infrastructure", "live initiatives"),
            Output("2b", "scalable training and inference", "live initiatives"),
        ),
    ),
    Step(
        3,
        "Operationalize models (MLOps)",
        "operationalize models through automation",
        (
            Action("3.1", "automate training workflows", "automate retraining"),
            Action("3.2", "model version control", "put every model version into a registry"),
            Action(
                "3.3",
                "monitoring and alerting",
                "watch drift and performance, and alert somebody",
            ),
        ),
        (
            Output("3a", "repeatable deployment pipelines", "live initiatives"),
            Output("3b", "stable production AI systems", "live initiatives"),
        ),
    ),
    Step(
        4,
        "Integrate with workflows",
        "outputs influence real workflows",
        (
            Action(
                "4.1",
                "integrate with enterprise applications",
                "connect it to the application people work in",
            ),
            Action(
                "4.2",
                "embed insights in operational dashboards",
                "measure its models every month",
            ),
            Action("4.3", "automate decision workflows", "let it decide within a limit"),
        ),
        (
            Output("4a", "AI-driven processes", "business processes"),
            Output("4b", "measurable operational improvements", "live initiatives"),
        ),
    ),
    Step(
        5,
        "Govern and scale",
        "sustain execution across the organization",
        (
            Action("5.1", "AI governance frameworks", "bring it under the governance framework"),
            Action(
                "5.2",
                "monitor performance and ROI",
                "record actual costs, realised benefits and model metrics",
            ),
            Action(
                "5.3",
                "scale successful initiatives across departments",
                "take it to the next department",
            ),
        ),
        (
            Output("5a", "enterprise AI maturity", "units"),
            Output(
                "5b",
                "predictable innovation pipelines",
                "initiatives that went live in the last 12 months with a promised day",
            ),
        ),
    ),
)


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer: its name, and what it must have: each thing stored, in the document's words."""

    key: str
    name: str
    things: dict[str, str]


LAYERS = (
    Layer(
        "data",
        "Data pipelines",
        {
            "data_pipeline": "continuous ingestion, cleaning and structuring of data "
            "from several sources"
        },
    ),
    Layer(
        "deployment",
        "Deployment infrastructure",
        {
            "model_versioning": "model versioning",
            "automated_retraining": "automated retraining pipelines",
            "containerized_inference": "containerized inference services",
        },
    ),
    Layer(
        "monitoring",
        "Monitoring",
        {
            "model_drift_monitoring": "model drift",
            "data_drift_monitoring": "data distribution changes",
            "performance_monitoring": "performance degradation",
            "alerting": "alerting (beyond the article: who hears of it)",
        },
    ),
    Layer(
        "integration",
        "Integration with operational systems",
        {
            "application_integration": "application integration",
            "decision_automation": "decision automation",
        },
    ),
    Layer(
        "teams",
        "Cross-functional teams",
        {
            "engineering": "engineering",
            "data_science": "data science",
            "product": "product",
            "operations": "operations",
            "finance": "finance",
        },
    ),
)
BEYOND = Layer(
    "beyond",
    "Beyond the layers: asked for by steps 2 and 5",
    {
        "gpu_compute": "GPU compute",
        "deployment_pipeline": "deployment pipeline",
        "governance_framework": "governance framework",
    },
)
EVERY_LAYER = (*LAYERS, BEYOND)
APPLICATIONS = {
    "crm": "CRM systems",
    "erp": "ERP platforms",
    "logistics": "logistics platforms",
    "customer_service": "customer service applications",
    "other": "other applications",
}
