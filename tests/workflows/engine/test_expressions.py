"""FEEL, as people write it in diagrams and forms."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from workflows.engine.expressions import ExpressionFailed, complaint, evaluate, problem, variables
from workflows.engine.feel_reasons import REASONS

NOW = datetime(2026, 5, 31, 23, 30, tzinfo=timezone(timedelta(hours=10)))
CASE: dict[str, Any] = {
    "record_meeting": {"is_last": True, "note": None, "marks": [5, 4, 5], "цель пары": "учёба"},
    "количество встреч": 4,
    "пара": {"наставник": {"имя": "Ли"}},
    "план-факт": 3,
    "план": 10,
    "факт": 2,
    "topics": [{"name": "a", "hours": 2}, {"name": "b", "hours": 5}],
}


def feel(text: str, **data: Any) -> Any:
    return evaluate(text, CASE | data, now=NOW)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 / 2", 3.5),
        ("6 / 2", 3),
        ("2 ** 10", 1024),
        ("0.1 + 0.2", 0.1 + 0.2),
        ('"пара" + " " + "встреча"', "пара встреча"),
        ("record_meeting.is_last", True),
        ("record_meeting.is_last = true and not(record_meeting.note != null)", True),
        ("количество встреч >= 3", True),
        ("количество встреч + 1", 5),
        ("record_meeting.цель пары", "учёба"),
        ("пара.наставник.имя", "Ли"),
        ("план-факт", 3),
        ("план - факт", 3),
        ('if количество встреч > 3 then "много" else "мало"', "много"),
        ("количество встреч in (1, 4)", True),
        ("количество встреч in [1..4)", False),
        ("количество встреч between 1 and 4", True),
        ("количество встреч in (< 2, > 3)", True),
        ("count(record_meeting.marks)", 3),
        ("mean(record_meeting.marks) > 4.5", True),
        ("record_meeting.marks[1]", 5),
        ("record_meeting.marks[-1]", 5),
        ("record_meeting.marks[item > 4]", [5, 5]),
        ("topics[hours > 3].name", ["b"]),
        ("for t in topics return t.hours * 2", [4, 10]),
        ("some t in topics satisfies t.hours > 3", True),
        ("every t in topics satisfies t.hours > 3", False),
        ("{часы: 2, вдвое: часы * 2}", {"часы": 2, "вдвое": 4}),
        ('upper case("да")', "ДА"),
        ('string length("пара")', 4),
        ('contains("наставник", "став")', True),
        ('split("a,b", ",")', ["a", "b"]),
        ("list contains(record_meeting.marks, 4)", True),
        ("sort([3, 1, 2], function(x, y) x < y)", [1, 2, 3]),
        ("null", None),
        ("[]", []),
        ("1 // a remark", 1),
    ],
)
def test_the_language(text, value):
    found = feel(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('date("2026-05-31") + duration("P1D")', "2026-06-01"),
        ('date("2026-01-31") + duration("P1M")', "2026-02-28"),
        ('date and time("2026-05-31T10:00:00+10:00")', "2026-05-31T10:00:00+10:00"),
        ('date and time("2026-05-31T10:00:00@Asia/Vladivostok")', "2026-05-31T10:00:00+10:00"),
        ('date("2026-05-31") - date("2026-05-01")', "P30D"),
        ('duration("P14D") > duration("P10D")', True),
        ('time("10:30:00")', "10:30:00"),
        ('date("2026-05-31").weekday', 7),
        ('@"2026-05-31" = date(2026, 5, 31)', True),
        ('day of week(@"2026-05-31")', "Sunday"),
        ('[@"2026-05-31", {до: duration("P1M")}]', ["2026-05-31", {"до": "P1M"}]),
    ],
)
def test_dates_times_and_durations_come_as_iso_text(text, value):
    assert feel(text) == value


def test_the_clock_is_the_one_that_is_given():
    assert feel("now()") == "2026-05-31T23:30:00+10:00"
    assert feel("today()") == "2026-05-31"
    assert feel('now() + duration("PT1H")') == "2026-06-01T00:30:00+10:00"
    assert feel("today()") != evaluate("today()", {}, now=NOW + timedelta(days=400))


def test_the_clock_keeps_the_name_of_its_zone():
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("Asia/Vladivostok"))
    assert evaluate("now()", {}, now=summer) == "2026-07-01T12:00:00+10:00"
    assert evaluate("now().timezone", {}, now=summer) == "Asia/Vladivostok"


def test_a_clock_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        evaluate("now()", {}, now=datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("name", ["now", "today", "count", "date", "duration", "number", "item", "not"])
def test_data_may_have_the_name_of_a_function(name):
    assert evaluate(f"{name}", {name: 7}, now=NOW) == 7


TRUTHS = [True, False, None]


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_logic_has_three_values(left, right):
    both = False if left is False or right is False else (None if None in (left, right) else True)
    either = True if left is True or right is True else (None if None in (left, right) else False)
    assert feel("left and right", left=left, right=right) is both
    assert feel("left or right", left=left, right=right) is either


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null = null", True),
        ("null = 1", False),
        ("null > 1", None),
        ("not(null)", None),
        ('1 = "1"', None),
        ('1 < "2"', None),
        ('5 <= "abc"', None),
        ('"10" > 9', None),
        ("null + 1", None),
        ('1 + "1"', None),
        ("1 / 0", None),
        ("absent", None),
        ("record_meeting.absent.deeper", None),
    ],
)
def test_what_cannot_be_said_is_null(text, value):
    assert feel(text) is value


def test_data_keep_their_kind():
    data = {"money": Decimal("1.5"), "id": UUID(int=1), "when": NOW, "several": (1, 2)}
    assert evaluate("money * 2", data, now=NOW) == 3
    assert evaluate("string length(id)", data, now=NOW) == 36
    assert evaluate("date and time(when) = now()", data, now=NOW) is True
    assert evaluate("count(several)", data, now=NOW) == 2


def test_a_result_is_a_copy():
    marks = [1, [2]]
    evaluate("marks", {"marks": marks}, now=NOW)[1].append(3)
    assert marks == [1, [2]]


class TestReasons:
    @pytest.mark.parametrize(
        ("text", "code", "values"),
        [
            ("", "empty", {}),
            ("   ", "empty", {}),
            ("1 +", "ends_too_early", {}),
            ("if a then b", "ends_too_early", {}),
            ('"начало', "does_not_parse", {"position": 1, "near": '"начало'}),
            ("a = ) b", "does_not_parse", {"position": 5, "near": ") b"}),
            ('"😀" = ) 1', "does_not_parse", {"position": 7, "near": ") 1"}),
            ("x" * 20_001, "too_long", {"length": 20_001, "limit": 20_000}),
        ],
    )
    def test_of_a_text_that_cannot_be_read(self, text, code, values):
        found = problem(text)
        assert found is not None
        assert (found.code, found.values) == (code, values)
        assert complaint(text) == found.reason
        with pytest.raises(ExpressionFailed) as failed:
            feel(text)
        assert (failed.value.code, failed.value.values) == (code, values)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("1 > true", "cannot_compare"),
            ("[1..3]", "not_data"),
            ("function(x) x", "not_data"),
            ("10 ** 400", "not_a_number"),
        ],
    )
    def test_of_a_value_that_cannot_be_had(self, text, code):
        with pytest.raises(ExpressionFailed) as failed:
            feel(text)
        assert failed.value.code == code
        assert str(failed.value) == failed.value.reason
        assert "…" not in failed.value.reason

    def test_data_that_no_json_holds_are_refused(self):
        with pytest.raises(ExpressionFailed) as failed:
            evaluate("sum(x)", {"x": [object()]}, now=NOW)
        assert failed.value.code == "not_data"

    def test_every_reason_is_a_sentence(self):
        assert all(text[0].isupper() or text[0] in "{“" for text in REASONS.values())
        assert all(text.endswith(".") for text in REASONS.values())

    @pytest.mark.parametrize(
        "text", ["a", "количество встреч >= 3", "a.b c > 1", "[1, (2)]", '@"2026-01-01"']
    )
    def test_a_text_that_can_be_read_has_no_complaint(self, text):
        assert complaint(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("record_meeting.is_last and количество встреч > 3", {"record_meeting", "количество встреч"}),
        ("count(topics) > limit", {"topics", "limit"}),
        ("for t in topics, h in t.hours return t.a + h + extra", {"topics", "extra"}),
        ("some t in topics satisfies t.hours > least", {"topics", "least"}),
        ("{a: b, c: a + d}.c", {"b", "d"}),
        ("{f: function(x) x + y}.f(1)", {"y"}),
        ("topics[item.hours > least]", {"topics", "least"}),
        ("x instance of number", {"x"}),
        ("план-факт", {"план", "факт"}),
        ("1 + 1", set()),
    ],
)
def test_the_names_that_an_expression_takes_from_its_data(text, names):
    assert variables(text) == names


def test_a_name_with_signs_in_it_is_one_name_where_it_is_known():
    assert variables("план-факт", names=["план-факт"]) == {"план - факт"}


def test_the_same_text_is_read_anew_where_other_names_are_known():
    assert evaluate("план-факт", {"план": 10, "факт": 2}, now=NOW) == 8
    assert evaluate("план-факт", {"план": 10, "факт": 2, "план-факт": 3}, now=NOW) == 3
    assert evaluate("план-факт", {"план": 10, "факт": 4}, now=datetime(2026, 1, 1, tzinfo=UTC)) == 6
