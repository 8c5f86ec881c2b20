"""The plans that ship with the program, as text."""

from importlib.resources import files


def shipped_names() -> list[str]:
    """The names under which plans ship, such as ``flood``."""
    shelf = files("liandong.plans").joinpath("library")
    found = (one.name for one in shelf.iterdir() if one.name.endswith(".yaml"))
    return sorted(name.removesuffix(".yaml") for name in found)


def shipped_text(name: str) -> str:
    """The text of a plan that ships with the program."""
    place = files("liandong.plans").joinpath(f"library/{name}.yaml")
    return place.read_text(encoding="utf-8")
