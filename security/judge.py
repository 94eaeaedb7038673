"""Compares what the scanners found with what is accepted in findings.toml. Exit 1 when something is new.

    judge.py FOLDER [all|pages|api]
"""

import json
import pathlib
import re
import sys
import tomllib
import xml.etree.ElementTree as xml

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def place(path):
    """A path without what differs from run to run."""
    return UUID.sub("*", path.split("?")[0]).rstrip("/") or "/"


def of_pages(report):
    """Wapiti's JSON: findings by category. "additionals" are facts, not faults."""
    told = json.loads(report.read_text())
    for kind in ("vulnerabilities", "anomalies"):
        for category, found in told.get(kind, {}).items():
            for one in found:
                where = f"{one.get('method', '')} {place(one.get('path', ''))}".strip()
                yield "wapiti", category, where, one.get("info", "")


def of_api(report):
    """JUnit of Schemathesis: an operation is a test case; each line "- …" of a failure names a check."""
    for case in xml.parse(report).getroot().iter("testcase"):
        for fault in [*case.iter("failure"), *case.iter("error")]:
            text = f"{fault.get('message') or ''}\n{fault.text or ''}"
            # A line of its own, or what is left of one where line breaks were made spaces.
            named = re.findall(r"(?:^|\n|\s{2})- ([^\n]+?)(?=\s{2}|\n|$)", text)
            checks = set(named) or {text.strip().split("\n")[0][:120]}
            for check in sorted(checks):
                yield "schemathesis", check, case.get("name", ""), text.strip()[:600]


def matches(rule, tool, what, where):
    fits = lambda wanted, real: wanted == "*" or wanted == real
    return rule["tool"] == tool and fits(rule["what"], what) and fits(rule["where"], where)


def main():
    folder, part = pathlib.Path(sys.argv[1]), (sys.argv[2] if len(sys.argv) > 2 else "all")
    accepted = tomllib.loads((pathlib.Path(__file__).parent / "findings.toml").read_text()).get("accepted", [])
    for rule in accepted:
        if not rule.get("why", "").strip():
            sys.exit(f"findings.toml: {rule} is accepted without a reason")
    found = []
    if part in ("all", "pages"):
        for name in ("visitor", "member"):
            found += of_pages(folder / f"pages-{name}.json")
    if part in ("all", "api"):
        found += of_api(folder / "api.xml")
    used, new = set(), {}
    for tool, what, where, text in found:
        known = [at for at, rule in enumerate(accepted) if matches(rule, tool, what, where)]
        used.update(known)
        if not known:
            new.setdefault((tool, what, where), text)
    tools = {"all": ("wapiti", "schemathesis"), "pages": ("wapiti",), "api": ("schemathesis",)}[part]
    for at, rule in enumerate(accepted):
        if at not in used and rule["tool"] in tools:
            print(f"Not found any more, take it out of findings.toml: {rule['tool']}: {rule['what']}, {rule['where']}")
    for (tool, what, where), text in sorted(new.items()):
        print(f"\n{tool}: {what}, {where}\n    " + text.replace("\n", "\n    "))
    print(f"\n{len(found)} findings, {len(found) - sum(1 for f in found if f[:3] in new)} accepted, {len(new)} new.")
    sys.exit(1 if new else 0)


if __name__ == "__main__":
    main()
