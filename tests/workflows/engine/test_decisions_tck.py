"""The runner for the public DMN TCK, tried on small files in its format."""

import pytest

from benchmarks import dmn_tck
from tests.workflows.engine.dmn_files import decision, dmn, input_data, literal, table

HEAD = (
    '<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
)


@pytest.fixture
def folder(tmp_path):
    """Lay out two models of different levels as the TCK does."""
    greeting = dmn(
        input_data("who", "Имя", "string"),
        decision("hello", literal('"Привет, " + Имя'), "input:who", name="Приветствие"),
        decision("broken", literal("1 > true"), name="Ошибка"),
    )
    write(
        tmp_path,
        "compliance-level-2/0001-greeting",
        greeting,
        case("Приветствие", value("string", "Привет, Ли")),
    )
    ages = dmn(
        decision("ages", table("COLLECT", ["n"], ["a", "b"], ["-", "1", 'duration("PT24H")']), name="Списки"),
    )
    item = component("a", value("decimal", "1.0")) + component("b", value("duration", "P1D"))
    row = f"<list><item>{item}</item></list>"
    wrong = case("Списки", "<list><item><value xsi:nil='true'/></item></list>", "n", value("decimal", "1"))
    write(
        tmp_path,
        "compliance-level-3/0002-lists",
        ages,
        case("Списки", row, "n", value("decimal", "1")) + wrong,
    )
    return tmp_path


def write(folder, place, model, cases):
    name = place.rpartition("/")[2]
    (folder / place).mkdir(parents=True)
    (folder / place / f"{name}.dmn").write_bytes(model)
    text = f"{HEAD}<modelName>{name}.dmn</modelName>{cases}</testCases>"
    (folder / place / f"{name}-test-01.xml").write_text(text, "utf-8")


def value(kind, text):
    return f'<value xsi:type="xsd:{kind}">{text}</value>'


def component(name, inner):
    return f'<component name="{name}">{inner}</component>'


def case(result, expected, given="Имя", inner=value("string", "Ли")):
    return (
        f'<testCase id="001"><inputNode name="{given}">{inner}</inputNode>'
        f'<resultNode name="{result}" type="decision"><expected>{expected}</expected></resultNode></testCase>'
    )


def test_it_counts_by_level_what_passed(folder, capsys):
    assert dmn_tck.main([str(folder), "--failures"]) == 0
    shown = capsys.readouterr().out
    assert "compliance-level-2: 1 of 1 passed" in shown
    assert "compliance-level-3: 1 of 2 passed" in shown
    assert "0002-lists-test-01 001 Списки: expected [None], found [{" in shown


def test_a_decision_that_fails_is_null(folder):
    file = folder / "compliance-level-2" / "0001-greeting" / "0001-greeting-test-02.xml"
    nil = case("Ошибка", '<value xsi:nil="true"/>') + case("Ошибка", value("string", "1"))
    file.write_text(f"{HEAD}<modelName>0001-greeting.dmn</modelName>{nil}</testCases>", "utf-8")
    assert [outcome.is_passed for outcome in dmn_tck.run(file.parent)] == [True, True, False]


def test_a_model_that_is_not_there_passes_nothing(folder):
    (folder / "compliance-level-2" / "0001-greeting" / "0001-greeting.dmn").unlink()
    assert [outcome.is_passed for outcome in dmn_tck.run(folder / "compliance-level-2")] == [False]


def test_without_a_folder_it_says_so(capsys):
    with pytest.raises(SystemExit) as stopped:
        dmn_tck.main([])
    assert stopped.value.code == 2
    assert "folder" in capsys.readouterr().err


def test_a_folder_without_tests_is_told(tmp_path, capsys):
    assert dmn_tck.main([str(tmp_path)]) == 1
    assert "no test of the TCK" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        (1, 1.000000001, True),
        (1, True, False),
        (None, None, True),
        ("2026-05-31T10:00:00Z", "2026-05-31T10:00:00+00:00", True),
        ("P1Y", "P12M", True),
        ("P1D", "PT23H", False),
        ("P", "P", True),
        ([1], [1, 2], False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ("1", 1, False),
    ],
)
def test_results_are_compared_by_meaning(expected, found, same):
    assert dmn_tck.is_same(expected, found) is same
