"""The pack that comes with the house is installed and carries a programme through the operations."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import bpmn
from models.tasks import Task, TaskStatus
from workflows.engine.packs import read_pack
from workflows.operations.packs import export_pack, install_pack
from workflows.operations.people import add_person, grant_membership
from workflows.operations.programmes import start_programme
from workflows.queries.inbox import list_inbox
from workflows.queries.people import get_actor_of_person
from workflows.queries.tasks import get_task
from workflows.refusals import Conflict

FOLDER = Path(bpmn.__file__).parent / "target-model"


def test_the_target_model_is_installed_without_a_complaint_and_exported_as_it_is(work, town):
    files = read_pack(FOLDER)
    installed = install_pack(work, town.other.id, files)
    assert installed.warnings == ()
    assert export_pack(work, installed.pack_version_id) == files


def test_a_programme_begins_with_a_task_that_its_head_finds_in_the_inbox(work, as_, town, session, clock):
    install_pack(work, town.other.id, read_pack(FOLDER))
    person_id = add_person(work, town.other.id, "Руководитель")
    grant_membership(work, person_id, town.other.id, "head")
    head = get_actor_of_person(session, person_id, work.now())
    first = clock().date()
    start_programme(as_(head), town.other.id, "Наставничество", "college", first, first + timedelta(days=300))
    waiting = session.scalars(select(Task.id).where(Task.status == TaskStatus.OPEN)).all()
    assert waiting
    assert {row.id for row in list_inbox(as_(head)).rows} == set(waiting)
    for task_id in waiting:
        view = get_task(as_(head), task_id)
        assert (view.form is None) or view.form.scope.all


def test_a_methodology_without_rules_for_programmes_begins_none(as_, town):
    with pytest.raises(Conflict) as refusal:
        start_programme(
            as_(town.head), town.school.id, "Наставничество", "college", date(2026, 9, 1), date(2027, 6, 1)
        )
    assert refusal.value.key == "methodology_lacks_rules"
