"""Validates AWS CLI commands of the docs against botocore's models.

Input: a list of commands. Output: for each what is wrong. Values in capitals are the reader's.
"""
import json, re, shlex, sys
import remedies
from botocore import xform_name

# Options of the CLI itself, and commands that are no API operation: their options, a flag with no value.
GLOBAL = {"region": 1, "output": 1, "query": 1, "profile": 1, "no-cli-pager": 0}
OWN = {
    "s3 cp": {"recursive": 0}, "s3 rm": {"recursive": 0},
    "cloudformation deploy": {"stack-name": 1, "template-file": 1, "capabilities": 1, "parameter-overrides": 1,
                              "no-fail-on-empty-changeset": 0},
    "cloudformation wait": {"stack-name": 1},
}


def parsed(shape, words):
    if shape.type_name == "list":
        if len(words) == 1 and words[0].startswith("["):
            return json.loads(words[0])
        return [parsed(shape.member, [word]) for word in words]
    if shape.type_name == "structure":
        if words[0].startswith("{"):
            return json.loads(words[0])
        pairs = re.findall(r"(\w+)=((?:[^,=]|,(?!\w+=))*)", words[0])
        return {name: parsed(shape.members[name], value.split(",")) for name, value in pairs}
    if len(words) != 1:
        raise ValueError(f"one value, not {words}")
    if shape.type_name in ("integer", "long"):
        return int(words[0]) if words[0].isdigit() else 1
    if shape.type_name == "boolean":
        return {"true": True, "false": False}[words[0]]
    return words[0]


def options_of(words):
    options, at = {}, None
    for word in words:
        if word.startswith("--"):
            at = word[2:]
            options[at] = []
        elif at is None:
            options.setdefault("", []).append(word)
        else:
            options[at].append(word)
    return options


def check(command):
    words = shlex.split(command.replace("\\\n", " "))
    service, name = words[1:3]
    options = options_of(words[3:])
    wrong = [f"{option}: {len(given)} values" for option, given in options.items() if option in GLOBAL and len(given) != GLOBAL[option]]
    options = {option: given for option, given in options.items() if option not in GLOBAL}
    own = OWN.get(f"{service} {name}")
    if own is not None:
        return wrong + [f"{service} {name} has no --{option}" for option in options if option and option not in own]
    service = {"s3api": "s3"}.get(service, service)
    op = remedies.operation_of(service, name, "-")
    if op is None:
        return wrong + [f"{service} has no {name}"]
    members = {xform_name(m, "-"): m for m in op.input_shape.members}
    # What the CLI takes as a positional argument, and its own names.
    params, given = {}, dict(options)
    if service == "s3" and name == "get-object":
        given.pop("", None)
        given = {option: values[:1] if option == "key" else values for option, values in given.items()}
    for option, values in given.items():
        plain = option.removeprefix("no-")
        member = members.get(option) or members.get(plain)
        if member is None:
            wrong.append(f"{name} has no --{option}")
        elif op.input_shape.members[member].type_name == "boolean" and not values:
            params[member] = option == plain
        else:
            params[member] = parsed(op.input_shape.members[member], values)
    found = remedies.problems(service, name, params, "-")
    # A value in capitals is the reader's.
    return wrong + [one for one in found if not re.search(r"'[A-Z][A-Z_]*' does not match", one)]


print(json.dumps([check(command) for command in json.load(sys.stdin)]))
