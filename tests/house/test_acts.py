"""Every operation takes the work first, asks for permission, and leaves a trace in the journal."""

import ast

FOLDER = "workflows/operations/"
PERMISSION, JOURNAL = "workflows.access.rules.require", "workflows.journal.record"
# How an act counts, without touching anything.
CALCULATIONS = {"journal.block_hash", "sign_in.place_of"}
# Nobody is signed in yet who could be asked.
BEFORE_ANYBODY_IS_KNOWN = {"sign_in.sign_in", "sign_in.note_failure", "sign_in.forget_failures"}
# Upkeep of the worker, which touches nothing that is still of use to anybody.
UPKEEP = {
    "drafts.forget_drafts",
    "imports.forget_imports",
    "letters.forget_letters",
    "letters.give_up_old_letters",
    "users.forget_sessions",
}
# These change nothing that an auditor would ask about, or are the keeping of the journal itself.
NOT_IN_THE_JOURNAL = {
    "drafts.forget_drafts",
    "drafts.save_draft",
    "kept_filters.change_filter",
    "kept_filters.forget_filter",
    "kept_filters.keep_filter",
    "imports.discard_import",
    "imports.forget_imports",
    "imports.stage_import",
    # A letter is the record of itself: when it was written, when it went, what was answered.
    "letters.claim_letter",
    "letters.forget_letters",
    "letters.give_up_old_letters",
    "letters.note_failed",
    "letters.note_sent",
    "reminders.remind_of_meetings",
    "reminders.remind_of_overdue",
    "reminders.write_digests",
    "journal.seal_journal",
    "migrations.plan_migration",
    "notices.read_notice",
    "packs.export_pack",
    "profile_views.note_document_view",
    "profile_views.note_person_view",
    "profile_views.note_view",
    "sign_in.forget_failures",
    "sign_in.note_failure",
    "users.forget_sessions",
    "verification.verify_journal",
}

Functions = dict[str, ast.FunctionDef]


def _functions(modules: dict[str, ast.Module]) -> Functions:
    return {
        f"{path.removeprefix(FOLDER).removesuffix('.py')}.{node.name}": node
        for path, tree in modules.items()
        if path.startswith(FOLDER)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def _operations(modules: dict[str, ast.Module]) -> Functions:
    found = {name: node for name, node in _functions(modules).items() if not node.name.startswith("_")}
    assert found, "no operations were found: the rule looks in the wrong place"
    return found


def _name_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imported(module: str, tree: ast.Module) -> dict[str, str]:
    """Return what the names of a module stand for: its own functions and what it imports, in full."""
    names = {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return names


def _called(function: ast.FunctionDef, names: dict[str, str]) -> set[str]:
    """Return what a function calls, in full: `thing()` and `module.thing()`; a method is of no module."""
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    plain = {names[call.id] for call in calls if isinstance(call, ast.Name) and call.id in names}
    dotted = [call for call in calls if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name)]
    return plain | {f"{names[one.value.id]}.{one.attr}" for one in dotted if one.value.id in names}


def _at_home(name: str, exported: dict[str, str]) -> str:
    """Follow a name through the packages that hand it on, to the module that defines it."""
    seen = set()
    while name in exported and name not in seen:
        seen.add(name)
        name = exported[name]
    return name


def _never_reaching(target: str, modules: dict[str, ast.Module]) -> set[str]:
    """Return the operations that do not call the target, neither themselves nor through what they call.

    An operation often leaves the work to the records, which keep the journal of what they change: a call
    is followed wherever in `workflows` it leads. It is followed by the full name, so that a function of
    another module with the same name does not count.
    """
    names = {_name_of(path): _imported(_name_of(path), tree) for path, tree in modules.items()}
    exported = {f"{module}.{name}": full for module, known in names.items() for name, full in known.items()}
    called = {
        f"{_name_of(path)}.{node.name}": {
            _at_home(one, exported) for one in _called(node, names[_name_of(path)])
        }
        for path, tree in modules.items()
        if path.startswith("workflows/")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    reaching = {target}
    while new := {name for name, calls in called.items() if calls & reaching} - reaching:
        reaching |= new
    return {name for name in _operations(modules) if f"workflows.operations.{name}" not in reaching}


def _without_work(modules: dict[str, ast.Module]) -> set[str]:
    return {
        name
        for name, node in _operations(modules).items()
        if not node.args.args or node.args.args[0].arg != "work"
    }


def test_every_operation_takes_the_work_first(modules):
    assert _without_work(modules) == CALCULATIONS


def test_every_operation_asks_for_permission(modules):
    assert _never_reaching(PERMISSION, modules) == CALCULATIONS | BEFORE_ANYBODY_IS_KNOWN | UPKEEP


def test_every_operation_leaves_a_trace_in_the_journal(modules):
    assert _never_reaching(JOURNAL, modules) == CALCULATIONS | NOT_IN_THE_JOURNAL


def test_an_operation_that_asks_nobody_is_found():
    offence = ast.parse(
        "def give_away(work, task_id):\n    return _take(work)\ndef _take(work):\n    return 1"
    )
    assert _never_reaching(PERMISSION, {FOLDER + "tasks.py": offence}) == {"tasks.give_away"}


def test_an_operation_may_ask_through_another():
    asking = ast.parse(
        "from workflows.access import require\n"
        "def claim(work):\n    _load(work)\n"
        "def _load(work):\n    require(work, 'claim')"
    )
    access = ast.parse("from workflows.access.rules import require")
    written = {FOLDER + "tasks.py": asking, "workflows/access/__init__.py": access}
    assert _never_reaching(PERMISSION, written) == set()


OPERATION = """
from workflows.records import pairs
from workflows.records.pairs import close as end
def close_pair(work):
    pairs.close(work)
def end_pair(work):
    end(work)
def pause_pair(work, gate):
    pairs.pause(work)
    gate.close(work)
"""
RECORDS = """
from workflows import journal
def close(work):
    _note(work)
def pause(work):
    work.record("pair.paused")
def _note(work):
    journal.record(work, "pair.closed")
"""


def test_a_trace_that_the_records_leave_is_seen_and_one_that_they_do_not_leave_is_missed():
    written = {
        FOLDER + "pairs.py": ast.parse(OPERATION),
        "workflows/records/pairs.py": ast.parse(RECORDS),
        "workflows/journal.py": ast.parse("def record(work, act):\n    pass"),
    }
    assert _never_reaching(JOURNAL, written) == {"pairs.pause_pair"}


def test_a_function_of_the_same_name_in_another_module_leaves_no_trace():
    others = "from workflows import journal\ndef close(work):\n    journal.record(work, 'case.closed')"
    quiet = "def close(work):\n    pass"
    written = {
        FOLDER + "pairs.py": ast.parse(
            "from workflows.records.pairs import close\ndef end(work):\n    close(work)"
        ),
        "workflows/records/pairs.py": ast.parse(quiet),
        "workflows/records/cases.py": ast.parse(others),
    }
    assert _never_reaching(JOURNAL, written) == {"pairs.end"}


def test_an_operation_without_work_is_found():
    offence = ast.parse("def claim(session, task_id):\n    require(session)")
    assert _without_work({FOLDER + "tasks.py": offence}) == {"tasks.claim"}
