"""Faults that tests and stories ask for: what a call meets, and how often."""

import msgspec

from wechat_simulator.records import Fault, FaultKind
from wechat_simulator.world import World


def meet(world: World, kind: FaultKind, *, path: str, app_id: str) -> Fault | None:
    """Return the fault of this kind that the call meets, counted off, or none."""
    for fault in world.faults.all():
        if fault.kind != kind or fault.path not in {"*", path}:
            continue
        if fault.app_id in {"*", app_id}:
            _count_off(world, fault)
            return fault
    return None


def _count_off(world: World, fault: Fault) -> None:
    if fault.times is None:
        return
    if fault.times <= 1:
        world.faults.remove(fault.fault_id)
        return
    world.faults.put(fault.fault_id, msgspec.structs.replace(fault, times=fault.times - 1))
