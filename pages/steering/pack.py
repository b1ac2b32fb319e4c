"""What does the room take along: slides, a handout to print, every row behind them?"""

from dashboard import ui

sitting = ui.meeting_to_pack(
    "Pack", "What does the room take along: slides, a handout to print, every row behind them?"
)
briefing = ui.pack_chosen(sitting, ui.choose_appendix(sitting))
ui.pack_files(briefing)
ui.choose_slides(sitting, briefing)
