"""What the states of a regime must hold to."""

from collections.abc import Iterator

from registry_app.domain.message import say
from registry_app.domain.plan.pack import Machine
from registry_app.packs.found import Known, Mistake, positive


def machine(known: Known, path: str, machine: Machine) -> Iterator[Mistake]:
    """The mistakes of the states: where they lead, and their term."""
    states = [state.id for state in machine.states]
    pointed = [(f"{path}.initial", machine.initial)]
    pointed += [(f"{path}.lapses_to", machine.lapses_to)] if machine.lapses_to else []
    pointed += [(f"{path}.extends", machine.extends)] if machine.extends else []
    for state in machine.states:
        pointed += [(f"{path}.state[{state.id}].next", to) for to in state.next]
    for here, state_id in pointed:
        if state_id not in states:
            yield here, say("packs.dangling", id=state_id, known=", ".join(states))
    reached = {state_id for _, state_id in pointed}
    for state_id in states:
        if state_id not in reached:
            yield f"{path}.state[{state_id}]", say("packs.not-reached")
    if machine.counted_from:
        base = [machine.counted_from]
        yield from known.missing(f"{path}.counted_from", base, "base_dates")
    yield from positive(f"{path}.term", machine.term)
    yield from positive(f"{path}.extension", machine.extension)
    runs = any(state.runs for state in machine.states)
    given = (bool(machine.counted_from), machine.term is not None, runs)
    if len(set(given)) > 1 or (runs and not machine.lapses_to):
        yield path, say("packs.term", keys="counted_from, term, lapses_to, state.runs")
    if (machine.extension is None) != (not machine.extends):
        yield path, say("packs.together", keys="extension, extends")
