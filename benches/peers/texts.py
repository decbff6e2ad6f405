"""Text and HTML by jinja2, which the peers share: templates compiled once for each process."""

import textwrap
import unicodedata
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import filings

TEMPLATES = Path(__file__).resolve().parent / "templates"
SPELLED = str.maketrans({
    "‘": "'", "’": "'", "“": '"', "”": '"', "—": "--", "–": "-", "§": "Section ", "\u00a0": " ", "Ł": "L", "ł": "l",
})  # fmt: skip


def environment(escape):
    """The templates of this folder, with or without HTML's escaping."""
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(
        loader=loader, autoescape=escape, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(phone=filings.phone, wrap=wrap, typ=typ, md=md)
    return made


class Texts:
    """The compiled templates."""

    def __init__(self):
        plain, escaped = environment(False), environment(True)
        self.txt = {kind: plain.get_template(f"{kind}.txt") for kind in ("form", "letter")}
        self.htm = {kind: escaped.get_template(f"{kind}.htm") for kind in ("form", "letter")}

    def write(self, folder, stem, kind, view):
        """Writes both, and answers the HTML."""
        folder.mkdir(parents=True, exist_ok=True)
        html = self.htm[kind].render(view)
        ascii_only = unicodedata.normalize("NFKD", self.txt[kind].render(view).translate(SPELLED))
        (folder / f"{stem}.txt").write_bytes(ascii_only.encode("ascii", "ignore"))
        (folder / f"{stem}.htm").write_text(html, "utf-8")
        return html


def wrap(text, first="", indent=0):
    """Lines of at most 80 columns."""
    pad = " " * indent
    if not text:
        return (pad + first).rstrip()
    return textwrap.fill(text, 80, initial_indent=pad + first, subsequent_indent=pad, break_on_hyphens=False)


def typ(value):
    """A Typst string literal."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


ESCAPED = str.maketrans({c: "\\" + c for c in "\\`*_{}[]()<>#+-.!|~$^'\"@:/"})


def md(value):
    """Markdown that stands for a text as it is."""
    return str(value).translate(ESCAPED)
