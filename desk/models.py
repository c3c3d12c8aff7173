"""The models of the desk, each beside what works with it."""

from desk.accounts.changes.models import AccountChange, Standing
from desk.accounts.lockout import FailedTries
from desk.accounts.models import FailedLogin, Login
from desk.accounts.passwords.first_passwords import FirstPassword
from desk.accounts.second_step.devices import Authenticator, RecoveryCodes
from desk.batches.models import Batch, BatchKind
from desk.documents.models import DocumentAct, DocumentRequest
from desk.entries.models import EntryProposal
from desk.feedback.models import ProblemReport
from desk.intake.models import Intake
from desk.proposals.models import Proposal
from desk.proposals.states import ProposalState
from desk.sessions.models import StaffSession
from desk.status.models import CommandRun, RunOutcome
from desk.upkeep.models import Upkeep

__all__ = [
    "AccountChange",
    "Authenticator",
    "Batch",
    "BatchKind",
    "CommandRun",
    "DocumentAct",
    "DocumentRequest",
    "EntryProposal",
    "FailedLogin",
    "FailedTries",
    "FirstPassword",
    "Intake",
    "Login",
    "ProblemReport",
    "Proposal",
    "ProposalState",
    "RecoveryCodes",
    "RunOutcome",
    "StaffSession",
    "Standing",
    "Upkeep",
]
