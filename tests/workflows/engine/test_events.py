"""Events: time, messages, errors, escalations, conditions, the end of everything."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.workflows.engine import diagrams as d
from tests.workflows.engine.running import BEGINNING, Run
from workflows.engine.step import StepFailed

ERRORS = """<error id="lost" errorCode="LOST"/><error id="other" errorCode="OTHER"/>
<escalation id="ask" escalationCode="ASK"/>"""


def around(host: str, *edges: str, ways: str, more: str = "", roots: str = ERRORS) -> bytes:
    """A process of one activity with the id `it` and events at its edge."""
    body = d.process(
        "p",
        d.start(),
        host,
        *edges,
        more,
        d.user("after"),
        d.end(),
        flows=f"start > it > after > end; {ways}",
    )
    return d.diagram(body, roots=roots)


def holding(*elements: str, flows: str, loop: str = "") -> str:
    return d.subprocess("it", d.start("s"), *elements, flows=f"s > {flows}", loop=loop)


class TestTime:
    def test_an_interrupting_timer_takes_the_task_away(self) -> None:
        run = Run(
            around(
                d.user("it"),
                d.edge("late", "it", d.timer(after="P14D")),
                ways="late > late_task",
                more=d.user("late_task"),
            )
        )
        task_id = next(iter(run.tasks))
        assert run.wait(days=13) == []
        assert run.wait(days=2) == ["late"]
        assert run.open() == ["late_task"]
        assert task_id in run.step.closed

    def test_a_timer_that_does_not_interrupt_leaves_the_task_and_fires_once(self) -> None:
        late = d.edge("late", "it", d.timer(after="P14D"), interrupts=False)
        run = Run(around(d.user("it"), late, ways="late > remind", more=d.user("remind")))
        assert run.wait(days=60) == ["late"]
        assert run.open() == ["it", "remind"]
        run.complete("it")
        assert run.open() == ["after", "remind"]

    def test_completing_the_task_stops_its_timer(self) -> None:
        run = Run(
            around(
                d.user("it"),
                d.edge("late", "it", d.timer(after="P14D")),
                ways="late > lost",
                more=d.end("lost"),
            )
        )
        run.complete("it")
        assert run.running() == []
        assert len(run.step.timers_stopped) == 1

    def test_a_weekly_reminder_comes_three_times(self) -> None:
        again = d.edge("again", "it", d.timer(every="R3/P7D"), interrupts=False)
        run = Run(around(d.user("it"), again, ways="again > remind", more=d.manual("remind")))
        assert run.wait(days=365) == ["again"] * 3
        assert run.open() == ["it", "remind", "remind", "remind"]

    @pytest.mark.parametrize(
        ("timer", "due"),
        [
            (d.timer(at="2026-10-01T12:00:00+03:00"), datetime(2026, 10, 1, 9, tzinfo=UTC)),
            (d.timer(at="2026-10-01"), datetime(2026, 10, 1, tzinfo=UTC)),
            (d.timer(at="= deadline"), datetime(2026, 12, 31, tzinfo=UTC)),
            (d.timer(at='=now() + duration("P1D")'), BEGINNING + timedelta(days=1)),
            (d.timer(after='=duration("P" + string(days) + "D")'), BEGINNING + timedelta(days=30)),
            (d.timer(after="P1M"), datetime(2026, 10, 1, 9, tzinfo=UTC)),
            (d.timer(at="2020-01-01"), datetime(2020, 1, 1, tzinfo=UTC)),
            (d.timer(every="R/2026-09-05T09:00:00Z/P1D"), datetime(2026, 9, 5, 9, tzinfo=UTC)),
        ],
    )
    def test_a_timer_is_due_by_the_clock_it_is_given(self, timer: str, due: datetime) -> None:
        run = Run(around(d.catch("it", timer), ways=""), deadline="2026-12-31", days=30)
        assert [timer.due_at for timer in run.timers.values()] == [due]

    @pytest.mark.parametrize(
        "timer",
        [
            d.timer(after="14 days"),
            d.timer(after="=14"),
            d.timer(at="=nobody"),
            d.timer(every="R0/P1D"),
            d.timer(every="R3/PT0S"),
            d.timer(every="R/PT1S"),
            d.timer(every="weekly"),
            d.timer(after="P9999999999D"),
            d.timer(at="2026-02-30"),
        ],
    )
    def test_a_timer_nobody_can_read_fails_in_words(self, timer: str) -> None:
        with pytest.raises(StepFailed, match="timer") as failed:
            Run(around(d.catch("it", timer), ways=""))
        assert failed.value.element == "it"

    def test_a_year_of_a_pair_passes_in_no_time(self) -> None:
        """A meeting every fortnight; the mentor forgets each third one and is reminded, the curator told."""
        reminders = d.edge("remind", "meet", d.timer(every="R3/P7D"), interrupts=False)
        silence = d.edge("silence", "meet", d.timer(after="P30D"))
        body = d.process(
            "pair",
            *(
                d.start(),
                d.xor("next"),
                d.user("meet", due="P14D"),
                reminders,
                d.end("reminded"),
                silence,
                d.manual("call"),
            ),
            *(d.catch("pause", d.timer(after="P14D")), d.xor("is_over"), d.end()),
            flows="""start > next > meet > pause > is_over; remind > reminded; silence > call > pause
                     is_over > next ? default; is_over > end ? =today() >= date("2027-09-01")""",
        )
        run = Run(d.diagram(body))
        held = 0
        while not run.finished:
            if run.open() == ["meet"]:
                held += 1
                run.wait(days=40 if held % 3 == 0 else 2)
            elif run.open() == ["call"]:
                run.complete("call")
            if run.open() == ["meet"]:
                run.complete("meet")
            run.wait(days=1)
        assert run.now.date() >= date(2027, 9, 1)
        assert run.passed.count("remind") == 3 * run.passed.count("silence") > 9


class TestMessages:
    ROOTS = d.message_root("closed", "pair_closed", "=pair") + d.message_root("note", "note")

    def test_a_message_at_the_edge_that_does_not_interrupt_can_come_again(self) -> None:
        note = d.edge("noted", "it", d.message("note"), interrupts=False)
        run = Run(around(d.user("it"), note, ways="noted > read", more=d.manual("read"), roots=self.ROOTS))
        ids = set(run.awaited)
        for text in ("a", "b", "c"):
            run.receive("noted", text=text)
            ids |= set(run.awaited)
        assert run.open() == ["it", "read", "read", "read"]
        assert run.variables["noted"] == {"text": "c"}
        assert len(ids) == 4
        run.complete("it")
        assert run.expected() == []

    def test_the_first_of_a_message_and_a_timer_wins(self) -> None:
        body = d.process(
            "p",
            *(
                d.start(),
                d.first_of("first"),
                d.catch("answer", d.message("note")),
                d.catch("silence", d.timer(after="P3D")),
            ),
            *(d.user("read"), d.user("call"), d.end()),
            flows="start > first > answer > read > end; first > silence > call > end",
        )
        run = Run(d.diagram(body, roots=self.ROOTS))
        assert (run.expected(), run.running()) == (["answer"], ["silence"])
        run.receive("answer")
        assert (run.open(), run.running()) == (["read"], [])

    def test_a_receive_task_waits_and_keeps_what_came(self) -> None:
        it = d.element("receiveTask", "it", "", d.mapped({}, {"why": "=it.reason"}), messageRef="closed")
        run = Run(around(it, ways="", roots=self.ROOTS), pair=7)
        assert [(m.name, m.key) for m in run.awaited.values()] == [("pair_closed", "7")]
        run.receive("it", reason={"code": 3})
        assert (run.variables["it"], run.variables["why"]) == ({"reason": {"code": 3}}, {"code": 3})

    @pytest.mark.parametrize("kind", ["intermediateThrowEvent", "sendTask", "endEvent"])
    def test_what_is_sent_has_an_addressee_a_key_and_a_payload(self, kind: str) -> None:
        inputs = d.mapped({"to": "=programme", "key": "=[pair, 2026]", "reason": "too far", "meetings": "=5"})
        it = d.element(kind, "it", "" if kind == "sendTask" else d.message("closed"), inputs)
        if kind == "sendTask":
            it = it.replace('id="it"', 'id="it" messageRef="closed"')
        run = Run(around(it, ways="", roots=self.ROOTS), programme="c-1", pair=7)
        (sent,) = run.sent
        assert (sent.element, sent.name, sent.to, sent.key) == ("it", "pair_closed", "c-1", "[7,2026]")
        assert sent.payload == {"reason": "too far", "meetings": 5}

    @pytest.mark.parametrize("inputs", [{}, {"to": "=nobody"}, {"to": "=7"}, {"to": ""}])
    def test_a_message_without_an_addressee_fails_in_words(self, inputs: dict[str, str]) -> None:
        with pytest.raises(StepFailed, match="no addressee"):
            Run(around(d.throw("it", d.message("note"), inputs), ways="", roots=self.ROOTS))


class TestInside:
    """What a process throws and catches within itself."""

    def test_an_error_ends_the_activity_and_goes_the_way_of_its_code(self) -> None:
        inner = holding(
            d.parallel("f"),
            d.user("go"),
            d.user("aside"),
            d.end("bad", '<errorEventDefinition errorRef="lost"/>'),
            flows="f > go > bad; f > aside",
        )
        other = d.edge("other_error", "it", '<errorEventDefinition errorRef="other"/>')
        every = d.edge("any_error", "it", "<errorEventDefinition/>")
        exact = d.edge("this_error", "it", '<errorEventDefinition errorRef="lost"/>')
        ways = "other_error > x; any_error > x; this_error > mend"
        run = Run(around(inner, other, every, exact, ways=ways, more=d.user("x") + d.user("mend")))
        run.complete("go")
        assert run.open() == ["mend"]

    def test_an_error_looks_outwards_past_who_does_not_catch_it(self) -> None:
        stage = d.process(
            "stage",
            d.start("s2"),
            d.script("why", '="tired"', "reason"),
            d.end("bad", '<errorEventDefinition errorRef="lost"/>'),
            flows="s2 > why > bad",
        )
        it = d.call("it", "stage")
        body = d.process(
            "p",
            d.start(),
            it,
            d.edge("caught", "it", "<errorEventDefinition/>"),
            d.user("mend"),
            d.end(),
            flows="start > it > end; caught > mend",
        )
        run = Run(d.diagram(body, stage, roots=ERRORS))
        assert run.open() == ["mend"]
        assert run.variables["reason"] == "tired"

    def test_an_error_is_not_caught_at_the_edge_of_a_neighbour(self) -> None:
        inner = d.subprocess(
            "a",
            d.start("s"),
            d.user("go"),
            d.end("bad", '<errorEventDefinition errorRef="lost"/>'),
            flows="s > go > bad",
        )
        body = d.process(
            "p",
            d.start(),
            d.parallel("f"),
            inner,
            d.subprocess("b", d.start("t"), d.user("work"), d.end("u"), flows="t > work > u"),
            d.edge("caught", "b", "<errorEventDefinition/>"),
            d.end(),
            d.user("mend"),
            flows="start > f > a > end; f > b > end; caught > mend",
        )
        run = Run(d.diagram(body, roots=ERRORS))
        with pytest.raises(StepFailed, match="LOST") as failed:
            run.complete("go")
        assert failed.value.element == "bad"
        run.complete("work")

    def test_an_error_in_one_instance_ends_them_all(self) -> None:
        inner = holding(
            d.user("go"),
            d.end("bad", '<errorEventDefinition errorRef="lost"/>'),
            flows="go > bad",
            loop=d.several("=[1, 2, 3]", "n"),
        )
        run = Run(
            around(
                inner,
                d.edge("caught", "it", "<errorEventDefinition/>"),
                ways="caught > mend",
                more=d.user("mend"),
            )
        )
        run.complete("go", place=1)
        assert run.open() == ["mend"]

    def test_an_escalation_tells_and_goes_on_as_often_as_it_likes(self) -> None:
        ask = '<escalationEventDefinition escalationRef="ask"/>'
        inner = holding(
            d.user("a"),
            d.throw("up", ask),
            d.user("b"),
            d.throw("up2", ask),
            d.end("e"),
            flows="a > up > b > up2 > e",
        )
        run = Run(
            around(
                inner, d.edge("told", "it", ask, interrupts=False), ways="told > look", more=d.manual("look")
            )
        )
        run.complete("a")
        assert run.open() == ["b", "look"]
        run.complete("b")
        assert run.open() == ["after", "look", "look"]

    def test_an_escalation_nobody_catches_is_passed_by(self) -> None:
        run = Run(around(d.throw("it", '<escalationEventDefinition escalationRef="ask"/>'), ways=""))
        assert run.open() == ["after"]

    def test_terminate_ends_only_the_process_it_stands_in(self) -> None:
        inner = holding(
            d.parallel("f"),
            d.user("stop"),
            d.user("aside"),
            d.end("all", "<terminateEventDefinition/>"),
            flows="f > stop > all; f > aside",
        )
        run = Run(around(inner, ways=""))
        run.complete("stop")
        assert run.open() == ["after"]

    def test_a_condition_at_the_edge_fires_as_soon_as_it_holds(self) -> None:
        body = d.process(
            "p",
            *(
                d.start(),
                d.parallel("f"),
                d.user("it"),
                d.user("count"),
                d.edge("enough", "it", d.condition("=count.n > 2")),
            ),
            *(d.user("then"), d.end(), d.end("e2")),
            flows="start > f > it > end; f > count > e2; enough > then",
        )
        assert Run(d.diagram(body)).open() == ["count", "it"]
        run = Run(d.diagram(body))
        run.complete("count", n=3)
        assert run.open() == ["then"]

    def test_a_condition_fires_again_only_after_it_was_false(self) -> None:
        body = d.process(
            "p",
            *(d.start(), d.parallel("f"), d.user("it"), d.xor("next"), d.user("count")),
            *(d.edge("high", "it", d.condition("=count.n > 2"), interrupts=False), d.manual("look"), d.end()),
            flows="start > f > it > end; f > next > count > next; high > look",
        )
        run = Run(d.diagram(body))
        looks = []
        for n in (1, 3, 4, 2, 5):
            run.complete("count", n=n)
            looks.append(run.open().count("look"))
        assert looks == [0, 1, 1, 1, 2]

    def test_a_catching_condition_waits_until_it_holds(self) -> None:
        body = d.process(
            "p",
            d.start(),
            d.parallel("f"),
            d.catch("ready", d.condition("=a.ok")),
            d.user("go"),
            d.user("a"),
            d.end(),
            flows="start > f > ready > go > end; f > a > end",
        )
        run = Run(d.diagram(body))
        run.complete("a", ok=True)
        assert run.open() == ["go"]
