"""Settings, urls, API, servers and command line: the only place that knows every app."""
