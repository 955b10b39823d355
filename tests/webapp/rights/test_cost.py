"""What every page costs: as many statements when there is twice as much behind it, or more."""

from tests.webapp.rights.asking import address_of, endpoints
from tests.webapp.rights.growing import grow
from webapp.login import PUBLIC_ENDPOINTS

# Each counts how many there are once a page does not hold them all, which is one statement more.
SLACK = 1
MOST = 45
OPENED_BY = {
    "programmes.ask": "head",
    "profiles.own": "mentor",
    "notices.show": "mentor",
    "letters.show": "administrator",
    "letters.export": "administrator",
    "letters.one": "administrator",
}
# Pages that show nothing of what is kept, and those whose things are not those of a pair: where it is told.
ELSEWHERE = {
    "api-docs.openapi_json": "it is the same for everybody",
}


def pages(app):
    """List the pages that somebody opens by signing in, each once."""
    named = {one.removeprefix("GET ") for one in endpoints(app) if one.startswith("GET ")}
    every = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return sorted(every - PUBLIC_ENDPOINTS - set(ELSEWHERE)), named


def addresses(app, things):
    """Map every page to an address of it."""
    every, named = pages(app)
    plain = app.url_map.bind("")
    found = {
        one: address_of(app, f"GET {one}", things) if one in named else plain.build(one) for one in every
    }
    # The same pages once it is said about whom, or from which side.
    found["document_making.ask, of the pair"] = f"{found['document_making.ask']}?about={things.pair_id}"
    found["documents.one, of the programme"] = plain.build(
        "documents.one", {"document_id": things.roadmap_id}
    )
    found["pairing.board, by mentor"] = f"{found['pairing.board']}?by=mentors"
    found["search.show, for somebody"] = f"{found['search.show']}?q=Соня"
    for one in ("tasks.inbox", "tasks.export", "today.show", "api_tasks.list_tasks"):
        found[f"{one}, of the mentor"] = found[one]
    return found


def test_every_page_costs_the_same_when_there_is_more(app, things, readers, reader, session, statements):
    sitting = {who: reader(readers[who]) for who in ("administrator", "curator", "head", "mentor")}
    found = addresses(app, things)
    few = count(sitting, found, statements)
    grow(session, things)
    many = count(sitting, found, statements)
    dearer = {one: (few[one], many[one]) for one in found if many[one] > few[one] + SLACK}
    assert dearer == {}
    assert max(many.values()) <= MOST


def count(sitting, found, statements):
    """Count what each page asks of the database, opened the second time."""
    counted = {}
    for one, address in found.items():
        usual = "mentor" if one.endswith("of the mentor") else "curator"
        somebody = sitting[OPENED_BY.get(one, usual)]
        somebody.get(address)
        with statements() as heard:
            answer = somebody.get(address)
        assert answer.status_code in (200, 302), one
        counted[one] = len(heard.other)
    return counted
