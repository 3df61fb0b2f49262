import re

from ui.charts import Bar, Line, bars_html, lines_html, short


def test_bars_are_as_long_as_their_values():
    shown = bars_html("Water", "m³", [Bar("Alder <i>", 200, "200"), Bar("Birch", 50, "50")])
    assert re.findall(r"left:(.*?);width:(.*?)\"", shown) == [("0.00%", "100.00%"), ("0.00%", "25.00%")]
    assert '<span class="what">Alder &lt;i&gt;</span>' in shown
    assert '<figcaption>Water <span class="unit">m³</span></figcaption>' in shown


def test_a_bar_below_zero_goes_the_other_way():
    shown = bars_html("Profit", "", [Bar("2023", -100, "-100"), Bar("2024", 300, "300")])
    assert re.findall(r"left:(.*?);width:(.*?)\"", shown) == [("0.00%", "25.00%"), ("25.00%", "75.00%")]
    assert "width:0.00%" in bars_html("Nothing", "", [Bar("2024", 0, "0")])


def test_a_line_goes_through_its_points():
    shown = lines_html(
        "Energy by year", "MWh", [Line("Energy", ((2022, 0, "0"), (2023, 50, "50"), (2024, 100, "100")))]
    )
    assert '<polyline points="54.0,194.0 194.0,107.0 334.0,20.0"/>' in shown
    assert re.findall(r'text-anchor="end">(.*?)<', shown) == ["0", "25", "50", "75", "100"]
    assert re.findall(r'y="212" text-anchor="middle">(.*?)<', shown) == ["2022", "2023", "2024"]
    assert 'aria-label="Energy: 2022 0, 2023 50, 2024 100"' in shown
    assert 'text-anchor="middle">50</text>' in shown, "a single line has its figures at its points"


def test_lines_are_told_apart_and_their_names_are_text():
    lines = [Line("<script>", ((2023, 1, "1"), (2024, 2, "2"))), Line("Birch", ((2023, 3, "3"), (2024, 4, "4")))]
    shown = lines_html("Both", "t", lines)
    assert "<script>" not in shown
    assert re.findall(r'<li><i class="(.*?)"></i>(.*?)</li>', shown) == [
        ("series-0", "&lt;script&gt;"),
        ("series-1", "Birch"),
    ]
    assert "<title>Birch: 2024 4</title>" in shown


def test_a_scale_fits_far_and_equal_values():
    far = lines_html("Far", "", [Line("a", ((2023, 48210, "48,210"), (2024, 45975, "45,975")))])
    assert re.findall(r'text-anchor="end">(.*?)<', far) == ["45,000", "46,000", "47,000", "48,000", "49,000"]
    same = lines_html("Same", "", [Line("a", ((2023, 7, "7"), (2024, 7, "7")))])
    assert re.findall(r'text-anchor="end">(.*?)<', same)[0] == "0"
    one = lines_html("One", "", [Line("a", ((2024, 0, "0"),))])
    assert '<polyline points="194.0,194.0"/>' in one


def test_long_figures_are_short_on_an_axis():
    assert [short(value) for value in (0, 2.5, 45000, 2e6, 190_171_000_000)] == [
        "0",
        "2.5",
        "45,000",
        "2 m",
        "190.2 bn",
    ]
