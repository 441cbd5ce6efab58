"""The protocol packs that a registry can be made under."""

from registry_app.packs.loader import Pack, load_pack, pack_ids


def known_packs() -> tuple[Pack, ...]:
    """Every pack that comes with the program, checked. Raises InvalidValue."""
    return tuple(load_pack(id) for id in pack_ids())  # noqa: A001
