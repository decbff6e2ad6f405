"""typst's Python binding on the Typst sources that latefile renders: a compiler for each process."""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import typst

SOURCES, OUT = map(Path, sys.argv[1:3])
WORKER = {}


def start():
    """The compiler and its fonts, once for each process."""
    WORKER["compiler"] = typst.Compiler(root=SOURCES, ignore_system_fonts=True)


def each(line):
    """One document."""
    source, pdf = line.split("\t")
    target = OUT / pdf
    target.parent.mkdir(parents=True, exist_ok=True)
    WORKER["compiler"].compile(SOURCES / source, output=target, pdf_standards=["a-2a", "ua-1"])


if __name__ == "__main__":
    documents = (SOURCES / "documents.txt").read_text("utf-8").splitlines()
    with ProcessPoolExecutor(int(sys.argv[3]), initializer=start) as pool:
        for _ in pool.map(each, documents, chunksize=8):
            pass  # an error of any of them is raised here
