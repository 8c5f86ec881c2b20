"""A county in which every plan could be carried out tonight, as plain data, and changes of it."""

from dataclasses import replace

from pydantic import TypeAdapter

from liandong.plans.language import Plan
from liandong.plans.language.linting import check_up, rules
from liandong.plans.language.linting.example import SOUND, merged
from liandong.plans.language.linting.naming import named_in
from liandong.plans.language.yaml_text import read_yaml
from liandong.plans.queries import County

ABOVE = ("city-", "province-")


def sound(*plans):
    """Somebody with a deputy, telephone and account at every post the plans name."""
    chairs, units = {}, {}
    for one in (one for plan in plans for one in named_in(plan)):
        body, _, post = one.key.partition(".")
        key = f"{body}.{post or 'liaison'}"
        units.setdefault(body, _unit(body))
        chairs[key] = {
            "key": key,
            "label": key,
            "body": body,
            "seated": [
                {"person": key, "name": "王伟"},
                {"person": f"{key}-b", "name": "李敏", "is_deputy": True},
            ],
        }
    return {"chairs": chairs, "units": units, "unwatched": []}


def _unit(body):
    return {
        "key": body,
        "label": body,
        "receives": f"{body}.liaison",
        "is_elsewhere": body.startswith(ABOVE),
        "hazards": ["*"],
    }


def read(data):
    return TypeAdapter(County).validate_python(data)


def living(data):
    """The rules over the county, made to read this one."""
    here = read(data)

    def county():
        return here

    return [replace(one, reads=county) for one in rules() if one.reads]


def found_by(rule, change):
    """What a rule over the county finds in an example."""
    told = read_yaml(change).data
    data = merged(read_yaml(SOUND).data, {k: v for k, v in told.items() if k != "county"})
    plan = Plan.model_validate(data)
    here = merged(
        sound(Plan.model_validate(read_yaml(SOUND).data), plan), told.get("county", {})
    )
    if rule.code == "LD702":
        here = sound(Plan.model_validate(read_yaml(SOUND).data))
    return check_up([plan], [one for one in living(here) if one.code == rule.code])
