"""What the house says about general meetings, proposals and decisions."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from webapp.words.kinds import Sentence, plural

REASONS_FOR: Mapping[str, Sentence] = {
    "pinned": _("the curator wants it so"),
    "mutual_choice": _("they chose each other"),
    "mentee_chose": _("the mentee chose this mentor"),
    "mentor_chose": _("the mentor chose this mentee"),
    "helps_with": plural(
        "helps with %(count)s request of %(of)s", "helps with %(count)s requests of %(of)s", "count"
    ),
    "same_subject": _("the same subject: %(subject)s"),
    "shared_interests": plural("%(count)s shared interest", "%(count)s shared interests", "count"),
    "common_times": plural("%(count)s time suits both", "%(count)s times suit both", "count"),
    "age_wished": plural(
        "of the age the mentor wished for: %(age)s year",
        "of the age the mentor wished for: %(age)s years",
        "age",
    ),
    "level_higher": plural(
        "the mentor is %(years)s year ahead", "the mentor is %(years)s years ahead", "years"
    ),
    "young_specialist": plural(
        "a young specialist: %(years)s year of experience",
        "a young specialist: %(years)s years of experience",
        "years",
    ),
}
"""What speaks for two people."""

REASONS_AGAINST: Mapping[str, Sentence] = {
    "mentee_did_not_choose": _("the mentee did not choose this mentor"),
    "mentor_did_not_choose": _("the mentor did not choose this mentee"),
    "problems_left": plural(
        "%(count)s request stays without help", "%(count)s requests stay without help", "count"
    ),
    "no_common_times": _("no time suits both"),
    "age_not_wished": plural(
        "the mentor wished for another age than %(age)s year",
        "the mentor wished for another age than %(age)s years",
        "age",
    ),
    "other_subject": _("the mentor’s subject is another one: %(subject)s"),
    "many_mentees": plural(
        "the mentor would have %(count)s mentee", "the mentor would have %(count)s mentees", "count"
    ),
}
"""What speaks against two people, though they may be a pair."""

REASONS_LEFT: Mapping[str, Sentence] = {
    "no_mentors": _("there are no mentors yet"),
    "no_mentees": _("there are no mentees who wait"),
    "mentors_are_full": plural(
        "%(count)s mentor would fit, but has no room left",
        "%(count)s mentors would fit, but have no room left",
        "count",
    ),
    "mentees_are_served": plural(
        "%(count)s mentee would fit, but has a better pair",
        "%(count)s mentees would fit, but have better pairs",
        "count",
    ),
    "no_group_came_about": plural(
        "%(count)s mentor would fit, but no group came about",
        "%(count)s mentors would fit, but no group came about",
        "count",
    ),
    "all_other_form": plural(
        "%(count)s works in another form of mentoring",
        "%(count)s work in other forms of mentoring",
        "count",
    ),
    "all_same_person": _("nobody can be their own mentor"),
    "all_own_child": _("a parent is not the mentor of the own child"),
    "all_kept_apart": plural(
        "with %(count)s a pair has parted before", "with %(count)s pairs have parted before", "count"
    ),
    "all_forbidden": plural("the curator excluded %(count)s", "the curator excluded %(count)s", "count"),
    "all_level_not_higher": plural(
        "%(count)s is not further on in their studies",
        "%(count)s are not further on in their studies",
        "count",
    ),
    "all_experience_not_longer": plural(
        "%(count)s has no longer experience", "%(count)s have no longer experience", "count"
    ),
    "all_not_chosen": plural(
        "with %(count)s there was no choice of each other",
        "with %(count)s there was no choice of each other",
        "count",
    ),
}
"""Why somebody is left over."""

SENTENCES: Mapping[str, Sentence] = {
    **REASONS_FOR,
    **REASONS_AGAINST,
    **REASONS_LEFT,
    "pairing_is_being_decided": _(
        "The proposals are with those who decide. They can be changed again once the decision is there."
    ),
    "meeting_is_not_held_yet": _(
        "The meeting is on %(day)s. Note who came on that day or later: before it nobody can have come."
    ),
    "nobody_chosen": _("Choose somebody."),
    "last_act_is_another": _(
        "Meanwhile something else was done last, so nothing was taken back. Look at the board as it is now."
    ),
    "pair_changed_meanwhile": _(
        "Nothing was done: meanwhile somebody has changed the proposals, and %(mentee)s has %(mentor)s now."
        " Look again and decide."
    ),
    "pair_gone_meanwhile": _(
        "Nothing was done: meanwhile somebody has changed the proposals, and %(mentee)s is without a mentor"
        " now. Look again and decide."
    ),
    "pair_kept_and_refused": _("A pair is kept or taken out, not both. Choose one of the two."),
    "refusal_needs_reason": _("Say in a few words why these pairs are refused."),
    "both_must_agree": _("Talk with both first: a pair comes about only when both agree."),
    "mentee_is_not_looked_for": _("This mentee is not looking for a mentor any more."),
    "mentor_is_not_free": _(
        "This mentor has no room now, or the rules exclude this pair. Choose another one."
    ),
    "talk_is_there_twice": _("This talk is in the list already."),
    "moved_to_the_same": _("Choose another mentor than the present one."),
    "not_ready_for_a_pair": _("One of the two is not ready for a pair now."),
    "mentor_has_no_room": _("All places of this mentor are pinned already. Take one of them back first."),
    "mentee_is_pinned_already": _("This mentee is pinned to somebody already. Take that back first."),
    "cannot_pin_other_form": _("The mentor does not work in this form of mentoring."),
    "cannot_pin_same_person": _("Nobody can be their own mentor."),
    "cannot_pin_own_child": _("A parent is not the mentor of the own child."),
    "cannot_pin_forbidden": _("The curator has excluded this pair."),
    "cannot_pin_kept_apart": _("These two have parted before and are not to be paired again."),
    "cannot_pin_level_not_higher": _("The mentor has to be further on in their studies than the mentee."),
    "cannot_pin_experience_not_longer": _("The mentor has to have more experience than the mentee."),
    "cannot_pin_not_chosen": _("They have not chosen each other, and nobody is paired against their will."),
}
"""Refusals and complaints, and the reasons of proposals."""

ACTS: Mapping[str, LazyString] = {
    "pairing.proposed": _("%(who)s had pairs proposed"),
    "pairing.submitted": _("%(who)s handed the proposals on for a decision"),
    "pairing.pinned": _("%(who)s wants these two together"),
    "pairing.forbidden": _("%(who)s wants these two apart"),
    "pairing.undone": _("%(who)s took back the last step on proposals"),
    "pairing.unmarked": _("%(who)s took back what was said of two people"),
    "general_meeting.planned": _("%(who)s planned a general meeting"),
    "general_meeting.attended": _("%(who)s noted who came to the general meeting"),
    "general_meeting.closed": _("%(who)s closed the collection of choices"),
    "decision.advised": _("%(who)s entered an opinion on the pairs"),
    "decision.made": _("%(who)s entered a decision on the pairs"),
}
"""Acts of the journal."""
