from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.architecture.tree import APPS


def test_the_migrations_say_what_the_models_say():
    loader = MigrationLoader(None, ignore_no_migrations=True)

    with translation.override(None):  # as makemigrations does: labels in their source language
        now = ProjectState.from_apps(apps)
        changes = MigrationAutodetector(loader.project_state(), now).changes(graph=loader.graph)

    left = {app: [m.operations for m in some] for app, some in changes.items() if app in APPS}
    assert left == {}


def test_no_app_has_two_last_migrations():
    loader = MigrationLoader(None, ignore_no_migrations=True)

    assert loader.detect_conflicts() == {}
