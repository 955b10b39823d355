"""Packs are installed as immutable numbered versions, and exported as they were."""

import pytest
from sqlalchemy import func, select

from models.definitions import Definition, DefinitionVersion, PackVersion
from models.journal import JournalEntry
from workflows.operations.packs import export_pack, install_pack
from workflows.queries.definitions import get_pack_version, list_versions
from workflows.refusals import Forbidden, Invalid, NotFound


def numbers(session, file_name):
    rows = session.scalars(
        select(DefinitionVersion.number)
        .join(Definition)
        .where(Definition.file_name == file_name)
        .order_by(DefinitionVersion.number)
    )
    return rows.all()


def test_installing_the_same_pack_again_changes_nothing(as_, town, pack_files, session):
    entries = select(func.count()).where(JournalEntry.act == "pack.installed")
    before = session.scalar(entries)
    again = install_pack(as_(town.administrator), town.school.id, pack_files)
    assert (again.is_new, again.number, again.pack_version_id, again.changed) == (
        False,
        1,
        town.pack.pack_version_id,
        (),
    )
    assert session.scalar(entries) == before


def test_only_what_changed_gets_a_new_version(as_, town, pack_files, session):
    pack_files["pair.bpmn"] = pack_files["pair.bpmn"].replace(b"P14D", b"P10D")
    newer = install_pack(as_(town.administrator), town.school.id, pack_files, note="Напоминать раньше")
    assert (newer.is_new, newer.number, newer.changed) == (True, 2, ("pair.bpmn",))
    assert numbers(session, "pair.bpmn") == [1, 2]
    assert numbers(session, "programme.bpmn") == [1]
    entry = session.scalars(
        select(JournalEntry).where(JournalEntry.pack_version_id == newer.pack_version_id)
    ).one()
    assert (entry.act, entry.actor_role, entry.details["changed"]) == (
        "pack.installed",
        "administrator",
        ["pair.bpmn"],
    )


def test_a_file_that_is_left_out_is_not_in_the_new_version(as_, town, pack_files):
    del pack_files["programme.bpmn"]
    pack_files["pack.toml"] = pack_files["pack.toml"].replace(b', "programme"', b"")
    newer = install_pack(as_(town.administrator), town.school.id, pack_files)
    assert newer.changed == ("pack.toml",)
    assert "programme.bpmn" not in export_pack(as_(town.administrator), newer.pack_version_id)
    assert "programme.bpmn" in export_pack(as_(town.administrator), town.pack.pack_version_id)


def test_what_is_exported_is_what_was_installed(as_, town, pack_files):
    assert export_pack(as_(town.administrator), town.pack.pack_version_id) == pack_files


def test_a_pack_that_the_check_refuses_is_not_installed(as_, town, pack_files, session):
    pack_files["pair.bpmn"] = pack_files["pair.bpmn"].replace(b"P14D", b"soon")
    pack_files["forms/record_meeting.form"] = b"{"
    versions = select(func.count()).select_from(PackVersion)
    before = session.scalar(versions)
    with pytest.raises(Invalid) as refused:
        install_pack(as_(town.administrator), town.school.id, pack_files)
    assert (refused.value.key, set(refused.value.problems)) == (
        "pack_refused",
        {"pair.bpmn", "forms/record_meeting.form"},
    )
    complaint = refused.value.problems["pair.bpmn"][0]
    assert (complaint.key, complaint.values["element"]) == ("timer_wrong", "silent")
    assert complaint.values["line"] > 1
    assert session.scalar(versions) == before


@pytest.mark.parametrize("somebody", ["curator", "mentor", "auditor"])
def test_only_an_administrator_installs(as_, town, pack_files, somebody):
    with pytest.raises(Forbidden):
        install_pack(as_(getattr(town, somebody)), town.school.id, pack_files)


def test_in_another_organisation_there_is_nothing_to_install_or_export(as_, town, pack_files):
    with pytest.raises(NotFound):
        install_pack(as_(town.stranger), town.school.id, pack_files)
    for read in (export_pack, get_pack_version):
        with pytest.raises((NotFound, Forbidden)):
            read(as_(town.stranger), town.pack.pack_version_id)


def test_the_versions_of_a_pack_are_listed_the_newest_first(as_, town, pack_files, statements):
    administrator = as_(town.administrator)
    for days in (b"P10D", b"P9D"):
        pack_files["pair.bpmn"] = pack_files["pair.bpmn"].replace(b"P14D", days).replace(b"P10D", days)
        install_pack(administrator, town.school.id, pack_files)
    version = get_pack_version(administrator, town.pack.pack_version_id)
    with statements() as heard:
        listed = list_versions(administrator, version.pack_id)
    assert [one.number for one in listed] == [3, 2, 1]
    assert len(heard) == 1
