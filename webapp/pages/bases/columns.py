"""The columns of tables of people: what they are called, what is written in them, the table to fill in."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from models.imports import ImportedBase
from webapp.pages.bases.naming import Names
from webapp.spreadsheets import as_day, plain
from webapp.words.bases import SOURCES
from workflows.operations.imports import MOST_ROWS
from workflows.queries.bases.row_checks import BETWEEN, COLUMNS, REQUIRED

LANGUAGES = ("ru", "en")
NAMES: Mapping[str, Any] = {
    "full_name": _("Full name"),
    "born_on": _("Day of birth"),
    "study_group": _("Group or class"),
    "form": _("Form of mentoring"),
    "forms": _("Forms of mentoring"),
    "source": _("Sub-base"),
    "wants": _("What should the mentor help with"),
    "email": _("E-mail"),
    "guardian": _("Parent or guardian"),
    "kin": _("Who it is to the child"),
    "guardian_email": _("E-mail of the parent"),
}
HINTS: Mapping[str, Any] = {
    "full_name": _(
        "Surname, name and patronymic in one cell. Together with the day of birth it tells people apart."
    ),
    "born_on": _("Like this: 31.05.2010"),
    "study_group": _("The group of a student, the class of a pupil."),
    "form": _("Choose from the list in the cell."),
    "forms": _("Choose from the list in the cell; several are parted by a semicolon."),
    "source": _("Whose circle the mentor comes from. Choose from the list in the cell."),
    "wants": _("In a sentence or two. Health, family and other private matters do not belong here."),
    "email": _("If there is one."),
    "guardian": _("For whoever is under age: full name. The consent is asked for from this person."),
    "kin": _("Mother, father, guardian …"),
    "guardian_email": _("If there is one; brothers and sisters with the same address get the same parent."),
}
WIDTHS = {"full_name": 34, "form": 32, "forms": 40, "source": 28, "wants": 46, "guardian": 34}


@dataclass(frozen=True)
class Choices:
    """What may be written in cells that choose, in both languages, with the codes."""

    forms: Mapping[str, str]
    sources: Mapping[str, str]

    def code(self, column: str, text: str) -> str:
        """Return the code of what was chosen; what is none stays as it is."""
        if column == "form":
            return self.forms.get(plain(text), text)
        if column == "source":
            return self.sources.get(plain(text), text)
        if column == "forms":
            return BETWEEN.join(
                self.forms.get(plain(one), one.strip()) for one in text.split(";") if one.strip()
            )
        return as_day(text) if column == "born_on" else text


def heads_of(base: ImportedBase) -> dict[str, str]:
    """Map the names of the columns in both languages to their keys, those of the reader first."""
    found = {plain(NAMES[key]): key for key in COLUMNS[base]}
    for language in LANGUAGES:
        with force_locale(language):
            found |= {plain(NAMES[key]): key for key in COLUMNS[base] if plain(NAMES[key]) not in found}
    return found


def choices_of(names: Names) -> Choices:
    """Map what may be chosen, in both languages, to the codes."""
    texts = names.place.pack.texts if names.place.pack else None
    forms = {plain(code): code for code in names.place.forms}
    sources: dict[str, str] = {}
    for language in LANGUAGES:
        forms |= {
            plain(texts.say(title, language) if texts else title): code
            for code, title in names.place.forms.items()
        }
        with force_locale(language):
            sources |= {plain(title): code.removeprefix("source_") for code, title in SOURCES.items()}
    return Choices(forms, sources)


def template(base: ImportedBase, names: Names) -> bytes:
    """Return a workbook to fill in: the table, and a sheet that explains its columns."""
    book = Workbook()
    sheet, about, lists = book.active, book.create_sheet(str(_("Explanations"))), book.create_sheet("lists")
    sheet.title = str(_("Mentees") if base is ImportedBase.MENTEES else _("Mentors"))
    sheet.freeze_panes = "B2"
    offered = {"form": list(names.forms.values()), "source": list(names.sources.values())}
    offered["forms"] = offered["form"]
    for place, key in enumerate(COLUMNS[base], start=1):
        head = sheet.cell(1, place, f"{NAMES[key]} *" if key in REQUIRED[base] else str(NAMES[key]))
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        head.fill = PatternFill("solid", fgColor="E0EEEA")
        column = sheet.column_dimensions[head.column_letter]
        column.width = WIDTHS.get(key, 20)
        if key == "born_on":
            column.number_format = "DD.MM.YYYY"
        if key in offered:
            offer(sheet, lists, head.column_letter, offered[key], only=key != "forms")
    explain(about, base)
    lists.sheet_state = "hidden"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def offer(sheet: Any, lists: Any, letter: str, choices: list[str], *, only: bool) -> None:
    """Let the cells of a column offer a list."""
    if not choices:
        return
    for line, choice in enumerate(choices, start=1):
        lists[f"{letter}{line}"] = choice
    rule = DataValidation("list", formula1=f"lists!${letter}$1:${letter}${len(choices)}", allow_blank=True)
    rule.showErrorMessage = only
    rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.add_data_validation(rule)


def explain(sheet: Any, base: ImportedBase) -> None:
    """Write what belongs into each column."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    sheet.append([str(_("Column")), str(_("What is written in it"))])
    for key in COLUMNS[base]:
        needed = _("Has to be filled in.") if key in REQUIRED[base] else _("May stay empty.")
        sheet.append([str(NAMES[key]), f"{HINTS[key]} {needed}"])
    sheet.append([])
    most = _(
        "One row for each person, at most %(number)s rows. Fill in the first sheet only.", number=MOST_ROWS
    )
    sheet.append(["", str(most)])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
