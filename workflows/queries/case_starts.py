"""Read what the actor may start: in which organisations, which processes, and with whom."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select, true

from models.organisations import Organisation, OrganisationKind
from workflows.access import RULES_HELD, Permission
from workflows.queries.definitions import LoadedPack, list_latest_versions, load_pack
from workflows.work import Work
