"""What colleagues write beside a barrier or a capability."""

BARRIER_NOTES = {
    "ownership": [
        "Data science built it, no department has said yes to running it.",
        "Two departments each think the other one owns it.",
        "Owner left in spring, post not filled.",
        "Line managers were never asked.",
        "Project ends with the pilot, nobody named for operations.",
        "Budget holder and process owner disagree.",
    ],
    "infrastructure": [
        "Plant network cannot carry the camera streams.",
        "No GPU capacity outside the lab.",
        "Runs on a laptop under a desk.",
        "Machine data arrives once a day, needed every minute.",
        "Old ERP interface allows files only.",
        "Test environment differs from the real one.",
    ],
    "talent": [
        "One engineer for three pilots.",
        "Nobody who has put a model into operation before.",
        "Waiting for the platform team, queue of four months.",
        "Contractor's contract ended.",
        "Position open since last year.",
    ],
    "procurement_governance": [
        "Security questionnaire in its third round.",
        "Data protection note missing.",
        "Purchasing wants a second offer.",
        "Works council agreement still open.",
        "Cloud contract does not cover production use.",
        "Model risk approval meets once a quarter.",
    ],
    "unclear_roi": [
        "No baseline was measured before the pilot.",
        "Finance does not accept the time saved as a saving.",
        "Saving depends on headcount nobody wants to discuss.",
        "Benefit shared with another project, counted twice.",
        "Users like it, nobody can say what it is worth.",
    ],
}

# capability: what stands beside partial, and beside in_place
CAPABILITY_EVIDENCE = {
    "data_pipeline": ("Nightly file, repaired by hand", "Hourly load with checks"),
    "model_versioning": ("Versions in a folder", "Every version in the registry"),
    "automated_retraining": ("Script, started by hand", "Monthly run, approved by the owner"),
    "containerized_inference": ("Container in test only", "Runs in containers"),
    "model_drift_monitoring": ("Looked at once a quarter", "Weekly PSI of predictions"),
    "data_drift_monitoring": ("Only for two inputs", "Weekly PSI of all inputs"),
    "performance_monitoring": ("Sample checked by hand", "Outcome joined back every week"),
    "alerting": ("Mail to one person", "On-call team is paged"),
    "application_integration": ("Export and import by file", "Called from the application"),
    "decision_automation": ("Every proposal is confirmed", "Acts alone below the limit"),
    "gpu_compute": ("Shared card in the lab", "Reserved capacity"),
    "deployment_pipeline": ("Half of the steps by hand", "One click, with rollback"),
    "governance_framework": ("Risk class proposed", "Approved, with yearly review"),
}
MISSING = ["", "Not started", "Planned after go-live", "No budget", "Nobody asked for it yet"]
PLATFORM_EVIDENCE = "On the shared platform"

HARD = {
    "automated_retraining": -0.2,
    "data_drift_monitoring": -0.2,
    "decision_automation": -0.25,
    "model_drift_monitoring": -0.1,
    "alerting": -0.1,
    "data_pipeline": 0.2,
    "gpu_compute": 0.1,
    "application_integration": 0.05,
}
"""How much rarer (or more common) than the average a capability is."""

STAGE_NOTES = {
    "idea": ["", "", "", "From the spring workshop", "Raised by the shop floor", "Board request"],
    "proof_of_concept": ["", "", "", "Historic data looks good", "With a university", "Vendor led"],
    "pilot": ["", "", "One site", "Two teams", "Ten users", "With the key users"],
    "production": ["", "", "First site", "Handed over to operations", "After a clean audit"],
    "scaled": ["All hubs", "All regions", "All plants"],
}
