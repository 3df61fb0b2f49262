"""Small PDFs that the tests read, drawn with reportlab."""

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4


class Sheet:
    """A canvas with heights from the top, as the reader gives them."""

    def __init__(self, path, **options):
        self.canvas = Canvas(str(path), pagesize=A4, **options)

    def text(self, x, y, words, size=10, bold=False, right=False, centred=False, color=(0, 0, 0)):
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.setFillColorRGB(*color)
        draw = self.canvas.drawRightString if right else self.canvas.drawString
        (self.canvas.drawCentredString if centred else draw)(x, HEIGHT - y, words)

    def lines(self, x, y, lines, size=10, leading=13, bold=False):
        for number, line in enumerate(lines):
            self.text(x, y + number * leading, line, size, bold)

    def rule(self, x0, x1, y):
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)

    def upright(self, x, y0, y1):
        self.canvas.line(x, HEIGHT - y0, x, HEIGHT - y1)

    def fill(self, x0, y0, x1, y1, color):
        self.canvas.setFillColorRGB(*color)
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def frame(self, x0, y0, x1, y1):
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=1, fill=0)

    def turn(self):
        self.canvas.showPage()

    def save(self):
        self.canvas.save()


FILLER = [
    "The mills of the company stand along the river and have been there",
    "since the first of them was built, and the people who work in them",
    "live in the towns around, which have grown with the mills and have",
    "seen the river rise and fall with every spring and every autumn.",
]


NAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir")


def with_filler(sheet, y):
    """Prose that tells the reader what the usual size is."""
    sheet.lines(60, y, FILLER)
    sheet.lines(60, y + 70, FILLER)


def columns_pdf(path, pages=6):
    """Two columns under a heading on each page, a running header, a numbered foot."""
    sheet = Sheet(path)
    sheet.canvas.setTitle("untitled")
    sheet.text(60, 300, "Lund Paper Sustainability Report 2021", 28, True)
    sheet.turn()
    for page in range(2, pages + 1):
        sheet.text(60, 40, "Lund Paper Sustainability Report 2021", 7)
        name = NAMES[page - 2]
        sheet.text(60, 100, f"Our {name} River", 18, True)
        left = [f"{name} begins here and the mills have re-", f"duced the water of {name} that they take"]
        left += ["from the river, so that sustain-", f"ability is what {name} works for."]
        right = [f"{name} goes on with the re-use of fibre,", f"which is in {name} long-"]
        right += [f"term work. Sustainability of {name} is", "not re-use."]
        sheet.lines(60, 140, left)
        sheet.lines(320, 140, right)
        sheet.text(60, 220, f"• Wind power of {name}")
        sheet.text(60, 233, f"• Water power of {name}, a long-term work")
        sheet.text(60, 800, f"Page {page + 10}", 7)
        sheet.turn()
    sheet.save()


def filing_pdf(path):
    """A table as filings have them: signs in cells of their own, spanning headers over lines, groups, totals."""
    sheet = Sheet(path)
    with_filler(sheet, 80)
    sheet.text(60, 240, "Note 4 - Debt", 10, True)
    sheet.text(60, 258, "Debt was as follows (in millions):")
    sheet.text(375, 285, "Three Months Ended", 9, True, centred=True)
    sheet.rule(300, 370, 288)
    sheet.rule(380, 450, 288)
    for x, day, year in ((335, "June 30,", "2022"), (415, "June 30,", "2021")):
        sheet.text(x, 299, day, 9, True, centred=True)
        sheet.text(x, 310, year, 9, True, centred=True)
        sheet.rule(x - 35, x + 35, 313)
    rows = [
        ("Current liabilities:", 60, None),
        ("Bank loans", 72, ("$", "1,250", "", "$", "1,100", "")),
        ("Leases of mills and of the", 72, None),
        ("land around them", 72, ("", "310", "", "", "295", "")),
        ("Total current liabilities", 72, ("", "1,560", "", "", "1,395", "")),
        ("Gain (loss) on exchange", 60, ("", "(42", ")", "", "—", "")),
    ]
    y = 328
    for number, (label, x, cells) in enumerate(rows):
        if number in (1, 4):
            sheet.fill(58, y - 10, 452, y + 4, (0.8, 0.9, 1))
        if number == 2:
            sheet.rule(58, 452, y - 10)
        sheet.text(x, y, label, 9)
        for column in range(2 if cells else 0):
            assert cells is not None
            sign, value, close = cells[3 * column : 3 * column + 3]
            sheet.text(300 + 80 * column, y, sign, 9)
            sheet.text(364 + 80 * column, y, value, 9, right=True)
            sheet.text(364 + 80 * column, y, close, 9)
        y += 11 if cells is None and number else 15
    with_filler(sheet, 500)
    sheet.save()


def words_pdf(path):
    """A ruled table of words that wrap in their cells, and a report's key figures."""
    sheet = Sheet(path)
    with_filler(sheet, 60)
    sheet.text(60, 240, "22%", 26, True, color=(0, 0.5, 0.4))
    sheet.text(60, 256, "less water than in 2019", 9)
    sheet.text(320, 240, "€ 4.4 billion", 26, True, color=(0, 0.5, 0.4))
    sheet.text(320, 256, "revenue of the group", 9)
    for y in (320, 340, 380, 420):
        sheet.rule(60, 530, y)
    sheet.fill(60, 320, 530, 340, (0, 0.2, 0.4))
    for x, words in ((64, "Policy"), (200, "What it says"), (420, "Who keeps it")):
        sheet.text(x, 334, words, 8, True, color=(1, 1, 1))
    cells = [
        (("Code of Conduct",), ("Bribes are neither given nor", "taken by anyone at all"), ("Compliance",)),
        (("Water Policy",), ("The river is given back what", "is taken from it"), ("Mill managers",)),
    ]
    for number, row in enumerate(cells):
        for x, lines in zip((64, 200, 420), row, strict=True):
            sheet.lines(x, 352 + 40 * number, lines, 8, 10)
    sheet.save()


def pictures_pdf(path):
    """Words, then a page with only a picture, then an empty one, then words."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    sheet = Sheet(path)
    with_filler(sheet, 100)
    sheet.turn()
    sheet.canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "green")), 100, 300, 300, 300)
    sheet.turn()
    sheet.turn()
    with_filler(sheet, 100)
    sheet.save()


def grid_pdf(path):
    """Tables of prose with drawn cells: one with lines between its columns, one whose lines break between columns."""
    sheet = Sheet(path)
    with_filler(sheet, 40)
    for y in (200, 216, 260, 304):
        sheet.rule(60, 530, y)
    for x in (60, 160, 350, 530):
        sheet.upright(x, 200, 304)
    for x, words in ((64, "Measure"), (164, "What it leaves out"), (354, "Why it is given")):
        sheet.text(x, 212, words, 10, True)
    cells = [
        ("Adjusted", "profit"),
        ("Costs of mills that were closed and", "those of the people who left the", "company with them."),
        ("It shows what the mills that are", "still run have earned."),
        ("Free cash",),
        ("Loans that were given to mills and", "what was paid back of them."),
        ("It shows what could be paid out to", "those who own the company or could", "be spent on mills."),
    ]
    for number, lines in enumerate(cells):
        sheet.lines((64, 164, 354)[number % 3], 228 + 44 * (number // 3), lines, 10, 12)
    sheet.fill(60, 360, 530, 380, (0.8, 0.1, 0.1))
    sheet.text(64, 374, "TARGETS", 8, True, color=(1, 1, 1))
    for y in (380, 400, 440, 480):
        for x0, x1 in ((60, 258), (262, 398), (402, 530)):
            sheet.rule(x0, x1, y)
    rows = [
        (("Description",), ("Owner",), ("Due",)),
        (("Electric cars in all of the towns", "where mills stand"), ("Mill managers",), ("Spring", "of 2024")),
        (("Fish ladders at the dams",), (), ("2025",)),
    ]
    for number, row in enumerate(rows):
        for x, lines in zip((64, 266, 406), row, strict=True):
            sheet.lines(x, (394, 414, 454)[number], lines, 10, 12, bold=not number)
    sheet.save()


def units_pdf(path):
    """A table whose unit column is near to its labels and to its values, with labels over it, and hanging footnotes."""
    sheet = Sheet(path)
    with_filler(sheet, 40)
    sheet.text(60, 240, "Key figures", 8)
    sheet.text(190, 240, "Unit", 8, right=True)
    for x, year in ((250, "2022"), (310, "2023")):
        sheet.text(x, 240, year, 8, right=True)
    rows = [
        ("Energy taken from the grid in all of the towns", "", "", ""),
        ("Energy", "MWh", "3,565", "4,318"),
        ("of which own", "number", "approx. 18,000", "14,229"),
        ("Heat sold to the towns around the mills", "", "", ""),
        ("Heat¹", "MWh", "166.1", "0,5²"),
        ("Intensity", "kWh/m²", "2.4", "2.6"),
    ]
    for number, (label, unit, *values) in enumerate(rows):
        y = 258 + 18 * number
        sheet.text(60, y, label.rstrip("¹"), 8, not unit)
        sheet.text(190, y, unit, 8, right=True)
        for x, value in zip((250, 310), values, strict=True):
            sheet.text(x, y, value.rstrip("²"), 8, right=True)
        for x, cell in ((60 + 19, label), (311, values[-1])):
            if cell[-1:] in "¹²" and cell:
                sheet.text(x, y - 3, "1" if cell[-1] == "¹" else "2", 4.5)
    for number, lines in enumerate((("Without the heat of the", "paper mill in the valley."), ("From August.",))):
        sheet.text(60, 400 + 24 * number - 2, str(number + 1), 3.5)
        sheet.lines(70, 400 + 24 * number, lines, 6, 8)
    sheet.turn()
    with_filler(sheet, 100)
    sheet.text(60, 400 - 2, "1", 3.5)
    sheet.text(70, 400, "Of another page.", 6)
    sheet.save()


def parted_pdf(path):
    """A paragraph that goes on over a footnote on the next page, and an item of a list in the next column."""
    sheet = Sheet(path)
    with_filler(sheet, 100)
    sheet.lines(60, 700, ["The people of the mills have written down what they know of the river,", FILLER[2] + " too"])
    sheet.text(60, 780, "1) Without the towns.", 7)
    sheet.turn()
    sheet.lines(60, 100, ["and their words go on here until the sen-", "tence ends."])
    with_filler(sheet, 200)
    for x, lines in (
        (60, ["• Wind power that is bought from the towns", "  where mills stand, and the power that"]),
        (320, ["comes from the river itself."]),
    ):
        sheet.lines(x, 420, lines)
    sheet.text(320, 446, "Water is what the mills live from.")
    sheet.save()


def lead_pdf(path):
    """Tables whose unit only the prose before them says, the second under a heading, with names of columns unruled."""
    sheet = Sheet(path)
    with_filler(sheet, 60)
    sheet.text(60, 230, "Note 2 - Details", 12, True)
    sheet.lines(60, 250, [*FILLER[:3], "All of this is shown in the following tables (in millions):"])
    y = 320
    for heading, rows in (
        ("Stocks of wood", (("Logs", "1,637", "3,788"), ("Pulp", "3,309", "3,563"))),
        ("Machines", (("Saws", "$ 20", "$ 30"), ("Presses", "12.5", "14.1"))),
    ):
        sheet.text(60, y, heading, 11, True)
        for number, (label, *values) in enumerate((("", "2022", "2023"), *rows)):
            sheet.text(60, y + 20 + 15 * number, label, 10)
            for x, value in zip((300, 380), values, strict=True):
                sheet.text(x, y + 20 + 15 * number, value, 10, right=True)
        y += 90
    sheet.text(60, y, "Shares of the company were granted as follows:")
    for number, lines in enumerate((("Number of", "Price of"), ("shares", "a share"), ("201,501", "$109.48"))):
        for x, words in zip((300, 400), lines, strict=True):
            sheet.text(x, y + 20 + (8 * number if number < 2 else 20), words, 9 if number == 2 else 7, right=True)
    for number, (label, *values) in enumerate(
        (("Balance as of May 4, 2022", "", ""), ("Granted", "86,896", "$150.23"), ("Vested", "(96,681)", "$95.97"))
    ):
        sheet.fill(58, y + 44 + 14 * number, 420, y + 58 + 14 * number, (0.9, 0.9, 1)) if number % 2 else None
        sheet.text(60, y + 40 + 14 * number, label, 9)
        for x, value in zip((300, 400), values, strict=True):
            sheet.text(x, y + 40 + 14 * number, value, 9, right=True)
    sheet.save()


def strip_pdf(path):
    """Figures side by side, each over its label, which stands nearer to the next row than to its figure."""
    sheet = Sheet(path)
    with_filler(sheet, 60)
    color = (0.8, 0.1, 0.2)
    for x, figure, lines in (
        (120, "100 %", ("Power from the river", "in all mills")),
        (280, "56,6 %", ("Women among", "the managers")),
        (440, "1,250", ("Trees planted",)),
    ):
        sheet.text(x, 300, figure, 12, True, centred=True, color=color)
        for number, line in enumerate(lines):
            sheet.text(x, 348 + 10 * number, line, 8.5, centred=True, color=color)
    with_filler(sheet, 400)
    sheet.save()
