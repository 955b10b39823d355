"""Read the questions for days and hours."""

from datetime import date
from typing import Any

from workflows.forms import moments
from workflows.forms.components import Formula
from workflows.forms.questions import Field, Moment, MomentField, Zone
from workflows.forms.source import Source


def moment_field(source: Source, basics: dict[str, Any]) -> Field:
    kind, zone = source.text("subtype") or "date", source.text("timeSerializingFormat") or "utc_offset"
    if kind not in list(Moment) or zone not in list(Zone):
        source.complain(
            "form_property_wrong", property="timeSerializingFormat" if kind in list(Moment) else "subtype"
        )
        kind, zone = "date", "utc_offset"
    limits = source.inner("properties")
    earliest, latest = (_day(limits, name, Moment(kind)) for name in ("earliest", "latest"))
    limits.check_order(earliest, latest)
    # The editor keeps the label of a moment under the name of its parts.
    basics["label"] = basics["label"] or source.words("dateLabel") or source.words("timeLabel")
    return MomentField(
        **basics,
        kind=Moment(kind),
        zone=Zone(zone),
        allows_past=not source.flag("disallowPassedDates"),
        earliest=earliest,
        latest=latest,
        minutes=source.whole("timeInterval", least=1, most=60),
    )


def _day(limits: Source, name: str, kind: Moment) -> date | Formula | None:
    """Take a limit of a day: an expression, or the day itself."""
    if limits.is_formula(name):
        limit: date | Formula | None = limits.formula(name)
    else:
        limit = moments.find_day(limits.text(name))
    if limits.raw.get(name) and (limit is None or kind is Moment.TIME):
        limits.complain("form_property_wrong", property=f"properties.{name}")
    return limit
