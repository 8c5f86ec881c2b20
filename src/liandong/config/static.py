"""Static files: hashed names, also inside JavaScript modules."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # without types
    """Rewrites ``import "./chunk.js"`` to the hashed name as well."""

    support_js_module_import_aggregation = True
