"""jinja2 for Markdown; pandoc for text, HTML and, with typst, the PDF. Pandoc is a program: it is
started for each document and format, as all who use it do."""

import subprocess
import sys

import pypandoc

import filings
import texts

WORKER = {}
FORMATS = {"txt": ["-t", "plain", "--columns=80"], "htm": ["-t", "html5", "-s"]}


def start():
    """The templates, once for each process."""
    plain = texts.environment(False)
    WORKER["md"] = {kind: plain.get_template(f"{kind}.md") for kind in ("form", "letter")}
    pdf = [f"--pdf-engine={sys.argv[4]}", "-V", "papersize=us-letter", "-V", "fontsize=10pt"]
    for option in ("--ignore-system-fonts", "--pdf-standard", "a-2a,ua-1"):
        pdf += ["--pdf-engine-opt", option]
    WORKER["formats"] = {**FORMATS, "pdf": pdf}
    WORKER["pandoc"] = pypandoc.get_pandoc_path()


def each(task):
    """A filing's documents in three formats."""
    path, folder = task
    folder.mkdir(parents=True, exist_ok=True)
    for stem, kind, view in filings.documents(path):
        source = WORKER["md"][kind].render(view).encode()
        for suffix, options in WORKER["formats"].items():
            command = [WORKER["pandoc"], "-f", "markdown", *options, "-o", folder / f"{stem}.{suffix}"]
            subprocess.run(command, input=source, check=True)


if __name__ == "__main__":
    sys.exit(filings.run(start, each))
