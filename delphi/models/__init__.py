"""The tables, one file a noun; constraints carry the rules."""

from delphi.models.answer import Comment, Finish, RankingPlace, Rating, Vote
from delphi.models.audit import AuditRow
from delphi.models.lineage import LineageMember, LineageStep, Side
from delphi.models.outcome import Outcome, Wording
from delphi.models.panellist import Consent, Contact, Panellist
from delphi.models.round import ListedOutcome, Receipt, Round
from delphi.models.study import StakeholderGroup, Study, StudyDocument
from delphi.models.user import Membership, Role, SignInLink, User

__all__ = [
    "AuditRow",
    "Comment",
    "Consent",
    "Contact",
    "Finish",
    "LineageMember",
    "LineageStep",
    "ListedOutcome",
    "Membership",
    "Outcome",
    "Panellist",
    "RankingPlace",
    "Rating",
    "Receipt",
    "Role",
    "Round",
    "Side",
    "SignInLink",
    "StakeholderGroup",
    "Study",
    "StudyDocument",
    "User",
    "Vote",
    "Wording",
]
