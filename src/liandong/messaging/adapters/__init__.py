"""Ways out of the node: one module a channel, all behind ``Carrier``."""
