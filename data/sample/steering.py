"""What the steering committee asked and decided, and what people think of our readiness."""

from datetime import date

MEETINGS = [
    ("MTG-2025-4", "2025-12-11", "AI steering, fourth quarter 2025", "2025-11-30"),
    ("MTG-2026-1", "2026-03-19", "AI steering, first quarter 2026", "2026-02-28"),
    ("MTG-2026-2", "2026-06-18", "AI steering, second quarter 2026", "2026-05-31"),
    ("MTG-2026-3", "2026-09-24", "AI steering, third quarter 2026", "2026-08-31"),
]

# meeting, initiative, question, outcome, rationale, owner, due, done
# (done: a day, a stage = the day the initiative entered it, or nothing)
DECISIONS = [
    ("MTG-2025-4", "Digital twin of line 4", "Stop, or one more quarter?", "stop",
     "Fifteen months of pilot, half over plan, no line manager wants to run it.",
     "Henrike Aldenhoff", "2026-01-30", "stopped"),
    ("MTG-2025-4", "Spare parts demand forecast", "Take it to all three hubs?", "scale",
     "Stock down as planned in hub north, confirmed by finance.",
     "Amara Lindqvist", "2026-03-31", "scaled"),
    ("MTG-2025-4", "Voice assistant for hotlines", "Continue without an owner?", "rework",
     "Good demo, but nobody runs it. Name an owner and a smaller scope.",
     "Dominik Oyelowska", "2026-03-13", "2026-05-20"),
    ("MTG-2025-4", "Carrier choice assistant", "Ready to go live on the platform?", "continue",
     "First one on the shared platform, go live in January.",
     "Pieter Nakagawa", "2026-01-30", "production"),
    ("MTG-2026-1", "Machine manual chatbot", "Who takes it over?", "stop",
     "Maintenance does not; answers wrong in one of six cases.",
     "Tomasz Wierzbowicz", "2026-04-30", "stopped"),
    ("MTG-2026-1", "Complaint triage", "Spend more before an owner is named?", "hold",
     "No further spending until operations names an owner.",
     "Leila Hadrami", "2026-05-29", ""),
    ("MTG-2026-1", "Cash collection priorities", "Can legal sign off by April?", "continue",
     "Only the data protection note is missing.",
     "Wilhelmina Achterberg", "2026-04-30", "2026-04-28"),
    ("MTG-2026-1", "Paint shop defect detection", "Why two years in pilot?", "rework",
     "Line network too slow for the cameras; bring a plan with cost.",
     "Henrike Aldenhoff", "2026-06-30", ""),
    ("MTG-2026-2", "Social listening", "What has it changed?", "stop",
     "Nothing we could name. Money goes to lead scoring.",
     "Rafael Montclair", "2026-07-31", "stopped"),
    ("MTG-2026-2", "First-visit fix advisor", "All regions?", "scale",
     "Five points more first-visit fixes than the control region.",
     "Kaito Brennecke", "2026-09-30", "scaled"),
    ("MTG-2026-2", "Lead scoring", "Why are leads ranked worse than by hand?", "rework",
     "Retrain on the new lead form, and name an owner.",
     "Rafael Montclair", "2026-08-31", ""),
    ("MTG-2026-2", "Agent answer suggestions", "Go on while the service desk moves?", "hold",
     "Wait for the new service desk, keep the team elsewhere.",
     "Dominik Oyelowska", "2026-08-14", "2026-08-12"),
    ("MTG-2026-3", "Remote pump diagnostics", "What about the false alarms?", "rework",
     "Miss rate doubled since the new sensors; recalibrate.",
     "Kaito Brennecke", "2026-11-16", ""),
    ("MTG-2026-3", "Contract clause review", "Fund another half-year?", "continue",
     "Until year end only, with a measured saving by October.",
     "Wilhelmina Achterberg", "2026-10-15", ""),
    ("MTG-2026-3", "Yard slot scheduling", "Two more sites?", "scale",
     "Waiting time down by a third, needs only configuration.",
     "Amara Lindqvist", "2026-12-18", ""),
    ("MTG-2026-3", "Tool wear forecasting", "Stop, or pay for the machine connection?", "",
     "Put off to December: offer for the connection still missing.",
     "Tomasz Wierzbowicz", "2026-12-10", ""),
]  # fmt: skip

# initiative: who did not agree with what was decided about it, and why
DISSENT = {
    "Paint shop defect detection": "Finance: two years are enough, stop it.",
    "Contract clause review": "Finance: no measured saving in a year of pilot.",
    "Agent answer suggestions": "Customer service would rather go on with half the team.",
}

CAPABILITY_REVIEWS = [date(2025, 6, 16), date(2026, 2, 9), date(2026, 8, 24)]
"""The days a reviewer went through the pilots and live systems."""

ASSESSMENTS = [date(2025, 3, 12), date(2025, 11, 19), date(2026, 9, 9)]

# respondent: team, how much rosier than the others they see it, from which assessment on
RESPONDENTS = {
    "Dominik Oyelowska": ("operations", 0.7, 0),
    "Amara Lindqvist": ("operations", 0.1, 0),
    "Elif Radcliffe-Nowak": ("data_science", -0.5, 0),
    "Nikhil Sørensby": ("data_science", 0.4, 0),
    "Aoife Lindemann": ("finance", -0.8, 0),
    "Hassan Weidling": ("finance", 0.0, 1),
}

# question: how it is answered on average in each of the three assessments
ANSWERS = {
    "1.1": (3.1, 3.2, 3.3), "1.2": (2.6, 2.8, 2.9), "1.3": (3.2, 3.3, 3.4),
    "2.1": (2.1, 2.4, 2.8), "2.2": (1.9, 2.3, 2.7), "2.3": (1.8, 2.1, 2.7),
    "3.1": (1.5, 1.8, 2.3), "3.2": (1.9, 2.2, 2.6), "3.3": (1.6, 2.0, 2.2),
    "4.1": (2.4, 2.5, 2.7), "4.2": (2.5, 2.6, 2.6), "4.3": (1.9, 2.0, 2.2),
    "5.1": (2.0, 2.3, 2.6), "5.2": (1.7, 1.9, 2.3), "5.3": (2.2, 2.2, 2.5),
}  # fmt: skip

REASONS = {
    "1.1": ("List of processes agreed with the units", "Mostly what vendors offer us"),
    "1.2": ("Every new pilot has a target", "Targets written after the fact"),
    "1.3": ("Each initiative names a group goal", "The goal is a line on a slide"),
    "2.1": ("Nightly loads from ERP and CRM", "Extracts by mail, still"),
    "2.2": ("Booked through the platform", "Six weeks' wait for a card"),
    "2.3": ("One pipeline for all since November", "Copied by hand to the server"),
    "3.1": ("Scheduled monthly in logistics", "Retrained when someone complains"),
    "3.2": ("All live models in the registry", "Version is in the file name"),
    "3.3": ("Alerts go to the team on duty", "We hear it from the users"),
    "4.1": ("Writes back to ERP", "A second screen nobody opens"),
    "4.2": ("On the shift board every morning", "A monthly slide"),
    "4.3": ("Slots are given without a planner", "Everything is confirmed by hand"),
    "5.1": ("Board approves by risk class", "Four forms, three committees"),
    "5.2": ("Finance confirms each quarter", "Nobody asks after go-live"),
    "5.3": ("Parts forecast went to all hubs", "Every unit builds its own"),
}
