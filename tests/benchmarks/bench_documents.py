"""A report with long listings, and a bare ReportLab document with as much in it.

Each is made in a process of its own, which tells its time, its memory and its bytes.
"""

import io
import json
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from xml.sax.saxutils import escape

SIZES = (90, 1000, 10_000)
#: A bare document is given its rows in parts, too: one table of all takes far longer.
PART = 200
#: Short ones are made often, and the median is told.
ROUNDS = 3000


def a_long_document(count):
    """Subjects, half as many events, and all that the made-up document has."""
    from registry_app.domain.figures.document import Section
    from tests.reports.made_up_document import a_document, a_listing, told

    events = a_listing(count // 2, "listing-events", "有害事象一覧")
    more = Section("events", told("付録", "Appendix"), (events,))
    document = a_document(listed=count)
    return replace(document, appendix=(*document.appendix, more))


def ours(count):
    from registry_app.reports.document import print_document
    from tests.reports.made_up import EN, JA
    from tests.reports.made_up_document import a_report_issue

    document, issue = a_long_document(count), a_report_issue((JA, EN))
    return lambda: print_document(document, issue).pdf


def bare(count):
    return bare_of(a_long_document(count))


def bare_of(document):
    """The same tables and figures with nothing but reportlab, in its plainest way."""
    from reportlab.graphics.shapes import Drawing, Line
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import (
        LongTable,
        Paragraph,
        SimpleDocTemplate,
        TableStyle,
    )

    from registry_app.domain.figures.document import Figure, Table, walk
    from registry_app.drawing.charts import draw_chart
    from registry_app.reports import fonts
    from registry_app.reports.summary_figures import pen
    from registry_app.reports.voice import Voice
    from tests.reports.made_up import EN, JA

    fonts.register()
    voice = Voice((JA, EN))  # the same words as ours
    kind = ParagraphStyle("cell", fontName=fonts.REGULAR, fontSize=8, wordWrap="CJK")
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), fonts.REGULAR, 8),
            ("LINEBELOW", (0, 0), (-1, -1), 0.25, (0.7, 0.7, 0.7)),
        ]
    )

    def cell(value, width, listing):
        # Listings say it in one language, as ours; what is wider than its column has
        # to be broken: else it could not be read.
        said = voice.said(value.shown)[: 1 if listing else 2]
        text = fonts.writable(" ".join(filter(None, said)))
        if fonts.width(text, 8, False) < width:
            return text
        return Paragraph(escape(text), kind)

    def table(block):
        widths = [column.width * 2.8 for column in block.columns]
        head = [fonts.writable(" ".join(voice.said(c.head))) for c in block.columns]
        for first in range(0, max(len(block.rows), 1), PART):
            rows = [
                [
                    cell(value, width, block.listing)
                    for value, width in zip(row.cells, widths, strict=True)
                ]
                for row in block.rows[first : first + PART]
            ]
            yield LongTable([head, *rows], widths, repeatRows=1, style=style)

    def figure(block):
        drawing = Drawing(450, 150)
        shapes = draw_chart(block.chart, voice.said, 450, pen(voice)).shapes
        for n in range(len(shapes)):
            drawing.add(Line(n % 450, 0, n % 450, 150))
        return drawing

    def made():
        story = []
        for top in (*document.sections, *document.appendix):
            for block in walk(top):
                if isinstance(block, Table):
                    story += table(block)
                elif isinstance(block, Figure):
                    story.append(figure(block))
        into = io.BytesIO()
        SimpleDocTemplate(into, pagesize=A4).build(story)
        return into.getvalue()

    return made


def one(what, count):
    """Seconds of the processor, MB at most and bytes, the fonts loaded before."""
    make = {"ours": ours, "bare": bare}[what]
    make(10)()
    made = make(count)
    took = []
    for _ in range(max(1, ROUNDS // count)):
        start = time.process_time()
        pdf = made()
        took.append(time.process_time() - start)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = round(statistics.median(took), 3)
    return {"cpu_s": seconds, "mb": round(most), "bytes": len(pdf)}


def measure() -> dict[str, object]:
    """Both, for registries of each size."""
    found: dict[str, object] = {}
    for count in SIZES:
        seen = {}
        for what in ("bare", "ours"):
            command = [sys.executable, "-m", __name__, what, f"{count}"]
            out = subprocess.run(command, capture_output=True, check=True).stdout
            seen[what] = json.loads(out)
            for name, value in seen[what].items():
                found[f"{what}_{count}_{name}"] = value
        times = seen["ours"]["cpu_s"] / seen["bare"]["cpu_s"]
        found[f"times_bare_{count}"] = round(times, 2)
    return found


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]))))
