"""One task: its form, what it is for, what comes after, and who else could do it."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from models.tasks import TaskStatus
from webapp import dates, form_pages, words
from webapp.form_posts import Typed
from webapp.form_readings import read_back
from webapp.languages import current, zone
from webapp.pages.tasks.blueprint import pages
from webapp.pages.tasks.together import chosen_day
from webapp.transaction import work
from webapp.words.turns import WHY
from workflows.access import Permission, can
from workflows.forms.filling import first_answers
from workflows.operations.follow_ups import follow_up
from workflows.queries.asked_tasks import find_asked
from workflows.queries.cases import get_subject
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.queries.names import names_of
from workflows.queries.pair_sight import find_pair_of_case
from workflows.queries.remarks import list_comments, list_files
from workflows.queries.task_links import find_link_state
from workflows.queries.task_reasons import why_mine
from workflows.queries.tasks import TaskView, get_task
from workflows.refusals import Complaint, Forbidden

Answers = dict[str, Any]
Problems = dict[str, list[Complaint]]


@dataclass(frozen=True)
class Desk:
    """A task as it lies before its reader."""

    task: TaskView
    pack: LoadedPack
    language: str

    def say(self, text: str) -> str:
        """Say a text of the pack in the reader's language."""
        return self.pack.texts.say(text, self.language)

    @property
    def case_title(self) -> str:
        """Say what the task's case is called."""
        return self.pack.texts.title(self.task.case_title, self.language)

    @property
    def now(self) -> datetime:
        """Return this instant in the zone in which the reader types hours."""
        return dates.now().astimezone(zone(self.task.time_zone))

    @property
    def voice(self) -> dict[str, Any]:
        """Return what every rendering of the form is told."""
        return {"context": self.task.known, "now": self.now, "language": self.language, "translate": self.say}


def desk_for(task_id: uuid.UUID) -> Desk:
    """Lay a task before the reader, if it is for this reader's eyes."""
    task = get_task(work(), task_id)
    return Desk(task, load_pack(work(), task.pack_version_id), current())


@pages.get("/tasks/<uuid:task_id>")
def show(task_id: uuid.UUID) -> ResponseReturnValue:
    return page(desk_for(task_id))


@pages.get("/tasks/<uuid:task_id>/preview")
def preview(task_id: uuid.UUID) -> ResponseReturnValue:
    is_part = bool(request.headers.get("HX-Request"))
    return page(desk_for(task_id), template="tasks/preview.html" if is_part else "tasks/preview_page.html")


def page(
    desk: Desk,
    typed: Typed | None = None,
    problems: Problems | None = None,
    notice: str = "",
    template: str = "tasks/show.html",
) -> str:
    """Make the page of a task, with what was just typed into it or else with what is kept of it."""
    task, may = desk.task, desk.task.may
    fields = form_html(desk, typed, problems or {}) if Permission.TASK_COMPLETE in may else None
    return render_template(
        template,
        task=task,
        name=desk.say(task.name),
        asked=find_asked(work(), task.id) if not task.element else None,
        typed_note=typed.answers.get("note", "") if typed else "",
        note_problems=[words.complain(one) for one in (problems or {}).get("note", ())],
        may_withdraw=not task.element and can(work(), Permission.TASK_ASK, get_subject(work(), task.case_id)),
        case_title=desk.case_title,
        may={permission.value.partition(":")[2] for permission in may | task.may_beside},
        fields=fields,
        is_draft=typed is None and task.draft is not None,
        typed=read(desk, typed.answers) if typed and fields is None else None,
        answers=read(desk, task.answers),
        notice=notice,
        may_see_case=can(work(), Permission.CASE_READ, get_subject(work(), task.case_id)),
        pair_id=find_pair_of_case(work(), task.case_id),
        holder=holder_words(desk),
        owner_name=names_of(work(), [task.delegated_by_id]).get(task.delegated_by_id or uuid.UUID(int=0)),
        purpose=desk.pack.texts.purpose(task.element, desk.language),
        next_steps=desk.pack.texts.next_steps(task.element, desk.language),
        link=find_link_state(work(), task.id) if Permission.TASK_LINK in may else None,
        why=why_words(desk),
        comments=list_comments(work(), task.id),
        files=list_files(work(), task.id) if Permission.TASK_READ_ANSWERS in task.may_beside else None,
        people=[(one.person_id, f"{one.full_name} — {role_title(desk, one.role)}") for one in task.doers],
    )


def form_html(desk: Desk, typed: Typed | None, problems: Problems, *, redraw_address: str = "") -> Markup:
    """Write the fields of the task; a task without a form has none."""
    form = desk.task.form
    if form is None:
        return Markup()
    kept = desk.task.draft if desk.task.draft is not None else first_answers(form, desk.task.known)
    return form_pages.render(
        form,
        typed.answers if typed else kept,
        problems,
        redraw_address=redraw_address or url_for("tasks.redraw", task_id=desk.task.id),
        focus=typed.focus if typed else "",
        **desk.voice,
    )


def read(desk: Desk, answers: Answers | None) -> list[tuple[str, str]]:
    """List questions and answers as people read them."""
    if not answers:
        return []
    if desk.task.form is None:
        return [(_("What came of it"), answers["note"])] if answers.get("note") else []
    return read_back(desk.task.form, answers, **desk.voice)


def holder_words(desk: Desk) -> str:
    """Say who does the task or has done it."""
    task = desk.task
    if task.completed_by_id:
        return task.completed_by_name or ""
    if task.assignee_id:
        is_mine = task.assignee_id == work().actor.person_id
        return _("You") if is_mine else task.assignee_name or ""
    return _("Nobody yet; free for: %(role)s", role=role_title(desk, task.role))


def why_words(desk: Desk) -> str:
    """Say in one line why an open task stands before the reader."""
    task = desk.task
    if task.status is not TaskStatus.OPEN:
        return ""
    reason, role = why_mine(work(), task), role_title(desk, task.role)
    told = {"name": reason.who, "role": role, "day": dates.day(reason.at) if reason.at else ""}
    return str(WHY[reason.kind]) % told


@pages.post("/tasks/<uuid:task_id>/follow-up", endpoint="follow_up")
def note_day(task_id: uuid.UUID) -> ResponseReturnValue:
    follow_up(work(), task_id, chosen_day())
    flash(_("Noted."), "is-good")
    return redirect(url_for("tasks.show", task_id=task_id), 303)


def role_title(desk: Desk, role: str) -> str:
    """Name a role as the pack of the task does."""
    return str(words.role(role, desk.pack.settings.roles, desk.language))


@pages.post("/tasks/<uuid:task_id>/redraw")
def redraw(task_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(task_id)
    if desk.task.form is None or Permission.TASK_COMPLETE not in desk.task.may:
        raise Forbidden
    address = url_for("tasks.redraw", task_id=task_id)
    return form_pages.redraw(desk.task.form, request.form, redraw_address=address, **desk.voice)
