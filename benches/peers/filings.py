"""Filings as the peers' templates see them: YAML read by libyaml, registrants looked up, the official
wording of the edition, rich text as blocks. Nothing is validated, in the peers' favour."""

import re
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

WORDING = Path(__file__).resolve().parents[2] / "templates" / "wording"
HISTORIC = {"10-KSB": "10-K", "10-QSB": "10-Q"}
LETTERS = {
    "accountant-statement": "Statement under Rule 12b-25(c)",
    "authority": "Evidence of authority",
    "cover": "Cover letter",
}


def read(path):
    """A YAML file. Scalars stay as they were typed: `2.50` is no number, and `0001` keeps its zeros."""
    with open(path, "rb") as file:
        return yaml.load(file, Loader=yaml.CBaseLoader)


def run(start, each):
    """`start` once in each process, then `each` with the path of a filing, its id and its folder of
    outputs. The arguments are: filings, outputs, number of processes, typst."""
    filings, out, jobs = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    paths = sorted(path for path in filings.rglob("*.yaml") if path.parent.name != "registrants")
    tasks = [(path, out / path.relative_to(filings).with_suffix("")) for path in paths]
    with ProcessPoolExecutor(jobs, initializer=start) as pool:
        for _ in pool.map(each, tasks, chunksize=4):
            pass  # an error of any of them is raised here


def documents(path):
    """The documents of a filing: a stem, `form` or `letter`, and what the template is given."""
    filing = read(path)
    root = path.parent
    while not (root / "registrants").is_dir():
        root = root.parent
    registrants = [registrant(root, one) for one in [filing["registrant"], *given(filing, "co_registrants", [])]]
    yield "form12b25", "form", form(filing, registrants)
    number = 0
    for letter in given(filing, "letters", []):
        stem, exhibit = "cover", None
        if letter["kind"] != "cover":
            number += 1
            stem, exhibit = f"ex99-{number}", f"Exhibit 99.{number}"
        yield stem, "letter", {
            "title": f"{LETTERS[letter['kind']]}: {', '.join(r['name'] for r in registrants)}",
            "author": letter["letterhead"]["name"] if "letterhead" in letter else letter["signed_by"],
            "day": date.fromisoformat(letter["date"]),
            "exhibit": exhibit,
            **{key: letter.get(key) for key in ("letterhead", "salutation", "closing", "signed_by", "signed_title")},
            "date": long(letter["date"]),
            "to": lines(letter.get("to", [])),
            "re": lines(letter.get("re", [])),
            "body": blocks(letter["body"]),
            "signed": letter["signed"] == "true",
        }


def form(filing, registrants):
    """What the template of the form is given."""
    report, signature = filing["report"], filing["signature"]
    signed = given(signature, "date")
    period = long(report["period_ended"])
    transition = report.get("transition") == "true"
    wording = edition(signed)
    change = given(filing, "results_change", {})
    amendment = given(filing, "amendment")
    relief = filing["relief"]
    kind = f"NT {HISTORIC.get(report['form'], report['form'])}" + ("/A" if amendment else "")
    return {
        "title": f"{kind}: Form 12b-25, Notification of Late Filing",
        "author": ", ".join(r["name"] for r in registrants),
        "day": date.fromisoformat(signed or report["period_ended"]),
        "kind": kind,
        "wording": wording,
        "amendment": amendment and {**amendment, "note": blocks(amendment["explanatory_note"])},
        "registrants": registrants,
        "forms": boxes(wording["form_label"], wording["forms"], report["form"], not transition),
        "period_ended": "" if transition else period,
        "transition_forms": boxes(wording["transition_label"], wording["transition_forms"], report["form"], transition),
        "transition_period_ended": period if transition else "",
        "portion": given(report, "portion", ""),
        "sought": relief == "sought",
        "relief": relief if isinstance(relief, dict) else None,
        "narrative": blocks(given(filing, "narrative", "")),
        "contact": given(filing, "contact", {"name": "", "phone": ""}),
        "all_filed": filing["prior_reports"]["all_filed"] == "true",
        "missing": [
            {"report": one["report"], "explanation": blocks(given(one, "explanation", ""))}
            for one in given(filing["prior_reports"], "missing", [])
        ],
        "anticipated": {"true": True, "false": False}.get(change.get("anticipated")),
        "explanation": blocks(given(change, "explanation", "")),
        "attachments": [
            {"title": one["title"], "body": blocks(one["body"])} for one in given(filing, "attachments", [])
        ],
        "signature": {
            "date": long(signed) if signed else "",
            "conformed": f"/s/ {signature['name']}" if signature["signed"] == "true" else "",
            "name": signature["name"],
            "titles": lines(signature["title"]),
            "through": [f"{one['name']}, {one['capacity']}" for one in given(signature, "for", [])],
        },
    }


def registrant(root, entry):
    """A registrant, its own or a shared one with keys replaced."""
    if isinstance(entry, str):
        entry = shared(root, entry)
    elif "use" in entry:
        entry = {**shared(root, entry["use"]), **entry}
    address = entry["address"]
    region = " ".join(filter(None, (given(address, "state"), given(address, "zip"))))
    city = ", ".join(filter(None, (address["city"], region, given(address, "country"))))
    return {
        "name": entry["name"],
        "former_name": given(entry, "former_name", ""),
        "file_number": given(entry, "file_number", ""),
        "cusip": given(entry, "cusip", ""),
        "street": lines(address["street"]),
        "city": city,
    }


@lru_cache(maxsize=None)
def shared(root, name):
    """A shared registrant."""
    return read(root / "registrants" / f"{name}.yaml")


@lru_cache(maxsize=None)
def editions():
    """The official wordings, the newest first."""
    return sorted(map(read, WORDING.glob("*.yaml")), key=lambda wording: wording["from"], reverse=True)


def edition(signed):
    """The wording in force on a day; without one the newest, before the first the first."""
    all_of_them = editions()
    return next((one for one in all_of_them if not signed or one["from"] <= signed), all_of_them[-1])


def boxes(label, forms, own, ticked):
    """Check boxes: labels, and whether each is ticked."""
    shown = {HISTORIC.get(own, own): own} if ticked else {}
    return [(f"{label} {shown.get(form, form)}", form in shown) for form in forms]


def blocks(text):
    """Rich text as a list of (kind, content)."""
    found = []
    for block in [text] if isinstance(text, str) else text:
        if isinstance(block, str):
            found += [("paragraph", " ".join(part.split())) for part in re.split(r"\n\s*\n", block) if part.strip()]
        elif "list" in block:
            found.append(("list", [" ".join(item.split()) for item in block["list"]]))
        else:
            found.append(("table", block["table"]))
    return found


def given(mapping, key, default=None):
    """A value; what is left out and what is null are the same."""
    value = mapping.get(key)
    return default if value in (None, "", "null", "~") else value


def lines(value):
    """One line or several, as a list."""
    return [value] if isinstance(value, str) else value


def long(day):
    """`2025-12-31` as December 31, 2025."""
    day = date.fromisoformat(day)
    return f"{day:%B} {day.day}, {day.year}"


def phone(number):
    """The area code and the rest."""
    code, _, rest = number.partition("-")
    return (code, rest) if re.fullmatch(r"\d{3}-\d{3}-\d{4}", number) else ("", number)
