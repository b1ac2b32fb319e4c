"""The invented enterprise: a maker of pumps and heating plants, its seven units and its people."""

from datetime import date
from typing import NamedTuple

AS_OF = date(2026, 10, 31)
PLAN_END = date(2027, 6, 1)
PLATFORM = date(2025, 11, 17)
"""The shared AI platform opened; Logistics and Field Service moved to it first."""


class Unit(NamedTuple):
    """How a unit executes, in a few numbers."""

    character: str
    sponsors: tuple[str, ...]
    owners: tuple[str, ...]
    barriers: tuple[str, ...]  # most typical first
    overrun: float  # actual cost / planned cost
    return_share: float  # realised benefit / planned benefit
    equipped: float  # how much of the five layers is there, 0 to 1
    proof: str  # the best evidence of benefit the unit usually brings


UNITS = {
    "Manufacturing": Unit(
        "solid, but old plant systems make every pilot long",
        ("Henrike Aldenhoff", "Tomasz Wierzbowicz"),
        ("Oluwaseun Faber", "Birgit Stanković", "Mateo Quillfeldt", "Sanna Korhela"),
        ("infrastructure", "talent", "ownership"),
        1.12,
        0.88,
        0.50,
        "measured",
    ),
    "Logistics": Unit(
        "executes well, and faster since the platform",
        ("Amara Lindqvist",),
        ("Pieter Nakagawa", "Roza Beganović", "Femke Adeyinka", "Ilyas Tremblett"),
        ("procurement_governance", "infrastructure"),
        0.99,
        0.97,
        0.80,
        "confirmed",
    ),
    "Customer Service": Unit(
        "starts a lot and finishes almost nothing",
        ("Dominik Oyelowska", "Leila Hadrami"),
        ("Carla Winterfeldt", "Nikhil Sørensby", "Jun Havlicek"),
        ("ownership", "unclear_roi", "talent"),
        1.18,
        0.60,
        0.30,
        "claimed",
    ),
    "Sales and Marketing": Unit(
        "goes live, then returns less than it promised",
        ("Rafael Montclair", "Leila Hadrami"),
        ("Yusra Pellerin", "Gregor Mbeki-Hahn", "Valentina Osei"),
        ("unclear_roi", "ownership"),
        1.08,
        0.52,
        0.50,
        "modelled",
    ),
    "Field Service": Unit(
        "small and good",
        ("Kaito Brennecke",),
        ("Mirjam Castellano", "Thabo Eriksdotter", "Noor van Aalst"),
        ("talent", "infrastructure"),
        0.97,
        1.06,
        0.80,
        "confirmed",
    ),
    "Finance and Procurement": Unit(
        "careful; every approval takes its time",
        ("Wilhelmina Achterberg",),
        ("Zoltán Ferreira", "Aoife Lindemann", "Hassan Weidling"),
        ("procurement_governance", "unclear_roi"),
        1.04,
        0.93,
        0.45,
        "confirmed",
    ),
    "Engineering": Unit(
        "brilliant experiments, few who can deploy them",
        ("Siddharth Malmgren", "Tomasz Wierzbowicz"),
        ("Elif Radcliffe-Nowak", "Bohdan Iwasaki", "Marisol Thygesen"),
        ("talent", "infrastructure", "ownership"),
        1.10,
        0.85,
        0.35,
        "modelled",
    ),
}


class Process(NamedTuple):
    """A business process: what it is measured by, and what a good initiative in it is worth."""

    goal: str
    success_metric: str
    baseline: float
    target: float
    kinds: tuple[str, ...]
    systems: tuple[str, ...]
    benefit_thousands: int


STOPS = "Fewer unplanned stops"
ON_TIME = "Deliver on time and in full"
SERVE = "Lower the cost to serve by 12 %"
GROW = "Grow service and parts revenue"
CASH = "Free working capital"
SPEED = "Bring products to market faster"
SAFE = "Safe, compliant, auditable"

PROCESSES = {
    "Maintenance": Process(
        STOPS, "Unplanned stops per line and month", 9.4, 6.0,
        ("cost_saving", "capacity"), ("plant ERP", "machine data hub"), 1400,
    ),
    "Quality inspection": Process(
        STOPS, "Share of defects found after the line", 0.038, 0.015,
        ("cost_saving", "risk_avoided"), ("plant ERP", "line control"), 1100,
    ),
    "Production planning": Process(
        ON_TIME, "Hours lost to replanning per week", 41, 24,
        ("capacity",), ("plant ERP", "shift calendar"), 900,
    ),
    "Energy and materials": Process(
        SERVE, "Energy per unit made, kWh", 7.9, 6.8,
        ("cost_saving",), ("machine data hub", "building control"), 800,
    ),
    "Transport": Process(
        ON_TIME, "Share of deliveries late by a day or more", 0.124, 0.07,
        ("cost_saving", "revenue"), ("transport system", "ERP"), 1900,
    ),
    "Warehouse": Process(
        SERVE, "Minutes per picked order", 11.6, 8.9,
        ("cost_saving", "capacity"), ("warehouse system", "ERP"), 1200,
    ),
    "Parts supply": Process(
        CASH, "Parts stock in days of demand", 96, 74,
        ("cost_saving",), ("ERP", "parts catalogue"), 3100,
    ),
    "Trade documents": Process(
        SERVE, "Minutes per shipment file", 34, 12,
        ("cost_saving",), ("ERP", "document archive"), 650,
    ),
    "Customer contact": Process(
        SERVE, "Minutes of agent time per contact", 8.7, 6.1,
        ("cost_saving", "capacity"), ("customer service desk", "CRM"), 2300,
    ),
    "Complaints": Process(
        SERVE, "Days to close a complaint", 9.8, 5.0,
        ("cost_saving",), ("customer service desk", "ERP"), 1300,
    ),
    "Lead to order": Process(
        GROW, "Share of qualified leads won", 0.17, 0.23,
        ("revenue",), ("CRM", "web shop"), 2600,
    ),
    "Pricing": Process(
        GROW, "Gross margin on spare parts, share", 0.312, 0.335,
        ("revenue",), ("ERP", "CRM", "quotation tool"), 3600,
    ),
    "Marketing": Process(
        GROW, "Hours per campaign", 62, 30,
        ("cost_saving",), ("CRM", "content library"), 500,
    ),
    "Field visits": Process(
        GROW, "Share of jobs fixed at the first visit", 0.71, 0.82,
        ("cost_saving", "revenue"), ("field service app", "ERP"), 1700,
    ),
    "Payables and receivables": Process(
        CASH, "Share of invoices touched by hand", 0.46, 0.2,
        ("cost_saving",), ("ERP", "document archive"), 1150,
    ),
    "Purchasing": Process(
        CASH, "Spend under a negotiated contract, share", 0.58, 0.72,
        ("cost_saving",), ("ERP", "supplier portal"), 1500,
    ),
    "Controls and audit": Process(
        SAFE, "Findings per audit", 14, 8,
        ("risk_avoided",), ("ERP", "document archive"), 600,
    ),
    "Product design": Process(
        SPEED, "Weeks from concept to released drawing", 23, 16,
        ("capacity",), ("product data system",), 1600,
    ),
    "Testing": Process(
        SPEED, "Repeat tests per product", 5.2, 3.0,
        ("cost_saving", "capacity"), ("test bench system", "product data system"), 850,
    ),
}  # fmt: skip

PILOT_TARGETS = {"stalled": 0.35, "moving": 0.6, "lost": 0.4}
"""Share of pilots that wrote down how success will be measured."""

UNOWNED = {
    "Lead scoring",
    "Warehouse slotting",
    "Complaint triage",
    "Quality scoring of calls",
    "Casting simulation surrogate",
    "Social listening",
    "Trade fair lead capture",
    "Supplier quality early warning",
}
WITHOUT_COSTS = {
    "Driver rest planning",
    "Trade fair lead capture",
    "Standards watch",
    "Churn call list",
    "Voice biometrics",
}
WITHOUT_BENEFIT_CASE = {
    "Leak sound library",
    "Avatar for web shop",
    "Standards watch",
    "Robot cell anomaly detection",
    "Knowledge base writer",
    "Compressed air monitoring",
}
WITHOUT_PLAN_AHEAD = {
    "Tool wear forecasting",
    "Email routing",
    "Drawing search",
    "Dock camera analytics",
}
OVERRUNS = {
    "Digital twin of line 4": 1.55,
    "Voice assistant for hotlines": 1.42,
    "Price recommendation": 1.34,
    "Autonomous forklifts": 1.38,
    "Pump design optimiser": 1.31,
}
NEVER_ASSESSED = {
    "Campaign text generator",
    "Dock camera analytics",
    "Partner portal assistant",
    "Cold chain alerts",
    "Patent landscape",
    "Expense anomaly check",
    "Drone stock count",
    "Service chatbot",
}
