"""Problems that only a request can have."""

from liandong.kernel.problems import Problem


class BadQuery(Problem):
    """An address asks for something in words that cannot be read."""

    status, code = 400, "bad-query"


class TooMany(Problem):
    """Asked too often in a short while."""

    status, code = 429, "too-many"
