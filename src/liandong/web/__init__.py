"""Chrome: base templates, components, forms, lists, panels, and the node's own two pages.

Knows the kernel and no other app. Apps register entries and panels; their pages live with them.
"""
