"""500 certificates at once: gathered, numbered, filled, printed, bound; beside the bare libraries."""

import time
import uuid
from datetime import date

from benchmarks.measuring import Finding, at_most, plain
from benchmarks.town import Town, clock
from models.pairs import Pair, PairMember, PairStatus
from models.people import Person
from models.programmes import Programme, ProgrammeStatus
from workflows.documents import content, filling, printing, shipped
from workflows.documents.kinds import KINDS
from workflows.jobs import Jobs
from workflows.operations.document_batches import start_batch
from workflows.operations.people import add_person, grant_membership
from workflows.queries.documents.batches import get_batch
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

PEOPLE, MOST_SECONDS = 500, 180
KIND = "certificate"
BEGINS, ENDS = date(2026, 9, 1), date(2026, 10, 1)


def measure(town: Town, people: int = PEOPLE) -> list[Finding]:
    """Return the table rows of documents."""
    batch_id = carry_out(
        town.database.sessions, town.curator, lambda work: ask(work, town, people), clock=clock
    )
    town.settle()
    began = time.perf_counter()
    Jobs(town.database, clock).make_documents(str(batch_id))
    ours = time.perf_counter() - began
    made = carry_out(
        town.database.sessions, town.curator, lambda work: get_batch(work, batch_id), clock=clock
    )
    if (made.done, made.batch.finished_at is None) != (people, False):
        raise RuntimeError(f"only {made.done} of {people} certificates were made")
    bare = bare_seconds(people)
    return [
        plain("documents: a certificate of a batch", 1000 * ours / people),
        plain("documents: the bare libraries fill and print one", 1000 * bare / people),
        at_most(f"documents: seconds of {people} certificates at once", ours, MOST_SECONDS),
        at_most("documents: time of a batch ÷ of the bare libraries", ours / bare, 3),
    ]


def ask(work: Work, town: Town, people: int) -> uuid.UUID:
    """Make a programme whose pairs have gone the whole way, and ask for the certificates of all."""
    head_id = add_person(Work(work.session, SYSTEM, clock), town.school_id, "Тамара Белозёрова")
    grant_membership(Work(work.session, SYSTEM, clock), head_id, town.school_id, "head")
    programme = Programme(
        id=uuid.uuid4(),
        organisation_id=town.school_id,
        title="Вместе к профессии",
        variant="college",
        status=ProgrammeStatus.RUNNING,
        starts_on=BEGINS,
        ends_on=ENDS,
    )
    work.session.add(programme)
    work.session.flush()
    chosen = [one for n in range(people // 2) for one in add_pair(work, town, programme, n)]
    return start_batch(work, programme.id, KIND, chosen, dated_on=ENDS)


def add_pair(work: Work, town: Town, programme: Programme, n: int) -> tuple[uuid.UUID, uuid.UUID]:
    """Put a pair there that has ended."""
    two = [
        Person(id=uuid.uuid4(), organisation_id=town.school_id, full_name=f"{name} {n}")
        for name in ("Игорь Дубов", "Анна Синичкина")
    ]
    pair = Pair(
        id=uuid.uuid4(),
        organisation_id=town.school_id,
        programme_id=programme.id,
        case_id=uuid.uuid4(),
        title=f"Пара {n}",
        status=PairStatus.COMPLETED,
        form="learner_learner",
        type="pair",
        formed_on=BEGINS,
        ended_on=ENDS,
    )
    work.session.add_all([*two, pair])
    work.session.flush()
    days = {"since_on": BEGINS, "until_on": ENDS}
    work.session.add_all(
        PairMember(pair_id=pair.id, person_id=one.id, role=role, **days)
        for one, role in zip(two, ("mentor", "mentee"), strict=True)
    )
    work.session.flush()
    return two[0].id, two[1].id


def bare_seconds(people: int) -> float:
    """Fill and print as many, with nothing read and nothing kept."""
    template, sample = shipped.template_of(KIND), shipped.sample_of(KINDS[KIND])
    began = time.perf_counter()
    for _ in range(people):
        printing.print_document(content.read_content(filling.fill(template, sample)), title=KIND)
    return time.perf_counter() - began
