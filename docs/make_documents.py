"""Write the document templates of the pack: `python docs/make_documents.py`.

They are ordinary files of an office, made here once so that all of them look alike: the head with the
organisation, the number and the day, a title, the text, the lines to sign, as GOST R 7.0.97 lays papers out.
"""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

FOLDER = Path(__file__).parents[1] / "bpmn" / "target-model" / "documents"
TEAL = RGBColor(0x2B, 0x6A, 0x6C)


class Paper:
    """A template that is being written."""

    def __init__(self, *, framed: bool = False) -> None:
        self.document = Document()
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(12)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        style.paragraph_format.space_after = Pt(0)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.top_margin = section.bottom_margin = Mm(20)
        if framed:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.left_margin = section.right_margin = Mm(30)
            section.top_margin = section.bottom_margin = Mm(22)
            section._sectPr.append(frame())

    def line(self, text: str = "", align: Any = ALIGN.LEFT, **look: Any) -> "Paper":
        """Write a paragraph; `**bold**` parts stand out."""
        write(self.document.add_paragraph(), text, align, **look)
        return self

    def text(self, *paragraphs: str) -> "Paper":
        """Write paragraphs of running text."""
        for one in paragraphs:
            self.line(one, ALIGN.JUSTIFY, indent=not one.startswith("{%p"), after=4)
        return self

    def head(self, name: str, title: str, kind: str = "") -> "Paper":
        """Write the head: whose paper it is, what, of which day and number, about what."""
        self.line("{{ organisation.name }}", ALIGN.CENTER, bold=True, after=14)
        self.line(name, ALIGN.CENTER, bold=True, size=14, after=8)
        table = self.document.add_table(1, 2)
        write(table.cell(0, 0).paragraphs[0], "{{ document.date }}")
        write(table.cell(0, 1).paragraphs[0], "№ {{ document.number }}", ALIGN.RIGHT)
        return (
            self.line(title, before=12, after=10, bold=True).line(kind)
            if kind
            else self.line(title, before=12, after=10, bold=True)
        )

    def rows(self, heads: list[str], source: str, cells: list[str], widths: list[float]) -> "Paper":
        """Write a table with a row for each member of a list."""
        table = self.document.add_table(4, len(heads), style="Table Grid")
        repeat_head(table.rows[0])
        for number, (head, cell, width) in enumerate(zip(heads, cells, widths, strict=True)):
            write(table.cell(0, number).paragraphs[0], head, bold=True, size=10.5)
            write(table.cell(2, number).paragraphs[0], cell, size=10.5)
            for row in table.rows:
                row.cells[number].width = Cm(width)
            table.columns[number].width = Cm(width)
        write(table.cell(1, 0).paragraphs[0], f"{{%tr for row in {source} %}}")
        write(table.cell(3, 0).paragraphs[0], "{%tr endfor %}")
        return self.line(after=6)

    def sign(self, *lines: tuple[str, str]) -> "Paper":
        """Write the lines to sign: as whom, and who."""
        self.line(before=18)
        table = self.document.add_table(len(lines), 3)
        for number, (whom, name) in enumerate(lines):
            write(table.cell(number, 0).paragraphs[0], whom, before=14)
            write(table.cell(number, 1).paragraphs[0], "____________________", ALIGN.CENTER, before=14)
            write(table.cell(number, 2).paragraphs[0], name, ALIGN.RIGHT, before=14)
        return self

    def save(self, code: str) -> None:
        """Keep the template under the name of its kind."""
        drop_what_is_not_used(self.document)
        properties = self.document.core_properties
        properties.author = properties.comments = properties.title = ""
        self.document.save(str(FOLDER / f"{code}.docx"))


def write(paragraph: Any, text: str, align: Any = ALIGN.LEFT, **look: Any) -> None:
    """Write a text into a paragraph with a look."""
    paragraph.alignment = align
    settings = paragraph.paragraph_format
    settings.space_before, settings.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    if look.get("indent"):
        settings.first_line_indent = Cm(1.25)
    for number, part in enumerate(text.split("**")):
        if not part:
            continue
        run = paragraph.add_run(part)
        run.bold = bool(look.get("bold")) or number % 2 == 1 or None
        run.italic = look.get("italic")
        if "size" in look:
            run.font.size = Pt(look["size"])
        if "colour" in look:
            run.font.color.rgb = look["colour"]


def drop_what_is_not_used(document: Any) -> None:
    """Leave out the styles and the picture that the library puts into every new file."""
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid", "Header", "Footer"}
    for style in list(document.styles):
        if style.name not in kept:
            style.element.getparent().remove(style.element)
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/customXml")):
                relations.pop(key)


def repeat_head(row: Any) -> None:
    """Say the first row again on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def frame() -> Any:
    """Make the frame of a certificate."""
    borders = OxmlElement("w:pgBorders")
    borders.set(qn("w:offsetFrom"), "page")
    for side in ("top", "left", "bottom", "right"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "double"), ("sz", "12"), ("space", "24"), ("color", "2B6A6C")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    return borders


HEAD = ("{{ head.position }}", "{{ head.short }}")
CURATOR = ("Куратор программы", "{{ curator.short }}")
ROADMAP = (
    ["№", "Этап", "Мероприятие", "Ответственный", "Срок"],
    "roadmap",
    ["{{ row.number }}", "{{ row.stage }}", "{{ row.measure }}", "{{ row.responsible }}", "{{ row.due }}"],
    [1, 1.3, 7.2, 3.8, 3.2],
)
PAIRS = (
    ["№", "Наставник", "Наставляемый", "Группа, класс", "Форма", "С какого дня"],
    "pairs",
    [
        "{{ row.number }}",
        "{{ row.mentors }}",
        "{{ row.mentees }}",
        "{{ row.groups }}",
        "{{ row.form }}",
        "{{ row.since }}",
    ],
    [1, 3.6, 3.6, 2.3, 3.2, 2.8],
)


def write_orders() -> None:
    """Write the orders and what belongs to them."""
    paper = Paper().head("ПРИКАЗ", "О запуске программы наставничества «{{ programme.title }}»")
    paper.text(
        "{{ typed.grounds }} **приказываю:**",
        "1. Запустить программу наставничества «{{ programme.title }}» с {{ programme.starts_on }} "
        "по {{ programme.ends_on }} включительно.",
        "2. Назначить куратором программы: {{ curator.name }}{% if curator.position %}, "
        "{{ curator.position }}{% endif %}.",
        "3. Вести наставничество в формах: {% for one in forms %}«{{ one.title }}»"
        "{% if not loop.last %}, {% endif %}{% endfor %}.",
        "{% if programme.tasks %}4. Определить задачи программы: {{ programme.tasks }}{% endif %}",
        "5. Ожидаемые результаты: {{ programme.expected_results }}",
        "6. Утвердить команду программы (приложение 1) и дорожную карту (приложение 2).",
        "7. {{ typed.control }}",
    )
    paper.sign(HEAD, ("С приказом ознакомлен(а)", "{{ curator.short }}"))
    paper.line("Приложение 1. Команда программы", bold=True, before=24, after=6)
    paper.rows(
        ["Кто", "Должность", "За что отвечает"],
        "team",
        ["{{ row.name }}", "{{ row.position }}", "{{ row.duty }}"],
        [6.5, 5, 5],
    )
    paper.line("Приложение 2. Дорожная карта", bold=True, before=12, after=6).rows(*ROADMAP)
    paper.save("launch_order")

    paper = Paper().head("ПРИКАЗ", "О назначении куратора программы наставничества")
    paper.text(
        "{{ typed.grounds }} «{{ programme.title }}» **приказываю:**",
        "1. Назначить куратором программы наставничества: {{ curator.name }}"
        "{% if curator.position %}, {{ curator.position }}{% endif %}.",
        "2. Возложить на куратора сбор и ведение базы наставников и наставляемых, организацию отбора "
        "и обучения наставников, сопровождение пар, мониторинг и отчёт по итогам программы.",
        "3. Установить срок: с {{ programme.starts_on }} по {{ programme.ends_on }} включительно.",
        "4. Контроль за исполнением приказа оставляю за собой.",
    )
    paper.sign(HEAD, ("С приказом ознакомлен(а)", "{{ curator.short }}")).save("curator_order")

    paper = Paper().head("ПРИКАЗ", "О назначении наставников и закреплении пар «{{ programme.title }}»")
    paper.text(
        "{{ typed.grounds }} **приказываю:**",
        "1. Назначить наставников и закрепить за ними наставляемых по реестру (приложение).",
        "2. Куратору программы {{ curator.name }} организовать сопровождение пар и первую встречу каждой.",
        "3. Контроль за исполнением приказа оставляю за собой.",
    )
    paper.sign(HEAD, ("С приказом ознакомлен(а)", "{{ curator.short }}"))
    paper.line("Приложение. Реестр пар", bold=True, before=24, after=6).rows(*PAIRS)
    paper.save("pairs_order")

    paper = Paper().head("ПРОТОКОЛ", "{{ typed.body }}: о формировании пар программы «{{ programme.title }}»")
    paper.text(
        "Председатель: {{ typed.chair }}. Секретарь: {{ typed.secretary }}.",
        "Присутствовали: {{ typed.present }}",
        "**Повестка:** формирование и закрепление наставнических пар и групп.",
        "**Слушали:** куратора программы{% if curator.name %} ({{ curator.name }}){% endif %} "
        "об итогах выбора и предложениях по парам.",
        "**Решили:** поддержать закрепление пар и групп по списку и рекомендовать руководителю утвердить его "
        "приказом.",
    )
    paper.rows(*PAIRS)
    paper.sign(("Председатель", "{{ typed.chair }}"), ("Секретарь", "{{ typed.secretary }}"))
    paper.save("pairs_protocol")

    paper = Paper().head("ДОРОЖНАЯ КАРТА", "Программа наставничества «{{ programme.title }}»")
    paper.line("Срок: с {{ programme.starts_on }} по {{ programme.ends_on }}", after=8).rows(*ROADMAP)
    paper.sign(("УТВЕРЖДАЮ: {{ head.position }}", "{{ head.short }}"), CURATOR).save("roadmap")


def write_agreement() -> None:
    """Write the agreement and the consents."""
    paper = Paper().head("СОГЛАШЕНИЕ", "О наставничестве в программе «{{ programme.title }}»")
    paper.text(
        "Наставник: **{{ pair.mentors }}** и наставляемый: **{{ pair.mentees }}**"
        "{% if pair.groups %} ({{ pair.groups }}){% endif %}, при участии куратора программы "
        "({{ curator.name }}) договорились о нижеследующем.",
        "{%p if is_minor %}",
        "За несовершеннолетнего соглашение подписывает законный представитель: "
        "{% for one in guardians %}{{ one.name }}{% if one.kin %} ({{ one.kin }}){% endif %}"
        "{% if not loop.last %}, {% endif %}{% endfor %}.",
        "{%p endif %}",
        "**1. О чём мы договорились.** Форма наставничества: «{{ pair.form }}». Начало совместной "
        "работы – {{ pair.since }}{% if pair.until %} (завершение – {{ pair.until }}){% endif %}.",
        "**2. Наставник** помогает ставить цели и двигаться к ним, приходит на встречи вовремя, бережёт "
        "доверие, не передаёт услышанное другим и сообщает куратору, если кому-то нужна помощь.",
        "**3. Наставляемый** участвует во встречах, выполняет договорённости, честно говорит о трудностях "
        "и предупреждает, если не может прийти.",
        "**4. Куратор** организует встречи, поддерживает обе стороны и помогает решить споры.",
        "**5.** Участие добровольное. Каждый может выйти из пары, предупредив куратора. Личные сведения "
        "используются только для целей программы.",
    )
    paper.sign(("Наставник", "{{ pair.mentors }}"), ("Наставляемый", "{{ pair.mentees }}"), CURATOR)
    paper.text("{%p if is_minor %}").sign(("Законный представитель", ""))
    paper.text("{%p endif %}").save("agreement")

    for code, name in (
        ("personal_data_consent", "на обработку персональных данных"),
        ("participation_consent", "на участие в программе наставничества"),
    ):
        paper = Paper().head("СОГЛАСИЕ", name)
        paper.text(
            "Я, {% if is_minor %}{% if guardians %}{% for one in guardians %}{{ one.name }}"
            "{% if one.kin %} ({{ one.kin }}){% endif %}{% if not loop.last %}, {% endif %}{% endfor %}"
            "{% else %}______________________________{% endif %}, законный представитель участника: "
            "**{{ person.name }}**{% else %}**{{ person.name }}**{% endif %}"
            "{% if person.born_on %}, дата рождения {{ person.born_on }}{% endif %}"
            "{% if person.group %}, {{ person.group }}{% endif %}:",
            "{{ consent.text }}",
            "Программа: «{{ programme.title }}». Согласие можно отозвать в любое время: "
            "письменно или в системе.",
        )
        paper.line("Редакция текста: {{ consent.version }}", size=9, before=6)
        paper.sign(("«____» ______________ 20____ г.", "(подпись, расшифровка)")).save(code)


def write_pairs() -> None:
    """Write the papers of a pair."""
    paper = Paper().head("ПЛАН РАБОТЫ ПАРЫ", "{{ pair.people }}")
    paper.text(
        "Программа «{{ programme.title }}», форма «{{ pair.form }}». Вместе: {{ pair.since }}"
        "{% if pair.until %} – {{ pair.until }}{% endif %}",
    )
    paper.line("Цели и шаги", bold=True, before=8, after=4)
    paper.text("{%p for goal in goals %}")
    paper.text("**{{ goal.number }}. {{ goal.result }}** – до {{ goal.due }}")
    paper.text(
        "{%p if goal.indicators %}", "Как поймём, что получилось: {{ goal.indicators }}", "{%p endif %}"
    )
    paper.text("{%p for step in goal.steps %}")
    paper.text("– {{ step.text }}{% if step.due %}, до {{ step.due }}{% endif %}")
    paper.text("{%p endfor %}", "{%p endfor %}")
    paper.line("Встречи", bold=True, before=8, after=4)
    paper.rows(
        ["№", "Встреча", "День", "Где"],
        "meetings",
        ["{{ row.number }}", "{{ row.kind }}", "{{ row.day }}", "{{ row.place }}"],
        [1, 6, 4.5, 5],
    )
    paper.sign(("Наставник", "{{ pair.mentors }}"), ("Наставляемый", "{{ pair.mentees }}"), CURATOR)
    paper.save("pair_plan")

    paper = Paper().head("ИТОГИ ПАРЫ", "{{ pair.people }}")
    paper.text(
        "Программа «{{ programme.title }}», форма «{{ pair.form }}». Вместе с {{ pair.since }} "
        "Встреч: {{ counts_of_pair.meetings }}. Целей: {{ counts_of_pair.goals }}, из них достигнуто: "
        "{{ counts_of_pair.reached }}.",
        "{%p if story.title %}",
        "**{{ story.title }}.** {{ story.summary }}",
        "{%p endif %}",
    )
    paper.rows(
        ["№", "Цель", "Срок", "Что получилось"],
        "goals",
        ["{{ row.number }}", "{{ row.result }}", "{{ row.due }}", "{{ row.reached }}"],
        [1, 8, 3.8, 3.7],
    )
    paper.rows(
        ["№", "Встреча", "День", "Сколько длилась"],
        "meetings",
        ["{{ row.number }}", "{{ row.kind }}", "{{ row.day }}", "{{ row.length }}"],
        [1, 7, 4.5, 4],
    )
    paper.sign(("Наставник", "{{ pair.mentors }}"), CURATOR).save("pair_summary")


def write_ends() -> None:
    """Write what closes a programme."""
    paper = Paper().head("ОТЧЁТ", "О программе наставничества «{{ programme.title }}»")
    paper.text(
        "Программа шла с {{ programme.starts_on }} по {{ programme.ends_on }}, куратор: {{ curator.name }}.",
        "Формы: {% for one in forms %}«{{ one.title }}»{% if not loop.last %}, {% endif %}{% endfor %}.",
        "Наставников: {{ counts.mentors }}. Наставляемых: {{ counts.mentees }}. Пар и групп: "
        "{{ counts.pairs }}, из них завершили работу: {{ counts.completed }}.",
        "Проведено встреч: {{ counts.meetings }}. Целей поставлено: {{ counts.goals }}, достигнуто: "
        "{{ counts.reached }}. Полный цикл прошли: {{ counts.full_cycle }}.",
        "{%p if typed.summary %}",
        "**Выводы.** {{ typed.summary }}",
        "{%p endif %}",
    )
    paper.line("Итоги этапов", bold=True, before=8, after=4)
    paper.rows(["Этап", "Результат"], "stages", ["{{ row.number }}", "{{ row.result }}"], [1.6, 14.9])
    paper.sign(HEAD, CURATOR).save("programme_report")

    paper = Paper().head("СПИСОК ПОБЕДИТЕЛЕЙ", "Программа наставничества «{{ programme.title }}»")
    paper.rows(
        ["Место", "Пара", "Баллы"],
        "winners",
        ["{{ row.place }}", "{{ row.pair }}", "{{ row.points }}"],
        [2, 11.5, 3],
    )
    paper.sign(HEAD).save("winners_list")


def write_thanks() -> None:
    """Write certificates, gratitudes and letters."""
    for code, name, above, below in (
        (
            "certificate",
            "СЕРТИФИКАТ",
            "подтверждает, что",
            "принял(а) участие в программе наставничества «{{ programme.title }}»"
            "{% if person.role %} ({{ person.role }}){% endif %}\n{{ programme.starts_on }} – "
            "{{ programme.ends_on }}",
        ),
        (
            "certificate_en",
            "CERTIFICATE",
            "This is to certify that",
            "took part in the mentoring programme “{{ programme.title }}”"
            "{% if person.role %} as a {{ person.role }}{% endif %}\n{{ programme.starts_on }} – "
            "{{ programme.ends_on }}",
        ),
        ("gratitude", "БЛАГОДАРНОСТЬ", "объявляется", "{{ typed.merit }}\n«{{ programme.title }}»"),
        ("honour", "ПОЧЁТНАЯ ГРАМОТА", "награждается", "{{ typed.merit }}\n«{{ programme.title }}»"),
    ):
        paper = Paper(framed=True).line("{{ organisation.name }}", ALIGN.CENTER, size=15, before=44, after=34)
        paper.line(name, ALIGN.CENTER, size=42, bold=True, colour=TEAL, after=16)
        paper.line(above, ALIGN.CENTER, size=15, italic=True, after=18)
        paper.line("{{ person.name }}", ALIGN.CENTER, size=30, bold=True, after=22)
        for one in below.split("\n"):
            paper.line(one, ALIGN.CENTER, size=16, after=8)
        paper.line(before=24).sign(HEAD)
        paper.line("№ {{ document.number }} · {{ document.date }}", ALIGN.CENTER, size=10, before=30).save(
            code
        )

    paper = Paper().line("{{ organisation.name }}", ALIGN.CENTER, bold=True, after=6)
    paper.line("№ {{ document.number }} · {{ document.date }}", ALIGN.CENTER, size=10, after=40)
    paper.line("БЛАГОДАРСТВЕННОЕ ПИСЬМО", ALIGN.CENTER, size=20, bold=True, colour=TEAL, after=20)
    paper.line("{{ person.name }}", ALIGN.CENTER, size=16, bold=True, after=16)
    paper.text(
        "Благодарим Вас за ребёнка, который участвовал в программе наставничества "
        "«{{ programme.title }}»: {% for one in children %}{{ one.name }}"
        "{% if one.group %} ({{ one.group }}){% endif %}{% if not loop.last %}, {% endif %}{% endfor %}.",
        "{{ typed.merit }}",
    )
    paper.sign(HEAD).save("parents_letter")

    paper = Paper().line("{{ organisation.name }}", ALIGN.CENTER, bold=True, after=6)
    paper.line("№ {{ document.number }} · {{ document.date }}", ALIGN.CENTER, size=10, after=40)
    paper.line("БЛАГОДАРСТВЕННОЕ ПИСЬМО", ALIGN.CENTER, size=20, bold=True, colour=TEAL, after=20)
    paper.line("{{ partner.name }}", ALIGN.CENTER, size=16, bold=True, after=16)
    paper.text(
        "Благодарим за участие в программе наставничества «{{ programme.title }}».",
        "{%p if mentors %}",
        "Наставниками были: {% for one in mentors %}{{ one.name }}{% if not loop.last %}, {% endif %}"
        "{% endfor %}.",
        "{%p endif %}",
        "{{ typed.merit }}",
    )
    paper.sign(HEAD).save("partner_letter")


if __name__ == "__main__":
    write_orders()
    write_agreement()
    write_pairs()
    write_ends()
    write_thanks()
