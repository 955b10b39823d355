"""Decisions as dmn-js saves them: tables with every hit policy, expressions, decisions that need others."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.workflows.engine.dmn_files import decision, dmn, input_data, literal, table
from workflows.engine.decisions import DecisionFailed, Decisions

NOW = datetime(2026, 5, 31, 9, 0, tzinfo=UTC)


def decide(content: bytes, key: str = "it", **data: Any) -> Any:
    return Decisions.from_dmn(content).decide(key, data, now=NOW)


def one(logic: str, **data: Any) -> Any:
    return decide(dmn(decision("it", logic, name="Правила встреч")), **data)


def reason(logic: str, **data: Any) -> DecisionFailed:
    with pytest.raises(DecisionFailed) as failed:
        one(logic, **data)
    return failed.value


STEPS = (["> 0", '"один"'], ["> 1", '"два"'], ["> 2", '"три"'])


class TestHitPolicies:
    def test_unique_takes_the_only_rule(self):
        rules = table("UNIQUE", ["n"], ["out"], ["< 2", '"мало"'], [">= 2", '"много"'])
        assert [one(rules, n=1), one(rules, n=2), one(rules, n=None)] == ["мало", "много", None]

    def test_unique_names_the_rules_that_hit_together(self):
        failed = reason(table("UNIQUE", ["n"], ["out"], *STEPS), n=2)
        assert (failed.code, failed.values["rules"]) == ("several_rules", [1, 2])
        assert failed.reason == "Decision “Правила встреч”: Only one rule may apply, but rules 1, 2 do."

    def test_first_takes_the_first(self):
        assert one(table("FIRST", ["n"], ["out"], *STEPS), n=9) == "один"

    def test_any_takes_what_all_say(self):
        rules = table("ANY", ["n"], ["out"], ["> 0", '"да"'], ["> 1", '"да"'], ["> 5", '"нет"'])
        assert one(rules, n=2) == "да"
        failed = reason(rules, n=6)
        assert (failed.code, failed.values["rules"]) == ("rules_disagree", [1, 2, 3])

    def test_priority_goes_by_the_list_of_output_values(self):
        rules = table("PRIORITY", ["n"], ["out"], *STEPS, output_values=['"три", "два", "один"'])
        assert [one(rules, n=1), one(rules, n=2), one(rules, n=3)] == ["один", "два", "три"]

    def test_priority_of_several_outputs_weighs_from_left_to_right(self):
        rules = table(
            *("PRIORITY", ["n"], ["first", "second"]),
            *(["-", '"b"', "1"], ["-", '"a"', "1"], ["-", '"a"', "2"]),
            output_values=['"a", "b"', "2, 1"],
        )
        assert one(rules, n=0) == {"first": "a", "second": 2}

    def test_rule_order_gives_all_as_they_stand(self):
        assert one(table("RULE ORDER", ["n"], ["out"], *STEPS), n=2) == ["один", "два"]

    def test_output_order_gives_all_by_priority(self):
        rules = table("OUTPUT ORDER", ["n"], ["out"], *STEPS, output_values=['"три", "два", "один"'])
        assert one(rules, n=3) == ["три", "два", "один"]

    def test_collect_gives_all(self):
        rules = table("COLLECT", ["n"], ["out"], *STEPS)
        assert [one(rules, n=3), one(rules, n=0)] == [["один", "два", "три"], []]

    @pytest.mark.parametrize(
        ("aggregation", "value", "of_nothing"),
        [("SUM", 60, None), ("MIN", 10, None), ("MAX", 30, None), ("COUNT", 3, 0)],
    )
    def test_collect_puts_together(self, aggregation, value, of_nothing):
        steps = (["> 0", "10"], ["> 1", "20"], ["> 2", "30"])
        rules = table("COLLECT", ["n"], ["out"], *steps, aggregation=aggregation)
        assert [one(rules, n=3), one(rules, n=0)] == [value, of_nothing]

    def test_collect_finds_the_earliest_date(self):
        steps = (["-", 'date("2026-06-01")'], ["-", 'date("2026-05-01")'])
        assert one(table("COLLECT", ["n"], ["out"], *steps, aggregation="MIN"), n=1) == "2026-05-01"

    def test_what_cannot_be_added_is_told(self):
        failed = reason(table("COLLECT", ["n"], ["out"], *STEPS, aggregation="SUM"), n=2)
        assert (failed.code, failed.values["aggregation"]) == ("cannot_aggregate", "SUM")

    def test_a_policy_that_nobody_knows_is_told(self):
        assert reason(table("LAST", ["n"], ["out"], *STEPS), n=2).code == "unknown_hit_policy"


class TestTables:
    def test_several_inputs_and_outputs(self):
        rules = table(
            *("FIRST", ["форма", "количество встреч"], ["срок", "кому"]),
            *(['"педагог – педагог"', "< 3", "14", '"куратору"'], ["-", "-", "7", '"обоим"']),
        )
        data = {"форма": "педагог – педагог", "количество встреч": 2}
        assert one(rules, **data) == {"срок": 14, "кому": "куратору"}
        assert one(rules, **(data | {"количество встреч": 3})) == {"срок": 7, "кому": "обоим"}

    @pytest.mark.parametrize(
        ("test", "value", "is_hit"),
        [
            ("-", None, True),
            ("", 5, True),
            ('"a", "b"', "b", True),
            ('not("a", "b")', "b", False),
            ("[1..5]", 5, True),
            ("[1..5[", 5, False),
            ("]1..5]", 1, False),
            ("(1..5)", 3, True),
            ("< 3, > 7", 9, True),
            ("null", None, True),
            ("true", True, True),
            ("false", True, False),
            ("? > 3 and ? < 5", 4, True),
            ('starts with(?, "на")', "наставник", True),
            ("limit", 10, True),
            ("<= limit", 11, False),
            ('date("2026-05-31")', "2026-05-31", False),
            ('> "abc"', 5, False),
        ],
    )
    def test_what_a_cell_fits(self, test, value, is_hit):
        assert one(table("UNIQUE", ["value"], ["out"], [test, "true"]), value=value, limit=10) is (
            is_hit or None
        )

    def test_a_type_of_an_input_reads_its_text(self):
        rules = table(
            "UNIQUE",
            ["day", "n"],
            ["out"],
            ['> date("2026-05-01")', "> 9", "true"],
            types=["date", "integer"],
        )
        assert one(rules, day="2026-05-02", n="10") is True
        assert one(rules, day="2026-05-01", n="10") is None

    def test_a_type_that_dmn_js_sets_by_itself_harms_nothing(self):
        assert one(table("UNIQUE", ["n"], ["out"], ["> 3", "1"], types=["string"]), n=5) == 1

    def test_a_value_that_is_not_allowed_is_told(self):
        rules = table("UNIQUE", ["level"], ["out"], ["-", "1"], input_values='"low", "high"')
        assert one(rules, level="low") == 1
        failed = reason(rules, level="hihg")
        assert (failed.code, failed.values["input"]) == ("value_not_allowed", "level")
        assert "hihg" in failed.reason

    def test_an_output_that_is_not_allowed_is_told(self):
        rules = table("UNIQUE", ["n"], ["out"], ["-", '"c"'], output_values=['"a", "b"'])
        failed = reason(rules, n=1)
        assert (failed.code, failed.values["rule"], failed.values["column"]) == (
            "value_not_allowed",
            1,
            "out",
        )

    @pytest.mark.parametrize(
        ("policy", "value"), [("UNIQUE", "обычно"), ("FIRST", "обычно"), ("COLLECT", "обычно")]
    )
    def test_a_default_stands_where_no_rule_hits(self, policy, value):
        assert one(table(policy, ["n"], ["out"], *STEPS, defaults=['"обычно"']), n=0) == value

    def test_a_missing_name_is_told(self):
        failed = reason(table("UNIQUE", ["количество встречь"], ["out"], *STEPS), **{"количество встреч": 2})
        assert (failed.code, failed.values["name"]) == ("unknown_name", "количество встречь")

    def test_a_cell_that_fails_is_named(self):
        failed = reason(table("UNIQUE", ["n"], ["out"], ["> 0", "1"], ["> true", "2"]), n=2)
        assert (failed.code, failed.values["rule"], failed.values["column"]) == ("cannot_compare", 2, "n")
        assert failed.reason.startswith("Decision “Правила встреч”, rule 2, column “n”: ")

    def test_a_table_without_inputs_always_applies(self):
        assert one(table("UNIQUE", [], ["out"], ["42"])) == 42

    def test_now_is_the_moment_that_is_given(self):
        rules = table("UNIQUE", ["today()"], ["out"], ['date("2026-05-31")', '"сегодня"'])
        assert one(rules) == "сегодня"


class TestRequirements:
    FILE = dmn(
        decision(
            "level",
            table("UNIQUE", ["meetings"], ["level"], ["< 3", '"new"'], [">= 3", '"steady"']),
            name="Уровень пары",
        ),
        decision(
            "due",
            table("UNIQUE", ["Уровень пары"], ["days"], ['"new"', "7"], ['"steady"', "14"]),
            "decision:level",
        ),
        decision("text", literal('"через " + string(due) + " дней"'), "decision:due"),
    )

    def test_a_decision_sees_what_it_requires_by_name(self):
        assert decide(self.FILE, "due", meetings=2) == 7
        assert decide(self.FILE, "text", meetings=3) == "через 14 дней"

    def test_a_failure_names_the_decision_it_happened_in(self):
        with pytest.raises(DecisionFailed) as failed:
            decide(self.FILE, "text")
        assert (failed.value.code, failed.value.values["decision"]) == ("unknown_name", "Уровень пары")

    def test_dates_stay_dates_on_the_way(self):
        content = dmn(
            decision("start", literal('date("2026-05-01")')),
            decision(
                "it", table("UNIQUE", ["start"], ["out"], ['< date("2026-05-31")', "true"]), "decision:start"
            ),
        )
        assert decide(content) is True

    def test_input_data_are_read_as_their_type(self):
        content = dmn(
            input_data("birthday", "день рождения", "date"),
            decision("it", literal("день рождения.year"), "input:birthday"),
        )
        assert decide(content, **{"день рождения": "2010-02-03"}) == 2010
        with pytest.raises(DecisionFailed) as failed:
            decide(content, **{"день рождения": "вчера"})
        assert (failed.value.code, failed.value.values["input"]) == ("wrong_type", "день рождения")

    def test_input_data_that_are_not_there_are_null(self):
        content = dmn(input_data("n", "n", "number"), decision("it", literal("n = null"), "input:n"))
        assert decide(content) is True

    def test_a_circle_is_told(self):
        content = dmn(
            decision("it", literal("other"), "decision:other"),
            decision("other", literal("it"), "decision:it"),
        )
        with pytest.raises(DecisionFailed) as failed:
            decide(content)
        assert failed.value.code == "cyclic_requirement"

    def test_a_result_of_another_type_than_declared_is_told(self):
        content = dmn(decision("it", literal('"семь"'), type="number"))
        with pytest.raises(DecisionFailed) as failed:
            decide(content)
        assert (failed.value.code, failed.value.values["expected"]) == ("wrong_type", "number")

    def test_a_decision_that_is_not_there_is_told(self):
        with pytest.raises(DecisionFailed, match="There is no decision “other”"):
            decide(self.FILE, "other")


class TestBoxes:
    def test_a_context_with_a_result(self):
        entry = "<contextEntry><variable name='{}'/>{}</contextEntry>"
        entries = entry.format("a", literal("n + 1")) + entry.format("вдвое", literal("a * 2"))
        assert one(f"<context>{entries}</context>", n=1) == {"a": 2, "вдвое": 4}
        result = f"<contextEntry>{literal('вдвое + 1')}</contextEntry>"
        assert one(f"<context>{entries}{result}</context>", n=1) == 5

    def test_a_list_and_a_relation(self):
        assert one(f"<list>{literal('n')}{literal('n + 1')}</list>", n=1) == [1, 2]
        row = f"<row>{literal('1')}{literal('n')}</row>"
        assert one(f"<relation><column name='a'/><column name='b'/>{row}</relation>", n=2) == [
            {"a": 1, "b": 2}
        ]

    def test_knowledge_is_called_by_name_and_by_invocation(self):
        knowledge = (
            '<businessKnowledgeModel id="twice" name="twice"><encapsulatedLogic>'
            f'<formalParameter name="x" typeRef="number"/>{literal("x * 2")}'
            "</encapsulatedLogic></businessKnowledgeModel>"
        )
        binding = f'<binding><parameter name="x"/>{literal("n + 1")}</binding>'
        content = dmn(
            knowledge,
            decision("it", literal("twice(n)"), "knowledge:twice"),
            decision("called", f"<invocation>{literal('twice')}{binding}</invocation>", "knowledge:twice"),
        )
        assert (decide(content, n=4), decide(content, "called", n=4)) == (8, 10)

    def test_knowledge_may_be_a_table(self):
        knowledge = (
            '<businessKnowledgeModel id="level" name="level"><encapsulatedLogic><formalParameter name="n"/>'
            f"{table('UNIQUE', ['n'], ['out'], ['< 3', '1'], ['>= 3', '2'])}"
            "</encapsulatedLogic></businessKnowledgeModel>"
        )
        content = dmn(
            knowledge, decision("it", literal("for n in [1, 5] return level(n)"), "knowledge:level")
        )
        assert decide(content) == [1, 2]

    def test_loops_filters_and_conditions(self):
        over = f"<in>{literal('xs')}</in>"
        assert one(
            f'<for iteratorVariable="x">{over}<return>{literal("x * 2")}</return></for>', xs=[1, 2]
        ) == [2, 4]
        assert (
            one(
                f'<some iteratorVariable="x">{over}<satisfies>{literal("x > 1")}</satisfies></some>',
                xs=[1, 2],
            )
            is True
        )
        assert (
            one(
                f'<every iteratorVariable="x">{over}<satisfies>{literal("x > 1")}</satisfies></every>',
                xs=[1, 2],
            )
            is False
        )
        assert one(f"<filter>{over}<match>{literal('item > 1')}</match></filter>", xs=[1, 2]) == [2]
        parts = f"<if>{literal('n > 1')}</if><then>{literal('1')}</then><else>{literal('2')}</else>"
        assert one(f"<conditional>{parts}</conditional>", n=1) == 2

    def test_a_service_answers_and_may_be_called(self):
        service = (
            '<decisionService id="due" name="due"><outputDecision href="#days"/>'
            '<inputData href="#level"/></decisionService>'
        )
        content = dmn(
            input_data("level", "level", "string"),
            decision("days", table("UNIQUE", ["level"], ["out"], ['"new"', "7"]), "input:level"),
            service,
            decision("it", literal('due("new") + 1'), "knowledge:due"),
        )
        assert decide(content, "due", level="new") == 7
        assert decide(content) == 8

    def test_functions_of_other_languages_are_not_run(self):
        parts = f'<formalParameter name="x"/>{literal("{class: 1}")}'
        java = f'<functionDefinition kind="Java">{parts}</functionDefinition>'
        assert reason(java).code == "external_function"


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_every_version_of_dmn_is_read(namespace):
    assert decide(dmn(decision("it", literal("1 + 1")), namespace=namespace)) == 2


def test_a_file_tells_its_decisions_in_order():
    decisions = Decisions.from_dmn(
        dmn(decision("b", literal("1"), name="Вторая"), decision("a", literal("1")))
    )
    assert decisions.ids() == ["b", "a"]
    assert decisions.names() == {"b": "Вторая", "a": "a"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<definitions/>",
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions xmlns="http://www.omg.org/spec/DMN/x">&x;</definitions>',
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_dmn_is_refused(content):
    with pytest.raises(DecisionFailed) as failed:
        Decisions.from_dmn(content)
    assert failed.value.code == "not_dmn"


def test_a_decision_that_runs_away_is_stopped_and_the_next_is_made():
    assert reason(literal("count(for a in 1..1000, b in 1..1000, c in 1..1000 return 1)")).code in {
        "too_slow",
        "too_large",
    }
    assert one(table("UNIQUE", ["n"], ["out"], ["-", "count([n])"]), n=1) == 1
