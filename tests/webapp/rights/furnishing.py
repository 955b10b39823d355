"""The college of the rights: two pairs, pairs that are being formed, and documents of all of it."""

import uuid
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from models.pairs import Pair
from models.programmes import MentoringForm, Programme, RoadmapItem
from tests.webapp.pair_college import furnish
from tests.webapp.pairing.conftest import play_pairing
from tests.workflows.documents.words import written
from tests.workflows.mentoring.ends import make_pair
from tests.workflows.mentoring.plays import Play
from workflows.operations import pairing
from workflows.operations.document_batches import make_next, start_batch
from workflows.operations.document_templates import replace_template
from workflows.operations.documents import attach_scan, make_document

SCAN = b"%PDF-1.7 scan"


def furnish_everything(templates: Any) -> tuple[str, SimpleNamespace]:
    """Make a template database in which every kind of thing is there that an address can name."""
    name, college = furnish(templates)
    made: tuple[str, SimpleNamespace] = templates.play_in(name, partial(play_more, college))
    return made


def play_more(college: SimpleNamespace, *own: Any) -> SimpleNamespace:
    """Let pairs be formed in two more programmes, and make documents of the first."""
    play = Play(college, *own)
    board = play_pairing(play)
    curator = play.work(college.curator)
    pairing.pin(curator, board.id, board.own[0], board.theirs[1])
    pinned_at = play.clock()
    play.clock.at = college.at
    papers = make_papers(play, college, play.session.get_one(Pair, college.pair_id))
    return SimpleNamespace(**vars(college) | {"board": board, "pinned_at": pinned_at} | papers)


def make_papers(play: Play, college: SimpleNamespace, pair: Pair) -> dict[str, uuid.UUID]:
    """Make the plan of the pair with a scan, the roadmap, certificates of a pair that is over, a template."""
    programme = play.session.get_one(Programme, pair.programme_id)
    for code in {pair.form, "learner_learner"}:
        play.session.add(MentoringForm(programme_id=programme.id, code=code, title="Педагог – студент"))
    item = RoadmapItem(
        id=uuid.uuid4(),
        programme_id=programme.id,
        position=1,
        stage=1,
        measure="Приказ",
        responsible="Руководитель",
        due_on=date(2026, 10, 1),
    )
    play.session.add(item)
    over = make_pair(play, college, programme, n=2)
    curator, today = play.work(college.curator), play.clock.at.date()
    made = partial(make_document, curator, dated_on=today)
    plan_id = made("pair_plan", programme.id, pair.id)
    honour_id = made("honour", programme.id, over.mentee)
    roadmap_id = made("roadmap", programme.id, None)
    scan_id = attach_scan(curator, plan_id, "подпись.pdf", SCAN)
    batch_id = start_batch(curator, programme.id, "certificate", [over.mentor, over.mentee], dated_on=today)
    while make_next(play.work(), batch_id):
        pass
    replace_template(
        play.work(college.administrator), college.id, "roadmap", "наша.docx", written("Дорожная карта")
    )
    ids = {"plan_id": plan_id, "honour_id": honour_id, "roadmap_id": roadmap_id, "scan_id": scan_id}
    return ids | {"papers_id": batch_id, "item_id": item.id}
