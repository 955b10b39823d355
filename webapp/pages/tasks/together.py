"""The same act on the tasks that were chosen in the list, with what became of each."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import refusals
from webapp.addresses import safe_address
from webapp.languages import current
from webapp.pages.tasks.blueprint import pages
from webapp.pages.tasks.handing_over import chosen_person
from webapp.transaction import work
from workflows.operations.together import (
    Outcome,
    assign_together,
    claim_together,
    complete_together,
    follow_up_together,
)
from workflows.queries.names import packs_of
from workflows.queries.task_heads import TaskHead, list_doers_of, list_heads
from workflows.refusals import Complaint, Invalid


@dataclass(frozen=True)
class Result:
    """What became of one task, in the reader's language."""

    id: uuid.UUID
    name: str
    case_title: str
    why_not: str


@pages.post("/tasks/together")
def together() -> ResponseReturnValue:
    chosen, act = chosen_tasks(), request.form.get("act")
    back = safe_address(request.form.get("next")) or url_for("tasks.inbox")
    if not chosen:
        return render_template("tasks/none_chosen.html", back=back), 422
    if act == "claim":
        return shown(_("Taken"), claim_together(work(), chosen), back)
    if act == "complete":
        return shown(_("Marked as done"), complete_together(work(), chosen), back)
    if act == "follow_up":
        day = chosen_day()
        if day is None:
            raise Invalid({"follow_up_on": [Complaint("day_not_chosen")]})
        return shown(_("To look at again"), follow_up_together(work(), chosen, day), back)
    if request.form.get("person_id"):
        return shown(_("Given over"), assign_together(work(), chosen, chosen_person()), back)
    return ask_for_whom(chosen, back)


def chosen_tasks() -> list[uuid.UUID]:
    """Read which tasks were chosen; what is no task is not one."""
    found = []
    for written in request.form.getlist("task"):
        try:
            found.append(uuid.UUID(written))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def chosen_day() -> date | None:
    """Read the day to look again; none lets the tasks come as usual."""
    written = request.form.get("follow_up_on", "")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise Invalid({"follow_up_on": [Complaint("not_a_day")]}) from None


def ask_for_whom(chosen: Sequence[uuid.UUID], back: str) -> str:
    """Ask to whom the tasks are given."""
    heads = list_heads(work(), chosen)
    return render_template(
        "tasks/for_whom.html", tasks=said(heads), people=list_doers_of(work(), chosen), back=back
    )


def said(heads: Sequence[TaskHead], outcomes: Sequence[Outcome] = ()) -> list[Result]:
    """Name tasks in the reader's language, with what became of them."""
    packs = packs_of(work(), {head.case_id for head in heads})
    why = {one.task_id: refusals.problem_of(one.refusal) for one in outcomes if one.refusal}
    return [
        Result(
            head.id,
            packs[head.case_id].texts.say(head.name, current()),
            packs[head.case_id].texts.title(head.case_title, current()),
            reason(why[head.id]) if head.id in why else "",
        )
        for head in heads
    ]


def reason(problem: refusals.Problem) -> str:
    """Say why not: the sentence about the field, where there is one, says it best."""
    return next((sentence for found in problem.fields.values() for sentence in found), problem.text)


def shown(heading: str, outcomes: Sequence[Outcome], back: str) -> str:
    """Say of each task what became of it: first what was refused, for that needs a look."""
    results = said(list_heads(work(), [one.task_id for one in outcomes]), outcomes)
    missing = len(outcomes) - len(results)
    done = [one for one in results if not one.why_not]
    return render_template(
        "tasks/together.html",
        heading=heading if done else _("Nothing could be done"),
        done=done,
        refused=[one for one in results if one.why_not],
        missing=missing,
        total=ngettext("%(num)d task", "%(num)d tasks", len(done)),
        back=back,
    )
