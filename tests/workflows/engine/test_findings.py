"""The findings about SpiffWorkflow 3.2.0 that the engine answers: the naive use fails, ours holds."""

import json
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.bpmn.util.diff import diff_workflow, migrate_workflow
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.exceptions import WorkflowException

from tests.workflows.engine import diagrams as d
from tests.workflows.engine import stock
from tests.workflows.engine.running import BEGINNING, Run, unknown_service
from workflows.engine import instances, migrate
from workflows.engine.definitions import DefinitionError, Definitions
from workflows.engine.state import unpack
from workflows.engine.step import NothingWaits, StepFailed

MEETINGS = d.process(
    "pair",
    d.start(),
    d.xor("next"),
    d.user("meet"),
    d.xor("is_last"),
    d.end(),
    flows="start > next > meet > is_last; is_last > next ? default; is_last > end ? =meet.last = true",
)
BRANCHES = d.process(
    "pair",
    *(d.start(), d.xor("next"), d.parallel("fork"), d.user("mentor"), d.user("mentee"), d.parallel("join")),
    *(d.user("check"), d.xor("is_last"), d.end()),
    flows="""start > next > fork > mentor > join > check > is_last; fork > mentee > join
             is_last > next ? default; is_last > end ? =check.last = true""",
)


def one_step(trigger_or_task: str, *, roots: str = "", more: str = "", flows: str = "") -> bytes:
    """A process of one element with the id `it`, and what else is needed."""
    body = d.process("p", d.start(), trigger_or_task, more, d.end(), flows=f"start > it > end; {flows}")
    return d.diagram(body, roots=roots)


class TestFinding1:
    """Each turn of a loop nests deeper; at depth 1000 the library looks no further and calls it completed."""

    def a_long_way_round(self) -> bytes:
        steps = [f"step{n}" for n in range(40)]
        path = " > ".join(["start", "next", *steps, "meet", "is_last"])
        return d.diagram(
            d.process(
                "pair",
                *(d.start(), d.xor("next"), *map(d.xor, steps), d.user("meet"), d.xor("is_last"), d.end()),
                flows=f"{path}; is_last > next ? default; is_last > end ? =meet.last = true",
            )
        )

    def test_the_library_loses_the_case_without_a_word(self) -> None:
        running = stock.workflow(stock.translated(self.a_long_way_round()), "pair")
        for _ in range(30):
            if not stock.open_tasks(running):
                break
            stock.complete(running, "meet", last=False)
        assert stock.open_tasks(running) == []
        assert running.is_completed()

    def test_ours_holds_its_five_thousandth_meeting(self) -> None:
        definitions = Definitions({"pair.bpmn": d.diagram(MEETINGS)})
        ways: Any = {"now": BEGINNING, "call_service": unknown_service}
        step = instances.start(definitions, "pair", {}, **ways)
        for _ in range(5_000):
            step = instances.complete(definitions, step.state, step.opened[0].id, {"last": False}, **ways)
        assert [task.element for task in step.opened] == ["meet"]
        assert instances.complete(definitions, step.state, step.opened[0].id, {"last": True}, **ways).finished

    def test_ours_goes_a_long_way_round_as_often_as_it_likes(self) -> None:
        run = Run(self.a_long_way_round())
        for _ in range(60):
            run.complete("meet")
        assert run.open() == ["meet"]


class TestFinding2:
    """A parallel join in a loop does not wait when branches finish in another order than the round before."""

    def test_the_library_goes_on_with_one_branch_still_open(self) -> None:
        running = stock.workflow(stock.translated(d.diagram(BRANCHES)), "pair")
        for element in ("mentor", "mentee", "check", "mentee"):
            stock.complete(running, element)
        assert "check" in [task.task_spec.bpmn_id for task in stock.open_tasks(running)]

    @pytest.mark.parametrize(
        "orders", [("mentor mentee", "mentee mentor"), ("mentee mentor", "mentor mentee")]
    )
    def test_ours_waits_for_both_in_any_order(self, orders: tuple[str, ...]) -> None:
        run = Run(d.diagram(BRANCHES))
        for order in orders * 3:
            first, second = order.split()
            run.complete(first)
            assert run.open() == [second]
            run.complete(second)
            assert run.open() == ["check"]
            run.complete("check")


class TestFinding3:
    """The saved case grows with its history."""

    def test_the_library_saves_every_meeting_there_ever_was(self) -> None:
        running = stock.workflow(stock.translated(d.diagram(MEETINGS)), "pair")
        sizes = []
        for _ in range(20):
            stock.complete(running, "meet")
            sizes.append(len(BpmnWorkflowSerializer().serialize_json(running)))
        assert sizes[-1] > 1.5 * sizes[0]

    def test_ours_is_as_small_at_meeting_500_as_at_meeting_5(self) -> None:
        run = Run(d.diagram(MEETINGS))
        sizes = {}
        for number in range(1, 501):
            run.complete("meet", last=False)
            sizes[number] = len(orjson.dumps(unpack(run.step.state)))
        assert sizes[500] == sizes[5] < 1_000


PYTHON = "__import__('pathlib').Path('/').exists()"


class TestFinding4:
    """The library evaluates whatever Python a diagram contains, everywhere."""

    def test_the_library_runs_python_from_a_condition(self) -> None:
        content = d.diagram(
            d.process(
                "p",
                d.start(),
                d.xor("g"),
                d.end("no"),
                d.user("ran"),
                flows="start > g; g > no ? default; g > ran ? =x",
            )
        ).replace(b"=x<", f"{PYTHON}<".encode())
        assert [t.task_spec.bpmn_id for t in stock.open_tasks(stock.workflow(content, "p"))] == ["ran"]

    @pytest.mark.parametrize("way", ["=", ""])
    @pytest.mark.parametrize(
        "element",
        [
            d.catch("it", d.condition("{}")),
            d.catch("it", d.timer(after="{}")),
            d.catch("it", d.timer(at="{}")),
            d.catch("it", d.timer(every="{}")),
            d.script("it", "= {}", "x"),
            d.manual("it", d.several("{}", "x")),
            d.manual("it", d.several(count="{}")),
            d.manual("it", d.repeated(condition="{}", tests_before=True)),
            d.user("it", due="{}"),
            d.call("it", "p", mapping=d.mapped({"x": "= {}"})),
            d.throw("it", d.message("m"), {"to": "= {}"}),
        ],
    )
    def test_ours_runs_none_anywhere(self, element: str, way: str) -> None:
        content = one_step(
            element.replace("{}", way + PYTHON.replace("'", "&apos;")), roots=d.message_root("m")
        )
        with pytest.raises(StepFailed) as failed:
            Run(content)
        assert failed.value.element == "it"

    @pytest.mark.parametrize(
        ("element", "act"),
        [
            (d.manual("it", d.several(count="2", until="{}")), "complete"),
            (d.manual("it", d.several("=[1]", "x", into="xs", result="={}")), "complete"),
            (d.manual("it", d.repeated(condition="{}")), "complete"),
        ],
    )
    def test_ours_runs_none_when_a_step_is_done(self, element: str, act: str) -> None:
        run = Run(one_step(element.replace("{}", PYTHON.replace("'", "&apos;"))))
        with pytest.raises(StepFailed):
            getattr(run, act)("it")

    def test_a_script_in_another_language_is_refused(self) -> None:
        with pytest.raises(DefinitionError, match="FEEL"):
            Run(one_step(d.element("scriptTask", "it", "<script>open('/tmp/x', 'w')</script>")))

    def test_correlation_expressions_are_not_even_read(self) -> None:
        roots = d.message_root("m") + (
            '<correlationProperty id="c"><correlationPropertyRetrievalExpression messageRef="m">'
            f"<messagePath>{PYTHON}</messagePath></correlationPropertyRetrievalExpression></correlationProperty>"
        )
        run = Run(one_step(d.catch("it", d.message("m")), roots=roots))
        run.receive("it", anything=1)
        assert run.finished


class TestFinding5:
    """The library's own migration loses what was done, restarts what runs and passes by what was added."""

    def line(self, *tasks: str, timer: str = "") -> bytes:
        edge = d.edge("late", "meet", d.timer(after="P14D")) + d.end("lost") if timer else ""
        way = "; late > lost" if timer else ""
        flows = f"start > {' > '.join(tasks)} > end{way}"
        return d.diagram(d.process("p", d.start(), *map(d.manual, tasks), edge, d.end(), flows=flows))

    def calling(self, *after: str) -> bytes:
        inner = d.process("stage", d.start("s"), d.manual("talk"), d.end("e"), flows="s > talk > e")
        flows = f"start > {' > '.join(('plan', *after))} > end"
        body = (d.start(), d.call("plan", "stage"), *map(d.manual, after), d.end())
        return d.diagram(d.process("p", *body, flows=flows), inner)

    def migrated_by_the_library(self, running: BpmnWorkflow, content: bytes) -> None:
        """Do what its documentation says: compare, then migrate the case and all that runs inside."""
        parser = stock.parsed(stock.translated(content))
        spec, inner = parser.get_spec("p"), parser.get_subprocess_specs("p")
        registry = BpmnWorkflowSerializer().registry
        whole, parts = diff_workflow(registry, running, spec, inner)
        migrate_workflow(whole, running, spec)
        for task_id, part in parts.items():
            held = running.subprocesses[task_id]
            migrate_workflow(part, held, inner[held.spec.name])
        running.subprocess_specs = inner
        running.do_engine_steps()

    def migrated_by_ours(self, run: Run, content: bytes) -> Run:
        new = Definitions({"diagram.bpmn": content})
        run.step = migrate.move(run.definitions, new, run.step.state, {}, now=run.now)
        run.definitions = new
        return run

    def test_the_library_cannot_load_a_case_of_which_a_done_step_was_removed(self) -> None:
        running = stock.workflow(stock.translated(self.line("ask", "meet")), "p")
        stock.complete(running, "ask")
        self.migrated_by_the_library(running, self.line("meet"))
        saved = BpmnWorkflowSerializer().serialize_json(running)
        with pytest.raises(TypeError):
            BpmnWorkflowSerializer().deserialize_json(saved)

    def test_ours_can(self) -> None:
        run = Run(self.line("ask", "meet"))
        run.complete("ask")
        self.migrated_by_ours(run, self.line("meet")).complete("meet")
        assert run.finished

    def test_the_library_loses_the_draft_of_the_open_task_and_restarts_its_timer(self) -> None:
        running = stock.workflow(stock.translated(self.line("ask", "meet", timer="P14D")), "p")
        stock.complete(running, "ask")
        (task,), (timer,) = stock.open_tasks(running), stock.waiting_timers(running)
        task.data["draft"] = "half written"
        timer.internal_data["event_value"] = due = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        self.migrated_by_the_library(running, self.line("ask", "meet", "thank", timer="P14D"))
        assert all("draft" not in task.data for task in stock.open_tasks(running))
        assert [task.internal_data["event_value"] for task in stock.waiting_timers(running)] != [due]

    def test_ours_keeps_both(self) -> None:
        run = Run(self.line("ask", "meet", timer="P14D"))
        run.complete("ask")
        run.now += timedelta(days=13)
        before = (set(run.tasks), list(run.timers.values()))
        self.migrated_by_ours(run, self.line("ask", "meet", "thank", timer="P14D"))
        standing = instances.standing(run.definitions, run.step.state)
        assert ({task.id for task in standing.opened}, list(standing.timers_started)) == before

    def test_the_library_passes_by_a_step_added_after_a_call_that_runs(self) -> None:
        running = stock.workflow(stock.translated(self.calling()), "p")
        self.migrated_by_the_library(running, self.calling("thank"))
        stock.complete(running, "talk")
        assert running.is_completed()

    def test_ours_comes_to_it(self) -> None:
        run = self.migrated_by_ours(Run(self.calling()), self.calling("thank"))
        run.complete("talk")
        assert run.open() == ["thank"]


class TestFinding6:
    """The library's restorer loses data when a store has re-ordered the keys."""

    def test_the_library_forgets_what_was_answered(self) -> None:
        running = stock.workflow(stock.translated(d.diagram(BRANCHES)), "pair")
        for element in ("mentor", "mentee", "check"):
            stock.complete(running, element, note="kept?")
        saved = json.loads(BpmnWorkflowSerializer().serialize_json(running))
        saved["tasks"] = dict(reversed(saved["tasks"].items()))
        restored = BpmnWorkflowSerializer().deserialize_json(json.dumps(saved))
        before = {task.id: task.data for task in running.get_tasks()}
        assert {task.id: task.data for task in restored.get_tasks()} != before

    def test_ours_is_bytes_in_which_what_holds_stands_first(self) -> None:
        host = d.user("it", inside=d.several("=[1, 2, 3]", "x"))
        run = Run(
            one_step(
                host, more=d.edge("late", "it", d.timer(after="P1D")) + d.end("lost"), flows="late > lost"
            )
        )
        for *_, tasks in unpack(run.step.state)["flows"]:
            holders = [row[3] if len(row) > 3 else -1 for row in tasks]
            assert any(holder >= 0 for holder in holders)
            assert all(holder < place for place, holder in enumerate(holders))
        assert isinstance(run.step.state, bytes)


class TestFinding7:
    """A form value called `typename` makes a case of the library unloadable."""

    def test_the_library_cannot_load_it(self) -> None:
        running = stock.workflow(stock.translated(d.diagram(MEETINGS)), "pair")
        stock.complete(running, "meet", typename="BpmnWorkflow")
        saved = BpmnWorkflowSerializer().serialize_json(running)
        with pytest.raises(Exception):  # noqa: B017, PT011
            BpmnWorkflowSerializer().deserialize_json(saved)

    def test_ours_keeps_it(self) -> None:
        run = Run(d.diagram(MEETINGS))
        run.complete("meet", typename="BpmnWorkflow", data=3)
        run.complete("meet", typename="Task")
        assert run.variables["meet"] == {"typename": "Task"}


class TestFinding8:
    """The library flips a flag on a shared registry while it saves: it cannot serve two threads."""

    def together(self, act: Any, until: Any) -> list[BaseException]:
        """Do it in four threads, as long as nothing goes wrong and it is not over."""
        wrong: list[BaseException] = []

        def again_and_again() -> None:
            while not wrong and not until():
                try:
                    act()
                except Exception as problem:
                    wrong.append(problem)

        threads = [threading.Thread(target=again_and_again) for _ in range(4)]
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-5)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sys.setswitchinterval(interval)
        return wrong

    def test_the_library_fails_in_threads(self) -> None:
        running = stock.workflow(stock.translated(d.diagram(MEETINGS)), "pair")
        serializer = BpmnWorkflowSerializer()
        over = time.monotonic() + 20

        def save_and_convert() -> None:
            serializer.serialize_json(running)
            json.dumps(serializer.to_dict(running), default=str)
            assert serializer.registry.convert({"id": UUID(int=1)})["id"] != UUID(int=1)

        assert self.together(save_and_convert, lambda: time.monotonic() > over)

    def test_ours_serves_four_threads_from_one_pack(self) -> None:
        definitions = Definitions({"pair.bpmn": d.diagram(BRANCHES)})
        turns = iter(range(60))

        def a_round() -> None:
            run = Run(definitions, "pair")
            for element in ("mentee", "mentor", "check"):
                run.complete(element, last=True)
            assert run.finished

        assert self.together(a_round, lambda: next(turns, None) is None) == []


class TestFinding9:
    """The library runs a task again that was completed already."""

    def test_the_library_takes_the_second_click(self) -> None:
        running = stock.workflow(stock.translated(d.diagram(MEETINGS)), "pair")
        task = stock.open_tasks(running)[0]
        task.data["meet"] = {"last": True}
        assert task.run()
        running.do_engine_steps()
        assert running.is_completed()
        assert task.run()

    def test_ours_does_not(self) -> None:
        run = Run(d.diagram(MEETINGS))
        task_id = next(iter(run.tasks))
        run.complete_id(task_id, {})
        with pytest.raises(NothingWaits):
            run.complete_id(task_id, {})

    @pytest.mark.parametrize("task_id", ["", "no uuid", "00000000-0000-0000-0000-000000000000"])
    def test_ours_knows_what_is_no_task(self, task_id: str) -> None:
        with pytest.raises(NothingWaits):
            Run(d.diagram(MEETINGS)).complete_id(task_id, {})

    def test_a_timer_is_no_task_and_a_task_no_timer(self) -> None:
        run = Run(
            one_step(
                d.user("it"), more=d.edge("late", "it", d.timer(after="P1D")) + d.end("e"), flows="late > e"
            )
        )
        with pytest.raises(NothingWaits):
            run.complete_id(next(iter(run.timers)), {})
        with pytest.raises(NothingWaits):
            run.fire_id(next(iter(run.tasks)))
        with pytest.raises(NothingWaits):
            run.receive_id(next(iter(run.timers)), {})


class TestFinding10:
    """The library merges what branches have written at the join, lists by index."""

    def test_the_library_fuses_two_lists_into_one(self) -> None:
        running = stock.workflow(stock.translated(d.diagram(BRANCHES)), "pair")
        for element, who in (("mentor", {"mentor": 1}), ("mentee", {"mentee": 2})):
            task = next(t for t in stock.open_tasks(running) if t.task_spec.bpmn_id == element)
            task.data["present"] = [who]
            task.run()
            running.do_engine_steps()
        assert stock.open_tasks(running)[0].data["present"] == [{"mentor": 1, "mentee": 2}]

    def test_ours_keeps_what_each_branch_wrote_under_its_own_name(self) -> None:
        run = Run(d.diagram(BRANCHES))
        run.complete("mentor", present=["a", "b"])
        run.complete("mentee", present=["c"])
        assert run.variables == {"mentor": {"present": ["a", "b"]}, "mentee": {"present": ["c"]}}


class TestFinding11:
    """The library delivers a message to whoever matches any one key, and refuses it when nobody waits."""

    WAITS = one_step(
        d.catch("it", d.message("closed")), roots=d.message_root("closed", "pair_closed", "=[pair, year]")
    )

    def test_the_library_gives_a_message_for_pair_999_to_pair_7(self) -> None:
        running = stock.workflow(self.WAITS, "p")
        waiting = stock.waiting_messages(running)[0]
        running.correlations = {"pair": {"id": 7}, "year": {"id": 2026}}
        waiting.task_spec.event_definition.correlation_properties = [object()]
        event = BpmnEvent(
            MessageEventDefinition("pair_closed"), correlations={"pair": {"id": 999}, "year": {"id": 2026}}
        )
        assert waiting.task_spec.catches(waiting, event)

    def test_the_library_loses_a_message_that_comes_early(self) -> None:
        running = stock.workflow(stock.translated(d.diagram(MEETINGS)), "pair")
        with pytest.raises(WorkflowException, match="not waiting"):
            stock.send(running, "pair_closed", {})

    def test_ours_tells_one_whole_key_and_lets_the_house_keep_the_message(self) -> None:
        run = Run(self.WAITS, pair=7, year=2026)
        assert [(m.name, m.key) for m in run.awaited.values()] == [("pair_closed", "[7,2026]")]
        with pytest.raises(NothingWaits):
            run.receive_id("00000000-0000-0000-0000-000000000000", {})
        run.receive("it", reason="moved away")
        assert run.finished
        assert run.variables["it"] == {"reason": "moved away"}


class TestFinding12:
    """The library's timers read the machine's clock, cannot read what bpmn-js writes, and share due dates."""

    TWO = d.diagram(
        d.process(
            "p",
            *(
                d.start(),
                d.first_of("first"),
                d.catch("soon", d.timer(after="PT1H")),
                d.catch("late", d.timer(after="P9D")),
            ),
            *(d.user("remind"), d.user("give_up"), d.end()),
            flows="start > first > soon > remind > end; first > late > give_up > end",
        )
    )

    def test_the_library_cannot_read_a_duration_as_bpmn_js_writes_it(self) -> None:
        with pytest.raises(WorkflowTaskException):
            stock.workflow(one_step(d.catch("it", d.timer(after="PT1H"))), "p")

    def test_the_library_gives_two_timers_of_one_gateway_one_date(self) -> None:
        running = stock.workflow(stock.translated(self.TWO), "p")
        gateway = next(
            t for t in running.get_tasks(state=TaskState.WAITING) if t.task_spec.bpmn_id == "first"
        )
        due = datetime.fromisoformat(gateway.internal_data["event_value"])
        assert due < datetime.now(UTC) + timedelta(hours=2)

    def test_ours_tells_the_two_apart(self) -> None:
        run = Run(self.TWO)
        due = {timer.element: timer.due_at for timer in run.timers.values()}
        assert due == {"soon": BEGINNING + timedelta(hours=1), "late": BEGINNING + timedelta(days=9)}
        run.fire("late")
        assert (run.open(), run.running()) == (["give_up"], [])

    def test_ours_fires_a_missed_cycle_once(self) -> None:
        edge = d.edge("again", "it", d.timer(every="R3/P7D"), interrupts=False)
        run = Run(
            one_step(d.user("it"), more=edge + d.user("remind") + d.end("e"), flows="again > remind > e")
        )
        assert [timer.due_at for timer in run.timers.values()] == [BEGINNING + timedelta(days=7)]
        run.now += timedelta(days=20)
        run.fire("again")
        assert run.open() == ["it", "remind"]
        assert [timer.due_at for timer in run.timers.values()] == [BEGINNING + timedelta(days=21)]
        run.now += timedelta(days=1)
        run.fire("again")
        assert run.running() == []


class TestFinding13:
    """An exception leaves the library's object half advanced."""

    FAILS = d.diagram(
        d.process(
            "p",
            *(
                d.start(),
                d.user("ask"),
                d.script("note", "={seen: true}"),
                d.service("order", "orders.make"),
                d.end(),
            ),
            flows="start > ask > note > order > end",
        )
    )

    def test_ours_leaves_the_state_it_was_given_valid(self) -> None:
        broken = True

        def orders(operator: str, inputs: Any) -> Any:
            if broken:
                raise RuntimeError("the printer is out of paper")
            return "No 5"

        run = Run(self.FAILS, call_service=orders)
        before = run.step
        with pytest.raises(StepFailed) as failed:
            run.complete("ask")
        assert (failed.value.element, failed.value.reason) == ("order", "the printer is out of paper")
        assert run.step is before
        broken = False
        run.complete("ask")
        assert run.finished
        assert run.variables["order"] == "No 5"

    def test_the_library_has_half_advanced(self) -> None:
        content = one_step(d.user("it")).replace(
            b"</process>", b'<scriptTask id="bad"><script>1/0</script></scriptTask></process>'
        )
        content = content.replace(b'targetRef="end"', b'targetRef="bad"')
        running = stock.workflow(content, "p")
        with pytest.raises(WorkflowTaskException):
            stock.complete(running, "it")
        assert stock.open_tasks(running) == []


class TestFinding14:
    """An event subprocess changes the shared spec; ours has none."""

    def test_ours_refuses_it(self) -> None:
        inside = d.element("startEvent", "s", d.message("m")) + d.end("e") + d._flows("s > e")
        event = d.element("subProcess", "aside", inside, triggeredByEvent="true")
        with pytest.raises(DefinitionError, match="started by an event"):
            Run(one_step(d.user("it"), more=event, roots=d.message_root("m")))


class TestFinding15:
    """The library breaks on ids that collide with those of operators, and with names of its own."""

    SAME = d.diagram(
        d.process(
            "p",
            *(d.start(), d.end("tell")),
            d.element("serviceTask", "it", "", '<z:taskDefinition type="notes.tell" id="tell"/>'),
            flows="start > it > tell",
        )
    )

    def test_the_library_takes_the_operator_for_the_end(self) -> None:
        with pytest.raises(ValidationException):
            stock.workflow(self.SAME, "p")

    def test_ours_keeps_them_apart(self) -> None:
        run = Run(self.SAME, call_service=lambda operator, _inputs: operator)
        assert run.variables["it"] == "notes.tell"

    def test_elements_may_be_called_start_and_end(self) -> None:
        body = d.process("p", d.start("Start"), d.user("Root"), d.end("End"), flows="Start > Root > End")
        run = Run(d.diagram(body))
        run.complete("Root")
        assert run.finished


class TestFinding16:
    """A loop of gateways that waits for nobody never returns."""

    CIRCLE = d.diagram(
        d.process("p", d.start(), d.user("begin"), d.xor("a"), d.xor("b"), flows="start > begin > a > b > a")
    )

    def test_the_library_turns_for_ever(self) -> None:
        running = stock.workflow(stock.translated(self.CIRCLE), "p")
        turns = 0

        def count(task: Any) -> None:
            nonlocal turns
            turns += 1
            if turns > 300:
                raise TimeoutError

        stock.open_tasks(running)[0].run()
        with pytest.raises(TimeoutError):
            running.do_engine_steps(did_complete_task=count)

    def test_ours_stops_and_says_where(self) -> None:
        run = Run(self.CIRCLE)
        with pytest.raises(StepFailed, match="steps without waiting") as failed:
            run.complete("begin")
        assert failed.value.element in ("a", "b")
        assert run.open() == ["begin"]
