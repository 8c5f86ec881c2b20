"""An import-linter contract: an app is entered through its public modules, its doors."""

from collections.abc import Iterable, Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """What is no door of an app may be imported only from inside that app."""

    type_name = "doors"
    root = fields.StringField()
    apps = fields.ListField(subfield=fields.StringField())
    doors = fields.ListField(subfield=fields.StringField())
    extra_doors = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    exempt = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 -- base class's signature
        side_entrances = [
            f"{entrance['importer']}:{entrance['line_number']}: {entrance['line_contents']}"
            for app in self.apps
            for entrance in self._side_entrances(graph, f"{self.root}.{app}")
        ]
        return ContractCheck(
            kept=not side_entrances, metadata={"side_entrances": sorted(side_entrances)}
        )

    def _side_entrances(self, graph: ImportGraph, app: str) -> Iterator[dict[str, object]]:
        """Each import from outside that reaches a private module; an app not yet built has none."""
        if app not in graph.modules:
            return
        doors = [f"{app}.{door}" for door in self.doors]
        doors += [f"{self.root}.{door}" for door in self.extra_doors]
        for module in graph.find_descendants(app):
            if _under(module, doors):
                continue
            for importer in graph.find_modules_that_directly_import(module):
                if not _under(importer, [app, *self.exempt]):
                    yield from graph.get_import_details(importer=importer, imported=module)

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["side_entrances"]:
            output.print_error(f"- {line}")


def _under(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
