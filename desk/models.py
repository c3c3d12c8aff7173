"""The models of the desk, each beside what works with it."""

from desk.accounts.models import FailedLogin, Login
from desk.proposals.models import Proposal, ProposalState
from desk.upkeep.models import Upkeep

__all__ = ["FailedLogin", "Login", "Proposal", "ProposalState", "Upkeep"]
