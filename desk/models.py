"""The models of the desk, each beside what works with it."""

from desk.accounts.models import FailedLogin, Login
from desk.entries.models import EntryProposal
from desk.proposals.models import Proposal
from desk.proposals.states import ProposalState
from desk.upkeep.models import Upkeep

__all__ = [
    "EntryProposal",
    "FailedLogin",
    "Login",
    "Proposal",
    "ProposalState",
    "Upkeep",
]
