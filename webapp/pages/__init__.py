"""Pages for people, a module per noun."""

from flask import Flask
from flask_wtf.csrf import CSRFError

from webapp.pages import (
    bases,
    bodies,
    calendars,
    case_asking,
    case_list,
    case_remarks,
    case_starting,
    caseloads,
    cases,
    deputies,
    documents,
    feeds,
    health,
    invitations,
    joining,
    letters,
    links,
    me,
    mentoring_forms,
    notices,
    notifications,
    pairing,
    pairs,
    people,
    preferences,
    programmes,
    resending,
    search,
    sign_in,
    style,
    tasks,
    today,
)


def init_app(app: Flask) -> None:
    """Register every page."""
    for blueprint in (
        health.pages,
        sign_in.pages,
        sign_in.leaving,
        preferences.language_pages,
        preferences.appearance_pages,
        today.pages,
        tasks.pages,
        deputies.pages,
        caseloads.pages,
        notices.pages,
        notifications.pages,
        feeds.pages,
        letters.pages,
        pairs.pages,
        pairing.pages,
        programmes.pages,
        joining.pages,
        links.pages,
        people.pages,
        me.pages,
        calendars.pages,
        bodies.pages,
        mentoring_forms.pages,
        invitations.pages,
        search.pages,
        *bases.pages,
        *documents.pages,
        style.pages,
        case_list.pages,
        case_starting.pages,
        cases.pages,
        cases.incident_pages,
        case_asking.pages,
        case_remarks.pages,
    ):
        app.register_blueprint(blueprint)
    notices.init_app(app)
    today.init_app(app)
    app.register_error_handler(CSRFError, resending.offer_again)
