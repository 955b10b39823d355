"""Hand over the letters that wait, one after another.

Each letter is taken in one transaction, handed over outside of any, and noted in another. Two workers
never take the same letter. One that is killed in between leaves a letter that is sent again a quarter of
an hour later, under the same id, because nobody can know whether it had arrived.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeVar

from workflows.operations.letters import (
    Claim,
    Words,
    claim_letter,
    give_up_old_letters,
    note_failed,
    note_sent,
)
from workflows.post import Mail, NotNow, Post, Refused, Send, Unreachable
from workflows.work import Work

log = logging.getLogger(__name__)

Result = TypeVar("Result")
MOST_IN_A_ROW = 500


class Act(Protocol):
    """Carries an act out as the system, in a transaction of its own."""

    def __call__(self, act: Callable[[Work], Result], /) -> Result: ...


class Mailing:
    """Sends what waits, by one way out, in words that somebody else finds."""

    def __init__(self, act: Act, post: Post, words: Words) -> None:
        self._act, self._post, self._words = act, post, words

    def send_letters(self) -> int:
        """Send what waits; return how many letters the other side has answered for."""
        self._act(give_up_old_letters)
        claim, answered = self._claim(), 0
        try:
            if claim is not None:
                with self._post.opened() as send:
                    while claim is not None:
                        self._hand_over(send, claim)
                        answered += 1
                        claim = self._claim() if answered < MOST_IN_A_ROW else None
        except Unreachable as failure:
            log.warning("letters wait, because the mail server cannot be used: %s", failure)
            self._note(note_failed, claim, str(failure), is_final=False)
        return answered

    def _claim(self) -> Claim | None:
        return self._act(lambda work: claim_letter(work, self._words))

    def _hand_over(self, send: Send, claim: Claim) -> None:
        said = claim.said
        try:
            send(
                Mail(
                    id=str(claim.id),
                    to=claim.to,
                    subject=said.subject,
                    plain=said.plain,
                    html=said.html,
                    written_at=claim.asked_at,
                    off_address=said.off_address,
                )
            )
        except Refused as refusal:
            log.warning("the letter %s is given up: %s", claim.id, refusal)
            self._note(note_failed, claim, str(refusal), is_final=True)
        except NotNow as refusal:
            self._note(note_failed, claim, str(refusal), is_final=False)
        else:
            self._note(note_sent, claim)

    def _note(self, note: Callable[..., None], *what: Any, **how: Any) -> None:
        self._act(partial(_noting, note=note, what=what, how=how))


def _noting(work: Work, *, note: Callable[..., None], what: Any, how: Any) -> None:
    note(work, *what, **how)
