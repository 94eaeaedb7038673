"""Compares our table of rates with what others have: the European Commission's (PyPI `eu-vat-rates-data`), every step in the
European Union (PyPI `duty27-eu-vat`), and, where its file is given, a table that is kept by hand (npm `sales-tax`).

Also looks whether the extracts that the program's own tests compare with are still what those packages say.
"""

import csv
import datetime
import json
import pathlib
import sys

import duty27_eu_vat._data as duty27
import eu_vat_rates_data

OURS = pathlib.Path("crates/treasury/data/tax-rates.csv")
EXTRACTS = pathlib.Path("crates/treasury/tests/rates")
# Greece has another name in some lists of rates than in all lists of countries.
NAMES = {"EL": "GR"}


def lines(path):
    with path.open(encoding="utf-8") as file:
        yield from csv.reader(line for line in file if line.strip() and not line.startswith("#"))


def table():
    """Country, millionths, first and last day."""
    for place, ppm, begins, ends, *_ in lines(OURS):
        yield place, int(ppm), begins, ends or "9999-12-31"


def commission():
    path = pathlib.Path(eu_vat_rates_data.__file__).parent / "eu_vat_rates_data.json"
    rates = json.loads(path.read_text(encoding="utf-8"))["rates"]
    return {NAMES.get(code, code): round(rate["standard"] * 10_000) for code, rate in rates.items()}


def by_hand(path):
    rates = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    return {code: round(rate["rate"] * 1_000_000) for code, rate in rates.items() if rate.get("type") == "vat"}


def steps():
    for code, _, changes in duty27.DATA:
        for day, rate in changes:
            yield NAMES.get(code, code), day, round(float(rate) * 10_000)


def compare(told, name, ours, theirs, needed):
    for place, ppm in sorted(ours.items()):
        if place in theirs and theirs[place] != ppm:
            told.append(f"{place}: {name} says {theirs[place] / 10_000:g} %, our table {ppm / 10_000:g} %")
    told += [f"{place}: {name} does not know it" for place in sorted(needed - theirs.keys())]


def main(sales_tax=None):
    told = []
    rows = list(table())
    today = datetime.date.today().isoformat()
    ours = {place: ppm for place, ppm, begins, ends in rows if begins <= today <= ends}
    union = {place for place, _, _ in steps()}

    tedb = commission()
    compare(told, "the Commission", ours, tedb, union | {"GB", "CH", "NO"})
    extract = {place: int(ppm) for place, ppm in lines(EXTRACTS / "tedb-2026-09-29.csv")}
    told += [f"tedb-2026-09-29.csv has another rate for {place}" for place, ppm in extract.items() if tedb.get(place) != ppm]

    known = list(steps())
    kept = [(place, day, int(ppm)) for place, day, ppm in lines(EXTRACTS / "duty27-2026-10-04.csv")]
    if kept != known:
        told.append("duty27-2026-10-04.csv is not what the package says")
    for place, _, begins, _ in rows:
        first = begins == min(day for other, _, day, _ in rows if other == place)
        if place in union and not first and (place, begins) not in {(other, day) for other, day, _ in known}:
            told.append(f"{place}: our table has a step on {begins} that Duty27 does not know")
    for place, day, ppm in known:
        there = [rate for other, rate, begins, ends in rows if other == place and begins <= day <= ends]
        if there and there != [ppm]:
            told.append(f"{place}: Duty27 says {ppm / 10_000:g} % from {day}, our table {there}")

    if sales_tax:
        rates = by_hand(sales_tax)
        compare(told, "sales-tax", ours, rates, set(ours))
        extract = {place: int(ppm) for place, ppm in lines(EXTRACTS / "sales-tax-2.23.0.csv")}
        told += [f"sales-tax-2.23.0.csv has another rate for {place}" for place, ppm in extract.items() if rates.get(place) != ppm]

    for fault in told:
        print(fault, file=sys.stderr)
    if told:
        sys.exit(1)
    sources = "three sources" if sales_tax else "two sources"
    print(f"{len(ours)} rates agree with {sources}.")


main(*sys.argv[1:2])
