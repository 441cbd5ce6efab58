"""The protocol packs that a registry can be made under."""

from registry_app.domain.errors import RegistryError
from registry_app.domain.message import Told
from registry_app.domain.plan.pack import Pack
from registry_app.packs.loader import load_pack, pack_header, pack_ids


def known_packs() -> tuple[Pack, ...]:
    """Every pack that is sound; ``packs check`` says what is wrong with another."""
    return tuple(pack for key in pack_ids() if (pack := _sound(key)))


def pack_names() -> dict[str, Told]:
    """What each pack is called, by its header alone; those that are made up last."""
    read = ((key, pack_header(key)) for key in pack_ids())
    named = [(key, header) for key, header in read if header is not None]
    named.sort(key=lambda one: one[1].made_up)
    return {key: header.name for key, header in named}


def _sound(key: str) -> Pack | None:
    try:
        return load_pack(key)
    except RegistryError:
        return None
