"""What each page of a draft asks, in words, with advice where the evidence is clear."""

from dataclasses import dataclass

from delphi.models import Part

Choices = tuple[tuple[str, str], ...]
MOST_GROUPS, MOST_ROUNDS, MOST_CRITERIA, MOST_PROFILE, MOST_SUPPORT = 8, 5, 3, 6, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field. `kind`: text, area or choice."""

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    choices: Choices = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWords:
    """A page. `most_rows` 0: its questions are asked once; else `row` names each of its rows."""

    title: str
    short: str
    lead: str = ""
    advice: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    most_rows: int = 0
    row: str = ""


_YES_NO: Choices = (("yes", "Yes"), ("no", "No"))
_OF: Choices = (
    ("pooled", "All people together"),
    ("every", "Every group"),
    ("any", "At least one group"),
)
PAGES = {
    Part.ABOUT: PartWords(
        title="What is the study about?",
        short="Name and question",
        questions=(
            Question(name="title", label="Name of the study", hint="People in the team see it."),
            Question(
                name="code",
                label="Short code",
                hint="For addresses and files: small letters, digits, _ and -. It cannot be changed later.",
            ),
            Question(
                name="question", label="What does the study ask?", hint="One or two sentences.", kind="area"
            ),
        ),
    ),
    Part.OUTCOMES: PartWords(
        title="Which outcomes are rated?",
        short="Outcomes",
        lead="Send a table with one outcome in each row.",
        advice=(
            "The more outcomes a round has, the longer it takes and the more people stop. "
            "Join outcomes that say the same before you begin.",
        ),
    ),
    Part.SCALE: PartWords(
        title="On which scale do people rate?",
        short="Scale",
        advice=(
            "A scale of 1 to 9 is what most studies of core outcomes use.",
            "Do not change the scale later. In one study 5 points gave twice the consensus of 9.",
        ),
        questions=(
            Question(
                name="points",
                label="How many points?",
                hint="2 to 11. The points begin at 1, so 9 gives a scale of 1 to 9.",
            ),
            Question(name="lowest", label="Word for the lowest point"),
            Question(name="highest", label="Word for the highest point"),
            Question(
                name="between",
                label="Words for the points between",
                hint="One line for each, low ones first, - for a point without a word. Empty: only the ends.",
                kind="area",
            ),
            Question(name="cannot_say", label="Words for “cannot say”", hint="It is no score."),
            Question(
                name="low_label",
                label="The low points together",
                hint="1 to 3 of 9, 1 to 2 of 5 or 7, 1 of 2. Small letters.",
            ),
            Question(
                name="middle_label",
                label="The middle points together",
                hint="4 to 6 of 9. A scale of 2 points has none.",
            ),
            Question(name="high_label", label="The high points together", hint="7 to 9 of 9."),
        ),
    ),
    Part.GROUPS: PartWords(
        title="Which groups take part?",
        short="Groups",
        lead="Leave the rows empty that you do not need. A group may be taken out by emptying its name.",
        advice=(
            "Results stand by group first, then together, with weights and without.",
            "A group of fewer people than the smallest group is never shown by itself.",
        ),
        questions=(
            Question(name="label", label="Name of the group", hint="Such as Survivors"),
            Question(name="one", label="One person of it", hint="Such as survivor"),
            Question(name="target", label="How many people do you hope for?"),
            Question(
                name="weight",
                label="How often does each person count?",
                hint="1, or nothing: like all others",
            ),
        ),
        most_rows=MOST_GROUPS,
        row="Group",
    ),
    Part.ROUNDS: PartWords(
        title="Which rounds are there?",
        short="Rounds",
        lead="Leave the rows empty that you do not need.",
        advice=("Ask everybody in every round, also those who missed one. More people answer then.",),
        questions=(
            Question(name="label", label="Name of the round"),
            Question(
                name="kind",
                label="What do people do?",
                kind="choice",
                choices=(
                    ("comment", "Comment on outcomes and propose others"),
                    ("rating", "Rate outcomes"),
                    ("ranking", "Put outcomes in order"),
                ),
            ),
            Question(name="question", label="What are they asked about each outcome?"),
            Question(
                name="order",
                label="In which order do people meet the sections?",
                kind="choice",
                choices=(("listed", "As in the list"), ("shuffled", "Another order for each person")),
            ),
            Question(
                name="places",
                label="How many outcomes are put in order?",
                hint="Only where people put outcomes in order. Leave it empty for all of them.",
            ),
        ),
        most_rows=MOST_ROUNDS,
        row="Round",
    ),
    Part.CRITERIA: PartWords(
        title="Is anything else asked of each outcome?",
        short="Further criteria",
        lead="Each rating round asks its own question first. Leave all empty if that is enough.",
        advice=(
            "Each further question makes the round as long again. More people stop.",
            "The rule for consensus looks at the first question only.",
        ),
        questions=(Question(name="question", label="Question", hint="Such as: Can it be measured?"),),
        most_rows=MOST_CRITERIA,
        row="Criterion",
    ),
    Part.CONSENSUS: PartWords(
        title="When is there consensus?",
        short="Consensus",
        lead="The rule is fixed when a round opens. Results show how the list changes under others.",
        advice=(
            "A common rule: in if at least 70 % rate it high and fewer than 15 % rate it low.",
            "“Every group” gets harder with each group, “at least one group” gets easier.",
        ),
        questions=(
            Question(name="in_of", label="An outcome is in by the answers of", kind="choice", choices=_OF),
            Question(name="in_percent", label="At least so many per cent rate it high"),
            Question(
                name="in_low",
                label="Fewer than so many per cent rate it low",
                hint="Leave it empty if it does not matter.",
            ),
            Question(
                name="out_of",
                label="An outcome is out by the answers of",
                kind="choice",
                choices=(*_OF, ("never", "Nobody: none is dropped by the rule")),
            ),
            Question(name="out_percent", label="At least so many per cent rate it low"),
            Question(name="minimum_n", label="Fewest answers for a verdict", hint="Of people or of a group."),
            Question(
                name="decides",
                label="After which rounds does the rule decide?",
                kind="choice",
                choices=(("every", "After each rating round"), ("last", "After the last rating round only")),
            ),
        ),
    ),
    Part.FEEDBACK: PartWords(
        title="What do people see of the others?",
        short="Feedback",
        lead="This is shown from the second rating round on.",
        advice=("Showing each group by itself brings groups closer together than one figure for all.",),
        questions=(
            Question(
                name="shown",
                label="What is shown?",
                kind="choice",
                choices=(
                    ("groups", "Their own earlier answer and the answers of each group"),
                    ("own", "Their own earlier answer only"),
                    ("none", "Nothing"),
                ),
            ),
            Question(
                name="minimum_group_size",
                label="Smallest group that is shown",
                hint="5 is usual. Never less than 2.",
            ),
            Question(
                name="ask_why_changed",
                label="Ask why an answer changed?",
                kind="choice",
                choices=_YES_NO,
            ),
            Question(
                name="show_digest",
                label="Show what the team wrote together from comments?",
                kind="choice",
                choices=_YES_NO,
            ),
            Question(
                name="live",
                label="Show answers of the same round at once?",
                hint="After a person's own first answer to an outcome. Needs the answers of each group.",
                kind="choice",
                choices=_YES_NO,
            ),
        ),
    ),
    Part.PROFILE: PartWords(
        title="What may people tell about themselves?",
        short="Questions about oneself",
        lead="Everybody can leave these out. Leave all empty to ask nothing.",
        advice=(
            "Ask only what you will use. In a small panel, a few answers together can point to one person.",
        ),
        questions=(
            Question(name="question", label="Question", hint="Such as: In which region do you live?"),
            Question(
                name="kind",
                label="How is it answered?",
                kind="choice",
                choices=(("choice", "One choice"), ("several", "Several choices"), ("text", "Own words")),
            ),
            Question(
                name="choices", label="Choices", hint="One line for each. None for own words.", kind="area"
            ),
            Question(name="hint", label="Words that help", hint="Leave it empty if none are needed."),
        ),
        most_rows=MOST_PROFILE,
        row="Question",
    ),
    Part.JOINING: PartWords(
        title="How do people come in and leave?",
        short="Joining and leaving",
        lead="People that you invite get a link of their own. A link for everybody is an extra.",
        advice=(
            "With a link for everybody, anyone can say that they belong to a group. "
            "If the team must confirm it, their answers are kept and do not count until then.",
        ),
        questions=(
            Question(
                name="open_link", label="Is there a link for everybody?", kind="choice", choices=_YES_NO
            ),
            Question(
                name="confirm_groups",
                label="Must the team confirm the group that somebody names?",
                kind="choice",
                choices=_YES_NO,
            ),
            Question(
                name="exit_to",
                label="Where does “Exit this page” lead?",
                hint="A site that nobody wonders about. The address begins with https://",
            ),
            Question(
                name="removable_until",
                label="Until which day can people take out their answers?",
                hint="Such as 2027-03-31. Empty: as long as the round that they answered in is open.",
            ),
        ),
    ),
    Part.SUPPORT: PartWords(
        title="Where can people find support?",
        short="Support",
        lead="People find it under “Where to get help”. Leave the rows empty that you do not need.",
        advice=("Call each number before a round opens. Numbers and hours change.",),
        questions=(
            Question(name="name", label="Who helps"),
            Question(name="contact", label="How to reach them", hint="A telephone number or an address."),
            Question(name="country", label="Country", hint="Leave it empty if it is for all."),
            Question(
                name="languages", label="Languages spoken there", hint="Their codes, such as en, fr, pt-BR."
            ),
            Question(name="hours", label="When they are there"),
            Question(name="url", label="Their site", hint="It begins with https://"),
        ),
        most_rows=MOST_SUPPORT,
        row="Place",
    ),
    Part.TEXTS: PartWords(
        title="What do people read?",
        short="Consent and contact",
        lead="Use short sentences. Leave an empty line between paragraphs.",
        questions=(
            Question(name="welcome", label="Welcome", kind="area"),
            Question(
                name="consent",
                label="Consent",
                hint="What people agree to, what is kept, and how they can leave.",
                kind="area",
            ),
            Question(name="comment_readers", label="Who reads comments?", kind="area"),
            Question(
                name="private_readers",
                label="Who reads a private message to the team?",
                hint="Leave it empty if people cannot send one.",
                kind="area",
            ),
            Question(
                name="team_contact", label="How can people reach the team?", hint="Address or telephone."
            ),
            Question(name="thanks", label="Thanks at the end", kind="area"),
        ),
    ),
}
