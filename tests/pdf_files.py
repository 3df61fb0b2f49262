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
