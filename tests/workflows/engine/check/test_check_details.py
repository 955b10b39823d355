"""Where the check looks closer: what is right although it looks wrong, and the other way round."""

import json
from typing import Any

import pytest

from tests.workflows.engine.check.samples import check, codes, pack
from workflows.engine.check.gateways import covers
from workflows.engine.check.knots import knots

TIMER = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
STEP = '<manualTask id="a" name="Шаг"/>'
SCRIPT = (
    '<scriptTask id="a" name="Посчитать"><extensionElements><z:script expression="=1" resultVariable="n"/>'
    "</extensionElements></scriptTask>"
)
AGAIN = (
    '<exclusiveGateway id="g" name="Хватит?" default="no"/>'
    '<sequenceFlow id="yes" name="Да" sourceRef="g" targetRef="end">'
    "<conditionExpression>=a.n = 3</conditionExpression></sequenceFlow>"
    '<sequenceFlow id="no" name="Нет" sourceRef="g" targetRef="{back}"/>'
)
ERROR = '<error id="failure" name="failure" errorCode="failure"/>'


def call(process: str, node: str = "a") -> str:
    called = f'<extensionElements><z:calledElement processId="{process}"/></extensionElements>'
    return f'<callActivity id="{node}" name="Вызвать">{called}</callActivity>'


def inside(nodes: str, flows: list[tuple[str, str]]) -> str:
    """Write a subprocess around some nodes."""
    arrows = "".join(f'<sequenceFlow id="in_{s}_{t}" sourceRef="{s}" targetRef="{t}"/>' for s, t in flows)
    return (
        '<subProcess id="a" name="Внутри"><startEvent id="begin" name="Начали"/>'
        f'{nodes}<endEvent id="finish" name="Кончили"/>{arrows}</subProcess>'
    )


PASSED_WITHOUT_WAIT = inside(SCRIPT.replace('id="a"', 'id="b"'), [("begin", "b"), ("b", "finish")])
ALWAYS_WAITS = inside('<manualTask id="b" name="Там"/>', [("begin", "b"), ("b", "finish")])
FAILS_AT_ONCE = (
    '<subProcess id="a" name="Внутри"><startEvent id="begin" name="Начали"/>'
    '<endEvent id="fail" name="Не вышло"><errorEventDefinition errorRef="failure"/></endEvent>'
    '<sequenceFlow id="in1" sourceRef="begin" targetRef="fail"/></subProcess>'
    '<boundaryEvent id="caught" name="Поймали" attachedToRef="a"><errorEventDefinition/></boundaryEvent>'
)


def looped(nodes: str, **more: Any) -> dict[str, Any]:
    return {"nodes": nodes, "more": AGAIN.format(back="a"), "flows": "start > a > g", **more}


LOOPS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "around a task of a person": (looped(STEP), set()),
    "around a computation": (looped(SCRIPT), {"loop_without_wait"}),
    "around a subprocess with a task": (looped(ALWAYS_WAITS), set()),
    "around a subprocess that nobody waits in": (looped(PASSED_WITHOUT_WAIT), {"loop_without_wait"}),
    "around a call of a process with a task": (
        looped(call("second"), other='<manualTask id="b" name="Там"/>'),
        set(),
    ),
    "around a call of a process without a task": (
        looped(call("second"), other=SCRIPT.replace('id="a"', 'id="b"')),
        {"loop_without_wait"},
    ),
    "around a timer": (
        looped(f'<intermediateCatchEvent id="a" name="День">{TIMER}</intermediateCatchEvent>'),
        set(),
    ),
    "by a timer at the edge of a task": (
        {
            "nodes": STEP
            + f'<boundaryEvent id="late" name="День прошёл" attachedToRef="a">{TIMER}</boundaryEvent>',
            "flows": "start > a > end; late > a",
        },
        set(),
    ),
    "by an error that comes at once": (
        {"nodes": FAILS_AT_ONCE, "top": ERROR, "flows": "start > a > end; caught > a"},
        {"loop_without_wait"},
    ),
    "that only an interruption ends": (
        {
            "nodes": STEP
            + f'<boundaryEvent id="late" name="День прошёл" attachedToRef="a">{TIMER}</boundaryEvent>',
            "flows": "start > a > a; late > end",
        },
        set(),
    ),
}


@pytest.mark.parametrize(("sample", "expected"), LOOPS.values(), ids=LOOPS)
def test_a_loop_must_wait_somewhere_on_every_round(sample: dict[str, Any], expected: set[str]) -> None:
    assert codes(check(pack(sample))) - {"variable_never_set"} == expected


def test_processes_may_call_each_other_if_somebody_is_waited_for_between() -> None:
    at_once = {"nodes": call("second"), "other": call("sample", "c")}
    assert "call_without_wait" in codes(check(pack(at_once)))
    waiting = '<manualTask id="b" name="Там"/>' + call("sample", "c")
    sample = {"nodes": call("second"), "other": waiting, "other_way": "start2 > b > c > end2"}
    assert codes(check(pack(sample))) == set()


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["=a = 1", "=a != 1"], True),
        (["=a.b = true", "=a.b != true"], True),
        (['=a = "x"', '=not(a = "x")'], True),
        (["=a = 1", "=a = 2"], False),
        (["=a > 1", "=a <= 1"], False),
        (["=a", "=not(a)"], False),
        (["=a = 1 or b = 1", "=a != 1 or b = 1"], False),
        (["=a = 1", "=a != 1", "=b = 1"], False),
    ],
)
def test_two_conditions_cover_all_only_if_an_absent_value_is_covered_too(
    conditions: list[str], expected: bool
) -> None:
    assert covers(conditions) is expected


def fork(*branches: str, kind: str = "parallelGateway") -> dict[str, Any]:
    ids = [f"branch{number}" for number in range(len(branches))]
    nodes = "".join(
        branch.replace('id="a"', f'id="{one}"') for branch, one in zip(branches, ids, strict=True)
    )
    return {
        "nodes": f'<{kind} id="fork"/><parallelGateway id="join"/>{nodes}',
        "flows": "start > fork; join > end; " + "; ".join(f"fork > {one} > join" for one in ids),
    }


def test_branches_that_write_names_of_their_own_are_right() -> None:
    assert codes(check(pack(fork(SCRIPT, SCRIPT.replace('"n"', '"m"'))))) == set()
    assert codes(check(pack(fork(SCRIPT, SCRIPT)))) == {"parallel_same_variable"}


def test_a_reminder_beside_a_task_may_not_write_the_same_name() -> None:
    kept = 'attachedToRef="b" cancelActivity="false"'
    edge = f'<boundaryEvent id="late" name="День" {kept}>{TIMER}</boundaryEvent>'
    second = SCRIPT.replace('id="a"', 'id="c"')
    nodes = '<manualTask id="b" name="Ждать"/>' + edge + SCRIPT + second
    sample = {"nodes": nodes, "flows": "start > b > a > end; late > c > end"}
    assert codes(check(pack(sample))) == {"parallel_same_variable"}
    interrupting = {**sample, "nodes": nodes.replace(' cancelActivity="false"', "")}
    assert codes(check(pack(interrupting))) == set()


def test_a_task_inside_a_subprocess_belongs_to_the_lane_of_the_subprocess() -> None:
    lanes = '<lane id="mentor" name="Наставник"><flowNodeRef>a</flowNodeRef></lane>'
    assert codes(check(pack({"nodes": ALWAYS_WAITS, "lanes": lanes}))) == set()


def test_a_role_of_its_own_needs_no_lane() -> None:
    lanes = '<lane id="mentor" name="Наставник"><flowNodeRef>start</flowNodeRef></lane>'
    own = (
        '<manualTask id="a" name="Шаг"><extensionElements>'
        '<z:assignmentDefinition candidateGroups="{role}"/></extensionElements></manualTask>'
    )
    assert codes(check(pack({"nodes": own.format(role="curator"), "lanes": lanes}))) == set()
    assert codes(check(pack({"nodes": own.format(role="=helper"), "lanes": lanes}))) == set()
    assert codes(check(pack({"nodes": own.format(role="nobody"), "lanes": lanes}))) == {"role_unknown"}


def test_a_problem_of_an_expression_says_why_in_a_code_for_every_language() -> None:
    (found,) = check(pack({"nodes": SCRIPT.replace('"=1"', '"=1 +"')}))
    assert found.code == "expression_wrong"
    assert found.cause is not None
    assert found.values["reason"]


def test_a_decision_stands_in_one_file_only() -> None:
    table = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x">'
        '<decision id="rules" name="Правила"><variable name="rules"/><literalExpression><text>1</text>'
        "</literalExpression></decision></definitions>"
    )
    sample = {"files": {"one.dmn": table, "two.dmn": table}}
    assert codes(check(pack(sample))) == {"id_duplicate"}


def test_a_form_problem_says_which_line() -> None:
    field = '{"type": "textfield", "id": "one", "key": "a b", "label": "Тема"}'
    form = f'{{"id": "note",\n "components": [\n  {field}]}}'
    (found,) = check(pack({"form": form}))
    assert (found.code, found.line, found.element, found.name) == ("form_key_wrong", 3, "one", "Тема")


def test_keys_in_the_rows_of_a_list_are_their_own() -> None:
    field = '{"type": "textfield", "id": "%s", "key": "wish", "label": "Желание"}'
    kind = '"type": "dynamiclist", "id": "l", "path": "wishes", "label": "Все"'
    rows = f'{{{kind}, "components": [{field % "in"}]}}'
    form = f'{{"id": "note", "components": [{field % "out"}, {rows}]}}'
    assert codes(check(pack({"form": form}))) == set()


def test_knots_are_what_leads_back_to_itself() -> None:
    ways = {1: [2], 2: [3], 3: [1, 4], 4: [5], 5: [5], 6: [4], 7: []}
    assert sorted(map(sorted, knots(list(ways), ways.__getitem__))) == [[1, 2, 3], [5]]


THROWN = (
    '<subProcess id="a" name="Попытка"><startEvent id="s2" name="Начали"/><endEvent id="e2" name="Не вышло">'
    '<errorEventDefinition errorRef="failure"/></endEvent>'
    '<sequenceFlow id="g1" sourceRef="s2" targetRef="e2"/></subProcess>'
    '<boundaryEvent id="b" name="Не вышло" attachedToRef="a"><errorEventDefinition {caught}/></boundaryEvent>'
)
OTHER_ERROR = '<error id="other" name="other" errorCode="other"/>'


@pytest.mark.parametrize(
    ("caught", "expected"),
    [('errorRef="failure"', set()), ("", set()), ('errorRef="other"', {"error_not_caught"})],
)
def test_an_error_is_caught_by_its_code(caught: str, expected: set[str]) -> None:
    sample = {"nodes": THROWN.format(caught=caught), "flows": "start > a > end; b > end"}
    assert codes(check(pack({**sample, "top": ERROR + OTHER_ERROR}))) == expected


def test_an_error_must_be_caught_around_every_call() -> None:
    failing = '<endEvent id="f" name="Не вышло"><errorEventDefinition errorRef="failure"/></endEvent>'
    edge = '<boundaryEvent id="b" name="Не вышло" attachedToRef="a"><errorEventDefinition/></boundaryEvent>'
    sample = {
        "nodes": call("second") + edge,
        "flows": "start > a > end; b > end",
        "other": f'<manualTask id="w" name="Там"/>{failing}<parallelGateway id="p"/>',
        "other_way": "start2 > w > p > end2; p > f",
        "other_top": ERROR,
    }
    assert codes(check(pack(sample))) == set()
    twice = {**sample, "nodes": call("second") + edge + call("second", "again")}
    twice["flows"] = "start > a > again > end; b > end"
    assert codes(check(pack(twice))) == {"error_not_caught"}


def test_what_the_engine_does_right_is_not_refused() -> None:
    """Several timers race behind one gateway; a circle joins inside a loop."""
    month = f'<intermediateCatchEvent id="m" name="Месяц">{TIMER}</intermediateCatchEvent>'
    week = month.replace('"m"', '"w"').replace("Месяц", "Неделя")
    race = {"nodes": f'<eventBasedGateway id="g"/>{month}{week}', "flows": "start > g > m > end; g > w > end"}
    assert codes(check(pack(race))) == set()
    nodes = '<inclusiveGateway id="back"/>' + STEP + AGAIN.format(back="back")
    assert codes(check(pack({"nodes": nodes, "flows": "start > back > a > g"}))) == set()


def test_a_condition_may_ask_only_for_what_the_form_answers() -> None:
    form = (
        '{"id": "note", "components": [{"type": "checkbox", "key": "enough", "id": "c", "label": "Хватит"}]}'
    )
    task = (
        '<userTask id="a" name="Шаг"><extensionElements><z:formDefinition formId="note"/></extensionElements>'
        "</userTask>"
    )
    for key, expected in (("enough", set()), ("enuogh", {"variable_never_set"})):
        nodes = task + AGAIN.format(back="a").replace("a.n = 3", f'a.{key} = true and "b.c" != "d"')
        found = check(pack({"nodes": nodes, "form": form, "flows": "start > a > g"}))
        assert codes(found) == expected


def test_two_branches_may_call_their_items_alike() -> None:
    each = (
        '<manualTask id="a" name="Каждому"><multiInstanceLoopCharacteristics><extensionElements>'
        '<z:loopCharacteristics inputCollection="=[1, 2]" inputElement="one"/></extensionElements>'
        "</multiInstanceLoopCharacteristics></manualTask>"
    )
    assert codes(check(pack(fork(each, each)))) == set()


def test_truth_is_written_in_two_ways() -> None:
    """XML allows 1 and 0 as well; a cycle is right only where nothing is interrupted."""
    cycle = "<timerEventDefinition><timeCycle>R3/P1D</timeCycle></timerEventDefinition>"
    for flag, expected in (("0", set()), ("1", {"timer_cycle_misplaced"})):
        kept = f'attachedToRef="a" cancelActivity="{flag}"'
        edge = f'<boundaryEvent id="b" name="День" {kept}>{cycle}</boundaryEvent>'
        assert codes(check(pack({"nodes": STEP + edge, "flows": "start > a > end; b > end"}))) == expected


ASKED = (
    '<userTask id="a" name="Записать"><extensionElements><z:formDefinition formId="note"/>{asked}'
    "</extensionElements></userTask>"
)
NOTE = '{"id": "note", "components": [{"type": "textfield", "id": "f", "key": "topic", "label": "Тема"}]}'


@pytest.mark.parametrize(
    ("assignee", "found"),
    [
        ("", set()),
        ("=person", set()),
        ("=1 +", {"expression_wrong"}),
        ("ivanova", {"expression_without_equals"}),
        ("0b7a3c1e-3d0a-4f57-9d3c-3f3f2b9f8a11", {"expression_without_equals"}),
    ],
)
def test_a_task_is_for_a_person_whom_an_expression_names(assignee: str, found: set[str]) -> None:
    asked = f'<z:assignmentDefinition candidateGroups="mentor" assignee="{assignee}"/>'
    sample = {"nodes": ASKED.format(asked=asked), "files": {"forms/note.form": NOTE}}
    assert codes(check(pack(sample))) == found


@pytest.mark.parametrize(("listener", "found"), [("", {"variable_never_set"}), ("notes.write", set())])
def test_who_listens_may_give_more_than_the_form_asks_for(listener: str, found: set[str]) -> None:
    call = f'<z:taskListener eventType="completing" type="{listener}"/>'
    asked = f"<z:taskListeners>{call}</z:taskListeners>" if listener else ""
    sample = looped(ASKED.format(asked=asked), files={"forms/note.form": NOTE})
    assert codes(check(pack(sample))) == found


@pytest.mark.parametrize("reads", ["", " , "])
def test_a_property_that_names_no_reader_is_a_mistake(reads: str) -> None:
    asked = f'<z:properties><z:property name="reads" value="{reads}"/></z:properties>'
    sample = {"nodes": ASKED.format(asked=asked), "files": {"forms/note.form": NOTE}}
    assert codes(check(pack(sample))) == {"reader_unknown"}


TABLE = {
    "type": "table",
    "id": "t",
    "label": "План",
    "dataSource": "=plan",
    "columns": [{"label": "Цель", "key": "title"}],
}


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({}, set()),
        ({"label": ""}, {"form_label_missing"}),
        ({"dataSource": "plan"}, {"form_property_wrong"}),
        ({"dataSource": "=1 +"}, {"expression_wrong"}),
        ({"columns": [{"label": "Цель"}]}, {"form_property_wrong"}),
        ({"columns": []}, {"form_property_wrong"}),
    ],
)
def test_a_table_names_its_rows_and_its_columns(wrong: dict[str, Any], found: set[str]) -> None:
    form = {"id": "note", "components": [TABLE | wrong]}
    assert codes(check(pack({"form": json.dumps(form, ensure_ascii=False)}))) == found


def test_the_heads_of_a_table_are_texts_of_the_pack() -> None:
    form = json.dumps({"id": "note", "components": [TABLE]}, ensure_ascii=False)
    written = pack({"form": form})["translations/en.po"].decode()
    assert 'msgid "План"' in written
    assert 'msgid "Цель"' in written


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ({"earliest": "=today()", "latest": "2026-06-30"}, set()),
        ({"earliest": ""}, set()),
        ({"earliest": "soon"}, {"form_property_wrong"}),
        ({"latest": "=1 +"}, {"expression_wrong"}),
    ],
)
def test_a_day_has_limits_that_can_be_read(limits: dict[str, str], found: set[str]) -> None:
    day = {"type": "datetime", "id": "d", "key": "day", "label": "День", "properties": limits}
    form = json.dumps({"id": "note", "components": [day]}, ensure_ascii=False)
    assert codes(check(pack({"form": form}))) == found


@pytest.mark.parametrize("due", ["P0D", "PT0S", "-P1D"])
def test_what_is_due_is_due_later(due: str) -> None:
    extensions = f'<extensionElements><z:taskSchedule dueDate="{due}"/></extensionElements>'
    nodes = f'<manualTask id="a" name="Шаг">{extensions}</manualTask>'
    assert codes(check(pack({"nodes": nodes}))) == {"due_date_wrong"}
    assert codes(check(pack({"nodes": nodes.replace(due, "P1D")}))) == set()


@pytest.mark.parametrize("pause", ["P0D", "PT0S", "-P1D"])
def test_what_is_waited_for_takes_time(pause: str) -> None:
    timer = TIMER.replace("P1D", pause)
    nodes = f'<intermediateCatchEvent id="a" name="Пауза">{timer}</intermediateCatchEvent>'
    assert codes(check(pack({"nodes": nodes}))) == {"timer_wrong"}
