"""Text as it was scraped: menus, share bars and teasers go in three languages, the article stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.ingest.document import BlockKind, Document
from knowledge.ingest.reading import read_document
from knowledge.ingest.wording import find_wording

SCRAPED = {
    "ar": (
        "الرئيسية\nسياسة\nاقتصاد\nمجتمع\nالسبت 22 نونبر 2025\nآخر الأخبار\n"
        "الأمطار تعود إلى الأطلس المتوسط بعد غياب طويل\n"
        "مركز جديد للخدمات بمدينة خنيفرة يوفر مئات المناصب\nبقلم: رشيد أوعلي\n"
        "الأربعاء 12 مارس 2025 - 10:30\nشارك\nفيسبوك\n"
        "+أعلنت شركة متخيلة اسمها نور الخدمات عن افتتاح مركز جديد في مدينة خنيفرة، يشغل في بدايته 140 شخصا.\n"
        "اقرأ أيضا: وزارة التعليم تكشف موعد الامتحانات\n+تحفيزات جبائية\n"
        "+وتستفيد الشركة من إعفاء جبائي لمدة خمس سنوات، شريطة أن تحافظ على مناصب الشغل.\nالوسوم\nخنيفرة\nالاستثمار\n"
        "التعليقات (3)\nمحمد\nخبر جيد لكن نريد مستشفى قبل كل شيء في هذه المدينة.\nجميع الحقوق محفوظة"
    ),
    "en": (
        "Skip to content\nHome\nNews\nBusiness\nSubscribe\n"
        "Khenifra gets a 140-seat service centre from invented firm Noor\n"
        "By Rachid Ouali\nMarch 12, 2025\nShare on Facebook\nTweet\nPhoto: DR\n"
        "+Noor Services, an invented company, has opened a 140-seat service centre in Khenifra, far from the coast.\n"
        "\n"
        'ALSO READ: Exams will begin in June, ministry says\n\n+"We had no trouble finding people," he added.\n+It\'s a start.\n\n'
        "Related Articles\nExams will begin in June\nRain returns to the Middle Atlas after a long absence\n"
        "The coast loses another cannery\nLeave a comment\n"
        "Great news for the young people of the region who had to leave.\n"
        "© 2025 The Essay Times. All rights reserved."
    ),
    "fr": (
        "Menu\nÉconomie\nKhénifra : un centre de services de 140 places ouvre ses portes\nPar Rachid Ouali\n"
        "le 12/03/2025 à 10h30, mis à jour le 13/03/2025 à 11h00\n"
        "Nous utilisons des cookies pour mesurer l'audience du site.\n"
        "+Noor Services, société inventée, a ouvert à Khénifra un centre de 140 places, le premier loin de la côte.\n"
        "\n"
        "Lire aussi :\nLes examens commenceront en juin\nLa pluie revient sur le Moyen Atlas\n\n"
        "+«Nous n'avons eu aucun mal à recruter», assure son directeur.\n+C'est un début.\n\nPar Rachid Ouali\n"
        "Les plus lus\nLe prix de l'huile recule encore au Maroc\nRecevez notre newsletter\nJe m'inscris"
    ),
}


def _read(folder: Path, text: str) -> Document:
    path = folder / "article.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


@pytest.mark.parametrize("language", sorted(SCRAPED))
def test_of_a_scraped_text_the_article_stays_and_nothing_else(tmp_path: Path, language: str) -> None:
    lines = SCRAPED[language].split("\n")
    document = _read(tmp_path, "\n".join(line.removeprefix("+") for line in lines))
    assert [block.text for block in document.blocks] == [line[1:] for line in lines if line.startswith("+")]
    assert (document.published, document.language) == ("2025-03-12", language)
    assert document.title in {line.removeprefix("+") for line in lines}


def test_the_day_of_saving_above_the_title_is_no_date_of_publication(tmp_path: Path) -> None:
    text = "Dimanche 22 novembre 2026\nUn centre de services ouvre à Taza\nIl emploie quatre-vingts personnes depuis lundi."
    assert _read(tmp_path, text).published is None


def test_a_date_in_the_running_text_is_no_date_of_publication(tmp_path: Path) -> None:
    assert _read(tmp_path, "Le 12 mars 2025, le centre de Taza a ouvert ses portes au public.").published is None


@pytest.mark.parametrize(
    ("start", "published"),
    [("date 2024-05 ", "2024-05"), ("29/05/2024 14:30", "2024-05-29"), ("12 mai 2024", "2024-05-12")],
)
def test_a_date_glued_before_the_first_word_is_taken_off(tmp_path: Path, start: str, published: str) -> None:
    sentence = "Le centre inventé de Taza emploie quatre-vingts personnes depuis lundi."
    document = _read(tmp_path, start + sentence)
    assert (document.text, document.published) == (sentence, published)


def test_lines_broken_at_the_width_of_a_page_are_joined(tmp_path: Path) -> None:
    text = (
        "Le centre inventé de Taza emploie quatre-vingts personnes depuis lundi, selon\n"
        "Salma Idrissi, qui le dirige. Les travaux ont duré huit mois et le bâtiment est\n"
        "Le premier de la ville qui ne consomme rien la nuit."
    )
    assert [block.text for block in _read(tmp_path, text).blocks] == [text.replace("\n", " ")]


def test_a_list_of_telling_items_stays_and_keeps_them_apart(tmp_path: Path) -> None:
    text = (
        "Le plan inventé de la région repose sur trois mesures, selon son président :\n"
        "- une prime versée au bout de six mois\n- un parc de bureaux loués à prix réduit\n- une école de langues"
    )
    kinds = [(block.kind, block.text.count("\n")) for block in _read(tmp_path, text).blocks]
    assert kinds == [(BlockKind.PARAGRAPH, 0), (BlockKind.LIST, 2)]


@pytest.mark.parametrize(
    "line",
    [
        "Partager la croissance est l'objectif du plan inventé de la région.",
        "Facebook investit au Maroc, selon une étude inventée.",
        "Le commentaire du ministre a été bref.",
        "Pour plus de transparence, la région publie ses comptes.",
        "Recevoir les investisseurs est un métier, dit-il.",
        "سجل القطاع نموا بنسبة 12 في المائة خلال السنة الماضية.",
        "حمل الوزير المسؤولية للشركات الأجنبية.",
        "The readers of the survey are managers.",
        "Subscribers to the network doubled in two years.",
    ],
)
def test_a_sentence_that_only_begins_like_a_menu_is_kept(line: str) -> None:
    assert find_wording(line) is None


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text(
        "---\ntitle: Le centre d'essai de Taza ouvre\ndate: 2025-04-02\nurl: https://essai.example/taza\n---\n"
        "# Le centre d'essai de Taza ouvre\n\n"
        "La société *fictive* **Taza Voix** emploie [80 personnes](https://x.example),\n"
        "dans un bâtiment rénové.\n\n## Les métiers\n\n- assistance technique ;\n- saisie de données.\n\n"
        "| Métier | Postes |\n|---|---:|\n| Saisie | 30 |\n\n> « Nous resterons petits », dit sa fondatrice.\n",
        encoding="utf-8",
    )
    document = read_document(path)
    assert [block.text for block in document.blocks] == [
        "La société fictive Taza Voix emploie 80 personnes, dans un bâtiment rénové.",
        "Les métiers",
        "assistance technique ;\nsaisie de données.",
        "Métier | Postes\nSaisie | 30",
        "« Nous resterons petits », dit sa fondatrice.",
    ]
    assert (document.title, document.published) == ("Le centre d'essai de Taza ouvre", "2025-04-02")
