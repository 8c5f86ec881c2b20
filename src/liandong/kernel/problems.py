"""Problems a person can mend: each says what is wrong, where, and what to do about it."""

from collections.abc import Mapping

from liandong.kernel.wording import retold


class Problem(Exception):  # noqa: N818 -- reads as a sentence where it is raised
    """Something the one who asked can put right. All texts are for them, in their language.

    Actions speak the county's language; a problem that leaves one is told again as it is read.
    """

    status = 400
    code = "problem"

    def __init__(
        self, title: str, *, place: str = "", remedy: str = "", leads_to: str = ""
    ) -> None:
        super().__init__(title)
        self._said = {"title": title, "place": place, "remedy": remedy}
        self.leads_to = leads_to  # the address of the page where it can be done

    @property
    def title(self) -> str:
        """What is wrong."""
        return str(retold(self._said["title"]))

    @property
    def place(self) -> str:
        """Where it is wrong."""
        return str(retold(self._said["place"]))

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return str(retold(self._said["remedy"]))

    def __str__(self) -> str:
        place = f"({self.place})" if self.place else ""
        return f"{self.title}{place}{self.remedy}"


class Forbidden(Problem):
    """The actor may not do this."""

    status, code = 403, "forbidden"


class SignatureWanted(Forbidden):
    """The shared machine may not do this by itself: one of its shift has to sign."""

    code = "signature-wanted"


class Missing(Problem):
    """There is no such thing, or none that this actor may see."""

    status, code = 404, "missing"


class Stale(Problem):
    """Somebody else changed the row since the actor looked at it."""

    status, code = 409, "stale"


class IllegalMove(Problem):
    """The present state does not allow what was asked."""

    status, code = 409, "illegal-move"


class RealmClosed(Problem):
    """The drill in which it was to be done is over."""

    status, code = 409, "realm-closed"


class KeyReused(Problem):
    """An idempotency key came back with other arguments."""

    status, code = 409, "key-reused"


class Invalid(Problem):
    """Input that cannot be taken as it is; ``fields`` names each wrong one."""

    status, code = 422, "invalid"

    def __init__(
        self,
        title: str,
        *,
        place: str = "",
        remedy: str = "",
        fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(title, place=place, remedy=remedy)
        self._fields = dict(fields or {})

    @property
    def fields(self) -> dict[str, str]:
        """Each wrong field, and what is wrong with it."""
        return {name: str(retold(text)) for name, text in self._fields.items()}
