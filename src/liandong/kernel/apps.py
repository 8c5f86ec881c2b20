"""The kernel as a Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

OWN = [
    "liandong.kernel.upkeep.permissions",
    "liandong.kernel.upkeep.erasing",
    "liandong.kernel.upkeep.retrying",
    "liandong.kernel.files.permissions",
    "liandong.kernel.files.actions",
    "liandong.kernel.basemaps.permissions",
    "liandong.kernel.basemaps.actions",
    "liandong.kernel.node",
]


class KernelConfig(AppConfig):
    """Holds the journal's tables and wakes every app's registrations at start."""

    name = "liandong.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Load what registers itself, so that the catalog does not depend on import order."""
        for module in OWN:
            import_module(module)
        autodiscover_modules(
            "permissions",
            "events",
            "actions",
            "handlers",
            "jobs",
            "panels",
            "layers",
            "lint",
            "search",
        )
