"""Who may sit where in a case that is to begin: the roles of the methodology, and the people of the place."""

import uuid
from collections import Counter
from collections.abc import Sequence

from workflows.access import Participant
from workflows.queries.definitions import load_pack
from workflows.queries.members import list_strangers
from workflows.queries.names import names_of
from workflows.refusals import Complaint
from workflows.work import Work


def complaints_of(
    work: Work, path: str, pack_version_id: uuid.UUID, people: Sequence[Participant]
) -> list[Complaint]:
    """Complain of roles that nobody knows, of strangers, and of people in two roles."""
    known = load_pack(work, pack_version_id).settings.roles.keys()
    unknown = sorted({one.role for one in people} - known)
    strangers = list_strangers(work, path, {one.person_id for one in people})
    complaints = [Complaint("role_unknown", role=role) for role in unknown]
    complaints += [Complaint("person_not_here", person=str(person_id)) for person_id in strangers]
    return complaints + _in_two_roles(work, people, but=strangers)


def _in_two_roles(work: Work, people: Sequence[Participant], *, but: Sequence[uuid.UUID]) -> list[Complaint]:
    """Complain of everybody who would sit on both sides of the same case."""
    seats = Counter(one.person_id for one in set(people))
    twice = names_of(work, (one for one, roles in seats.items() if roles > 1 and one not in but))
    return [Complaint("person_in_two_roles", person=name) for name in sorted(twice.values())]
