"""Faults set and cleared by tests and stories."""

from typing import Annotated

from fastapi import APIRouter, status
from pydantic import BaseModel, Field

from wechat_simulator.control_parts import Shown, TheWorld, shown
from wechat_simulator.records import Fault, FaultKind

router = APIRouter(prefix="/simulator/faults")


class NewFault(BaseModel):
    kind: FaultKind
    path: str = "*"
    app_id: str = "*"
    times: Annotated[int, Field(ge=1)] | None = None
    seconds: Annotated[float, Field(ge=0, le=600)] = 0


@router.get("")
async def list_faults(world: TheWorld) -> list[Shown]:
    """Return the faults that stand."""
    return [shown(fault) for fault in world.faults.all()]


@router.post("", status_code=status.HTTP_201_CREATED)
async def set_fault(given: NewFault, world: TheWorld) -> Shown:
    """Let the next calls meet a fault: so many times, or until it is cleared."""
    fault_id = f"fault-{world.next_number('fault'):06d}"
    return shown(world.faults.put(fault_id, Fault(fault_id=fault_id, **given.model_dump())))


@router.delete("/{fault_id}")
async def clear_fault(fault_id: str, world: TheWorld) -> Shown:
    """Clear one fault, if it stands."""
    world.faults.remove(fault_id)
    return {"cleared": True}


@router.delete("")
async def clear_faults(world: TheWorld) -> Shown:
    """Clear every fault."""
    standing = world.faults.all()
    for fault in standing:
        world.faults.remove(fault.fault_id)
    return {"cleared": len(standing)}
