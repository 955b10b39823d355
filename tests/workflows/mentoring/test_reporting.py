"""Reports: for which periods, with which facts, who accepts them."""

import uuid

import pytest
from sqlalchemy import func, select

from models.cases import Case, CaseStatus
from models.programmes import ProgrammeStatus
from models.reports import Report, ReportStatus
from tests.workflows.mentoring.ends import begin, begin_stage_6, make_programme
from tests.workflows.mentoring.programme_way import Way
from workflows.operations.programmes import stop_programme
from workflows.operations.reports import begin_reporting
from workflows.refusals import Refusal
from workflows.service_tasks import programmes as gates
from workflows.service_tasks.place import Place

TEXT = {"conclusions": "Идём по плану.", "plans": "Чаще встречаться."}
ACCEPT, RETURN = {"decision": "accept"}, {"decision": "return", "remarks": "Мало о причинах."}


def _report(play, college, kind, variant="college"):
    programme = make_programme(play, college, variant)
    return programme, begin(play, college, programme, "reporting", kind=kind)


def test_report_waits_until_its_period_is_over(play, college):
    _, case_id = _report(play, college, "half_year")
    assert play.waits(case_id) == set()
    play.pass_days(185)
    assert play.waits(case_id) == {"write_report"}


def test_half_year_is_reported_twice_and_then_the_reports_are_done(play, college):
    programme, case_id = _report(play, college, "half_year")
    for _ in range(2):
        play.pass_days(185)
        play.do("write_report", case_id, **TEXT)
        play.do("check_report", case_id, **ACCEPT)
    assert play.is_over(case_id)
    found = play.session.scalars(select(Report).order_by(Report.until_on)).all()
    assert [one.status for one in found] == [ReportStatus.ACCEPTED] * 2
    assert found[0].since_on == programme.starts_on
    assert found[1].until_on == programme.ends_on
    assert found[0].facts["pairs"] == 0


def test_returned_report_is_written_anew_and_stays_one_report(play, college):
    _, case_id = _report(play, college, "half_year")
    play.pass_days(185)
    play.do("write_report", case_id, **TEXT)
    play.do("check_report", case_id, **RETURN)
    report = play.session.scalars(select(Report)).one()
    assert (report.status, report.remarks) == (ReportStatus.RETURNED, "Мало о причинах.")
    play.do("write_report", case_id, **TEXT | {"conclusions": "Причина — каникулы."})
    play.do("check_report", case_id, **ACCEPT)
    report = play.session.scalars(select(Report)).one()
    assert (report.status, report.answers["conclusions"]) == (ReportStatus.ACCEPTED, "Причина — каникулы.")


def test_cfg_21_the_methodist_accepts_one_kind_and_the_head_the_other(play, college):
    _, half_year = _report(play, college, "half_year")
    _, final = _report(play, college, "final")
    play.pass_days(280)
    for case_id in (half_year, final):
        play.do("write_report", case_id, **TEXT)
    assert play.find("check_report", half_year).role == "methodist"
    assert play.find("check_report", final).role == "head"
    with pytest.raises(Refusal):
        play.do("check_report", final, college.methodist, **ACCEPT)
    play.do("check_report", final, college.head, **ACCEPT)
    assert play.is_over(final)


def _running(play):
    running = select(Case.id).where(Case.process == "reporting", Case.status == CaseStatus.RUNNING)
    return play.session.scalars(running).all()


def test_reports_begin_with_stage_6_and_never_twice(play, college):
    programme = make_programme(play, college)
    begin_stage_6(play, college, programme)
    assert len(_running(play)) == 2
    begin_reporting(play.work(college.curator), programme.id)
    play.settle()
    assert len(_running(play)) == 2


def test_when_the_programme_closes_its_last_report_is_due_and_the_others_end(play, college):
    programme = make_programme(play, college)
    begin_reporting(play.work(college.curator), programme.id)
    play.settle()
    play.pass_days(30)
    gates.close(play.work(), _place(programme), programme_id=str(programme.id))
    play.settle()
    assert len(_running(play)) == 1
    play.do("write_report", **TEXT)
    play.do("check_report", **ACCEPT)
    assert _running(play) == []
    report = play.session.scalars(select(Report)).one()
    assert (report.kind, report.until_on) == ("final", play.clock().date())


def test_a_stopped_programme_owes_no_reports(play, college):
    way = Way(play)
    begin_reporting(play.work(college.curator), way.id)
    play.settle()
    stop_programme(play.work(college.head), way.id, "Нет людей")
    play.settle()
    assert _running(play) == []


def _place(programme):
    return Place(uuid.uuid4(), programme.organisation_id, uuid.uuid4(), "", ())


@pytest.mark.parametrize(
    ("variant", "kinds"), [("college", ["half_year", "final"]), ("school", ["quarter", "year"])]
)
def test_cfg_21_which_reports_there_are_is_a_rule_of_the_variant(play, college, variant, kinds):
    programme = make_programme(play, college, variant)
    assert begin_reporting(play.work(college.curator), programme.id) == kinds
    play.settle()
    begun = select(func.count()).select_from(Case).where(Case.process == "reporting")
    assert play.session.scalar(begun) == 2


def test_a_stopped_programme_owes_no_further_period(play, college):
    programme, case_id = _report(play, college, "half_year")
    play.pass_days(185)
    play.do("write_report", case_id, **TEXT)
    programme.status = ProgrammeStatus.STOPPED
    play.session.flush()
    play.do("check_report", case_id, **ACCEPT)
    assert play.is_over(case_id)


def test_a_mentor_begins_no_reports(play, college):
    programme = make_programme(play, college)
    with pytest.raises(Refusal):
        begin_reporting(play.work(college.mentors[0]), programme.id)
