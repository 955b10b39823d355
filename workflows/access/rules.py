"""The permissions table: every permission of the house and whom it lets in.

The system itself (timers, messages, the command line) may do everything. Whoever may not even see
the subject learns nothing: the refusal is `NotFound`, and only those who see it get `Forbidden`.
"""

import uuid

from workflows.access.permissions import Permission
from workflows.access.predicates import (
    Predicate,
    belongs,
    has_completed,
    has_delegated,
    holds,
    holds_role_of_task,
    is_assignee,
    is_oneself,
    may_take,
    takes_part,
    takes_part_in_role_of_task,
    works_on_task,
)
from workflows.access.subjects import Subject
from workflows.refusals import Forbidden, NotFound
from workflows.work import Work

HEADS = ("head", "administrator")
LEADERS = ("curator", *HEADS)
OVERSEERS = (*LEADERS, "coordinator", "auditor")
COLLEAGUES = ("methodist", "psychologist", "tutor")
"""The staff who know the mentees and mentors from their work."""
STAFF = (*LEADERS, "psychologist", "methodist", "tutor", "secretary", "personnel")

SEES_CASE = (takes_part(), holds(*OVERSEERS))
HAS_TASK = (is_assignee, has_delegated, holds_role_of_task)
SEES_TASK = (*HAS_TASK, *SEES_CASE)
# What a child tells in confidence is not for everybody who takes part in the same case.
SEES_ANSWERS = (
    has_completed,
    is_assignee,
    takes_part_in_role_of_task,
    takes_part("curator"),
    holds(*OVERSEERS),
)

# What troubles somebody, and what is known of a child, is for those who help: whoever said it, whoever
# does such tasks, the curator of the case. Who only looks after the house sees that something was said.
SEES_RESTRICTED = (
    has_completed,
    is_assignee,
    works_on_task("curator", "head", *COLLEAGUES, "secretary", "personnel"),
    takes_part("curator"),
    holds("psychologist", "head"),
)

RULES: dict[Permission, tuple[Predicate, ...]] = {
    Permission.ORGANISATION_READ: (belongs,),
    Permission.ORGANISATION_ADD: (holds("administrator"),),
    Permission.ORGANISATION_CHANGE: (holds("administrator"),),
    Permission.PERSON_READ: (is_oneself, holds(*OVERSEERS)),
    Permission.PERSON_ADD: (holds(*LEADERS),),
    Permission.PERSON_CHANGE: (is_oneself, holds(*LEADERS)),
    # The day of birth decides who signs for somebody, so that nobody changes one's own.
    Permission.PERSON_KEEP: (holds(*LEADERS),),
    # Whom one may call or write to: those who organise the meetings, not everybody who reads along.
    Permission.PERSON_READ_CONTACTS: (is_oneself, takes_part("guardian"), holds(*LEADERS)),
    Permission.MEMBERSHIP_CHANGE: (holds(*HEADS),),
    # Whoever keeps the bases lets people in as participants; what gives power is for the heads to give.
    Permission.MEMBERSHIP_ENROL: (holds(*LEADERS),),
    Permission.USER_ADD: (holds(*LEADERS),),
    Permission.USER_CHANGE: (is_oneself, holds("administrator")),
    # Whoever makes the link could use it: what others may see or do must not be within a curator's reach.
    Permission.USER_INVITE: (holds(*HEADS),),
    Permission.USER_ENROL: (holds(*LEADERS),),
    Permission.USER_ACCEPT: (is_oneself,),
    Permission.PACK_READ: (holds(*OVERSEERS, "methodist"),),
    Permission.PACK_EXPORT: (holds("administrator", "methodist", "auditor"),),
    Permission.PACK_INSTALL: (holds("administrator"),),
    Permission.CASE_READ: SEES_CASE,
    Permission.CASE_START: (holds(*LEADERS),),
    Permission.CASE_SUSPEND: (takes_part("curator"), holds(*LEADERS)),
    Permission.CASE_RESUME: (takes_part("curator"), holds(*LEADERS)),
    Permission.CASE_CANCEL: (takes_part("curator"), holds(*LEADERS)),
    Permission.CASE_REOPEN: (takes_part("curator"), holds(*LEADERS)),
    Permission.CASE_MIGRATE: (holds("administrator"),),
    # An auditor reads everything and changes nothing.
    Permission.CASE_NOTE: (takes_part(), holds(*LEADERS)),
    Permission.CASE_NOTE_INNER: (takes_part("curator"), holds(*LEADERS)),
    Permission.TASK_ASK: (takes_part("curator"), holds(*LEADERS)),
    Permission.TASK_READ: SEES_TASK,
    Permission.TASK_READ_ANSWERS: SEES_ANSWERS,
    Permission.TASK_READ_RESTRICTED: SEES_RESTRICTED,
    Permission.TASK_COMPLETE: (is_assignee, may_take),
    Permission.TASK_SAVE_DRAFT: HAS_TASK,
    Permission.TASK_CLAIM: (may_take,),
    Permission.TASK_RELEASE: (is_assignee, holds(*LEADERS)),
    Permission.TASK_ASSIGN: (takes_part("curator"), holds(*LEADERS)),
    Permission.TASK_DELEGATE: (is_assignee,),
    Permission.TASK_RETURN: (is_assignee, has_delegated),
    Permission.TASK_LINK: (takes_part("curator"), holds(*LEADERS)),
    Permission.TASK_FOLLOW_UP: (*HAS_TASK, takes_part("curator"), holds(*LEADERS)),
    # An auditor reads everything and changes nothing.
    Permission.TASK_COMMENT: (*HAS_TASK, takes_part(), holds(*LEADERS)),
    Permission.TASK_ADD_FILE: (*HAS_TASK, takes_part(), holds(*LEADERS)),
    Permission.INBOX_FILTER: (is_oneself,),
    Permission.INBOX_SHARE: (holds(*LEADERS),),
    Permission.DEPUTY_READ: (is_oneself, holds(*OVERSEERS)),
    Permission.DEPUTY_NAME: (is_oneself, holds(*LEADERS)),
    Permission.CASELOAD_HAND_OVER: (is_oneself, holds(*LEADERS)),
    Permission.MESSAGE_SEND: (takes_part("curator"), holds(*LEADERS)),
    Permission.MESSAGE_DELIVER: (),
    Permission.TIMER_FIRE: (),
    Permission.INCIDENT_OPEN: (),
    Permission.INCIDENT_RETRY: (takes_part("curator"), holds(*LEADERS)),
    Permission.INCIDENT_DIAGNOSE: (holds("administrator"),),
    Permission.NOTICE_READ: (is_oneself,),
    Permission.NOTIFICATION_CHOOSE: (is_oneself,),
    # Who is told what, and at which address, is for whoever looks after the house.
    Permission.LETTER_READ: (holds("administrator"),),
    Permission.LETTER_WRITE: (),
    Permission.LETTER_SEND: (),
    Permission.FEED_MAKE: (is_oneself,),
    Permission.FEED_WITHDRAW: (is_oneself,),
    Permission.PROGRAMME_READ: SEES_CASE,
    Permission.PROGRAMME_START: (holds(*HEADS),),
    Permission.PROGRAMME_STOP: (holds(*HEADS),),
    Permission.PROGRAMME_APPOINT: (holds(*HEADS),),
    Permission.PROGRAMME_REPORT: (takes_part("curator"), holds(*LEADERS)),
    Permission.MENTEE_READ: (is_oneself, takes_part("guardian"), holds(*OVERSEERS, *COLLEAGUES)),
    Permission.MENTEE_READ_RESTRICTED: (takes_part("curator"), holds("psychologist", "head")),
    Permission.MENTEE_APPLY: (is_oneself, takes_part("guardian"), holds(*LEADERS, *COLLEAGUES)),
    Permission.MENTEE_LEAVE: (is_oneself, takes_part("guardian"), holds(*LEADERS)),
    Permission.MENTOR_READ: (is_oneself, holds(*OVERSEERS, *COLLEAGUES)),
    Permission.MENTOR_PROPOSE: (is_oneself, holds(*LEADERS, *COLLEAGUES, "partner")),
    Permission.MENTOR_LEAVE: (is_oneself, holds(*LEADERS)),
    Permission.CONSENT_READ: (is_oneself, takes_part("guardian"), holds(*OVERSEERS)),
    Permission.CONSENT_GIVE: (is_oneself, takes_part("guardian")),
    Permission.CONSENT_ENTER: (holds(*LEADERS),),
    Permission.CONSENT_REFUSE: (is_oneself, takes_part("guardian"), holds(*LEADERS)),
    # Only whoever may sign may take it back: nobody else decides that for them.
    Permission.CONSENT_WITHDRAW: (is_oneself, takes_part("guardian")),
    Permission.AVOIDANCE_READ: (holds(*OVERSEERS),),
    Permission.AVOIDANCE_NOTE: (holds(*LEADERS),),
    Permission.PARTNER_READ: (holds(*OVERSEERS),),
    Permission.PARTNER_ADD: (holds(*LEADERS),),
    Permission.PARTNER_AGREE: (holds(*LEADERS),),
    Permission.PAIR_READ: SEES_CASE,
    # How to reach a child is for those who meet and for those who lead; whoever looks on needs no number.
    Permission.PAIR_READ_CONTACTS: (takes_part("mentor", "mentee", "curator"), holds(*LEADERS)),
    Permission.PAIR_READ_SUPPORT: (takes_part("curator"), holds(*LEADERS)),
    # The plan is theirs: who goes the way says how far it has come.
    Permission.PAIR_TICK: (takes_part("mentor", "mentee"),),
    Permission.PAIR_LEAVE: (is_oneself, takes_part("curator"), holds(*LEADERS)),
    Permission.PAIR_PAUSE: (takes_part("curator"), holds(*LEADERS)),
    Permission.PAIR_RESUME: (takes_part("curator"), holds(*LEADERS)),
    Permission.PAIR_END: (takes_part("curator"), holds(*LEADERS)),
    # Staff sees a child every day; whoever takes part has been counted among the guardians and members.
    Permission.CONCERN_RAISE: (takes_part(), holds(*STAFF)),
    Permission.CONCERN_READ: (takes_part("curator"), holds("psychologist", "head")),
    # Whoever works there knows who sits in the council.
    Permission.BODY_READ: (holds(*OVERSEERS, *STAFF),),
    Permission.BODY_CHANGE: (holds(*HEADS),),
    Permission.CALENDAR_READ: (belongs,),
    Permission.CALENDAR_CHANGE: (holds(*LEADERS),),
    Permission.PAIRING_READ: (holds(*OVERSEERS),),
    Permission.PAIRING_PROPOSE: (holds("curator", "head"),),
    Permission.PAIRING_MARK: (holds("curator", "head"),),
    # Whoever sits in a council sees the pairs on which it decides, and what came of it.
    Permission.PAIRING_READ_DECISION: (is_assignee, has_completed, holds_role_of_task, holds(*OVERSEERS)),
    Permission.JOURNAL_READ: (holds(*OVERSEERS), takes_part("curator")),
    Permission.JOURNAL_SEAL: (),
    Permission.JOURNAL_VERIFY: (holds("administrator", "auditor"),),
    Permission.AWARD_GIVE: (holds(*LEADERS),),
    Permission.JURY_VOTE: (takes_part("jury"), holds("jury")),
    Permission.PRACTICE_READ: (takes_part(), holds(*OVERSEERS)),
    Permission.PRACTICE_PUBLISH: (holds(*LEADERS),),
    # Whoever is shown may ask at any time not to be shown any more.
    Permission.PRACTICE_WITHDRAW: (takes_part(), holds(*LEADERS)),
    Permission.FULL_CYCLE_MARK: (holds("curator"),),
    Permission.BASES_CARRY: (holds(*LEADERS),),
    Permission.BASES_IMPORT: (holds(*LEADERS),),
    Permission.REQUEST_MAP_READ: (holds(*OVERSEERS, *COLLEAGUES, "secretary", "personnel"),),
    Permission.PROFILE_VIEW_READ: (is_oneself, takes_part("guardian"), holds("head", "auditor")),
    Permission.REPORT_BEGIN: (holds(*LEADERS),),
    # Of a pair only those take part for whom the kind of document is; only one's own names a person.
    Permission.DOCUMENT_READ: (is_oneself, takes_part("mentor", "mentee", "curator"), holds(*OVERSEERS)),
    Permission.DOCUMENT_MAKE: (takes_part("curator"), holds(*LEADERS)),
    Permission.DOCUMENT_SIGN: (takes_part("curator"), holds(*LEADERS)),
    Permission.DOCUMENT_WITHDRAW: (takes_part("curator"), holds(*LEADERS)),
    Permission.TEMPLATE_READ: (holds(*OVERSEERS, "methodist"),),
    Permission.TEMPLATE_CHANGE: (holds("administrator"),),
}

SEEING: dict[str, Permission] = {
    "organisation": Permission.ORGANISATION_READ,
    "membership": Permission.PERSON_READ,
    "person": Permission.PERSON_READ,
    "user": Permission.PERSON_READ,
    "pack": Permission.ORGANISATION_READ,
    "case": Permission.CASE_READ,
    "task": Permission.TASK_READ,
    "inbox": Permission.INBOX_FILTER,
    "deputy": Permission.DEPUTY_READ,
    "caseload": Permission.DEPUTY_READ,
    "message": Permission.CASE_READ,
    "timer": Permission.CASE_READ,
    "incident": Permission.CASE_READ,
    "notice": Permission.NOTICE_READ,
    "notification": Permission.NOTIFICATION_CHOOSE,
    "letter": Permission.LETTER_READ,
    "feed": Permission.FEED_MAKE,
    "programme": Permission.PROGRAMME_READ,
    "mentee": Permission.MENTEE_READ,
    "mentor": Permission.MENTOR_READ,
    "consent": Permission.CONSENT_READ,
    "avoidance": Permission.AVOIDANCE_READ,
    "partner": Permission.PARTNER_READ,
    "pair": Permission.PAIR_READ,
    "concern": Permission.PAIR_READ,
    "body": Permission.BODY_READ,
    "calendar": Permission.CALENDAR_READ,
    "pairing": Permission.PAIRING_READ,
    "journal": Permission.CASE_READ,
    "award": Permission.PAIR_READ,
    "jury": Permission.PAIR_READ,
    "practice": Permission.PRACTICE_READ,
    "full_cycle": Permission.PAIR_READ,
    "bases": Permission.PROGRAMME_READ,
    "request_map": Permission.REQUEST_MAP_READ,
    "profile_view": Permission.PROFILE_VIEW_READ,
    "report": Permission.PROGRAMME_READ,
    "document": Permission.DOCUMENT_READ,
    "template": Permission.TEMPLATE_READ,
}
"""Who sees the noun at all, and may therefore be told that there is something not for them."""


def role_for(work: Work, permission: Permission, subject: Subject) -> str | None:
    """Say by which role the actor may do this, or None."""
    if work.actor.is_system:
        return "system"
    answers = (predicate(work.actor, subject) for predicate in RULES[permission])
    return next((role for role in answers if role is not None), None)


def can(work: Work, permission: Permission, subject: Subject) -> bool:
    """Say whether the actor may do this."""
    return role_for(work, permission, subject) is not None


def require(work: Work, permission: Permission, subject: Subject) -> str:
    """Return the role by which the actor may do this; refuse otherwise."""
    role = role_for(work, permission, subject)
    if role is not None:
        return role
    noun = permission.split(":")[0]
    if can(work, SEEING[noun], subject):
        raise Forbidden(permission=permission.value)
    raise NotFound(noun=noun)


def acting_person(work: Work) -> uuid.UUID:
    """Return who acts, where only a person can: somebody writes, keeps, makes; the system does not."""
    if work.actor.person_id is None:
        raise Forbidden
    return work.actor.person_id
