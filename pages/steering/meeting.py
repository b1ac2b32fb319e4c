"""Since the last meeting: what moved, what must be decided, and were the last decisions done?"""

from dashboard import ui

room = ui.open_meeting(
    "Meeting", "What moved since the last one, what must be decided, were the last decisions done?"
)

with ui.through(room.seen):
    ui.item(room, "Where we stand")
    ui.follow_up(room)
    ui.since_last(room)
    ui.to_decide(room)
    ui.item(room, "Money")
    ui.money_ahead(room)
    ui.item(room, "Top five risks")
    ui.item(room, "Benefits: what operations measurably gained")
