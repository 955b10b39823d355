"""The sentences for what the web and the operations refuse."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from webapp.words.kinds import Sentence, plural

REFUSALS: Mapping[str, Sentence] = {
    # What the web itself says.
    "http_400": _("We could not read this request. Go back and try again."),
    "http_401": _("You are not signed in."),
    "http_403": _("You may not do this. If you think you should, ask your curator or administrator."),
    "http_404": _(
        "There is no such page, or it is not meant for you. Perhaps it was moved: look in the inbox."
    ),
    "http_405": _("This address does not take this kind of request. Go back and use the button there."),
    "http_413": _(
        "What you sent is too large: at most 2 MB. Shorten the text or the file and send it again."
    ),
    "http_429": _("That was too often. Wait a minute and try again."),
    "http_500": _("It is not your fault. Nothing was changed; please try again in a minute."),
    "lost_race": _(
        "Somebody changed the same case at the same moment. Nothing of yours was done yet: try again."
    ),
    "page_too_old": _(
        "This page had been open for too long to be sent safely. Nothing was done yet: send it again."
    ),
    "unreadable": _("The text contains characters that cannot be kept. Type it again without pasting them."),
    "signed_out": _(
        "You were signed out. What you typed is still on this page: sign in in another tab, then go on."
    ),
    # What anybody may refuse.
    "refused": _("This cannot be done now."),
    "forbidden": _("You may not do this. If you think you should, ask your curator or administrator."),
    "not_found": _("Not found, or not meant for you: %(noun)s."),
    "invalid": _("Something has to be put right. See the messages beside the fields."),
    "conflict": _("Somebody was here first, and things have moved on."),
    "not_waiting": _("The case does not wait for this any more."),
    "stalled": _(
        "The step “%(element)s” could not be done. %(reason)s Nothing is lost. The curator and the "
        "administrator see this on the page of the case and can try again when the cause is gone."
    ),
    # Links for those without an account.
    "task_link_for_nobody": _(
        "“%(task)s” waits for nobody by name, so there is nobody to make a link for. Give it to somebody "
        "first."
    ),
    "task_link_not_needed": _("Whoever is to do “%(task)s” can sign in and needs no link."),
    # Signing in.
    "wrong_sign_in": _("The name or the password is wrong. Check the keyboard’s language and Caps Lock."),
    "too_many_attempts": plural(
        "Too many wrong attempts. Wait %(seconds)s second and try again.",
        "Too many wrong attempts. Wait %(seconds)s seconds and try again.",
        "seconds",
    ),
    "user_blocked": _("This account is closed. Ask the curator of your programme."),
    # Cases.
    "case_suspended": _(
        "“%(title)s” is paused. It can be worked on again as soon as the curator lets it go on."
    ),
    "case_running": _("“%(title)s” is not paused."),
    "case_completed": _("“%(title)s” has come to its end and does not change any more."),
    "case_cancelled": _("“%(title)s” was ended early and does not change any more."),
    "case_moved_on": _(
        "Somebody moved the same case at the same moment. Nothing of yours was done yet: try again."
    ),
    "case_not_started": _("The case could not begin. The step “%(element)s” could not be done. %(reason)s"),
    "case_cannot_migrate": _("“%(title)s” cannot be moved to this version of the methodology."),
    "wrong_number_of_cases": plural(
        "Choose at least one case, and at most %(limit)s.",
        "Choose at least one case, and at most %(limit)s.",
        "limit",
    ),
    "pack_refused": plural(
        "The methodology cannot be installed: %(count)s problem was found.",
        "The methodology cannot be installed: %(count)s problems were found.",
        "count",
    ),
    "role_unknown": _("The methodology knows no role “%(role)s”."),
    "person_in_two_roles": _("%(person)s can have only one role in the same case."),
    "person_not_here": _("This person does not belong to the organisation."),
    # People, accounts and organisations.
    "has_account_already": _("%(person)s has an account already."),
    "above_you": _(
        "This would give away more than you hold, or change the account of somebody who holds more. "
        "Ask an administrator."
    ),
    "cannot_block_oneself": _("Nobody can close their own account. Ask another administrator."),
    "sign_in_name_taken": _("The sign-in name “%(name)s” is taken. Choose another one."),
    "sign_in_name_wrong": _("Use 3 to 64 letters, digits or the signs . _ @ + - without blanks."),
    "wrong_password": _("This is not your present password."),
    "password_too_short": plural(
        "Too short: a password needs at least %(minimum)s character.",
        "Too short: a password needs at least %(minimum)s characters.",
        "minimum",
    ),
    "password_too_long": plural(
        "Too long: a password has at most %(limit)s character.",
        "Too long: a password has at most %(limit)s characters.",
        "limit",
    ),
    "password_holds_name": _("The password must not contain the sign-in name."),
    "password_too_simple": _("Too simple: use at least four different signs."),
    "role_already_held": _("%(person)s holds the role “%(role)s” here already."),
    "not_a_role": _("A role is written in small Latin letters, like this: class_tutor"),
    "not_a_language": _("Choose Russian or English."),
    "not_a_time_zone": _("There is no such time zone. Write it like this: Europe/Moscow"),
    "ends_before_it_begins": _("The last day is before the first one."),
    "ends_earlier_already": _(
        "The role ends on %(day)s already. To lengthen it, give it once more from the day after."
    ),
    "organisation_cannot_be_below": _("Such an organisation cannot be placed under “%(parent)s”."),
    # Tasks.
    "too_late": _("This cannot be done any more. What you typed is kept as a draft."),
    "task_completed_already": _("You have already done the task “%(task)s”, with other answers."),
    "task_completed_by_another": _("%(who)s has done the task “%(task)s” meanwhile."),
    "task_completed": _("The task “%(task)s” is already done."),
    "task_withdrawn": _("The task “%(task)s” is not needed any more: the case has moved on another way."),
    "task_taken_by_another": _("%(who)s has taken the task “%(task)s”."),
    "case_stays_ended": _(
        "“%(title)s” cannot be opened again: too much has ended with it or since. Begin anew instead."
    ),
    "task_asks_questions": _("This task asks questions. Open it and answer them."),
    "whom_not_here": _("Nobody here can be asked so. Choose somebody from the list."),
    "follow_up_day_out_of_reach": _("Choose a day from today on, within a year."),
    "wrong_number_of_tasks": plural(
        "Choose at least one task, and at most %(limit)s.",
        "Choose at least one task, and at most %(limit)s.",
        "limit",
    ),
    "day_not_chosen": _("Choose the day on which to look at the chosen tasks again."),
    "not_a_day": _("Write the day like this: 31.05.2026"),
    "too_many_filters": plural(
        "You have %(limit)s kept filter. Delete it first.",
        "You have %(limit)s kept filters. Delete one of them first.",
        "limit",
    ),
    "too_many_notes": plural(
        "There is %(limit)s note on this case, and no room for more.",
        "There are %(limit)s notes on this case, and no room for more.",
        "limit",
    ),
    "too_many_comments": plural(
        "There is %(limit)s comment on this task, and no room for more.",
        "There are %(limit)s comments on this task, and no room for more.",
        "limit",
    ),
    "comment_stays": _("More than ten minutes have passed: what was said stays."),
    "file_not_chosen": _("Choose a file first; it must not be empty."),
    "file_too_large": plural(
        "The file is larger than %(limit)s megabyte. Choose a smaller one.",
        "The file is larger than %(limit)s megabytes. Choose a smaller one.",
        "limit",
    ),
    "file_of_another_kind": _(
        "Such a file cannot be kept here. Take a PDF, a picture (JPEG, PNG, GIF), a document (DOCX, XLSX, "
        "PPTX, ODT, ODS) or a text, and leave it the ending it had."
    ),
    "too_many_files": plural(
        "There is %(limit)s file beside this task already. Delete it first.",
        "There are %(limit)s files beside this task already. Delete one of them first.",
        "limit",
    ),
    # Who stands in for whom.
    "cannot_stand_in": _("Choose a colleague from the list: only somebody of the same role can stand in."),
    "day_is_past": _("This day is over. Choose today or a later one."),
    "deputy_for_too_long": _("Choose at most a year."),
    "deputy_named_already": _("%(person)s stands in on some of these days already."),
    "cannot_take_over": _(
        "Choose a colleague from the list: only somebody of the same role can take it over."
    ),
    "nothing_to_hand_over": _("There is nothing to hand over."),
    "nothing_could_go_over": _("Nothing of it could go over to this person. Choose somebody else."),
    "caseload_is_back": _("It was taken back already."),
    "went_on_from_there": _("It has gone on from there meanwhile, and stays where it is now."),
    "deputy_over_already": _("This is over already."),
    "task_has_no_other_holder": _(
        "There is nobody else to whom the task “%(task)s” could go back. Give it to somebody."
    ),
    "task_delegated_to_oneself": _("The task “%(task)s” is already with this person."),
    "task_not_delegated": _(
        "Nobody gave you the task “%(task)s” to do for them, so there is nobody to give it back to."
    ),
    "person_not_in_role": _(
        "The task “%(task)s” can only go to somebody who has its role. Choose another person."
    ),
    "nobody_else_in_role": _(
        "The task “%(task)s” cannot be given to somebody else: nobody else has its role."
    ),
    "person_not_chosen": _("Choose to whom the task shall go."),
    "draft_too_large": _(
        "This is too much text for one task. Shorten it; what was kept before is still kept."
    ),
}
