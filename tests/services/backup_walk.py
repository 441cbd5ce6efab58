"""The services of backups, each called once."""

from dataclasses import replace

from registry_app.domain.keeping import Occasion
from registry_app.services import backup_warnings, backups, drills, restores
from registry_app.services.policy import policy, set_policy


def backup_side(walk, folder):
    """Backups are made, proved, and shown. `folder`: a new one."""
    folder.mkdir()
    walk(backups.check_places)
    assert walk(backups.generations) == ()
    assert not walk(backups.backup_due)
    set_policy(
        walk.desk, replace(policy(walk.desk), backup_place=f"{folder}"), "made up"
    )
    walk.look_again()
    assert walk(backups.backup_due)
    walk(backups.back_up, Occasion.TIME)
    assert walk.kinds == ["backup"]
    walk(backups.back_up_to, folder)
    assert walk.kinds == ["backup"]
    walk(backups.on_close)
    assert walk.kinds == []
    proof = walk(drills.drill)
    assert proof.problems == ()
    assert walk.kinds == ["report", "drill"]
    for reads, *told in (
        (drills.drills,),
        (drills.certificate_of, proof.drill.id),
        (restores.unsettled_restores,),
        (backups.settle_restore,),
        (backup_warnings.backup_warnings,),
    ):
        walk(reads, *told)
        assert walk.kinds == []
    plain = replace(policy(walk.desk), backup_place="")
    set_policy(walk.desk, plain, "made up")
    walk.look_again()
