"""What can be done with merchants' clients, on one page."""

from residents.application.attempt_limits import AttemptLimits
from residents.application.merchants.end_client_sessions import EndClientSessions
from residents.application.merchants.issue_client import IssueClient
from residents.application.merchants.issue_token import IssueToken
from residents.application.merchants.list_clients import ListClients
from residents.application.merchants.ports import KnownMerchants, MerchantClients
from residents.application.merchants.revoke_client import RevokeClient
from residents.application.merchants.settle_merchant import SettleMerchant
from residents.application.residents import Ports


class MerchantClientsRoom:
    """The use cases of merchants' clients."""

    def __init__(self, ports: Ports, clients: MerchantClients, merchants: KnownMerchants) -> None:
        end_sessions = EndClientSessions(clients, ports.sessions)
        self.list = ListClients(clients, merchants)
        self.issue = IssueClient(clients, merchants, ports.passwords, ports.new_secret, ports.now)
        self.revoke = RevokeClient(clients, end_sessions, ports.now)
        self.settle = SettleMerchant(merchants, end_sessions, ports.now)
        self.issue_token = IssueToken(
            clients,
            merchants,
            ports.sessions,
            ports.access_tokens,
            ports.passwords,
            AttemptLimits(ports.attempts, ports.now),
            ports.new_secret,
            ports.now,
        )
