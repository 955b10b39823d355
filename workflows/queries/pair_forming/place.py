"""Where pairs are formed: the programme, the newest proposal of its cohort, and the words of its forms."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from models.pairing import ProposalRun
from models.programmes import Programme
from workflows.access import Permission, Subject, can, require
from workflows.queries.pairing import get_programme, subject_of
from workflows.records import pairing, programmes
from workflows.work import Work


@dataclass(frozen=True)
class PairingPlace:
    """A programme whose pairs somebody looks at."""

    programme: Programme
    subject: Subject
    run: ProposalRun | None
    forms: Mapping[str, str]
    may_mark: bool

    @property
    def case_id(self) -> uuid.UUID | None:
        """The case in which the pairs are formed."""
        return (self.run.case_id if self.run else None) or self.programme.case_id

    @property
    def is_open(self) -> bool:
        """Say whether proposals are before the curator still, who may move them."""
        return self.run is not None and self.run.submitted_at is None

    @property
    def may_act(self) -> bool:
        """Say whether the reader may pin, forbid and move now."""
        return self.is_open and self.may_mark


def open_place(work: Work, programme_id: uuid.UUID) -> PairingPlace:
    """Return where pairs are formed, to whoever may see what is proposed."""
    programme = get_programme(work, programme_id)
    subject = subject_of(work, programme)
    require(work, Permission.PAIRING_READ, subject)
    return place_of(work, programme, subject)


def place_of(work: Work, programme: Programme, subject: Subject) -> PairingPlace:
    """Return where pairs are formed; the caller has asked for permission."""
    forms = {form.code: form.title for form in programmes.list_forms(work, programme.id)}
    run = pairing.find_run(work, programme.id)
    return PairingPlace(programme, subject, run, forms, can(work, Permission.PAIRING_MARK, subject))
