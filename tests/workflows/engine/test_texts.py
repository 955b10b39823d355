"""What a pack says to people, in their language, with the values of the moment."""

from workflows.engine.check.building import read_document
from workflows.engine.check.decision_texts import texts_of_decisions
from workflows.engine.check.pack import Pack
from workflows.engine.check.translations import texts_of
from workflows.engine.texts import PackTexts
from workflows.pack_files import names_of_the_house

CATALOGUE = """
msgid "Ваш ритм — {rhythm}."
msgstr "Your rhythm is {rhythm}."

msgid "раз в неделю"
msgstr "once a week"
"""
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
  <decision id="rules" name="Ритм встреч"><decisionTable>
    <input label="Форма"/><output label="Словами"/><output label=""/>
    <rule><outputEntry><text>"раз в неделю"</text></outputEntry></rule>
    <rule><outputEntry><text>"P7D"</text></outputEntry></rule>
    <rule><outputEntry><text>"раз в " + недели</text></outputEntry></rule>
  </decisionTable></decision></definitions>"""

texts = PackTexts({"translations/en.po": CATALOGUE.encode()})


def test_a_notice_is_told_in_the_readers_language_with_its_values():
    values = {"rhythm": "раз в неделю"}
    assert texts.tell("Ваш ритм — {rhythm}.", values, "en") == "Your rhythm is once a week."
    assert texts.tell("Ваш ритм — {rhythm}.", values, "ru") == "Ваш ритм — раз в неделю."


def test_what_is_not_translated_or_not_known_stays_readable():
    assert texts.tell("Осталось {days} дн. {rest}", {"days": 3, "rest": None}, "en") == "Осталось 3 дн. "


def test_braces_inside_a_value_are_what_somebody_wrote():
    said = texts.tell("Причина: {reason}. День: {day}", {"reason": "{day}", "day": "среда"}, "ru")
    assert said == "Причина: {day}. День: среда"


NOTED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="rhythm">
  <task id="ask" name="Спросить"/>
  <textAnnotation id="said"><text>раз
    в неделю</text></textAnnotation>
</process></definitions>"""


def test_a_diagram_says_what_is_written_beside_its_steps_in_the_readers_language():
    pack = PackTexts({"rhythm.bpmn": NOTED.encode(), "translations/en.po": CATALOGUE.encode()})
    assert "<text>once a week</text>" in pack.diagram("rhythm", "en").decode()
    assert "once a week" not in pack.diagram("rhythm", "ru").decode()


TELLING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
  <process id="asking" name="Анкета">
    <userTask id="ask" name="Ответить">
      <documentation>По ответам видно, где нужна помощь.</documentation>
    </userTask>
    <serviceTask id="tell" name="Сказать"><extensionElements><zeebe:ioMapping>
      <zeebe:input source="Ждём до {day}." target="text"/>
      <zeebe:input source="Пары нет." target="left"/>
      <zeebe:input source="=plan.held_on" target="day"/>
      <zeebe:input source="curator" target="role"/>
      <zeebe:input source='="Срок " + day' target="title"/>
    </zeebe:ioMapping></extensionElements></serviceTask>
  </process></definitions>"""


def test_purposes_and_literal_notices_are_texts_of_the_pack_and_codes_and_formulas_are_not():
    document, _problems = read_document("asking.bpmn", TELLING.encode())
    pack = Pack({}, names_of_the_house(), None, [document])
    assert set(texts_of(pack)) == {
        "Анкета",
        "Ответить",
        "По ответам видно, где нужна помощь.",
        "Сказать",
        "Ждём до {day}.",
        "Пары нет.",
    }


def test_words_of_decision_tables_are_texts_of_the_pack_and_codes_are_not():
    found = [text for text, _place in texts_of_decisions("rules.dmn", TABLE.encode())]
    assert found == ["Ритм встреч", "Форма", "Словами", "раз в неделю"]
    assert list(texts_of_decisions("rules.dmn", b"<no")) == []
