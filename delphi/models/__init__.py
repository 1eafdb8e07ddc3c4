"""The tables, one file a noun; constraints carry the rules."""

from analysis.study.records import AnswersAfterLeaving, EntryMode
from delphi.models.answer import Comment, Finish, Ranking, RankingPlace, Rating, TextKind, Vote
from delphi.models.audit import AuditRow, AuditSeal
from delphi.models.decision import (
    Decision,
    DecisionComment,
    DecisionResult,
    DecisionSource,
    ListRemark,
    ListSignature,
    MadeList,
)
from delphi.models.draft import DraftPart, Part, StudyDraft
from delphi.models.enrolling import GroupTarget, PendingImport
from delphi.models.lineage import LineageMember, LineageStep, Side
from delphi.models.longlist import LonglistStep, ReportedOutcome
from delphi.models.message_text import Bounce, MessageText
from delphi.models.outbox import Message, MessageCause
from delphi.models.outcome import Outcome, Wording
from delphi.models.panellist import (
    Channel,
    Consent,
    Contact,
    ContactWish,
    Hours,
    Panellist,
    ProfileAnswer,
    Reminders,
    Withdrawal,
)
from delphi.models.round import ListedOutcome, Receipt, Round
from delphi.models.session import EndedSession
from delphi.models.shown import (
    DigestLine,
    FeedbackParts,
    FeedbackText,
    KeptFeedback,
    ShownFeedback,
    ShownOrder,
)
from delphi.models.study import OpenLink, StakeholderGroup, Study, StudyDocument, StudyText
from delphi.models.team import RecoveryCode, SecondFactor, TeamInvitation, UserSession
from delphi.models.team_message import TeamMessage
from delphi.models.theme import CommentMark, CommentTheme, Theme
from delphi.models.user import LinkKind, Membership, Role, SignInLink, User

__all__ = [
    "AnswersAfterLeaving",
    "AuditRow",
    "AuditSeal",
    "Bounce",
    "Channel",
    "Comment",
    "CommentMark",
    "CommentTheme",
    "Consent",
    "Contact",
    "ContactWish",
    "Decision",
    "DecisionComment",
    "DecisionResult",
    "DecisionSource",
    "DigestLine",
    "DraftPart",
    "EndedSession",
    "EntryMode",
    "FeedbackParts",
    "FeedbackText",
    "Finish",
    "GroupTarget",
    "Hours",
    "KeptFeedback",
    "LineageMember",
    "LineageStep",
    "LinkKind",
    "ListRemark",
    "ListSignature",
    "ListedOutcome",
    "LonglistStep",
    "MadeList",
    "Membership",
    "Message",
    "MessageCause",
    "MessageText",
    "OpenLink",
    "Outcome",
    "Panellist",
    "Part",
    "PendingImport",
    "ProfileAnswer",
    "Ranking",
    "RankingPlace",
    "Rating",
    "Receipt",
    "RecoveryCode",
    "Reminders",
    "ReportedOutcome",
    "Role",
    "Round",
    "SecondFactor",
    "ShownFeedback",
    "ShownOrder",
    "Side",
    "SignInLink",
    "StakeholderGroup",
    "Study",
    "StudyDocument",
    "StudyDraft",
    "StudyText",
    "TeamInvitation",
    "TeamMessage",
    "TextKind",
    "Theme",
    "User",
    "UserSession",
    "Vote",
    "Withdrawal",
    "Wording",
]
