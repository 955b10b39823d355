"""The end of a programme in windows: reports, the festival, awards, stories, bases carried over."""

from models.programmes import ProgrammeStatus
from tests.workflows.mentoring import test_whole_programme as year
from tests.workflows.mentoring.whole_way import WholeWay


def test_everybody_concludes_and_celebrates(in_browser, college):
    play = in_browser(width=1280)
    play.is_watched = False
    way = WholeWay(play, "college")
    for part in (
        year.conditions_are_made_and_both_bases_filled,
        year.people_choose_one_another,
        year.one_refuses_and_finds_another,
        year.one_is_found_a_mentor_late,
        year.mentor_leaves_and_is_replaced,
        year.they_work_and_one_falls_silent,
        year.three_pairs_come_to_their_end,
    ):
        part(way)
    play.is_watched = True
    year.everybody_concludes_and_celebrates(way)
    assert way.programme.status == ProgrammeStatus.CLOSED
    head = play.open(college.head, f"/programmes/{way.id}/report")
    play.look_at(head, "report-of-a-closed-programme")
