"""What may be wrong with the database, said so that the one who runs the node can mend it."""

from liandong.kernel.problems import Problem


class DatabaseTrouble(Problem):
    """The embedded database cannot be used as things stand."""

    status, code = 503, "database"
