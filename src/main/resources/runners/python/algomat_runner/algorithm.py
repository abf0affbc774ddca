"""The ways to write an algorithm: functions of the entry module, with or without a state, and the ADK form."""

import sys

from .failures import Refused

LARGEST_BATCH = 32


class Algorithm:
    """apply and apply_batch with the state that load gave."""

    def __init__(self, apply, load, batch, options, bundle):
        self._state = None
        self._loaded = load is not None
        if load is not None:
            self._state = load(Manifest(bundle)) if required(load) > 0 else load()
        self._apply = apply
        self._batch = batch
        self.largest_batch = largest(options) if batch is not None else 1

    def apply(self, value):
        if self._apply is None:
            return self._batch_of_one(value)
        takes = required(self._apply)
        if takes > 1 or (takes < 2 and self._loaded and positional(self._apply) > 1):
            return self._apply(value, self._state)
        return self._apply(value)

    def apply_batch(self, inputs):
        """An output for each input, in their order; an exception in the place of one that failed."""
        outputs = self._batch(inputs, self._state) if required(self._batch) > 1 else self._batch(inputs)
        if not isinstance(outputs, (list, tuple)) or len(outputs) != len(inputs):
            raise ValueError("apply_batch got %d inputs; expected is a list of so many outputs" % len(inputs))
        return outputs

    def _batch_of_one(self, value):
        output = self.apply_batch([value])[0]
        if isinstance(output, BaseException):
            raise output
        return output

    @property
    def alone(self):
        return self._apply is not None


def largest(options):
    text = options.get("largest_batch", str(LARGEST_BATCH))
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise Refused("option 'largest_batch' is '%s'; expected a number from 1 to 256" % text)
    return int(text)


def load(entry, bundle, options):
    """Runs the entry file and finds the algorithm in it."""
    module = run(entry, bundle)
    registered = getattr(sys.modules.get("adk"), "registered", None)
    if registered is not None:
        return Algorithm(registered.apply, registered.load, None, options, bundle)
    apply = getattr(module, "apply", None)
    batch = getattr(module, "apply_batch", None)
    if not callable(apply) and not callable(batch):
        raise Refused("'%s' has no function apply; expected is 'def apply(input):'" % entry)
    loads = getattr(module, "load", None)
    return Algorithm(
        apply if callable(apply) else None,
        loads if callable(loads) else None,
        batch if callable(batch) else None,
        options,
        bundle,
    )


def run(entry, bundle):
    path = bundle + "/" + entry
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError:
        raise Refused("there is no '%s' in the bundle; expected is the file with the function apply" % entry) from None
    folder, _, name = entry.rpartition("/")
    module = type(sys)(name[:-3] if name.endswith(".py") else name)
    module.__file__ = path
    module.__package__ = package(folder, bundle)
    sys.modules[module.__name__ if not module.__package__ else module.__package__ + "." + module.__name__] = module
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def package(folder, bundle):
    """``src`` for a file beside ``src/__init__.py``, so that ``from .other import thing`` finds it; none else."""
    import os

    if folder and os.path.isfile(bundle + "/" + folder + "/__init__.py"):
        name = folder.replace("/", ".")
        __import__(name)
        return name
    return ""


def positional(function):
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is None:
        return 1
    return code.co_argcount - (1 if hasattr(function, "__self__") else 0)


def required(function):
    """Its positional parameters without a default."""
    return positional(function) - len(getattr(function, "__defaults__", None) or ())


class Manifest:
    """What load(manifest) gets: the files of model_manifest.json, which lie in the bundle."""

    def __init__(self, bundle):
        import json
        import os

        self._bundle = bundle
        self.data = {}
        for name in ("model_manifest.json.freeze", "model_manifest.json"):
            if os.path.isfile(bundle + "/" + name):
                with open(bundle + "/" + name, encoding="utf-8") as file:
                    self.data = json.load(file)
                break

    def manifest_exists(self):
        return bool(self.data)

    def get_model(self, name):
        """The path of a file by its name in the manifest."""
        import os

        for listed in self.data.get("required_files", []) + self.data.get("optional_files", []):
            if listed.get("name") == name:
                file = os.path.basename(listed.get("source_uri", "") or name)
                for folder, _, files in os.walk(self._bundle):
                    if file in files:
                        return os.path.join(folder, file)
                raise FileNotFoundError("'%s' of model_manifest.json is not in the bundle as '%s'" % (name, file))
        raise FileNotFoundError("model_manifest.json names no '%s'" % name)
