"""What is shown before somebody is signed in.

These modules import services only inside functions that run off the GUI thread: the
data base library takes half a second to import, and nobody should wait for that to see
where to type a password.
"""
