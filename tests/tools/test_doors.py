import grimp
import pytest

from tools.doors import DoorsContract

SESSION = {"root_packages": ["county"], "contract_types": []}
OPTIONS = {
    "root": "county",
    "apps": ["command", "support"],
    "doors": ["actions", "queries"],
    "extra_doors": ["command.language"],
    "exempt": ["county.config"],
}


@pytest.fixture
def contract():
    return DoorsContract("doors", SESSION, OPTIONS)


def entering(*, importer, imported):
    graph = grimp.ImportGraph()
    for module in ("county", "county.command", importer, imported):
        graph.add_module(module)
    graph.add_import(
        importer=importer, imported=imported, line_number=4, line_contents="import it"
    )
    return graph


@pytest.mark.parametrize(
    "imported",
    ["county.command.actions", "county.command.actions.order", "county.command.language"],
)
def test_a_door_is_open(contract, imported):
    graph = entering(importer="county.support.views", imported=imported)

    assert contract.check(graph, verbose=False).kept


def test_a_side_entrance_is_named_with_its_line(contract):
    graph = entering(importer="county.support.views", imported="county.command.forms")

    check = contract.check(graph, verbose=False)

    assert check.metadata == {"side_entrances": ["county.support.views:4: import it"]}


def test_the_app_itself_goes_where_it_likes(contract):
    graph = entering(importer="county.command.views", imported="county.command.forms")

    assert contract.check(graph, verbose=False).kept


def test_whoever_knows_every_app_is_let_through(contract):
    graph = entering(importer="county.config.urls", imported="county.command.forms")

    assert contract.check(graph, verbose=False).kept


def test_an_app_not_yet_built_is_no_trouble(contract):
    graph = grimp.ImportGraph()

    assert contract.check(graph, verbose=False).kept
