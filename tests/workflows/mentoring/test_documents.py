"""Documents from what is on record: what is missing is named, numbers have no gaps, what was issued stays."""

import io
import re
import threading
import uuid
import zipfile
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.documents import Document, DocumentFile, DocumentStatus, FileRole
from models.meetings import MeetingKind
from models.people import Person
from models.programmes import MentoringForm, RoadmapItem
from models.views import ProfileView
from tests.webapp.pair_college import add_auditor
from tests.workflows.documents.words import text_of, written
from tests.workflows.mentoring.bases import born, guard
from tests.workflows.mentoring.ends import come_to_festival, make_pair, make_programme, meet, reach_goal
from workflows.jobs import Jobs
from workflows.operations.document_batches import make_next, start_batch
from workflows.operations.document_templates import replace_template, restore_template
from workflows.operations.documents import (
    attach_scan,
    make_document,
    remove_scan,
    renew_document,
    withdraw_document,
)
from workflows.operations.profile_views import note_document_view
from workflows.queries.documents.batches import get_batch, get_together, pack_batch
from workflows.queries.documents.listing import DocumentsWanted, list_documents
from workflows.queries.documents.previewing import draw, preview
from workflows.queries.documents.showing import get_document, get_file, get_printed
from workflows.queries.documents.templates import get_template, open_templates
from workflows.records.documents import next_sequence
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound

DAY = date(2026, 11, 21)
PDF = b"%PDF-1.7 scan"


@pytest.fixture
def programme(play, college):
    made = make_programme(play, college, expected_results="Не меньше 30 пар", tasks="Помочь первокурсникам")
    play.session.add(
        MentoringForm(
            id=uuid.uuid4(), programme_id=made.id, code="learner_learner", title="Студент – студент"
        )
    )
    play.session.add(
        RoadmapItem(
            id=uuid.uuid4(),
            programme_id=made.id,
            position=1,
            stage=1,
            measure="Собрать команду",
            responsible="Куратор",
            due_on=DAY,
        )
    )
    play.session.flush()
    return made


@pytest.fixture
def pair(play, college, programme):
    made = make_pair(play, college, programme)
    meet(play, made, college, MeetingKind.ACQUAINTANCE, MeetingKind.FINAL)
    reach_goal(play, made)
    return made


@pytest.fixture
def make(play, college, programme):
    """Make a document as the curator: `make("agreement", pair.id)`."""

    def made(code, about=None, by=None, **more):
        work = play.work(by or college.curator)
        return make_document(work, code, programme.id, about, dated_on=DAY, **more)

    return made


def content_of(play, document_id, role=FileRole.DOCX):
    wanted = select(DocumentFile).where(DocumentFile.document_id == document_id, DocumentFile.role == role)
    return play.session.scalars(wanted).one().content


def test_an_order_says_what_is_on_record(play, college, make, pair):
    document_id = make("launch_order")
    said = text_of(content_of(play, document_id))
    for part in (
        "Колледж «Мастер»",
        "№ ПР-1/2026",
        "21 ноября 2026 г.",
        "Тамара Белозёрова",
        "Ольга Лесная",
        "«Студент – студент»",
        "Собрать команду",
        "Не меньше 30 пар",
    ):
        assert part in said
    assert content_of(play, document_id, FileRole.PDF).startswith(b"%PDF-")
    register = text_of(content_of(play, make("pairs_order")))
    assert "Артём Стрижов" in register
    assert "Соня Ромашкина" in register


@pytest.mark.parametrize(
    ("code", "about", "parts"),
    [
        ("curator_order", "", ("Ольга Лесная",)),
        ("roadmap", "", ("Собрать команду", "Куратор")),
        ("programme_report", "", ("завершили работу: 1", "Проведено встреч: 2", "достигнуто: 1")),
        ("agreement", "pair", ("Артём Стрижов", "Соня Ромашкина", "Студент – студент")),
        ("pair_plan", "pair", ("Проект", "Знакомство", "Итоговая встреча")),
        ("pair_summary", "pair", ("Встреч: 2", "достигнута")),
        ("certificate", "mentee", ("Соня Ромашкина", "наставляемый", "Наставники колледжа")),
        ("certificate_en", "mentor", ("Артём Стрижов", "mentor", "21 November 2026")),
        ("gratitude", "mentor", ("Артём Стрижов", "щедро отданное время")),
        ("honour", "mentor", ("Артём Стрижов", "ПОЧЁТНАЯ ГРАМОТА")),
    ],
)
def test_each_kind_is_filled_from_the_records(play, college, make, pair, code, about, parts):
    about_id = {"": None, "pair": pair.id, "mentee": pair.mentee, "mentor": pair.mentor}[about]
    said = text_of(content_of(play, make(code, about_id)))
    assert [part for part in parts if part not in said] == []


def test_minutes_say_what_was_typed(play, make, pair):
    typed = {
        "body": "Совет наставников",
        "chair": "Т. Белозёрова",
        "secretary": "Л. Чайкина",
        "present": "Семеро",
    }
    said = text_of(content_of(play, make("pairs_protocol", typed=typed)))
    assert "Совет наставников" in said
    assert "Присутствовали: Семеро" in said


def test_what_is_missing_is_named_and_no_number_is_taken(play, college, make, pair):
    born(play, pair.mentee, 2011)
    found = preview(play.work(college.curator), "agreement", pair.pair.programme_id, pair.id)
    assert found.missing == ["guardians_known"]
    with pytest.raises(Invalid) as refused:
        make("agreement", pair.id)
    assert [one.key for one in refused.value.problems["guardians_known"]] == ["document_lacks_this"]
    with pytest.raises(Conflict):
        draw(found, "ЧЕРНОВИК")
    guard(play, pair.mentee, college.guardian.person_id)
    first = play.session.get_one(Document, make("agreement", pair.id))
    assert first.sequence == 1
    assert "Ирина Ромашкина (мама)" in text_of(content_of(play, first.id))


def test_an_empty_programme_names_all_that_an_order_lacks(play, college):
    empty = make_programme(play, college)
    found = preview(play.work(college.curator), "launch_order", empty.id, None, {"grounds": " "})
    assert found.missing == ["programme.expected_results", "forms", "roadmap", "typed.grounds"]


def test_a_consent_has_the_text_of_the_methodology_with_its_version(play, college, programme, pair, make):
    born(play, pair.mentee, 2011)
    guard(play, pair.mentee, college.guardian.person_id)
    # Without a case there is no methodology whose text could be signed.
    found = preview(play.work(college.curator), "personal_data_consent", programme.id, pair.mentee)
    assert found.missing == ["consent.text"]
    programme.case_id = come_to_festival(play, college, programme)
    play.session.flush()
    said = text_of(content_of(play, make("personal_data_consent", pair.mentee)))
    for part in ("Ирина Ромашкина (мама)", "3 января 2011 г.", "хранить и использовать мои данные"):
        assert part in said
    assert "target-model/1" in said
    taking_part = text_of(content_of(play, make("participation_consent", pair.mentor)))
    assert "Я согласен участвовать" in taking_part
    assert "законный представитель" not in taking_part


def test_numbers_are_counted_by_register_and_year_and_may_be_ones_own(play, college, programme, make, pair):
    numbers = [play.session.get_one(Document, make(code)).number for code in ("curator_order", "pairs_order")]
    assert numbers == ["ПР-1/2026", "ПР-2/2026"]
    assert play.session.get_one(Document, make("roadmap")).number == "ПЛ-1/2026"
    later = make_document(
        play.work(college.curator), "curator_order", programme.id, None, dated_on=date(2027, 1, 9)
    )
    assert play.session.get_one(Document, later).number == "ПР-1/2027"
    own = play.session.get_one(Document, make("curator_order", own_number=" 118-ос "))
    assert (own.number, own.sequence) == ("118-ос", 3)


def test_numbers_have_no_gaps_however_many_ask_at_once(templates, furnished_college):
    """A transaction that fails gives its number back; whoever waits gets the next one."""
    name, college = furnished_college
    taken, failed = [], []

    def take(database, fails):
        with database.sessions() as session:
            number = next_sequence(_Work(session), college.id, "order", 2026)
            if fails:
                failed.append(number)
                session.rollback()
            else:
                session.commit()
                taken.append(number)

    with templates.lent(name) as database:
        threads = [threading.Thread(target=take, args=(database, n % 3 == 0)) for n in range(12)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(30)
    assert len(failed) == 4
    assert sorted(taken) == list(range(1, 9))


class _Work:
    """As much of a work as a counter needs."""

    def __init__(self, session):
        self.session = session


def test_a_new_version_keeps_the_number_and_the_former_one_does_not_count(play, college, make, pair):
    first_id = make("pair_plan", pair.id)
    before = content_of(play, first_id)
    play.session.get_one(Person, pair.mentee).full_name = "Соня Вербина"
    newer_id = renew_document(play.work(college.curator), first_id, dated_on=DAY)
    first, newer = (play.session.get_one(Document, one) for one in (first_id, newer_id))
    assert (newer.number, newer.version, newer.previous_id) == (first.number, 2, first.id)
    assert first.status is DocumentStatus.REPLACED
    assert "Соня Вербина" in text_of(content_of(play, newer_id))
    assert content_of(play, first_id) == before
    assert "Вербина" not in text_of(before)
    with pytest.raises(Conflict):
        renew_document(play.work(college.curator), first_id, dated_on=DAY)
    with pytest.raises(Invalid):
        renew_document(play.work(college.curator), newer_id, dated_on=date(2027, 2, 1))


def test_a_scan_makes_a_document_signed_and_taking_it_away_undoes_that(play, college, make, pair):
    document_id, curator = make("agreement", pair.id), play.work(college.curator)
    for name, content in (("a.pdf", b""), ("a.pdf", b"<html>"), ("a.exe", b"MZ"), ("a.jpg", PDF)):
        with pytest.raises(Invalid):
            attach_scan(curator, document_id, name, content)
    file_id = attach_scan(curator, document_id, "../подпись\n.pdf", PDF)
    document = play.session.get_one(Document, document_id)
    assert document.status is DocumentStatus.SIGNED
    _document, file = get_file(curator, document_id, file_id)
    assert (file.name, file.kind, file.content) == ("подпись .pdf", "application/pdf", PDF)
    made = next(one.id for one in get_document(curator, document_id).files if one.role is FileRole.DOCX)
    with pytest.raises(NotFound):
        remove_scan(curator, document_id, made)
    remove_scan(curator, document_id, file_id)
    assert play.session.get_one(Document, document_id).status is DocumentStatus.ISSUED


def test_a_withdrawn_document_keeps_its_number_and_its_reason(play, college, make):
    document_id, curator = make("curator_order"), play.work(college.curator)
    with pytest.raises(Invalid):
        withdraw_document(curator, document_id, "  ")
    withdraw_document(curator, document_id, "Не тот куратор")
    document = play.session.get_one(Document, document_id)
    assert (document.status, document.withdrawn_because) == (DocumentStatus.WITHDRAWN, "Не тот куратор")
    assert get_printed(curator, document_id)[1].content.startswith(b"%PDF-")
    assert play.session.get_one(Document, make("curator_order")).sequence == 2
    for act in (
        lambda: withdraw_document(curator, document_id, "Ещё раз"),
        lambda: attach_scan(curator, document_id, "a.pdf", PDF),
    ):
        with pytest.raises(Conflict):
            act()


def test_everybody_sees_only_the_documents_that_are_for_them(play, college, make, pair):
    ids = {
        "order": make("pairs_order"),
        "agreement": make("agreement", pair.id),
        "own": make("certificate", pair.mentee),
        "mentors": make("gratitude", pair.mentor),
    }
    sees = {
        "mentor": {"agreement", "mentors"},
        "mentee": {"agreement", "own"},
        "guardian": set(),
        "methodist": set(),
        "auditor": set(ids),
        "curator": set(ids),
        "head": set(ids),
    }
    people = vars(college) | {"mentor": college.mentors[0], "mentee": college.mentees[0]}
    people["auditor"] = auditor(play, college)
    guard(play, pair.mentee, college.guardian.person_id)
    for who, expected in sees.items():
        work = play.work(people[who])
        listed = {row.id for row in list_documents(work, DocumentsWanted())[0]}
        assert listed == {ids[one] for one in expected}, who
        for name, document_id in ids.items():
            if name in expected:
                assert get_document(work, document_id).document.id == document_id
            else:
                with pytest.raises(NotFound):
                    get_document(work, document_id)


def auditor(play, college):
    """Add somebody who looks on."""
    return add_auditor(play, college)


def test_who_may_not_make_learns_no_more_than_they_see(play, college, programme, make, pair):
    with pytest.raises(Forbidden):
        make("agreement", pair.id, by=auditor(play, college))
    for who in (college.mentors[0], college.mentees[0], college.methodist):
        with pytest.raises(NotFound):
            make("agreement", pair.id, by=who)
    document_id = make("agreement", pair.id)
    with pytest.raises(Forbidden):
        withdraw_document(play.work(college.mentors[0]), document_id, "Не нравится")


def test_nobody_gets_a_document_who_is_not_of_this_programme(play, college, make, pair):
    for code, about in (
        ("certificate", college.mentees[2].person_id),
        ("agreement", uuid.uuid4()),
        ("parents_letter", college.guardian.person_id),
        ("certificate", None),
        ("no_such_kind", None),
    ):
        with pytest.raises(NotFound):
            make(code, about)


def test_a_document_is_found_by_words_in_any_form_and_by_its_number(play, college, make, pair):
    make("certificate", pair.mentee)
    make("curator_order")
    work = play.work(college.curator)

    def found(**wanted):
        return [row.kind for row in list_documents(work, DocumentsWanted(**wanted))[0]]

    assert found(search="сертификаты ромашкиной") == ["certificate"]
    assert found(search="СЕ-1/2026") == ["certificate"]
    assert found(search="нет такого") == []
    assert found(kind="curator_order") == ["curator_order"]
    assert found(status=DocumentStatus.SIGNED) == []
    assert found(since_on=date(2026, 12, 1)) == []


def test_the_list_goes_on_where_the_page_ended(play, college, make):
    made = [make("curator_order") for _ in range(5)]
    work, seen, after = play.work(college.curator), [], None
    while True:
        rows, after = list_documents(work, DocumentsWanted(), after=after, size=2)
        seen += [row.id for row in rows]
        if after is None:
            break
    assert sorted(seen) == sorted(made)


def test_an_organisation_replaces_a_template_and_goes_back(play, college, make):
    administrator = play.work(college.administrator)
    own = written("НАШ ПРИКАЗ № {{ document.number }}", "Куратор: {{ curator.name }}")
    replace_template(administrator, college.id, "curator_order", "наш.docx", own)
    first = make("curator_order")
    assert text_of(content_of(play, first)) == "НАШ ПРИКАЗ № ПР-1/2026\nКуратор: Ольга Лесная"
    assert get_document(administrator, first).template_number == 1
    replace_template(administrator, college.id, "curator_order", "наш.docx", written("Вторая"))
    assert get_document(administrator, make("curator_order")).template_number == 2
    restore_template(administrator, college.id, "curator_order")
    assert get_document(administrator, make("curator_order")).template_number is None
    assert text_of(content_of(play, first)).startswith("НАШ ПРИКАЗ")
    with pytest.raises(Conflict):
        restore_template(administrator, college.id, "curator_order")


def test_a_wrong_template_is_refused_by_name_and_place_and_the_old_one_stays(play, college):
    administrator = play.work(college.administrator)
    before = get_template(administrator, open_templates(administrator, college.id), "roadmap")
    with pytest.raises(Invalid) as refused:
        replace_template(administrator, college.id, "roadmap", "наш.docx", written("{{ программа }}"))
    problem = refused.value.problems["file"][0]
    assert (problem.key, problem.values["name"], problem.values["paragraph"]) == (
        "template_name_unknown",
        "программа",
        "text:1",
    )
    with pytest.raises(Invalid):
        replace_template(administrator, college.id, "roadmap", "наш.docm", written("Текст"))
    assert get_template(administrator, open_templates(administrator, college.id), "roadmap") == before
    for who in (college.head, college.curator):
        with pytest.raises(Forbidden):
            replace_template(play.work(who), college.id, "roadmap", "наш.docx", written("Текст"))
    with pytest.raises(NotFound):
        replace_template(play.work(college.mentors[0]), college.id, "roadmap", "наш.docx", written("x"))


def test_everybody_who_ended_gets_a_certificate_at_once(play, college, programme, pair, sessions):
    others = [make_pair(play, college, programme, n) for n in (1, 2)]
    people = [one for each in (pair, *others) for one in (each.mentor, each.mentee)]
    curator = play.work(college.curator)
    batch_id = start_batch(curator, programme.id, "certificate", [*people, uuid.uuid4()], dated_on=DAY)
    assert get_batch(curator, batch_id).done == 0
    with pytest.raises(NotFound):
        get_together(curator, batch_id)
    play.session.commit()
    Jobs(SimpleNamespace(sessions=sessions), play.clock).make_documents(str(batch_id))
    play.session.expire_all()
    found = get_batch(curator, batch_id)
    assert (found.done, found.total, found.share) == (6, 6, 100)
    assert found.batch.finished_at is not None
    wanted = select(Document.sequence).where(Document.kind == "certificate").order_by(Document.sequence)
    assert play.session.scalars(wanted).all() == [1, 2, 3, 4, 5, 6]
    with zipfile.ZipFile(io.BytesIO(pack_batch(curator, batch_id)[1])) as archive:
        names = archive.namelist()
        assert len(set(names)) == 6
        assert names[0].startswith("001 Сертификат участника")
        assert all(archive.read(one).startswith(b"%PDF-") for one in names)
    assert pages_of(get_together(curator, batch_id)[1]) == 6
    assert make_next(play.work(), batch_id) is False


def pages_of(printed):
    """Count the pages of a PDF by the number that its tree of pages tells."""
    return max(int(one) for one in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)", printed))


def test_whoever_lacks_something_is_named_and_takes_no_number(play, college, programme, pair):
    curator = play.work(college.curator)
    batch_id = start_batch(curator, programme.id, "certificate", [pair.mentor, pair.mentee], dated_on=DAY)
    play.session.get_one(Person, pair.mentee).full_name = " "
    while make_next(play.work(), batch_id):
        pass
    found = get_batch(curator, batch_id)
    assert (found.done, found.refused) == (1, 1)
    assert found.refusals[0].missing == ["person.name"]
    numbers = play.session.scalars(select(Document.sequence)).all()
    assert numbers == [1]


def test_a_batch_for_nobody_is_refused(play, college, programme, pair):
    for people, day in (([], DAY), ([uuid.uuid4()], DAY), ([pair.mentor], date(1026, 11, 21))):
        with pytest.raises(Invalid):
            start_batch(play.work(college.curator), programme.id, "certificate", people, dated_on=day)
    with pytest.raises(NotFound):
        start_batch(play.work(college.curator), programme.id, "pairs_order", [pair.mentor], dated_on=DAY)


def test_who_opened_what_tells_of_a_child_is_noted_and_of_a_grown_up_not(play, college, make, pair):
    grown_up = make("certificate", pair.mentor)
    born(play, pair.mentor, 1990)
    born(play, pair.mentee, 2011)
    child = make("certificate", pair.mentee)
    work = play.work(college.head)
    assert get_document(work, child).shows_child
    assert not get_document(work, grown_up).shows_child
    assert not get_document(play.work(college.mentees[0]), child).shows_child
    for _ in range(2):
        note_document_view(work, child)
        note_document_view(work, grown_up)
    rows = play.session.scalars(select(ProfileView)).all()
    assert [(one.person_id, one.viewer_id, one.role) for one in rows] == [
        (pair.mentee, college.head.person_id, "head")
    ]
