"""What an operator needs in order to run a service's command against a stack."""

from local_stack.layout import Layout
from local_stack.programs import service_env
from local_stack.record import StackRecord
from local_stack.secrets_file import stack_secrets
from local_stack.stores import choose_stores


def operators_env(layout: Layout) -> dict[str, str]:
    """Return the settings of the services of the stack that is, or was last, up."""
    record = StackRecord.read(layout.record) or StackRecord(layout.port_base)
    return service_env(layout, choose_stores(layout, record), stack_secrets(layout.state))
