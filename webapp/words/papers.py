"""What the codes of papers, decisions, duties and numbers of a programme are called."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext as pgettext
from flask_babel.speaklater import LazyString

Names = Mapping[str, LazyString]

DUTIES: Names = {
    "curator": _("Curator of the programme"),
    "deputy_curator": _("Deputy of the curator"),
    "form_lead": _("Answers for a form"),
    "team": _("Member of the team"),
}

SUBJECTS: Names = {
    "pairs": _("Pairs"),
    "mentee_admission": _("Admission of mentees"),
}

BODIES: Names = {
    "curator": pgettext("body", "Curator"),
    "head": pgettext("body", "Head"),
    "student_council": _("Student council"),
    "teachers_council": _("Teachers’ council"),
    "method_council": _("Methodical council"),
    "working_group": _("Working group"),
    "employer": _("Employer"),
    "project_head": _("Head of the project"),
    "school_curator": _("Curator of the school"),
}

OUTCOMES: Names = {
    "approved": pgettext("decision", "approved"),
    "accepted": pgettext("decision", "accepted"),
    "partly": pgettext("decision", "approved in part"),
    "refused": pgettext("decision", "not approved"),
    "declined": pgettext("decision", "not accepted"),
    "support": pgettext("decision", "supports"),
    "support_partly": pgettext("decision", "supports in part"),
    "object": pgettext("decision", "objects"),
    "for": pgettext("decision", "supports"),
    "against": pgettext("decision", "does not support"),
    "none": pgettext("decision", "has no opinion"),
}

PURPOSES: Names = {
    "participation": _("Participation"),
    "personal_data": _("Personal data"),
    "publicity": _("Being shown in public"),
}

PARTNERS: Names = {
    "enterprise": _("enterprise"),
    "school": _("school"),
    "university": _("university or college"),
    "public": _("public organisation"),
    "culture": _("culture and sport"),
    "authority": _("authority"),
    "other": pgettext("partner", "other"),
}

CONTRACTS: Names = {
    "cooperation": _("on cooperation"),
    "network": _("on networking"),
    "dual_training": _("on dual training"),
    "practice": _("on practical training"),
    "agreement": _("agreement"),
}

REPORTS: Names = {
    "quarter": _("Report for a quarter"),
    "half_year": _("Report for half a year"),
    "year": _("Report for the school year"),
    "final": _("Final report"),
    "swot": _("Strengths and weaknesses"),
    "advice": _("Recommendations to mentors"),
    "interim": _("First results for partners"),
    "comparison": _("Comparison with the final evaluation"),
    "mentors_retained": _("Decision on who goes on as a mentor"),
    "reflection": _("General reflection"),
    "revision": _("Changes for the next programme"),
}

REPORT_STATUSES: Names = {
    "submitted": pgettext("report", "being checked"),
    "returned": pgettext("report", "returned"),
    "accepted": pgettext("report", "accepted"),
}

INSTRUMENTS: Names = {
    "mentee_survey": _("Questionnaire of the mentee"),
    "mentor_survey": _("Questionnaire of the mentor"),
    "pair_review": _("Review of the pair"),
    "academic": _("Studies"),
    "competence": _("Competences"),
    "personal": _("Personal qualities"),
}

PRACTICES: Names = {
    "draft": pgettext("practice", "being prepared"),
    "published": pgettext("practice", "published"),
    "declined": pgettext("practice", "not published"),
    "withdrawn": pgettext("practice", "taken down"),
}


def name(names: Names, code: str, otherwise: str = "") -> str:
    """Name a code; one that a methodology brings along and nobody knows here is said in general words."""
    return str(names[code]) if code in names else otherwise or str(pgettext("code", "other"))
