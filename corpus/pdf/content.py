"""What stands on a PDF page, as types: words with their places and looks, ruled lines, boxes.

Coordinates are points from the top left corner of the page as shown, whatever its rotation and crop box. This module
does not know how a page is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.draft import Box

SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "()")  # raised "1)" and "(1)" are the mark ¹


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks: size in points, weight, colour as 0xRRGGBB, slant."""

    size: float
    bold: bool
    color: int
    italic: bool = False


@dataclass(slots=True)
class Word:
    """A word on a page: text, box, baseline and the look of its first character."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    look: Look


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line, or the edge of a filled stripe, from x0 to x1 at the height y."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True)
class PageContent:
    """What stands on a page.

    Attributes:
        number: Counted from 1.
        label: The page's label in the file, empty where there is none.
        width: In points.
        height: In points.
        words: In the file's order.
        rules: Horizontal lines.
        uprights: Vertical lines as (x, top, bottom).
        boxes: Filled or framed rectangles.
        has_image: Whether any image is shown.
        recognised: Whether its words were read from its picture.
    """

    number: int
    label: str
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    uprights: list[tuple[float, float, float]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    has_image: bool = False
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """Turns the file's coordinates into the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point's place from the top left corner."""
        match self.rotation:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle's left, top, right and bottom."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)
