"""Runs one abusive program, named as "module.function"; what it returns is what it saw."""
import importlib


def apply(input):
    if input["case"] == "well":
        return "well"
    module, function = input["case"].split(".")
    return getattr(importlib.import_module(module), function)(input)
