"""Which of a question's words a passage holds, and which no passage holds."""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from pathlib import Path

import Stemmer
import yaml
from pyarabic import araby

from knowledge.corpus import Corpus
from knowledge.numbers import find_numbers
from knowledge.text import arabic_stems, fold, words

_STOPWORDS_FILE = Path(__file__).parent / "stopwords.yaml"

# A misspelt word must share this much (difflib's ratio) with a known one; 0.84 takes one wrong letter in six.
TYPO_RATIO = 0.84
TYPO_SHORTEST = 5
# "bus" and "the s of it" keep their s.
SHORTEST_STEM = 3

NUMBER_MARK = "#"
"""Before a number's value, so that it is no word: ``#148500``."""

Term = frozenset[str]
"""One word or number of a text, as every form that it may be matched by."""


@functools.cache
def stopwords() -> frozenset[str]:
    """Words of the three languages that carry no subject, folded."""
    lists = yaml.safe_load(_STOPWORDS_FILE.read_text(encoding="utf-8"))
    return frozenset(fold(word) for group in lists.values() for word in group.split())


@functools.cache
def _stemmers() -> tuple[Stemmer.Stemmer, Stemmer.Stemmer, Stemmer.Stemmer]:
    return (Stemmer.Stemmer("french"), Stemmer.Stemmer("english"), Stemmer.Stemmer("arabic"))


@functools.lru_cache(maxsize=50_000)
def word_forms(folded: str) -> Term:
    """The stems that a folded word may be matched by.

    The language of a single word is not known ("export", "GITEX"), so Latin words are stemmed as French and
    as English, and Arabic ones with each possible preposition taken off.
    """
    french, english, arabic = _stemmers()
    if folded.isascii() or not arabic_stems(folded)[1:]:
        singular = folded.removesuffix("s") if len(folded) > SHORTEST_STEM else folded
        return frozenset({singular, french.stemWord(singular), english.stemWord(folded), arabic.stemWord(folded)})
    stems = arabic_stems(folded)
    return frozenset({*stems, *(arabic.stemWord(stem) for stem in stems)})


def terms(text: str, *, keep_stopwords: bool = False) -> tuple[Term, ...]:
    """The terms of a text in order: its words without stopwords, and its numbers by value."""
    numbers = find_numbers(text)
    inside = [(number.start, number.end) for number in numbers]
    found = [frozenset({f"{NUMBER_MARK}{number.value.normalize():f}"}) for number in numbers]
    found += [
        word_forms(word.folded)
        for word in words(text)
        if not any(start <= word.start < end for start, end in inside)
        and (keep_stopwords or not _is_stopword(word.folded))
        and (len(word.folded) > 1)
    ]
    return tuple(found)


@functools.lru_cache(maxsize=100_000)
def text_forms(text: str) -> Term:
    """All forms of all terms of a passage's text; a corpus is read again whenever something in it changes."""
    return frozenset(form for term in terms(text, keep_stopwords=True) for form in term)


def name_like_terms(text: str) -> tuple[Term, ...]:
    """The words of a text that look like names.

    Words with a capital letter that do not start a sentence, and Latin words in an Arabic text; none in a text that
    is all capitals.
    """
    if text.isupper():
        return ()
    arabic = any(araby.is_arabicrange(letter) for letter in text)
    found = []
    for word in words(text):
        written = text[word.start : word.end]
        before = text[: word.start].rstrip("«“\"'( \n")
        starts_sentence = not before.strip() or before[-1] in ".!?:؟" or "\n" in text[len(before) : word.start]
        name_like = written[0].isascii() if arabic else written[0].isupper() and not starts_sentence
        if name_like and written.isalpha() and not _is_stopword(word.folded):
            found.append(word_forms(word.folded))
    return tuple(found)


def _is_stopword(folded: str) -> bool:
    return any(stem in stopwords() for stem in arabic_stems(folded)) if len(folded) > 1 else True


class LexicalIndex:
    """The words of every passage, over all of its renderings."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Index texts.

        Args:
            texts: Pairs of passage id and text; the same id may come several times.
        """
        self._passages: dict[str, Term] = {}
        for passage_id, text in texts:
            forms, held = text_forms(text), self._passages.get(passage_id)
            # A passage of one text shares its forms with every other index of it.
            self._passages[passage_id] = forms if held is None else held | forms
        self._frequency = Counter(form for forms in self._passages.values() for form in forms)
        # Typos keep the first letter, and a word much longer or shorter never reaches the ratio.
        self._by_shape: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
        for form in self._frequency:
            self._by_shape[form[0], len(form)].append((form, _letters(form)))

    @classmethod
    def of(cls, corpus: Corpus) -> LexicalIndex:
        """Index every rendering of a corpus."""
        return cls((rendering.passage_id, rendering.text) for rendering in corpus.renderings)

    @property
    def held(self) -> Mapping[str, AbstractSet[str]]:
        """The forms that each passage holds, by its id."""
        return self._passages

    def weight(self, term: Term) -> float:
        """How much a term tells passages apart: the usual inverse document frequency, log((N + 1) / (n + 1)) + 1."""
        return self.weight_of_count(max((self._frequency.get(form, 0) for form in term), default=0))

    def weight_of_count(self, count: int) -> float:
        """The weight of a term that so many passages hold."""
        return math.log((len(self._passages) + 1) / (count + 1)) + 1

    def correct(self, term: Term) -> Term:
        """A term as it is, or the closest known spelling of a misspelt one."""
        if any(form in self._frequency for form in term):
            return term
        longest = max(term, key=len)
        if len(longest) < TYPO_SHORTEST or longest.startswith(NUMBER_MARK):
            return term
        close = get_close_matches(longest, self._alike(longest), n=1, cutoff=TYPO_RATIO)
        return frozenset(close) if close else term

    def _alike(self, word: str) -> list[str]:
        """The forms that may reach the ratio, by first letter, length and letters: difflib is slow over thousands."""
        letters, alike = _letters(word), []
        shortest = math.ceil(len(word) * TYPO_RATIO / (2 - TYPO_RATIO))
        for length in range(shortest, int(len(word) * (2 - TYPO_RATIO) / TYPO_RATIO) + 1):
            shared = math.ceil(TYPO_RATIO * (len(word) + length) / 2)
            alike += [
                form
                for form, others in self._by_shape.get((word[0], length), ())
                if (letters & ~others).bit_count() <= len(word) - shared
                and (others & ~letters).bit_count() <= length - shared
            ]
        return alike

    def covered(self, question: Sequence[Term], passage_id: str, also: frozenset[str] = frozenset()) -> float:
        """The weighted share, 0 to 1, of a question's terms that a passage holds; 0 for a question without terms.

        Args:
            question: Terms, already corrected.
            passage_id: The passage.
            also: Further forms to count as held, such as other names of what the passage is about.
        """
        held = self._passages.get(passage_id, frozenset())
        return self._share(question, lambda term: not term.isdisjoint(held) or not term.isdisjoint(also))

    def unknown(self, question: Sequence[Term], also: frozenset[str] = frozenset()) -> float:
        """The weighted share, 0 to 1, of a question's terms that no passage holds."""
        return self._share(
            question, lambda term: all(form not in self._frequency for form in term) and term.isdisjoint(also)
        )

    def is_unknown(self, term: Term, also: frozenset[str] = frozenset()) -> bool:
        """Whether no passage holds a term, misspelt or not."""
        return all(form not in self._frequency for form in self.correct(term)) and term.isdisjoint(also)

    def _share(self, question: Sequence[Term], counts: Callable[[Term], bool]) -> float:
        total = sum(self.weight(term) for term in question)
        return sum(self.weight(term) for term in question if counts(term)) / total if total else 0.0


def _letters(word: str) -> int:
    """Which letters a word has, a bit each; two letters may share one, which lets a word through too many."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
