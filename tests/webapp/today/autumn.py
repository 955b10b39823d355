"""An autumn of a college: one pair falls silent, another meets, a third waits for the curator."""

from types import SimpleNamespace

from sqlalchemy import select

from models.tasks import Task, TaskStatus
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.operations.programmes import start_programme

TITLE = "Наставничество в колледже"


def play_autumn(college, *own):
    """Let a programme begin, one pair fall silent, another meet, a third wait for the curator."""
    play = Play(college, *own)
    first = play.clock().date()
    last = first.replace(year=first.year + 1)
    start_programme(play.work(college.head), college.id, TITLE, "college", first, last)
    play.settle()
    silent, meeting, deciding = (PairPlay(play, people(college, place)) for place in range(3))
    silent.start_working()
    play.pass_days(16)
    meeting.start_working()
    meeting.meet()
    deciding.get_acquainted()
    deciding.do("record_trial", deciding.mentor_actors[0], **trial(deciding))
    for role, actor in (("mentor", deciding.mentor_actors[0]), ("mentee", deciding.mentee_actors[0])):
        deciding.each(
            f"reflect_as_{role}", actor, worked="Разговор", fits="yes", feeling="good", goes_on="yes"
        )
    answer_all(play, meeting.mentee_actors[0])
    pairs = {"silent": silent, "meeting": meeting, "deciding": deciding}
    return SimpleNamespace(at=play.clock.at, **{name: one.pair_id for name, one in pairs.items()})


def answer_all(play, actor):
    """Let somebody do whatever waits for them."""
    mine = select(Task).where(Task.assignee_id == actor.person_id, Task.status == TaskStatus.OPEN)
    for task in play.session.scalars(mine).all():
        play.fill(task.element, task.case_id, actor)


def people(college, place):
    """Return the college with one mentor and one mentee of it in front."""
    return SimpleNamespace(
        **vars(college) | {"mentors": college.mentors[place:], "mentees": college.mentees[place:]}
    )


def trial(pair):
    return pair.held(activity="task", task="Составить резюме", summary="Составили")
