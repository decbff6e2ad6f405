"""jinja2 for text, HTML and Typst source; typst's Python binding for the PDF."""

import sys

import typst

import filings
import texts

WORKER = {}


def start():
    """The templates and the compiler, once for each process."""
    WORKER["texts"] = texts.Texts()
    plain = texts.environment(False)
    WORKER["typ"] = {kind: plain.get_template(f"{kind}.typ") for kind in ("form", "letter")}
    WORKER["compiler"] = typst.Compiler(root=texts.TEMPLATES, ignore_system_fonts=True)


def each(task):
    """A filing's documents in three formats."""
    path, folder = task
    for stem, kind, view in filings.documents(path):
        WORKER["texts"].write(folder, stem, kind, view)
        source = WORKER["typ"][kind].render(view).encode()
        WORKER["compiler"].compile(source, output=str(folder / f"{stem}.pdf"), pdf_standards=["a-2a", "ua-1"])


if __name__ == "__main__":
    sys.exit(filings.run(start, each))
