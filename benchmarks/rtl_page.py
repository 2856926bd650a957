"""Shows Arabic replies as a reader sees them: a page, and a screenshot of it in headless Chromium.

    python benchmarks/rtl_page.py FOLDER

Needs Chromium and an Arabic font (on Debian: `chromium`, `fonts-noto-core`). Kept outside the tests: a person looks.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from bot.answering.answer_pages import AnswerPage
from bot.answering.model import Conversation, Question
from bot.answering.shortening import shortened
from bot.composition import compose_answerer, load_foundations
from bot.config import read_settings
from bot.telegram.bidi import isolate
from bot.telegram.html import render
from bot.telegram.reports import with_report
from knowledge.language import Language

QUESTIONS = (
    "كم بلغ عدد مناصب الشغل في ترحيل الخدمات نهاية 2024؟",
    "كيف تطورت مناصب الشغل في الأوفشورينغ؟",
    "صادرات الأوفشورينغ سنة 2023",
    "ما الفارق بين عدد مناصب الأوفشورينغ الحالي والهدف المحدد لسنة 2030؟",
    "ما هي ركائز المخطط الاستراتيجي لبنية التنشيط؟",
    "من هم شركاء MoroccoTech؟",
    "كم عدد مناصب الشغل في تونس؟",
    "مرحبا",
)
TYPED = "مناصب الشغل في ترحيل الخدمات"
ACTIONS = ("help", "figures:exports", "latest", "sources", "about")
PAGE = """<!doctype html><html><head><meta charset="utf-8"><style>
body {{ background: #d5e4ef; font: 16px/1.5 "Noto Sans", "Noto Sans Arabic", sans-serif; width: 460px; margin: 12px; }}
blockquote {{ border-inline-start: 3px solid #3390ec; margin: 0; padding-inline: 8px; background: #eef5fb;
unicode-bidi: plaintext; display: inline-block; }}
div {{ background: white; border-radius: 12px; margin: 14px 0; padding: 8px 12px; white-space: pre-wrap;
unicode-bidi: plaintext; }}
</style></head><body>{}</body></html>"""


def main() -> None:
    """Write the page and, where Chromium is installed, its screenshot."""
    folder = Path(sys.argv[1])
    settings = read_settings()
    answerer = compose_answerer(settings, load_foundations(settings))
    today, arabic = date(2026, 11, 21), Language.AR
    replies = [answerer.answer(Question(text, today), Conversation())[0] for text in QUESTIONS]
    asked = Question("", today, arabic)
    replies += [answerer.act(name, asked, Conversation())[0] for name in ACTIONS]
    buttons = [option.action for answer in replies[:2] for option in with_report(answer).options]
    behind = [action for action in buttons if action.partition(":")[0] in set(AnswerPage)]
    replies += [answerer.act(action, asked, Conversation())[0] for action in behind]
    replies.append(shortened(replies[0]))
    messages = [message for answer in replies for message in render(answer.reply, answer.language)]
    for card in answerer.cards(Question(TYPED, today)).cards[:4]:
        title, description = isolate(card.title, arabic), isolate(card.description, arabic)
        (pasted,) = render(card.reply, arabic)
        messages += [f"<b>{title}</b>\n{description}", pasted]
    page = folder / "rtl.html"
    # Telegram gives each line its own direction, as unicode-bidi: plaintext does.
    page.write_text(PAGE.format("".join(f"<div>{message}</div>" for message in messages)), encoding="utf-8")
    browser = shutil.which("chromium")
    if browser is None:
        sys.exit(f"wrote {page}; install Chromium for a screenshot")
    picture = folder / "rtl.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=500,13000"]
    options.append(f"--user-data-dir={folder}/profile")
    offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    subprocess.run([browser, *options, *offline, f"--screenshot={picture}", page.as_uri()], check=True, timeout=120)
    print(f"wrote {page} and {picture}")


if __name__ == "__main__":
    main()
