"""The protocol packs that a registry can be made under."""

from registry_app.domain.errors import RegistryError
from registry_app.domain.message import Told
from registry_app.domain.plan.pack import Pack
from registry_app.packs.loader import load_pack, pack_ids, pack_name


def known_packs() -> tuple[Pack, ...]:
    """Every pack that is sound; ``packs check`` says what is wrong with another."""
    return tuple(pack for id in pack_ids() if (pack := _sound(id)))  # noqa: A001


def pack_names() -> dict[str, Told]:
    """What each pack is called, without reading the whole of it."""
    named = ((id, pack_name(id)) for id in pack_ids())  # noqa: A001
    return {id: name for id, name in named if name is not None}  # noqa: A001


def _sound(id: str) -> Pack | None:  # noqa: A002
    try:
        return load_pack(id)
    except RegistryError:
        return None
