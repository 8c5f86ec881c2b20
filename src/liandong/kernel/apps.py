"""The kernel as a Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    """Holds the journal's tables and wakes every app's registrations at start."""

    name = "liandong.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Load what registers itself, so that the catalog does not depend on import order."""
        autodiscover_modules(
            "permissions", "events", "actions", "handlers", "jobs", "panels", "lint"
        )
