"""The team's own words for a message: what may stand in them, and what they give away."""

import re
from collections.abc import Iterable

LINK, UNTIL = "link", "until"
KNOWN = (LINK, UNTIL)
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
WORD = re.compile(r"[^\W\d_]{5,}")
SAYS_LITTLE = {
    *("about", "after", "among", "between", "consensus", "delphi", "first", "important", "outcome"),
    *("outcomes", "people", "questionnaire", "questions", "research", "researchers", "round", "rounds"),
    *("second", "should", "standard", "standards", "study", "survey", "their", "these", "those", "which"),
    "would",
}


def faults_in(text: str) -> tuple[str, ...]:
    """Return what is wrong with the placeholders of a text, in words; nothing for an empty text."""
    if not text:
        return ()
    found = PLACEHOLDER.findall(text)
    unknown = dict.fromkeys(name for name in found if name not in KNOWN)
    faults = [f"“{{{name}}}” is not known. You can use {{link}} and {{until}}." for name in unknown]
    if LINK not in found:
        faults.append("The link is missing. Put {link} where the link to the questionnaire should be.")
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        faults.append("A { or a } stands alone. Take it out, or write {link} or {until}.")
    return tuple(faults)


def telling_words(own: str, *, said_by_the_study: Iterable[str]) -> tuple[str, ...]:
    """Return the words of `own` that also stand in the study's own texts, such as its title.

    Short words and those that any questionnaire may use are left out. A word counts as the same if one
    begins with the other, so "migraines" is found where the title says "migraine".
    """
    subject = {word for text in said_by_the_study for word in _words(text)}
    telling = dict.fromkeys(
        word
        for word in _words(own)
        if any(word.startswith(each) or each.startswith(word) for each in subject)
    )
    return tuple(telling)


def _words(text: str) -> list[str]:
    words = [word.casefold() for word in WORD.findall(PLACEHOLDER.sub("", text))]
    return [word for word in words if word not in SAYS_LITTLE]
