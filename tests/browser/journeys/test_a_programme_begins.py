"""The head launches a programme, the curator is appointed, and its first stage ends with signed papers."""

from sqlalchemy import select

from models.programmes import Programme
from tests.browser.journeys.windows import WINDOWS
from tests.workflows.mentoring.programme_way import ENDS_ON, STARTS_ON, TITLE, Way


class LaunchedInBrowser(Way):
    """A programme that the head starts on the page for it."""

    def begin(self, variant):
        head = self.play.open(self.college.head, "/programmes/new")
        head.page.fill("#title", TITLE)
        head.page.locator(f"#variant-{variant}").check()
        head.page.fill("#starts_on", str(STARTS_ON))
        head.page.fill("#ends_on", str(ENDS_ON))
        self.play.look_at(head, "programme-new")
        self.play.send(head)
        head.page.get_by_role("heading", name=TITLE).wait_for()
        self.play.settle()
        return self.play.session.scalars(select(Programme.id)).one()


@WINDOWS
def test_a_head_launches_a_programme_and_its_first_stage_ends(in_browser, college, width, language):
    play = in_browser(width=width, language=language)
    way = LaunchedInBrowser(play)
    way.stage_1()
    assert way.stage(1).closed_at is not None
    head = play.open(college.head, f"/programmes/{way.id}")
    play.look_at(head, "programme-after-its-first-stage")
    head = play.open(college.head, f"/programmes/{way.id}/roadmap")
    assert head.page.get_by_text("Мероприятие 7").first.is_visible()
    head = play.open(college.head, f"/programmes/{way.id}/team")
    assert head.page.get_by_text("Ольга Лесная").first.is_visible()
    assert head.page.get_by_text("14-к").first.is_visible()
