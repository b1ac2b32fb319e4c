"""Who is looking, what they may do, and which units they see."""

from dataclasses import dataclass

from data.errors import NotAllowed

ACTS = ("look", "answer", "edit", "import", "decide", "administer")
ROLES = {
    "executive": {"look", "answer"},
    "analyst": {"look", "answer", "edit", "import"},
    "chair": {"look", "answer", "edit", "decide"},
    "owner": set(ACTS),
}
EVERY_UNIT = "*"


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks at the board: a name for the log, a role, and the units they may see."""

    name: str
    role: str = "executive"
    units: tuple[str, ...] = (EVERY_UNIT,)

    def may(self, act: str) -> bool:
        """Whether the viewer's role has this act."""
        return act in ROLES.get(self.role, set())

    def must(self, act: str) -> None:
        """Raise NotAllowed unless the viewer's role has this act."""
        if not self.may(act):
            raise NotAllowed(
                f"{self.name} ({self.role}) may not {act}; ask an owner for that right."
            )

    @property
    def sees_every_unit(self) -> bool:
        return EVERY_UNIT in self.units

    def scope(self, chosen: tuple[str, ...] = ()) -> list[str]:
        """The units a cursor may read: those chosen, as far as the viewer may see them."""
        if self.sees_every_unit:
            return list(chosen) or [EVERY_UNIT]
        return [unit for unit in self.units if not chosen or unit in chosen]


LOCAL_OWNER = Viewer("local owner", role="owner")
SYSTEM = Viewer("the board itself", role="owner")


def viewer(user: dict) -> Viewer:
    """Who is looking. Without sign-in configured, that is the owner of this machine.

    `user` is what the sign-in knows of them: `is_logged_in`, `email`, `role`, `units`.
    """
    if not user.get("is_logged_in"):
        return LOCAL_OWNER
    return Viewer(
        user.get("email", "guest"),
        user.get("role", "executive"),
        tuple(user.get("units", (EVERY_UNIT,))),
    )
