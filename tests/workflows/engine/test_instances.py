"""A case from its start to its end: tasks, roles, due dates, data, services, decisions, calls."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from tests.workflows.engine import diagrams as d
from tests.workflows.engine.running import BEGINNING, Run
from workflows.engine.definitions import Definitions
from workflows.engine.step import StepFailed


def straight(*elements: str, flows: str, roots: str = "", lanes: Mapping[str, str] | None = None) -> bytes:
    body = d.process("p", d.start(), *elements, d.end(), flows=f"start > {flows} > end", lanes=lanes)
    return d.diagram(body, roots=roots)


class Services:
    """Operators that answer from a table and remember what they were told."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, operator: str, inputs: Mapping[str, Any]) -> Any:
        self.calls.append((operator, dict(inputs)))
        return self.answers[operator.partition(".")[2]]


class TestTasks:
    def test_a_task_tells_its_form_name_role_and_due_date(self) -> None:
        run = Run(
            straight(d.user("it", form="note", role="mentor", due="P3D", name="Write\n a note"), flows="it")
        )
        (task,) = run.tasks.values()
        assert (task.element, task.process, task.name, task.form) == ("it", "p", "Write a note", "note")
        assert (task.role, task.due_at, task.is_manual) == ("mentor", BEGINNING + timedelta(days=3), False)

    def test_without_a_role_of_its_own_a_task_belongs_to_its_lane(self) -> None:
        lanes = {"curator": "it", "mentor": "that"}
        run = Run(straight(d.manual("it"), d.user("that", role="mentee"), flows="it > that", lanes=lanes))
        assert [(task.role, task.is_manual, task.form) for task in run.tasks.values()] == [
            ("curator", True, None)
        ]
        run.complete("it")
        assert [task.role for task in run.tasks.values()] == ["mentee"]

    def test_a_subprocess_stands_in_the_lane_of_what_holds_it(self) -> None:
        inner = d.subprocess("sub", d.start("s"), d.user("it"), d.end("e"), flows="s > it > e")
        run = Run(straight(inner, flows="sub", lanes={"head": "sub"}))
        assert [(task.role, task.process) for task in run.tasks.values()] == [("head", "p")]

    def test_role_and_due_date_may_be_expressions(self) -> None:
        it = d.user("it", role='="reviewer_" + level', due='=now() + duration("PT5H")')
        run = Run(straight(it, flows="it"), level="region")
        (task,) = run.tasks.values()
        assert (task.role, task.due_at) == ("reviewer_region", BEGINNING + timedelta(hours=5))

    def test_a_due_date_that_is_null_is_no_due_date(self) -> None:
        run = Run(straight(d.user("it", due="=nothing"), flows="it"))
        assert [task.due_at for task in run.tasks.values()] == [None]

    def test_only_small_answers_enter_the_data(self) -> None:
        run = Run(straight(d.user("it"), d.user("then"), flows="it > then"))
        run.complete(
            "it", mark=5, text="x" * 257, note="x" * 256, tags=["a", 1], rows=[{"a": 1}], nested={"a": 1}
        )
        assert run.variables["it"] == {"mark": 5, "note": "x" * 256, "tags": ["a", 1]}

    def test_an_output_takes_an_answer_into_a_variable(self) -> None:
        it = d.element("userTask", "it", "", d.mapped({}, {"mark": "=it.mark * 2"}))
        run = Run(straight(it, flows="it"))
        run.complete("it", mark=5)
        assert run.variables["mark"] == 10

    def test_the_step_tells_what_it_passed_in_order(self) -> None:
        run = Run(
            straight(d.xor("gate"), d.user("it"), d.script("note", "=1", "one"), flows="gate > it > note")
        )
        assert run.passed == ["start", "gate"]
        assert run.complete("it").passed == ("it", "note", "end")


class TestData:
    def test_a_script_writes_one_variable_or_the_entries_of_a_context(self) -> None:
        scripts = d.script("one", "=2 + 3", "sum"), d.script("more", '={a: sum * 2, "b c": "d"}')
        run = Run(straight(*scripts, flows="one > more"))
        assert run.variables == {"sum": 5, "a": 10, "b c": "d"}

    def test_a_script_that_gives_no_context_needs_a_name(self) -> None:
        with pytest.raises(StepFailed, match="context is needed"):
            Run(straight(d.script("it", "=5"), flows="it"))

    def test_a_service_gets_its_inputs_and_leaves_its_result(self) -> None:
        services = Services(tell="No 5", count=2)
        tell = d.service("tell", "orders.tell", {"who": "=names[1]", "how": "by mail"})
        count = d.service("count", "pairs.count", result="pairs")
        run = Run(straight(tell, count, flows="tell > count"), names=["Anna"], call_service=services)
        assert services.calls == [("orders.tell", {"who": "Anna", "how": "by mail"}), ("pairs.count", {})]
        assert run.variables == {"names": ["Anna"], "tell": "No 5", "pairs": 2}

    def test_what_is_too_large_for_a_case_is_refused_at_the_element(self) -> None:
        services = Services(list="x" * 40_000)
        with pytest.raises(StepFailed, match="bytes") as failed:
            Run(straight(d.service("it", "pairs.list"), flows="it"), call_service=services)
        assert failed.value.element == "it"

    def test_what_is_no_data_is_refused_at_the_element(self) -> None:
        with pytest.raises(StepFailed, match="cannot be kept"):
            Run(straight(d.service("it", "pairs.list"), flows="it"), call_service=Services(list=object()))

    def test_a_variable_of_a_name_with_blanks_decides(self) -> None:
        body = d.process(
            "p",
            d.start(),
            d.xor("g"),
            d.user("few"),
            d.user("many"),
            flows="start > g; g > few ? default; g > many ? =количество встреч >= 3",
        )
        assert Run(d.diagram(body), **{"количество встреч": 3}).open() == ["many"]

    def test_a_decision_is_asked_with_the_data_of_the_case(self) -> None:
        def rule(key: str, when: str, then: str) -> str:
            entry = f"<inputEntry><text>{when}</text></inputEntry>"
            return f'<rule id="{key}">{entry}<outputEntry><text>{then}</text></outputEntry></rule>'

        rules = f"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d">
          <decision id="rules" name="Rules"><decisionTable hitPolicy="UNIQUE">
            <input id="i"><inputExpression typeRef="number"><text>age</text></inputExpression></input>
            <output id="o" name="remind" typeRef="number"/>
            {rule("r1", "&lt; 14", "7")}{rule("r2", ">= 14", "10")}
          </decisionTable></decision></definitions>"""
        ask = d.element(
            "businessRuleTask", "ask", "", '<z:calledDecision decisionId="rules" resultVariable="days"/>'
        )
        files = {"p.bpmn": straight(ask, flows="ask"), "rules.dmn": rules.encode()}
        assert Run(Definitions(files), age=12).variables["days"] == 7

    def test_a_decision_that_is_not_there_fails_at_the_element(self) -> None:
        ask = d.element(
            "businessRuleTask", "ask", "", '<z:calledDecision decisionId="rules" resultVariable="days"/>'
        )
        with pytest.raises(StepFailed, match="no decision") as failed:
            Run(straight(ask, flows="ask"))
        assert failed.value.element == "ask"


class TestChoices:
    BODY = d.process(
        "p",
        d.start(),
        d.xor("g"),
        d.user("a"),
        d.user("b"),
        flows="start > g; g > a ? =x > 1; g > b ? =x > 5",
    )

    def test_the_first_flow_that_holds_is_taken(self) -> None:
        assert Run(d.diagram(self.BODY), x=7).open() == ["a"]

    @pytest.mark.parametrize("x", [0, None])
    def test_no_flow_that_holds_and_no_default_fails_in_words(self, x: Any) -> None:
        with pytest.raises(StepFailed, match="none is the default") as failed:
            Run(d.diagram(self.BODY), x=x)
        assert failed.value.element == "g"

    def test_a_condition_that_gives_a_number_fails_in_words(self) -> None:
        body = d.process(
            "p", d.start(), d.xor("g"), d.end("a"), d.end("b"), flows="start > g; g > a ? =x; g > b ? default"
        )
        with pytest.raises(StepFailed, match="neither true nor false"):
            Run(d.diagram(body), x=5)

    def test_a_join_that_waits_for_a_branch_that_ended_is_not_left_in_silence(self) -> None:
        body = (
            d.process(
                "p",
                *(
                    d.start(),
                    d.parallel("fork"),
                    d.user("a"),
                    d.user("b"),
                    d.parallel("join"),
                    d.end("gone"),
                    d.end(),
                ),
                flows="start > fork > a > join > end; fork > b > gone; gone2 > join",
            )
            .replace('sourceRef="gone2"', 'sourceRef="never"')
            .replace("</process>", '<task id="never"/></process>')
        )
        run = Run(d.diagram(body))
        run.complete("b")
        with pytest.raises(StepFailed, match="stands still") as failed:
            run.complete("a")
        assert failed.value.element == "join"


class TestSeveral:
    def test_side_by_side_results_keep_the_order_of_the_list(self) -> None:
        several = d.several("=people", "who", into="marks", result='=who + " " + string(it.mark)')
        run = Run(straight(d.user("it", role="=who", inside=several), flows="it"), people=["a", "b", "c"])
        assert [task.role for task in run.tasks.values()] == ["a", "b", "c"]
        for place, mark in ((2, 5), (0, 3), (0, 4)):
            run.complete("it", place=place, mark=mark)
        assert run.variables == {"people": ["a", "b", "c"], "marks": ["a 3", "b 4", "c 5"]}

    def test_one_after_another_opens_one_at_a_time(self) -> None:
        several = d.several("=people", "who", one_by_one=True)
        run = Run(straight(d.user("it", role="=who", inside=several), flows="it"), people=["a", None, "c"])
        roles = []
        while not run.finished:
            (task,) = run.tasks.values()
            roles.append(task.role)
            run.complete("it")
        assert roles == ["a", "", "c"]

    def test_enough_is_enough(self) -> None:
        several = d.several(
            "=[1, 2, 3]", "n", until="=numberOfCompletedInstances >= 2", into="got", result="=n"
        )
        run = Run(straight(d.user("it", inside=several), d.user("then"), flows="it > then"))
        run.complete("it")
        run.complete("it", place=1)
        assert run.open() == ["then"]
        assert run.variables["got"] == [1, None, 3]

    def test_an_empty_list_is_passed_by(self) -> None:
        run = Run(straight(d.user("it", inside=d.several("=[]", "n", into="got", result="=n")), flows="it"))
        assert run.finished
        assert run.variables == {"got": []}
        assert run.passed == ["start", "it", "end"]

    @pytest.mark.parametrize("items", ["=5", "=null", "={a: 1}", "=for i in 1..1001 return i"])
    def test_what_is_no_list_fails_in_words(self, items: str) -> None:
        with pytest.raises(StepFailed) as failed:
            Run(straight(d.user("it", inside=d.several(items, "n")), flows="it"))
        assert failed.value.element == "it"

    def test_a_subprocess_for_each_sees_its_own_item(self) -> None:
        inner = d.subprocess(
            "each",
            d.start("s"),
            d.user("ask", role="=who"),
            d.user("tell", role="=ask.next"),
            d.end("e"),
            flows="s > ask > tell > e",
            loop=d.several("=people", "who"),
        )
        run = Run(straight(inner, flows="each"), people=["a", "b"])
        run.complete("ask", place=1, next="x")
        assert sorted((task.element, task.role) for task in run.tasks.values()) == [
            ("ask", "a"),
            ("tell", "x"),
        ]

    def test_a_loop_repeats_while_its_condition_holds(self) -> None:
        loop = d.repeated(condition="=it.again = true", maximum=5)
        run = Run(straight(d.user("it", inside=loop), flows="it"))
        run.complete("it", again=True)
        run.complete("it", again=False)
        assert run.finished

    def test_a_loop_that_tests_first_may_not_run_at_all(self) -> None:
        run = Run(
            straight(d.user("it", inside=d.repeated(condition="=go", tests_before=True)), flows="it"),
            go=False,
        )
        assert run.finished


class TestCalls:
    STAGE = d.process(
        "stage",
        d.start("s"),
        d.user("work"),
        d.script("note", "={done: work.mark, x: 2}"),
        d.end("e"),
        flows="s > work > note > e",
    )

    def calling(self, mapping: str = "", loop: str = "") -> bytes:
        it = d.call("it", "stage", mapping=mapping, loop=loop)
        return d.diagram(d.process("p", d.start(), it, d.end(), flows="start > it > end"), self.STAGE)

    def test_a_called_process_gets_all_and_gives_all_it_wrote(self) -> None:
        run = Run(self.calling(), x=1, y=1)
        assert [(task.element, task.process) for task in run.tasks.values()] == [("work", "stage")]
        run.complete("work", mark=4)
        assert run.variables == {"x": 2, "y": 1, "work": {"mark": 4}, "done": 4}

    def test_a_called_process_gets_and_gives_only_what_is_mapped(self) -> None:
        run = Run(self.calling(d.mapped({"x": "=y"}, {"result": "=done + y"})), x=1, y=10)
        run.complete("work", mark=4)
        assert run.variables == {"x": 1, "y": 10, "result": 14}

    def test_what_others_write_during_a_call_is_not_undone_by_its_end(self) -> None:
        it = d.call("it", "stage")
        body = d.process(
            "p",
            *(
                d.start(),
                d.parallel("fork"),
                it,
                d.user("aside"),
                d.script("set", "=5", "y"),
                d.parallel("join"),
                d.end(),
            ),
            flows="start > fork > it > join > end; fork > aside > set > join",
        )
        run = Run(d.diagram(body, self.STAGE), y=1)
        run.complete("aside")
        run.complete("work", mark=4)
        assert run.variables["y"] == 5

    def test_a_process_that_calls_itself_for_ever_is_stopped(self) -> None:
        body = d.process("p", d.start(), d.call("it", "p"), d.end(), flows="start > it > end")
        with pytest.raises(StepFailed, match="deep"):
            Run(d.diagram(body))
