"""A template that somebody sent is looked through: it shows, repeats and asks, and does no more."""

import io
import re
import struct
import zlib
from pathlib import Path

import pytest
from docx import Document

from tests.workflows.documents.words import changed, part_of, saved, text_of, with_part, written
from webapp import words
from webapp.words import documents as document_words
from workflows.documents import (
    checking,
    content,
    expressions,
    filling,
    packages,
    pictures,
    printing,
    shipped,
)
from workflows.documents.checking import check_template
from workflows.documents.kinds import KINDS, missing_in
from workflows.documents.saying import short_name
from workflows.operations import document_templates

SHAPE = {
    "programme": {"title": "Вместе"},
    "pairs": [{"number": "1", "steps": [{"text": "Шаг"}]}],
    "goals": [{"result": "Цель"}],
    "is_minor": True,
}


def faults(*paragraphs, **more):
    return [(one.key, one.name) for one in check_template(written(*paragraphs, **more), SHAPE)]


@pytest.mark.parametrize("code", KINDS)
def test_every_template_that_comes_with_the_product_is_one_that_would_be_taken(code):
    kind = KINDS[code]
    template, sample = shipped.template_of(code), shipped.sample_of(kind)
    assert check_template(template, sample) == []
    assert missing_in(kind, {**sample, "guardians_known": True}) == []
    filled = filling.fill(template, sample)
    assert "{{" not in text_of(filled)
    assert sample["organisation"]["name"] in text_of(filled)
    read = content.read_content(filled)
    assert printing.print_document(read, title=code, language=kind.language).startswith(b"%PDF-")


def test_fields_repetitions_and_questions_are_taken():
    assert (
        faults(
            "{{ programme.title|upper }}",
            "{%p for one in pairs %}",
            "{{ loop.index }}. {{ one.number }}{% for step in one.steps %}, {{ step.text }}{% endfor %}",
            "{%p endfor %}",
            "{% if is_minor and not goals %}да{% else %}нет{% endif %}",
            header="{{ programme.title }}",
        )
        == []
    )


def test_an_unknown_field_is_named_with_its_place():
    found = check_template(written("Приказ", "О программе {{ programme.name }}", "{{ nobody }}"), SHAPE)
    assert [(one.key, one.name, one.place) for one in found] == [
        ("template_name_unknown", "programme.name", "text:2"),
        ("template_name_unknown", "nobody", "text:3"),
    ]
    assert check_template(written("Пусто", header="{{ who }}"), SHAPE)[0].place == "header:1"


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ programme.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ programme['title'] }}",
        "{{ programme.title.upper() }}",
        "{{ range(1000000000) }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ programme.title ~ programme.title }}",
        "{{ programme.title|center(1000000000) }}",
        "{{ programme.title|attr('__class__') }}",
        "{{ lipsum(100) }}",
        f"{{{{ '{'x' * 400}'|join('{'y' * 400}')|join('{'z' * 400}')|join('{'w' * 400}') }}}}",
        "{{ programme.title|join(programme.title)|join(programme.title) }}",
        "{{ pairs|join('long long long long long') }}",
        "{{ self }}",
        "{% for one in range(100000000) %}{% endfor %}",
        "{% for a in pairs %}{% for b in a.steps %}{% for c in a.steps %}{%endfor%}{%endfor%}{%endfor%}",
        "{% for one in pairs recursive %}{{ loop(pairs) }}{% endfor %}",
        "{% for one in pairs %}{% for two in pairs %}x{% endfor %}{% endfor %}",
        "{% set x = 1 %}",
        "{% include 'etc' %}",
        "{% macro m() %}{% endmacro %}",
        "{% import 'os' as os %}",
        "{% raw %}{% endraw %}{{ cycler }}",
    ],
)
def test_what_does_more_than_show_repeat_and_ask_is_refused(hostile):
    assert faults(hostile)


def test_a_group_or_a_list_is_not_shown_as_a_computer_writes_it():
    assert faults("{{ programme }} {{ pairs }}") == [
        ("template_shows_a_group", "programme"),
        ("template_shows_a_group", "pairs"),
    ]


def test_a_field_that_does_not_end_is_named():
    assert faults("О программе {{ programme.title", "}} дальше")[0][0] == "template_expression_unfinished"


@pytest.mark.parametrize(
    "endless",
    ["(" * 3000 + "is_minor" + ")" * 3000, "not " * 3000 + "is_minor", "is_minor" + "|upper" * 3000],
)
def test_a_field_that_is_nested_without_end_is_refused(endless):
    assert [key for key, _name in faults(f"{{{{ {endless} }}}}")] == ["template_expression_unreadable"]


def test_fields_where_nobody_sees_them_are_refused():
    hidden = changed(written("Текст"), "word/document.xml", "<w:sectPr", '<w:sectPr w:x="{{ 1 }}"')
    assert [one.key for one in check_template(hidden, SHAPE)] == ["template_hides_something"]


def test_properties_of_the_file_are_looked_through_too():
    document = Document()
    document.core_properties.title = "{{ ''.__class__ }}"
    assert check_template(saved(document), SHAPE)


@pytest.mark.parametrize(
    ("name", "part", "key"),
    [
        ("word/vbaProject.bin", b"macro", "template_runs_something"),
        ("word/embeddings/oleObject1.bin", b"x", "template_runs_something"),
        ("../../etc/passwd", b"x", "template_runs_something"),
        ("word/bomb.xml", b"<a>" + b" " * (packages.LARGEST_XML + 1), "template_unpacks_too_large"),
        ("word/media/bomb.png", b"\0" * (packages.LARGEST_UNPACKED + 1), "template_unpacks_too_large"),
        ("word/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "template_is_no_docx"),
        ("word/a.xml", b'<?xml version="1.0" encoding="utf-16"?><a/>', "template_is_no_docx"),
        ("word/a.xml", "<a/>".encode("utf-16"), "template_is_no_docx"),
    ],
)
def test_an_archive_that_holds_something_else_is_refused(name, part, key):
    sent = with_part(written("Текст"), name, part)
    assert len(sent) < packages.LARGEST
    assert key in [one.key for one in check_template(sent, SHAPE)]


def test_what_loads_from_elsewhere_is_refused_and_a_link_is_not():
    relation = '<Relationship Id="rX" Type="http://x/relationships/{}" Target="{}" TargetMode="External"/>'
    end = "</Relationships>"

    def sent(kind, target):
        added = relation.format(kind, target) + end
        return changed(written("Текст"), "word/_rels/document.xml.rels", end, added)

    assert check_template(sent("hyperlink", "https://school.example"), SHAPE) == []
    for kind, target in (
        ("image", "https://evil.example/a.png"),
        ("attachedTemplate", "file:///c:/a.dotm"),
        ("hyperlink", "file:///etc/passwd"),
    ):
        found = check_template(sent(kind, target), SHAPE)
        assert [(one.key, one.name) for one in found] == [("template_loads_from_elsewhere", target)]


def field(*instructions):
    """Write a field into a document, its instruction in several runs."""
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    said = "".join(
        one if one[0] == "<" else f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in instructions
    )
    return f"{char.format('begin')}{said}{char.format('separate')}{char.format('end')}"


@pytest.mark.parametrize(
    "inside",
    [
        field("DDEAUTO cmd.exe &quot;/k calc&quot;"),
        field("INCLUDE", "PICTURE &quot;https://evil.example/a.png&quot;"),
        field("ddeauto x y"),
        field(field("QUOTE 68 68 69"), " cmd.exe x"),
        field(field("PAGE"), "DDE cmd.exe x"),
        field("PAGE") + field("IMPORT c:/a.txt"),
        field("HYPERLINK &quot;file:///c:/a.exe&quot;"),
        '<w:fldSimple w:instr="INCLUDETEXT &quot;//evil.example/a.docx&quot;"/>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>LINK a b</w:instrText></w:r>',
    ],
)
def test_a_field_of_word_that_fetches_or_starts_something_is_refused(inside):
    sent = changed(written("Текст"), "word/document.xml", "<w:sectPr", f"<w:p>{inside}</w:p><w:sectPr")
    assert "template_loads_from_elsewhere" in [one.key for one in check_template(sent, SHAPE)]


@pytest.mark.parametrize(
    "inside",
    [
        field("PAGE \\* MERGEFORMAT"),
        field(" ", "NUM", "PAGES "),
        field("HYPERLINK \\l &quot;_Toc1&quot;"),
        field("HYPERLINK &quot;https://school.example&quot;"),
        '<w:fldSimple w:instr=" DATE "/>',
    ],
)
def test_a_field_of_word_that_counts_or_dates_is_taken(inside):
    sent = changed(written("Текст"), "word/document.xml", "<w:sectPr", f"<w:p>{inside}</w:p><w:sectPr")
    assert check_template(sent, SHAPE) == []


def test_a_part_that_hides_what_it_is_behind_its_ending_is_refused():
    """The library finds the text by the relations, not by the name that we have looked at."""
    hidden = changed(written("Текст"), "_rels/.rels", "word/document.xml", "word/text.dat")
    hidden = changed(hidden, "[Content_Types].xml", "/word/document.xml", "/word/text.dat")
    text = changed(
        written("Текст"), "word/document.xml", "<w:sectPr", f"<w:p>{field('DDE x')}</w:p><w:sectPr"
    )
    hidden = with_part(hidden, "word/text.dat", part_of(text, "word/document.xml"))
    hidden = with_part(hidden, "word/_rels/text.dat.rels", part_of(hidden, "word/_rels/document.xml.rels"))
    assert [one.key for one in check_template(hidden, SHAPE)] == ["template_is_no_docx"]


def test_a_piece_of_another_kind_that_word_would_open_along_is_refused():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    added = f'<Relationship Id="rX" Type="{kind}" Target="chunk.html"/></Relationships>'
    sent = changed(written("Текст"), "word/_rels/document.xml.rels", "</Relationships>", added)
    found = check_template(with_part(sent, "word/chunk.html", b"<img src='//evil.example'>"), SHAPE)
    assert [(one.key, one.name) for one in found] == [("template_loads_from_elsewhere", "chunk.html")]


@pytest.mark.parametrize("sent", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", written("x")[:300]])
def test_what_is_no_word_document_is_refused(sent):
    assert check_template(sent, SHAPE)


def png(side):
    """Draw a black square, which packs well."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side + 1) * side), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_pictures_that_fill_the_memory_once_they_are_unpacked_are_refused():
    """The printer would end with the whole house, and nothing could catch that."""

    def with_pictures(*sides):
        document = Document()
        for side in sides:
            document.add_picture(io.BytesIO(png(side)), width=914400)
        return saved(document)

    assert check_template(with_pictures(3000, 2000), SHAPE) == []
    for sides in ((5000,), (3000, 2900)):
        found = check_template(with_pictures(*sides), SHAPE)
        assert [one.key for one in found] == ["template_pictures_too_large"]


@pytest.mark.parametrize(
    ("picture", "is_too_large"),
    [
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x09\x08\x0f\0\x08\0ab\xff\xda", False),
        (b"\xff\xd8\xff\xc2\0\x0b\x08\xff\xff\xff\xffabcd\xff\xda", True),
        (b"\xff\xd8\xff\xe0\0", True),
        (b"GIF89a", True),
        (b"", True),
    ],
)
def test_the_size_of_a_picture_is_read_and_never_guessed(picture, is_too_large):
    assert pictures.are_too_large([picture]) is is_too_large


def test_a_document_with_macros_is_refused_by_what_it_is_and_not_by_its_name():
    plain = written("Текст")
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    sent = changed(plain, "[Content_Types].xml", packages.MAIN, macro)
    assert [one.key for one in check_template(sent, SHAPE)] == ["template_is_no_docx"]


def test_what_people_typed_stays_text():
    """Values are never read as fields, as marks of the file, or as a program of the printer."""
    typed = (
        'Мечта <b>&</b> {{ programme }} {_{ x }_} #evil() *не жирно* $x$ \x07\x0c "кавычки"\nвторая строка'
    )
    filled = filling.fill(written("{{ title }}"), {"title": typed})
    assert "{{ programme }}" in text_of(filled)
    assert "<b>&</b>" in text_of(filled)
    assert "вторая строка" in text_of(filled)
    runs = content.read_content(filled)["blocks"][0]["runs"]
    assert "#evil() *не жирно* $x$" in "".join(one.get("text", "") for one in runs)
    assert {"new_line": True} in runs
    assert printing.print_document(content.read_content(filled), title="#evil()").startswith(b"%PDF-")


def test_lists_keep_their_numbers_and_tables_their_lines_in_print():
    document = Document()
    for text in ("первое", "второе"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("точка", style="List Bullet")
    document.add_table(1, 2, style="Table Grid").cell(0, 0).text = "ячейка"
    read = content.read_content(saved(document))
    said = ["".join(run["text"] for run in one["runs"]) for one in read["blocks"] if one["is"] == "paragraph"]
    assert said[:3] == ["1. первое", "2. второе", "– точка"]
    table = next(one for one in read["blocks"] if one["is"] == "table")
    assert table["lined"]
    assert table["rows"][0][0]["blocks"][0]["runs"][0]["text"] == "ячейка"


def test_styles_that_are_based_on_one_another_in_a_circle_come_to_an_end():
    document = Document()
    paragraph = document.add_paragraph("Текст", style="Title")
    paragraph.style.base_style = document.styles["Subtitle"]
    document.styles["Subtitle"].base_style = paragraph.style
    assert content.read_content(saved(document))["blocks"][0]["runs"][0]["text"] == "Текст"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Синичкина Анна Дмитриевна", "А. Д. Синичкина"),
        ("Игорь Сергеевич Дубов", "И. С. Дубов"),
        ("Вера Кедрова", "Вера Кедрова"),
        ("Анна Мария Клен", "Анна Мария Клен"),
    ],
)
def test_initials_are_written_only_where_the_patronymic_tells_the_family_name(name, short):
    assert short_name(name) == short


def test_every_fault_has_words():
    keys = set()
    for module in (packages, checking, expressions, document_templates):
        keys |= set(re.findall(r'Fault\(\s*"([a-z_]+)"', Path(module.__file__).read_text("utf-8")))
    assert len(keys) > 10
    assert [key for key in keys if not words.knows(key)] == []


def test_every_kind_has_words_and_every_need_has_a_name():
    assert set(KINDS) == set(document_words.KINDS)
    needed = {name for kind in KINDS.values() for name in kind.needs}
    typed = {f"typed.{name}" for kind in KINDS.values() for name in kind.typed}
    assert needed | typed <= set(document_words.FIELDS)
    assert {place for kind in KINDS.values() for place in kind.needs.values()} <= set(document_words.WHERE)
