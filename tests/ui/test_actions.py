from registry_app.ui.actions import ACTIONS, MENUS, Commands
from registry_app.ui.main_window import MainWindow


def test_no_key_is_given_twice():
    keys = [action.keys for action in ACTIONS if action.keys]

    assert len(keys) == len(set(keys))


def test_every_command_is_something_the_window_can_do():
    wanted = {name for name in vars(Commands) if not name.startswith("_")}

    assert wanted <= set(dir(MainWindow))
    assert {action.menu for action in ACTIONS} == set(MENUS)
