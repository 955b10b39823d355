"""The bases of a programme: both lists, the map of requests, one person's page, tables of people."""

from flask import Blueprint

from webapp.pages.bases import imports, mentees, mentors, profiles, request_map

pages: tuple[Blueprint, ...] = (
    mentees.pages,
    mentors.pages,
    request_map.pages,
    profiles.pages,
    imports.pages,
)
