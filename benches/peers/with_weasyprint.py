"""jinja2 for text and HTML; WeasyPrint for the PDF of that HTML, tagged as the others' are."""

import sys

import weasyprint
from weasyprint.text.fonts import FontConfiguration

import filings
import texts

WORKER = {}


def start():
    """The templates and the fonts, once for each process."""
    WORKER["texts"] = texts.Texts()
    WORKER["fonts"] = FontConfiguration()


def each(task):
    """A filing's documents in three formats."""
    path, folder = task
    for stem, kind, view in filings.documents(path):
        html = WORKER["texts"].write(folder, stem, kind, view)
        document = weasyprint.HTML(string=html)
        document.write_pdf(folder / f"{stem}.pdf", font_config=WORKER["fonts"], pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    sys.exit(filings.run(start, each))
