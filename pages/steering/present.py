"""What does the room see, one message at a time?"""

from dashboard import ui

sitting = ui.sitting_to_show()

deck = ui.composed(sitting)
slide = ui.slide_in_url(deck)
ui.show_slide(slide)
ui.turn(sitting, deck, slide, back_to="pages/steering/meeting.py")
ui.keep_in_step(sitting.meeting.meeting_id, slide)
