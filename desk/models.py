"""The models of the desk, each beside what works with it."""

from desk.accounts.changes.models import AccountChange, Standing
from desk.accounts.models import FailedLogin, Login
from desk.entries.models import EntryProposal
from desk.proposals.models import Proposal
from desk.proposals.states import ProposalState
from desk.upkeep.models import Upkeep

__all__ = [
    "AccountChange",
    "EntryProposal",
    "FailedLogin",
    "Login",
    "Proposal",
    "ProposalState",
    "Standing",
    "Upkeep",
]
