"""A pair on its way: acquaintance, trial, plan, meetings, the final one; or they part and nothing is lost."""

from models.bases import EntryStatus
from models.pairs import PairStatus
from tests.browser.journeys.windows import WINDOWS
from tests.workflows.mentoring.pair_plays import PairPlay

NEARER = [{"mark": "a_little"}]


@WINDOWS
def test_a_pair_goes_through_its_five_meetings(in_browser, college, width, language):
    play = in_browser(width=width, language=language)
    pair = PairPlay(play, college)
    pair.start_working()
    pair.meet(progress=NEARER)
    play.look_at(play.open(pair.mentor_actors[0], f"/pairs/{pair.pair_id}"), "pair-at-work")
    play.pass_days(92)
    pair.meet(outcome="final", progress=NEARER)
    pair.look_back()
    pair.conclude()
    assert pair.pair.status == PairStatus.COMPLETED
    window = play.open(pair.mentee_actors[0], f"/pairs/{pair.pair_id}")
    assert window.page.get_by_text("Собрать работы").first.is_visible()
    play.look_at(window, "pair-completed")


@WINDOWS
def test_two_who_do_not_fit_part_and_the_mentee_is_searched_a_mentor_for_again(
    in_browser, college, width, language
):
    pair = PairPlay(in_browser(width=width, language=language), college)
    pair.get_acquainted()
    pair.try_together("part")
    assert pair.pair.status == PairStatus.PARTED
    assert pair.status_of(pair.mentee_entries[0]) == EntryStatus.SEARCHING
