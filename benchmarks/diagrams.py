"""The diagrams that are measured: a pair that meets in a loop, under a reminder; and a large sheet."""

from itertools import pairwise

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="tandem">"""

_MEETINGS = """
  <bpmn:process id="meetings" name="Встречи пары" isExecutable="true">
    <bpmn:laneSet id="lanes"><bpmn:lane id="mentor" name="Наставник">
      {members}
    </bpmn:lane></bpmn:laneSet>
    <bpmn:startEvent id="agreed" name="Пара сложилась"/>
    <bpmn:sequenceFlow id="to_loop" sourceRef="agreed" targetRef="again"/>
    <bpmn:exclusiveGateway id="again" name="Следующая встреча"/>
    <bpmn:sequenceFlow id="to_meeting" sourceRef="again" targetRef="record_meeting"/>
    <bpmn:userTask id="record_meeting" name="Записать встречу">{task}</bpmn:userTask>
    <bpmn:boundaryEvent id="silence" name="Две недели тишины" attachedToRef="record_meeting"
      cancelActivity="false"><bpmn:timerEventDefinition id="silence_timer">
      <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">{duration}</bpmn:timeDuration>
    </bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="to_reminded" sourceRef="silence" targetRef="reminded"/>
    <bpmn:endEvent id="reminded" name="Напомнили"/>
    <bpmn:sequenceFlow id="to_choice" sourceRef="record_meeting" targetRef="more"/>
    <bpmn:exclusiveGateway id="more" name="Это была последняя?" default="to_again"/>
    <bpmn:sequenceFlow id="to_again" sourceRef="more" targetRef="again"/>
    <bpmn:sequenceFlow id="to_end" name="да" sourceRef="more" targetRef="closed">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:endEvent id="closed" name="Работа пары завершена"/>
  </bpmn:process>
</bpmn:definitions>"""

_MEMBERS = "".join(
    f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>"
    for node in ("agreed", "again", "record_meeting", "silence", "reminded", "more", "closed")
)
_FORM = '<bpmn:extensionElements><zeebe:formDefinition formId="record_meeting"/></bpmn:extensionElements>'

MEETINGS = _HEAD + _MEETINGS.format(
    members=_MEMBERS, task=_FORM, duration="P14D", condition="=record_meeting.is_last = true"
)
"""The loop of meetings as our engine reads it."""

STOCK_MEETINGS = _HEAD + _MEETINGS.format(
    members=_MEMBERS, task="", duration='"P14D"', condition="is_last == True"
)
"""The same loop as the library reads it by itself: its expressions are Python."""

MEETING_FORM = """{"type": "default", "id": "record_meeting", "schemaVersion": 18, "components": [
  {"type": "datetime", "id": "f1", "key": "held_on", "subtype": "date", "dateLabel": "Когда встретились",
   "validate": {"required": true}},
  {"type": "number", "id": "f2", "key": "minutes", "label": "Сколько минут",
   "validate": {"min": 1, "max": 600}},
  {"type": "select", "id": "f3", "key": "place", "label": "Где", "values": [
    {"label": "В школе", "value": "school"}, {"label": "В сети", "value": "online"}]},
  {"type": "textarea", "id": "f4", "key": "notes", "label": "Что было", "validate": {"maxLength": 2000}},
  {"type": "checkbox", "id": "f5", "key": "is_last", "label": "Это была последняя встреча"}]}"""

ANSWERS = {
    "held_on": "2026-10-05",
    "minutes": 45,
    "place": "school",
    "notes": "Обсудили план проекта и договорились о следующем шаге.",
    "is_last": False,
}


def large_process(tasks: int = 38) -> str:
    """Return a plain process of `tasks` tasks in a row between a start and an end."""
    names = [f"task_{number}" for number in range(tasks)]
    row = ["begun", *names, "done"]
    members = "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in row)
    nodes = "".join(f'<bpmn:manualTask id="{name}" name="Шаг {name}"/>' for name in names)
    flows = "".join(
        f'<bpmn:sequenceFlow id="flow_{index}" sourceRef="{before}" targetRef="{after}"/>'
        for index, (before, after) in enumerate(pairwise(row))
    )
    return (
        f'{_HEAD}<bpmn:process id="large" name="Большой лист" isExecutable="true">'
        '<bpmn:laneSet id="lanes"><bpmn:lane id="mentor" name="Наставник">'
        f"{members}</bpmn:lane></bpmn:laneSet>"
        f'<bpmn:startEvent id="begun" name="Начало"/>{nodes}<bpmn:endEvent id="done" name="Конец"/>{flows}'
        "</bpmn:process></bpmn:definitions>"
    )
