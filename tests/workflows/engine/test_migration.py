"""A running case moves to another version of its diagrams, or stays and says why."""

import time
from datetime import timedelta
from typing import Any

import pytest

from tests.workflows.engine import diagrams as d
from tests.workflows.engine.running import Run
from workflows.engine import migrate
from workflows.engine.definitions import Definitions
from workflows.engine.migrate_words import CHANGES, REASONS, CannotMigrate


def version(*processes: str, roots: str = "") -> Definitions:
    return Definitions({"diagram.bpmn": d.diagram(*processes, roots=roots)})


def line(*names: str, edges: str = "", more: str = "", ways: str = "") -> Definitions:
    """A version in which these tasks follow one another."""
    tasks = "".join(d.user(name) for name in names)
    flows = f"start > {' > '.join(names)} > end; {ways}"
    return version(d.process("p", d.start(), tasks, edges, more, d.end(), flows=flows))


def migrated(run: Run, new: Definitions, **mapping: str) -> Run:
    """Move the case and go on with it on the new version; check that both answers agree."""
    plan = migrate.plan(run.definitions, new, run.step.state, mapping)
    assert plan.moves, plan.reasons
    assert {change.code for change in plan.changes} <= set(CHANGES)
    step = migrate.move(run.definitions, new, run.step.state, mapping, now=run.now)
    run.definitions, run.step = new, step
    run.tasks = {task.id: task for task in step.opened}
    run.timers = {timer.id: timer for timer in step.timers_started}
    run.awaited = {message.id: message for message in step.awaited}
    return run


def reasons(run: Run, new: Definitions, **mapping: str) -> list[tuple[str, str]]:
    """Say why the case stays; moving it all the same is refused with the same reasons."""
    plan = migrate.plan(run.definitions, new, run.step.state, mapping)
    assert not plan.moves
    with pytest.raises(CannotMigrate) as refused:
        migrate.move(run.definitions, new, run.step.state, mapping, now=run.now)
    assert refused.value.reasons == plan.reasons
    assert {reason.code for reason in plan.reasons} <= set(REASONS)
    return [(reason.code, reason.element) for reason in plan.reasons]


REMINDER = d.edge("late", "meet", d.timer(after="P14D"), interrupts=False)
SOONER = d.edge("late", "meet", d.timer(after="P10D"), interrupts=False)
REMIND = {"more": d.user("remind"), "ways": "late > remind"}


class TestWhatIsKept:
    def test_the_open_task_keeps_its_id_and_the_data_of_the_case_stays(self) -> None:
        run = Run(line("ask", "meet"))
        run.complete("ask", wish="Физика")
        before = set(run.tasks)
        migrated(run, line("ask", "meet", "thank"))
        assert set(run.tasks) == before
        run.complete("meet")
        assert run.open() == ["thank"]
        assert run.variables["ask"] == {"wish": "Физика"}

    def test_a_done_step_may_be_removed(self) -> None:
        run = Run(line("ask", "meet"))
        run.complete("ask")
        migrated(run, line("meet"))
        run.complete("meet")
        assert run.finished

    def test_a_step_that_is_added_ahead_is_reached(self) -> None:
        run = migrated(Run(line("ask", "end_talk")), line("ask", "new", "end_talk"))
        run.complete("ask")
        assert run.open() == ["new"]

    def test_a_renamed_task_waits_on_under_its_new_name(self) -> None:
        run = Run(line("ask", "meet"))
        before = set(run.tasks)
        migrated(run, line("interview", "meet"), ask="interview")
        assert (set(run.tasks), run.open()) == (before, ["interview"])

    def test_a_running_timer_keeps_its_date(self) -> None:
        run = Run(line("meet", edges=REMINDER, **REMIND))
        due = [timer.due_at for timer in run.timers.values()]
        run.now += timedelta(days=3)
        migrated(run, line("meet", edges=SOONER, **REMIND))
        assert [timer.due_at for timer in run.timers.values()] == due
        run.wait(days=12)
        assert run.open() == ["meet", "remind"]

    def test_a_due_date_of_a_task_stays(self) -> None:
        dated = version(
            d.process("p", d.start(), d.user("meet", due="P3D"), d.end(), flows="start > meet > end")
        )
        run = Run(dated)
        due = [task.due_at for task in run.tasks.values()]
        run.now += timedelta(days=1)
        migrated(run, line("meet", "thank"))
        assert [task.due_at for task in run.tasks.values()] == due

    def test_a_message_is_awaited_on(self) -> None:
        def waiting(*more: str) -> Definitions:
            flows = f"start > news{''.join(f' > {name}' for name in more)} > end"
            body = d.process(
                "p", d.start(), d.catch("news", d.message("m")), *map(d.user, more), d.end(), flows=flows
            )
            return version(body, roots=d.message_root("m", "news"))

        run = migrated(Run(waiting()), waiting("answer"))
        run.receive("news")
        assert run.open() == ["answer"]

    def test_the_state_of_a_hundredth_meeting_moves_like_that_of_the_first(self) -> None:
        def loop(task: str) -> Definitions:
            body = d.process(
                "p",
                d.start(),
                d.xor("again"),
                d.user(task),
                REMINDER.replace('"meet"', f'"{task}"'),
                d.user("remind"),
                d.xor("more"),
                d.end(),
                flows=f"start > again > {task} > more; more > again ? default;"
                f"more > end ? ={task}.last = true; late > remind",
            )
            return version(body)

        run = Run(loop("meet"))
        for _ in range(100):
            run.complete("meet", last=False)
        migrated(run, loop("talk"), meet="talk")
        for _ in range(100):
            run.complete("talk", last=False)
        run.complete("talk", last=True)
        assert run.finished


class TestWhatWaitsAtTheEdge:
    def test_an_event_added_to_the_running_task_begins_now_and_works_later(self) -> None:
        run = Run(line("meet"))
        run.now += timedelta(days=5)
        migrated(run, line("meet", edges=REMINDER, **REMIND))
        assert [timer.due_at for timer in run.timers.values()] == [run.now + timedelta(days=14)]
        run.wait(days=15)
        assert run.open() == ["meet", "remind"]
        run.complete("meet")
        run.complete("remind")
        assert run.finished

    def test_a_second_event_joins_the_first(self) -> None:
        second = d.edge("very_late", "meet", d.timer(after="P30D"))
        both = line(
            "meet",
            edges=REMINDER + second,
            more=d.user("remind") + d.user("part"),
            ways="late > remind; very_late > part",
        )
        run = migrated(Run(line("meet", edges=REMINDER, **REMIND)), both)
        assert run.running() == ["late", "very_late"]
        run.wait(days=31)
        assert run.open() == ["part", "remind"]

    def test_an_event_that_has_fired_does_not_begin_again(self) -> None:
        run = Run(line("meet", edges=REMINDER, **REMIND))
        run.wait(days=15)
        migrated(run, line("meet", edges=SOONER, **REMIND))
        assert run.running() == []

    def test_an_event_taken_from_the_running_task_ends(self) -> None:
        run = migrated(Run(line("meet", edges=REMINDER, **REMIND)), line("meet"))
        assert run.running() == []
        run.complete("meet")
        assert run.finished

    def test_what_begins_and_ends_is_said_before(self) -> None:
        old, new = line("meet"), line("meet", edges=REMINDER, **REMIND)
        for first, second, said in ((old, new, "event_begins"), (new, old, "event_ends")):
            plan = migrate.plan(first, second, Run(first).step.state, {})
            assert [(change.code, change.element) for change in plan.changes] == [(said, "late")]

    def test_an_event_gateway_gets_a_second_way(self) -> None:
        def either(*timers: str) -> Definitions:
            events = "".join(d.catch(name, d.timer(after="P7D")) for name in timers)
            flows = "".join(f"either > {name} > end;" for name in timers)
            return version(
                d.process(
                    "p", d.start(), d.first_of("either"), events, d.end(), flows=f"start > either;{flows}"
                )
            )

        run = migrated(Run(either("week")), either("week", "other"))
        assert run.running() == ["other", "week"]
        run.fire("other")
        assert run.finished
        assert reasons(Run(either("week")), either("another")) == [("all_events_gone", "either")]


def fork(*branches: str, join: str = "join") -> Definitions:
    """A version in which these tasks are done side by side and are waited for."""
    tasks = "".join(d.user(name) for name in branches)
    flows = "".join(f"fork > {name} > {join};" for name in branches)
    return version(
        d.process(
            "p",
            d.start(),
            d.user("ask"),
            d.parallel("fork"),
            tasks,
            d.parallel(join),
            d.user("meet"),
            d.end(),
            flows=f"start > ask > fork; {flows} {join} > meet > end",
        )
    )


class TestParallelBranches:
    def test_before_the_fork_a_branch_may_be_added(self) -> None:
        run = migrated(Run(fork("one", "two")), fork("one", "two", "three"))
        run.complete("ask")
        for branch in ("three", "one", "two"):
            run.complete(branch)
        assert run.open() == ["meet"]

    def test_inside_it_may_not_for_it_would_never_start(self) -> None:
        run = Run(fork("one", "two"))
        run.complete("ask")
        assert reasons(run, fork("one", "two", "three")) == [("branch_never_started", "three")]

    def test_inside_a_branch_may_become_longer_where_its_token_still_comes_by(self) -> None:
        longer = version(
            d.process(
                "p",
                d.start(),
                d.user("ask"),
                d.parallel("fork"),
                *map(d.user, ("one", "two", "then")),
                d.parallel("join"),
                d.user("meet"),
                d.end(),
                flows="start > ask > fork > one > then > join; fork > two > join > meet > end",
            )
        )
        run = Run(fork("one", "two"))
        run.complete("ask")
        run.complete("two")
        migrated(run, longer)
        run.complete("one")
        run.complete("then")
        assert run.open() == ["meet"]

        late = Run(fork("one", "two"))
        late.complete("ask")
        late.complete("one")
        assert reasons(late, longer) == [("flow_into_gateway_gone", "join")]

    def test_a_renamed_join_still_knows_who_came(self) -> None:
        run = Run(fork("one", "two"))
        run.complete("ask")
        run.complete("one")
        migrated(run, fork("first", "two", join="together"), one="first", join="together")
        run.complete("two")
        assert run.open() == ["meet"]

    def test_the_join_of_open_branches_may_not_go(self) -> None:
        apart = version(
            d.process(
                "p",
                d.start(),
                d.user("ask"),
                d.parallel("fork"),
                *map(d.user, ("one", "two", "meet")),
                d.xor("join"),
                d.end(),
                flows="start > ask > fork > one > join; fork > two > join > meet > end",
            )
        )
        run = Run(fork("one", "two"))
        assert migrate.plan(run.definitions, apart, run.step.state, {}).moves
        run.complete("ask")
        assert ("parallel_gateway_gone", "join") in reasons(run, apart)

    def test_a_fork_around_the_task_somebody_works_on_is_refused(self) -> None:
        run = Run(line("ask", "one", "meet"))
        run.complete("ask")
        assert reasons(run, fork("one", "two")) == [("branch_never_started", "two")]


class TestWhatRunsInside:
    def pack(
        self, *, inner: str = "talk", after: str = "", calls: str = "planning", loop: str = ""
    ) -> Definitions:
        ahead = f" > {after}" if after else ""
        thanks = [d.user(after)] if after else []
        return version(
            d.process(
                "p",
                d.start(),
                d.call("plan", calls, loop=loop),
                *thanks,
                d.end(),
                flows=f"start > plan{ahead} > end",
            ),
            d.process(
                "planning",
                d.start(),
                d.user(inner),
                d.user("note"),
                d.end(),
                flows=f"start > {inner} > note > end",
            ),
            d.process("other", d.start(), d.user(inner), d.end(), flows=f"start > {inner} > end"),
        )

    def test_a_called_process_runs_on_and_the_step_added_after_it_is_reached(self) -> None:
        run = Run(self.pack())
        run.complete("talk", goal="Олимпиада")
        migrated(run, self.pack(after="thank"))
        run.complete("note")
        assert run.open() == ["thank"]
        assert run.variables["talk"] == {"goal": "Олимпиада"}

    def test_what_is_renamed_inside_is_found(self) -> None:
        run = migrated(Run(self.pack()), self.pack(inner="goals"), talk="goals")
        assert run.open() == ["goals"]
        run.complete("goals")
        run.complete("note")
        assert run.finished

    def test_another_process_cannot_take_its_place(self) -> None:
        assert reasons(Run(self.pack()), self.pack(calls="other")) == [("calls_another_process", "plan")]

    def test_instances_of_a_multi_instance_run_on(self) -> None:
        side_by_side = d.several(count="=3")
        run = Run(self.pack(loop=side_by_side))
        run.complete("talk")
        migrated(run, self.pack(loop=side_by_side, after="thank"))
        for _ in range(2):
            run.complete("talk")
        for _ in range(3):
            run.complete("note")
        assert run.open() == ["thank"]

    def test_an_embedded_subprocess_runs_on(self) -> None:
        def embedded(*names: str) -> Definitions:
            inside = d.subprocess(
                "it", d.start("s"), *map(d.user, names), d.end("e"), flows=f"s > {' > '.join(names)} > e"
            )
            return version(d.process("p", d.start(), inside, d.end(), flows="start > it > end"))

        run = Run(embedded("one"))
        migrated(run, embedded("one", "two"))
        run.complete("one")
        run.complete("two")
        assert run.finished


RENAMED = d.process("q", d.start(), d.user("ask"), d.end(), flows="start > ask > end")
BY_ITSELF = d.process(
    "p", d.start(), d.script("ask", "={a: 1}"), d.user("b"), d.end(), flows="start > ask > b > end"
)
TWICE = d.user("ask", inside=d.several(count="=2"))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (line("meet"), [("element_gone", "ask")]),
        (version(RENAMED), [("process_gone", "p")]),
        (version(BY_ITSELF), [("element_changed_kind", "ask")]),
        (
            version(d.process("p", d.start(), TWICE, d.end(), flows="start > ask > end")),
            [("element_changed_kind", "ask")],
        ),
    ],
)
def test_a_case_that_cannot_move_says_why(new: Definitions, expected: Any) -> None:
    run = Run(line("ask", "meet"))
    before = run.step.state
    assert reasons(run, new) == expected
    assert run.step.state == before
    run.complete("ask")
    assert run.open() == ["meet"]


def test_an_event_that_waits_for_something_else_now_is_refused() -> None:
    def waiting(trigger: str) -> Definitions:
        body = d.process("p", d.start(), d.catch("pause", trigger), d.end(), flows="start > pause > end")
        return version(body, roots=d.message_root("m"))

    run = Run(waiting(d.timer(after="P7D")))
    assert reasons(run, waiting(d.message("m"))) == [("waits_for_something_else", "pause")]


def test_moving_there_and_back_again_changes_nothing() -> None:
    old, new = line("meet", edges=REMINDER, **REMIND), line("meet", "thank", edges=REMINDER, **REMIND)
    run = Run(old)
    before = (dict(run.tasks), dict(run.timers), run.step.state)
    migrated(migrated(run, new), old)
    assert (run.tasks, run.timers, run.step.state) == before


class TestWhatTokensCarry:
    def each(
        self, *, into: str = "", item: str = "who", one_by_one: bool = True, after: str = ""
    ) -> Definitions:
        result = f"={item}" if into else ""
        marker = d.several('=["a", "b", "c"]', item, one_by_one=one_by_one, into=into, result=result)
        more = [d.user(after)] if after else []
        flows = f"start > ask{f' > {after}' if after else ''} > end"
        return version(
            d.process(
                "p", d.start(), d.user("ask", role=f"={item}", inside=marker), *more, d.end(), flows=flows
            )
        )

    @pytest.mark.parametrize("one_by_one", [True, False])
    def test_instances_go_on_where_they_were(self, one_by_one: bool) -> None:
        run = Run(self.each(one_by_one=one_by_one))
        run.complete("ask")
        migrated(run, self.each(one_by_one=one_by_one, after="thank"))
        run.complete("ask")
        run.complete("ask")
        assert run.open() == ["thank"]

    def test_results_are_collected_from_now_on_only_if_none_is_lost(self) -> None:
        run = migrated(Run(self.each()), self.each(into="all"))
        for _ in range(3):
            run.complete("ask")
        assert run.variables["all"] == ["a", "b", "c"]
        late = Run(self.each())
        late.complete("ask")
        assert reasons(late, self.each(into="all")) == [("results_are_lost", "ask")]

    def test_results_need_not_be_collected_any_more(self) -> None:
        run = Run(self.each(into="all"))
        run.complete("ask")
        migrated(run, self.each())
        run.complete("ask")
        run.complete("ask")
        assert "all" not in run.variables

    def test_the_item_of_an_instance_takes_its_new_name(self) -> None:
        run = migrated(Run(self.each(into="all")), self.each(into="all", item="person"))
        for _ in range(3):
            run.complete("ask")
        assert run.variables["all"] == ["a", "b", "c"]
        assert "who" not in run.variables

    def test_whoever_was_asked_stays_asked(self) -> None:
        def by(role: str) -> Definitions:
            return version(
                d.process("p", d.start(), d.user("ask", role=role), d.end(), flows="start > ask > end")
            )

        for old, new in (("mentor", "=helper"), ("=helper", "mentor"), ("mentor", "curator")):
            run = Run(by(old), helper="somebody")
            before = [task.role for task in run.tasks.values()]
            migrated(run, by(new))
            assert [task.role for task in run.tasks.values()] == before

    def test_an_event_whose_date_is_not_known_cannot_begin(self) -> None:
        late = d.edge("late", "meet", d.timer(after="=deadline"))
        new = line("meet", edges=late, more=d.user("remind"), ways="late > remind")
        assert reasons(Run(line("meet")), new) == [("event_cannot_begin", "late")]
        run = migrated(Run(line("meet"), deadline="P3D"), new)
        assert run.running() == ["late"]


class TestOutOfPlace:
    def test_two_who_work_at_once_are_not_put_one_after_the_other(self) -> None:
        """A plain way through both would do everything behind them twice."""
        run = Run(fork("one", "two"))
        run.complete("ask")
        flows = "start > ask > fork > one > two > join > meet > end"
        row = version(
            d.process(
                "p",
                *(d.start(), d.user("ask"), d.xor("fork"), d.user("one"), d.user("two"), d.xor("join")),
                *(d.user("meet"), d.end()),
                flows=flows,
            )
        )
        assert ("parallel_gateway_gone", "join") in reasons(run, row)

    def test_ways_that_a_circle_opened_do_not_go_on_apart(self) -> None:
        def chosen(gateway: str) -> Definitions:
            kind = d.inclusive if gateway == "inclusive" else d.xor
            return version(
                d.process(
                    "p",
                    *(d.start(), d.user("ask"), kind("split"), d.user("one"), d.user("two"), kind("join")),
                    *(d.user("meet"), d.end()),
                    flows="""start > ask > split; split > one ? =ask.a = true; split > two ? default
                              one > join > meet > end; two > join""",
                )
            )

        both = version(
            d.process(
                "p",
                *(d.start(), d.user("ask"), d.parallel("split"), d.user("one"), d.user("two")),
                *(d.parallel("join"), d.user("meet"), d.end()),
                flows="start > ask > split > one > join > meet > end; split > two > join",
            )
        )
        run = Run(both)
        run.complete("ask")
        assert not migrate.plan(run.definitions, chosen("xor"), run.step.state, {}).moves
        half = Run(chosen("inclusive"))
        half.complete("ask", a=True)
        assert reasons(half, both) == [("branch_never_started", "two")]

    def test_a_large_sheet_is_not_searched_for_ever(self) -> None:
        names = [f"task{number}" for number in range(8)]
        run = Run(fork(*names))
        run.complete("ask")
        for name in names[:5]:
            run.complete(name)
        began = time.process_time()
        migrated(run, fork(*names))
        assert time.process_time() - began < 1


def test_a_thousand_cases_move_in_seconds() -> None:
    run = Run(fork("one", "two"))
    run.complete("ask")
    run.complete("one")
    new = fork("one", "two")
    began = time.process_time()
    for _ in range(300):
        migrate.move(run.definitions, new, run.step.state, {}, now=run.now)
    assert time.process_time() - began < 1
