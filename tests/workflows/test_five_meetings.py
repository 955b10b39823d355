"""The pack that comes with the house is installed and run through the operations."""

from pathlib import Path

from sqlalchemy import select

import bpmn
from models.tasks import Task, TaskStatus
from workflows.engine.packs import read_pack
from workflows.operations.cases import start_case
from workflows.operations.packs import export_pack, install_pack
from workflows.operations.people import add_person
from workflows.queries.inbox import list_inbox
from workflows.queries.people import get_actor_of_person
from workflows.queries.tasks import get_task

FOLDER = Path(bpmn.__file__).parent / "five-meetings"


def test_the_five_meetings_are_installed_without_a_complaint_and_exported_as_they_are(work, town):
    files = read_pack(FOLDER)
    installed = install_pack(work, town.other.id, files)
    assert installed.warnings == ()
    assert export_pack(work, installed.pack_version_id) == files


def test_a_pair_begins_with_a_task_that_somebody_of_it_finds_in_the_inbox(work, as_, town, session):
    install_pack(work, town.other.id, read_pack(FOLDER))
    pair = {role: add_person(work, town.other.id, f"{role} пары") for role in ("mentor", "mentee")}
    people = {role: [one] for role, one in pair.items()} | {"curator": [town.stranger.person_id]}
    case = start_case(as_(town.stranger), town.other.id, "pair", "Первая пара", participants=people)
    waiting = session.scalars(
        select(Task.id).where(Task.case_id == case.id, Task.status == TaskStatus.OPEN)
    ).all()
    assert waiting
    everybody = [town.stranger, *(get_actor_of_person(session, one, work.now()) for one in pair.values())]
    assert {row.id for one in everybody for row in list_inbox(as_(one)).rows} == set(waiting)
    for task_id in waiting:
        view = get_task(as_(town.stranger), task_id)
        assert (view.form is None) or view.form.scope.all
