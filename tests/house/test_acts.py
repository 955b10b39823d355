"""Every operation takes the work first, asks for permission, and leaves a trace in the journal."""

import ast

FOLDER = "workflows/operations/"
# How an act counts, without touching anything.
CALCULATIONS = {"journal.block_hash", "sign_in.delay_after", "sign_in.place_of"}
# Nobody is signed in yet who could be asked.
BEFORE_ANYBODY_IS_KNOWN = {"sign_in.sign_in", "sign_in.note_failure", "sign_in.forget_failures"}
# Upkeep of the worker, which touches nothing that is still of use to anybody.
UPKEEP = {"drafts.forget_drafts"}
# These change nothing that an auditor would ask about, or are the keeping of the journal itself.
NOT_IN_THE_JOURNAL = {
    "drafts.forget_drafts",
    "drafts.save_draft",
    "journal.seal_journal",
    "migrations.plan_migration",
    "notices.read_notice",
    "packs.export_pack",
    "sign_in.forget_failures",
    "sign_in.note_failure",
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


def _called(function: ast.FunctionDef) -> set[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}


def _never_reaching(target: str, modules: dict[str, ast.Module]) -> set[str]:
    """Return the operations that do not call the target, neither themselves nor through one they call."""
    called = {name: _called(node) for name, node in _functions(modules).items()}
    reaching = {target}
    while new := {name.rpartition(".")[2] for name, calls in called.items() if calls & reaching} - reaching:
        reaching |= new
    return {name for name in _operations(modules) if not called[name] & reaching}


def _without_work(modules: dict[str, ast.Module]) -> set[str]:
    return {
        name
        for name, node in _operations(modules).items()
        if not node.args.args or node.args.args[0].arg != "work"
    }


def test_every_operation_takes_the_work_first(modules):
    assert _without_work(modules) == CALCULATIONS


def test_every_operation_asks_for_permission(modules):
    assert _never_reaching("require", modules) == CALCULATIONS | BEFORE_ANYBODY_IS_KNOWN | UPKEEP


def test_every_operation_leaves_a_trace_in_the_journal(modules):
    assert _never_reaching("record", modules) == CALCULATIONS | NOT_IN_THE_JOURNAL


def test_an_operation_that_asks_nobody_is_found():
    offence = ast.parse(
        "def give_away(work, task_id):\n    return _take(work)\ndef _take(work):\n    return 1"
    )
    assert _never_reaching("require", {FOLDER + "tasks.py": offence}) == {"tasks.give_away"}


def test_an_operation_may_ask_through_another():
    asking = ast.parse(
        "def claim(work):\n    _load(work)\ndef _load(work):\n    rules.require(work, 'claim')"
    )
    assert _never_reaching("require", {FOLDER + "tasks.py": asking}) == set()


def test_an_operation_without_work_is_found():
    offence = ast.parse("def claim(session, task_id):\n    require(session)")
    assert _without_work({FOLDER + "tasks.py": offence}) == {"tasks.claim"}
