"""Passages are cut at paragraph and sentence ends; what belongs together stays together."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knowledge.ingest.document import Block, BlockKind, Document
from knowledge.ingest.passages import FEWEST_WORDS, MOST_WORDS, CutPassage, cut_passages
from knowledge.language import Language
from knowledge.sentences import find_lines, find_sentences, weigh

SENTENCES = (
    "Le secteur emploie près de 148 500 personnes.",
    "« Nous formons des jeunes. C'est bien », a dit M. Alami.",
    "بلغت الصادرات 26,2 مليار درهم سنة 2023، حسب الوزارة.",
    "What did the minister say?",
    "Elle l'a confirmé !",
)


def paragraph(words: int, name: str = "mot") -> Block:
    """A paragraph of sentences of ten words."""
    sentence = " ".join([name] * 10).capitalize() + "."
    return Block(BlockKind.PARAGRAPH, " ".join([sentence] * (words // 10)))


def document(*blocks: Block) -> Document:
    return Document(Path("a.txt"), "0" * 64, blocks)


def cut(*blocks: Block) -> list[str]:
    text = document(*blocks).text
    return [passage.stretch.of(text) for passage in cut_passages(blocks, Language.FR)]


def words(text: str) -> int:
    return len(text.split())


def test_a_paragraph_of_fitting_length_is_a_passage() -> None:
    one, other = paragraph(60), paragraph(90, "autre")
    assert cut(one, other) == [one.text, other.text]


def test_a_long_paragraph_is_cut_at_sentence_ends_into_passages_of_fitting_length() -> None:
    passages = cut(paragraph(300))
    assert all(FEWEST_WORDS <= words(text) <= MOST_WORDS and text.endswith(".") for text in passages)


def test_short_paragraphs_are_joined_with_their_neighbours() -> None:
    passages = cut(*[paragraph(20)] * 6)
    assert all(FEWEST_WORDS <= words(text) <= MOST_WORDS for text in passages)


def test_nothing_is_joined_across_a_heading_and_the_heading_is_in_no_passage() -> None:
    heading = Block(BlockKind.HEADING, "Un intertitre")
    blocks = (paragraph(20), heading, paragraph(20, "autre"))
    passages = cut_passages(blocks, Language.FR)
    assert [passage.heading for passage in passages] == [None, "Un intertitre"]
    assert all("intertitre" not in text for text in cut(*blocks))


def test_a_list_a_table_and_an_answered_question_stay_whole() -> None:
    for kind in (BlockKind.LIST, BlockKind.TABLE, BlockKind.QUESTION_ANSWER):
        block = Block(kind, "\n".join(f"Ligne {n} de la liste. Encore {n}." for n in range(22)))
        (holder,) = [text for text in cut(paragraph(60), block, paragraph(60)) if "Ligne" in text]
        assert block.text in holder
        assert words(block.text) > MOST_WORDS


def test_questions_with_their_answers_are_not_joined_when_they_can_stand_alone() -> None:
    answers = [Block(BlockKind.QUESTION_ANSWER, f"Question {n} ?\n" + "mot " * 45 + "fin.") for n in range(3)]
    assert cut(*answers) == [block.text for block in answers]


def test_a_list_too_long_for_the_model_is_cut_between_its_lines() -> None:
    lines = [f"Ligne numéro {n} de la très longue liste" for n in range(90)]
    passages = cut(Block(BlockKind.LIST, "\n".join(lines)))
    assert len(passages) > 1
    assert [line for text in passages for line in text.split("\n")] == lines


blocks_strategy = st.lists(
    st.builds(
        Block,
        st.sampled_from(BlockKind),
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=30).flatmap(
            lambda some: st.sampled_from((" ".join(some), "\n".join(some)))
        ),
    ),
    max_size=8,
)


@given(blocks_strategy, st.sampled_from(Language))
def test_passages_hold_every_body_sentence_once_in_order_and_cut_none(blocks: list[Block], language: Language) -> None:
    text = document(*blocks).text
    passages = cut_passages(blocks, language)
    assert_in_order(text, passages)
    position = 0
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            whole = block.kind is not BlockKind.PARAGRAPH
            for piece in find_lines(block.text) if whole else find_sentences(block.text, language):
                start, end = position + piece.start, position + piece.end
                holders = [p for p in passages if p.stretch.start < end and start < p.stretch.end]
                assert len(holders) == 1
                assert holders[0].stretch.start <= start < end <= holders[0].stretch.end
        else:
            end = position + len(block.text)
            assert not [p for p in passages if p.stretch.start < end and position < p.stretch.end]
        position += len(block.text) + 2
    assert all(weigh(passage.stretch.of(text)) < 450 for passage in passages)


def assert_in_order(text: str, passages: tuple[CutPassage, ...]) -> None:
    end = 0
    for passage in passages:
        assert end <= passage.stretch.start < passage.stretch.end <= len(text)
        assert passage.stretch.of(text) == passage.stretch.of(text).strip()
        end = passage.stretch.end
