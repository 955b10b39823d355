"""The bar: the rooms of the house, and the bell beside the search."""

from tests.webapp.readers import parsed


def bar_of(reader, somebody):
    return parsed(reader(somebody).get("/")).find(".//nav[@class='site-nav']")


def addresses(bar, path):
    return [link.get("href") for link in bar.iterfind(path)]


def test_a_phone_keeps_four_rooms_at_hand_and_the_others_behind_a_fifth(reader, town):
    bar = bar_of(reader, town.curator)
    rooms = addresses(bar, "./a")
    assert rooms == ["/today", "/", "/pairs", "/programmes", "/cases", "/documents"]
    assert addresses(bar, "./a[@class='is-further']") == rooms[4:]
    assert addresses(bar, "./details//a") == rooms[4:]


def test_five_rooms_all_stand_at_hand(reader, town):
    bar = bar_of(reader, town.mentor)
    assert len(addresses(bar, "./a")) == 5
    assert bar.find("./details") is None


def test_notices_are_a_bell_that_is_named(reader, town):
    bell = parsed(reader(town.mentor).get("/notices")).find(".//a[@class='quiet-button bell']")
    assert (bell.get("href"), bell.get("aria-current")) == ("/notices", "page")
    assert "Уведомления" in "".join(bell.itertext())
