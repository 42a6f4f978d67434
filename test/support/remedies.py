"""Validates the snippets of mails against botocore's models; without botocore it only runs them.

Input: a list of {"language", "code", "request", "operation"}. Output: for each the calls and what is wrong.
"""
import json, re, shlex, sys, types

try:
    import botocore.session
    from botocore import xform_name
    from botocore.validate import ParamValidator
    session = botocore.session.get_session()
except ImportError:
    session = None

FILL_IN = "FILL-IN"
KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab"
models = {}


def model(service):
    if service not in models:
        models[service] = session.get_service_model(service)
    return models[service]


def operation_of(service, name, sep="_"):
    for operation in model(service).operation_names:
        if xform_name(operation, sep) == name:
            return model(service).operation_model(operation)
    return None


def constraints(shape, value, at=""):
    """What ParamValidator leaves out: patterns, enums and the most characters. A value to fill in is the reader's."""
    if shape.type_name == "structure":
        return [w for k, v in value.items() if k in shape.members for w in constraints(shape.members[k], v, at + "." + k)]
    if shape.type_name == "list":
        return [w for i, v in enumerate(value) for w in constraints(shape.member, v, f"{at}[{i}]")]
    if shape.type_name == "map":
        return [w for k, v in value.items() for w in constraints(shape.value, v, f"{at}{{{k}}}")]
    if shape.type_name != "string" or FILL_IN in value:
        return []
    meta, wrong = shape.metadata, []
    # Enums of instance types grow every month; a newer type is no fault of a remedy.
    if "enum" in meta and value not in meta["enum"] and not value.startswith("ml."):
        wrong.append(f"{at}: {value!r} is not in the enum")
    if "pattern" in meta:
        try:
            if not re.fullmatch(meta["pattern"].replace("\\p{L}", "\\w"), value, re.S):
                wrong.append(f"{at}: {value!r} does not match {meta['pattern']}")
        except re.error:
            pass
    if len(value) > meta.get("max", len(value)):
        wrong.append(f"{at}: {len(value)} characters of {meta['max']}")
    return wrong


def problems(service, name, params, sep="_"):
    if session is None:
        return []
    op = operation_of(service, name, sep)
    if op is None:
        return [f"{service} has no {name}"]
    filled = json.loads(json.dumps(params).replace("key/" + FILL_IN, "key/" + KEY_ID))
    report = ParamValidator().validate(filled, op.input_shape)
    wrong = report.generate_report().split("\n") if report.has_errors() else []
    return wrong or constraints(op.input_shape, filled)


def place(problem):
    """The member that a constraint names; else the whole sentence."""
    return problem.split(":")[0] if problem.startswith(".") else problem


class Answer(dict):
    def __missing__(self, member):
        return {}


def run_python(case):
    calls, clients, wrong = [], [], []

    class Client:
        def __init__(self, service, region_name=None):
            clients.append({"service": service, "region": region_name})
            self.service = service

        def __getattr__(self, method):
            def call(**params):
                calls.append({"service": self.service, "method": method, "request": json.loads(json.dumps(params))})
                return Answer()
            return call

    fake = types.ModuleType("boto3")
    fake.client = Client
    sys.modules["boto3"] = fake
    code, opened = re.subn(r"request = \{\}  # FILL-IN: .*", "request = given", case["code"])
    if opened != 1:
        wrong.append("no request to fill in")
    exec(compile(code, "remedy", "exec"), {"given": spelled(case)})
    for call in calls:
        known = {place(one) for one in problems(call["service"], call["method"], spelled(case))}
        found = problems(call["service"], call["method"], call["request"])
        # What the given request has already is the fixture's, or newer than the model.
        wrong += [one for one in found if place(one) not in known]
    return {"calls": calls, "clients": clients, "wrong": wrong}


def spelled(case):
    """The event's request in the API's spelling."""
    request = case["request"]
    if session is None or not case.get("operation"):
        return request
    service, _, name = ("sagemaker:" + case["operation"]).rpartition(":") if ":" not in case["operation"] else case["operation"].partition(":")
    if name not in model(service.rstrip(":")).operation_names:
        return request
    return respell(model(service.rstrip(":")).operation_model(name).input_shape, request)


def respell(shape, value):
    if value is None:
        return None
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {m[0].lower() + m[1:]: m for m in shape.members} | {m: m for m in shape.members}
        return {names[k]: respell(shape.members[names[k]], v) for k, v in value.items() if k in names and v is not None}
    if shape.type_name == "list" and isinstance(value, list):
        return [respell(shape.member, v) for v in value]
    if shape.type_name == "timestamp":
        return str(value)
    return value


def run_shell(case):
    calls, wrong = [], []
    for text in re.split(r"^(?=aws )", case["code"], flags=re.M):
        if text.strip() == "":
            continue
        words = shlex.split(text.replace("\\\n", " "))
        service, name = words[1:3]
        service = {"s3api": "s3"}.get(service, service)
        options, at = {}, None
        for word in words[3:]:
            if word.startswith("--"):
                at = word[2:]
                options[at] = []
            else:
                options[at].append(word)
        region = options.pop("region", [None])
        options.pop("query", None)
        call = {"service": service, "method": name, "region": region[0], "options": sorted(options)}
        if session is not None:
            op = operation_of(service, name, "-")
            if op is None:
                wrong.append(f"{service} has no {name}")
                continue
            members = {xform_name(m, "-"): m for m in op.input_shape.members}
            params = {}
            for option, given in options.items():
                if option not in members:
                    wrong.append(f"{name} has no --{option}")
                    continue
                params[members[option]] = parsed(op.input_shape.members[members[option]], given)
            call["request"] = params
            wrong += problems(service, name, params, "-")
        calls.append(call)
    return {"calls": calls, "clients": [], "wrong": wrong}


def parsed(shape, words):
    if shape.type_name == "list":
        return [parsed(shape.member, [word]) for word in words]
    if shape.type_name == "structure":
        if words[0].startswith("{"):
            return json.loads(words[0])
        return {k: v for k, _, v in (part.partition("=") for part in words[0].split(","))}
    if len(words) != 1:
        raise ValueError(f"one value, not {words}")
    return int(words[0]) if shape.type_name in ("integer", "long") else words[0]


RUN = {"python": run_python, "shell": run_shell}
if __name__ == "__main__":
    print(json.dumps([RUN[case["language"]](case) for case in json.load(sys.stdin)]))
