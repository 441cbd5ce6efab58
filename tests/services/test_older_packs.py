"""A registry that keeps a pack of an older program reads it, and can take the newer."""

import json
import shutil
from dataclasses import replace

from registry_app.domain.figures.document import Figure
from registry_app.domain.plan.records import THE_PACK, PackInUse
from registry_app.domain.report import Kind
from registry_app.domain.safety import Event, SafetyCase
from registry_app.packs.stored import checksum, content
from registry_app.services import pack_upgrades, protocol, safety, safety_deeds
from registry_app.services.cuts import freeze
from registry_app.services.reports import make_report
from registry_app.words import Language
from tests.builders import a_registry, at_desk
from tests.services.test_safety import HOSPITAL
from tests.storage.test_migrate import KEPT


def the_case(desk):
    return safety.safety_cases(desk)[0]


def test_a_pack_without_a_table_of_classes_gets_it_with_its_next_version(tmp_path):
    path = tmp_path / "site.registry"
    shutil.copyfile(KEPT / "0003.registry", path)
    desk = at_desk(path)
    assert protocol.pack_in_use(desk).pack_version == 2
    made = SafetyCase("", "made-up fever", hospital_aware=HOSPITAL)
    safety_deeds.open_case(desk, made, (Event("", "", "fever"),))
    classed = the_case(desk).classed
    assert (classed.event_class, the_case(desk).clocks) == ("", ())
    assert [why.key for why in classed.why] == ["safety.no-table"]

    upgrade = pack_upgrades.upgrade_plan(desk)
    assert {"specials", "events", "signals"} <= {part.kind for part in upgrade.parts}
    pack_upgrades.accept_pack(desk, upgrade, "approved")

    assert protocol.pack_in_use(desk).pack_version == 4
    assert the_case(desk).classed.event_class == "E2"
    assert {clock.rule for clock in the_case(desk).clocks} == {"O9", "O10"}
    assert pack_upgrades.upgrade_plan(desk) is None
    desk.close()


def test_the_shares_of_published_series_come_with_the_fourth_version(tmp_path):
    """An older registry draws them once somebody has taken in the newer pack."""
    desk = a_registry(tmp_path / "m.registry", pack="msc-iv-sci")
    now = protocol.protocol(desk).pack
    bare = tuple(replace(one, share=None) for one in now.comparators)
    third = replace(now, version=3, comparators=bare)
    text = content(third)
    with desk.begin("as an older program wrote it") as work:
        kept = work.get(PackInUse, THE_PACK)
        work.save(replace(kept, pack_version=3, content=text, sha256=checksum(text)))
    assert not any(one.share for one in protocol.protocol(desk).pack.comparators)
    frozen = freeze(desk)

    upgrade = pack_upgrades.upgrade_plan(desk)
    assert {(part.kind, part.fields) for part in upgrade.parts} == {
        ("comparators", ("share",))
    }
    assert upgrade.subjects == 0
    pack_upgrades.accept_pack(desk, upgrade, "approved")

    assert protocol.pack_in_use(desk).pack_version == 4
    assert protocol.protocol(desk).pack == now
    assert pack_upgrades.upgrade_plan(desk) is None
    assert [_drawn(desk, cut) for cut in (frozen, freeze(desk))] == [False, True]
    desk.close()


def _drawn(desk, cut):
    """Whether R3 of a cut shows published series in its figure."""
    made = make_report(desk, Kind.EVALUATION, (Language.EN,), draft=True, cut=cut.seq)
    sections = {one.id: one for one in made.document.sections}
    return any(isinstance(one, Figure) for one in sections["natural-course"].blocks)


def test_a_pack_that_says_the_same_in_older_words_is_no_other_version(tmp_path):
    """What a newer program can say besides does not make another pack of it."""
    desk = a_registry(tmp_path / "n.registry", pack="natural-history")
    with desk.begin("as an older program wrote it") as work:
        kept = work.get(PackInUse, THE_PACK)
        plain = json.loads(kept.content)
        assert plain.pop("specials") == []
        text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        work.save(replace(kept, content=text, sha256=checksum(text)))
    assert pack_upgrades.upgrade_plan(desk) is None
    desk.close()
