"""Compares what the scanners found with what is accepted in findings.toml. Exit 1 when something is new.

    judge.py FOLDER [all|pages|api]
"""

import fnmatch
import json
import pathlib
import re
import sys
import tomllib
import xml.etree.ElementTree as xml

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A field that an answer of ours names.
POINTER = re.compile(r'"pointer":"([^"]*)"')
# A line with which Schemathesis tells a call; the last of several is the one that failed.
CALL = re.compile(r"curl -X (\w+) .*https?://[^/\s']+(/[^\s?'\"]*)")


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
                yield "schemathesis", check, operation(case.get("name", ""), text), text.strip()


def operation(name, text):
    """What was called. Calls one after the other have no operation of their own in the report."""
    calls = CALL.findall(text)
    if not calls or name != "Stateful tests":
        return name
    method, path = calls[-1]
    return f"{method} {place(path)}"


def matches(rule, tool, what, where, text):
    if rule["tool"] != tool or rule["what"] not in ("*", what):
        return False
    meant = re.sub(r"\\\{[^/]*\\\}", "[^/]+", re.escape(rule["where"]))
    if rule["where"] != "*" and not re.fullmatch(meant, where):
        return False
    named = POINTER.findall(text)
    known = lambda pointer: any(fnmatch.fnmatchcase(pointer, wanted) for wanted in rule["pointers"])
    return "pointers" not in rule or bool(named) and all(known(pointer) for pointer in named)


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
    used, new, fresh = set(), {}, 0
    for tool, what, where, text in found:
        known = [at for at, rule in enumerate(accepted) if matches(rule, tool, what, where, text)]
        used.update(known)
        if not known:
            fresh += 1
            new.setdefault((tool, what, where), text[:600])
    tools = {"all": ("wapiti", "schemathesis"), "pages": ("wapiti",), "api": ("schemathesis",)}[part]
    for at, rule in enumerate(accepted):
        if at not in used and rule["tool"] in tools:
            print(f"Not found any more, take it out of findings.toml: {rule['tool']}: {rule['what']}, {rule['where']}")
    for (tool, what, where), text in sorted(new.items()):
        print(f"\n{tool}: {what}, {where}\n    " + text.replace("\n", "\n    "))
    print(f"\n{len(found)} findings, {len(found) - fresh} accepted, {fresh} new.")
    sys.exit(1 if new else 0)


if __name__ == "__main__":
    main()
