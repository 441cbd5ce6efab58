"""The pages of the window.

A page is a `registry_app.ui.page.Page`: a QWidget made with ``(desk, words, look,
changes, …)`` and, after that, the ID of what it shows: ``PatientPage(desk, words, look,
changes, subject_id)``, ``WorksheetPage(desk, words, look, changes, form_id)``. It has
the signals

- ``open_subject(str)``, ``open_exam(str form_id)``, ``new_exam(str subject_id)``,
  ``print_report(str subject_id)``, ``open_duty(str key)``, ``open_plan()``,
  ``close_requested()``: the window goes there;
- ``state_changed(str key, dict params)``: what the state chip says (``params["kind"]``
  may name its glyph: done, due, overdue, open; done if left out);
- ``refused(RegistryError)``: shown as a sentence in the window's strip; `Page.asking`
  is the short way,

the attribute ``subject_id`` (the window shows that patient's banner, "" for none; a
page sets it in ``__init__``), and the method ``may_close() -> bool``, asked before the
window leaves the page or closes. The window deletes a page when it leaves it. Pages
re-read when ``changes.subject(str)`` names their subject, those that show duties also
when ``changes.plan()`` is emitted; they emit it themselves after a service has saved
something. Keys of a page are QShortcuts or `keyPressEvent` of the
page itself; the window's own keys are in `ui/actions.py`.
"""
