"""Since the last meeting: what moved, what must be decided, and were the last decisions done?"""

from dashboard import ui

sitting = ui.open_meeting(
    "Meeting", "What moved since the last one, what must be decided, were the last decisions done?"
)
deck = ui.composed(sitting)

with ui.through(sitting.now):
    ui.item(deck, "headline", "Where we stand")
    ui.follow_up(sitting)
    ui.since_last(sitting)
    ui.to_decide(sitting)
    ui.item(deck, "money", "Money")
    ui.money_ahead(sitting)
    ui.item(deck, "risks", "Top five risks")
    ui.item(deck, "benefits", "Benefits: what operations measurably gained")
