"""The wordings that show that a line is not the article, in three languages, each with what it is instead.

Patterns match whole lines, folded (`knowledge.text.fold`): lower case, no accents, one letter for each form of alef.
They know what Moroccan news sites say around their articles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """What a wording takes away."""

    LINE = "line"
    """Itself."""
    TEASERS = "teasers"
    """Itself and the titles that follow it."""
    REST = "rest"
    """Itself and all that follows, once the article has been read."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A rule by wording.

    Attributes:
        reason: What such a line is, instead of the article.
        pattern: Matched against the whole folded line.
        longest: Characters of the longest line that it is tried on: what is longer tells something.
    """

    reason: str
    reach: Reach
    pattern: re.Pattern[str]
    longest: int = 160


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_NETWORK = (
    r"(?:facebook|twitter|x|whats ?app|linked ?in|instagram|telegram|pinterest|youtube(?: channel)?|tik ?tok|messenger"
    r"|e-?mail|courriel|google news|google actualites|rss|threads|reddit|snapchat|viber|bluesky|flipboard"
    r"|فيسبوك|فايسبوك|تويتر|واتساب|واتس اب|لينكد ?ان|انستغرام|تيليغرام|تلغرام|يوتيوب|البريد الالكتروني)"
)
_NETWORKS = rf"{_NETWORK}(?:[\s,/|•·]+(?:et |and |و)?{_NETWORK})*"

WORDINGS: tuple[Wording, ...] = (
    Wording(
        "a link to another article, set between paragraphs",
        Reach.TEASERS,
        _any(
            r"(?:a )?(?:lire|voir|relire|ecouter|decouvrir)(?: et a voir)? (?:aussi|egalement|encore|en plus)\b.*",
            r"lisez (?:aussi|egalement)\b.*",
            r"(?:dans|sur) (?:la|le) meme (?:rubrique|sujet|theme|dossier|categorie)\b.*",
            r"(?:articles?|contenus?|sujets?|actualites?) (?:similaires?|lies?|connexes?"
            r"|associes?|recommandes?|en relation)\b.*",
            r"(?:ces |d'autres )?articles? (?:qui )?(?:pourrai\w+|peuvent) (?:aussi )?vous interesser",
            r"(?:cela|ca|ceci) (?:peut|pourrait|devrait) (?:aussi )?vous interesser|vous aimerez aussi\b.*",
            r"(?:also |further |you may also )?(?:read|see|like|watch)(?: also| more| next)?\s*:.*",
            r"(?:read|see|watch) also\b.*|(?:also|further) read\b.*",
            r"you (?:may|might) also (?:like|be interested in|enjoy)",
            r"related (?:articles?|stories|posts?|news|topics?|content|reading)\b.*",
            r"more (?:on this topic|stories|from .{1,40})",
            r"recommended(?: for you| articles?| reading)?",
            r"(?:اقرا|اقراوا|شاهد|شاهدوا|طالع|انظر|تابع) (?:ايضا|كذلك)\b.*|(?:اقرا|شاهد) المزيد\b.*",
            r"(?:مواضيع|مقالات|اخبار) (?:ذات صله|مشابهه|متعلقه|مرتبطه|قد تهمك|اخري)\b.*",
            r"قد (?:يهمك|يعجبك)(?: ايضا)?\b.*",
            r"في نفس (?:الموضوع|الركن)\b.*",
        ),
        longest=240,
    ),
    Wording(
        "comments of readers, which close the page",
        Reach.REST,
        _any(
            r"(?:\d+ )?(?:commentaires?|comments?|reactions?|تعليقات?|تعليق|تعاليق|التعليقات|التعاليق)(?: \(?\d+\)?)?",
            r"(?:laissez?|laisser|poster|ajouter|ecrire|publier) (?:un|votre|vos|le premier) commentaires?.*",
            r"(?:leave|post|add|write) (?:a|your) (?:comment|reply).*|be the first to comment.*",
            r"soyez le premier a (?:commenter|reagir).*|reagissez.*|votre adresse e-?mail ne sera pas publiee.*",
            r"your email address will not be published.*",
            r"(?:اضف|اترك|اكتب) (?:تعليقا?|تعليقك|ردا).*|لن يتم نشر عنوان بريدك.*",
        ),
        longest=240,
    ),
    Wording(
        "lists of other articles, which close the page",
        Reach.REST,
        _any(
            r"les (?:plus|\+) (?:lus|vus|consultes|commentes|populaires|partages)",
            r"most (?:read|popular|viewed|shared)",
            r"(?:a la une|dernieres? (?:actualites?|infos?|nouvelles|heures?|minutes?)|derniers articles|en continu)",
            r"(?:latest|breaking|top|trending|more) (?:news|stories|articles|headlines)|trending(?: now)?",
            r"(?:الاكثر (?:قراءه|مشاهده|تعليقا)|اخر الاخبار|احدث الاخبار|المزيد من الاخبار|اهم الاخبار|مستجدات)",
        ),
        longest=60,
    ),
    Wording(
        "a share bar",
        Reach.LINE,
        _any(
            _NETWORKS,
            r"(?:partage[rz]?|share|tweete?r?|enregistrer|save|epingler|pin|copier le lien"
            r"|copy(?: the)? link|imprimer|print"
            r"|envoyer|send|شارك|شاركها|مشاركه|طباعه|نسخ الرابط|حفظ|ارسال)"
            rf"(?: (?:cet article|cette page|this(?: article| story)?|l'article|المقال|هذا المقال|الخبر|الموضوع))?"
            rf"(?: (?:sur|on|via|par|with|by|على|علي|عبر)\b.*)?(?:[\s:,|•·]*{_NETWORKS})?",
            r"(?:\d[\d\s.,k]*)?(?:partages?|shares?|vues?|views?|lectures?|likes?|j'aime"
            r"|مشاهده|مشاهدات|مشاركات)(?: \d[\d\s.,k]*)?",
            r"ajouter (?:aux|a mes) favoris|(?:taille du texte|text size|حجم الخط)\b.*|a ?[+-](?: a ?[+-])?",
            r"(?:suivez|suivre|retrouvez|rejoignez)[- ](?:nous|.{1,40}) sur\b.*",
            r"(?:follow|join|find) us (?:on|at)\b.*|(?:تابعونا|تابعوا|تابعنا|انضموا|انضم)\b.*",
        ),
    ),
    Wording(
        "an advertisement for a newsletter, a channel or an application",
        Reach.LINE,
        _any(
            r"(?:abonnez|inscrivez|connectez)[- ]vous\b.*",
            r"(?:s'abonner|s'inscrire|se connecter|je m'abonne|je m'inscris)\b.*",
            r"(?:recevez|recevoir) (?:chaque|tous|toute|notre|nos|l'actualite|gratuitement)\b.*",
            r"(?:notre |nos |la |our |the )?newsletters?|telechargez (?:notre|l'application|gratuitement)\b.*",
            r"(?:lire|telecharger|consulter|feuilleter) (?:gratuitement )?(?:notre|le"
            r"|l'edition|la version)\b.*\b(?:journal|pdf|edition|numero)\b.*",
            r"rejoignez (?:notre|nos|la)\b.*|(?:subscribe|sign up|register|log ?in|sign in)\b.*",
            r"(?:get|receive) (?:our|the|all|daily)\b.*\b(?:inbox|newsletter|news|email)\b.*",
            r"download (?:our|the) app\b.*",
            r"(?:اشترك|اشتركوا|سجل|سجلوا|حمل|حملوا|توصل|توصلوا)\b.*\b(?:نشرتنا|قناتنا"
            r"|تطبيقنا|النشره|القناه|التطبيق|تطبيق|بريدك|البريديه).*",
            r"(?:النشره|القايمه) البريديه",
        ),
        longest=300,
    ),
    Wording(
        "an invitation to go and read elsewhere",
        Reach.LINE,
        _any(
            r"(?:pour (?:plus|davantage|en savoir|tout savoir)|retrouvez (?:egalement"
            r"|aussi|toute|tous|notre|nos|l'ensemble)|decouvrez (?:aussi|egalement|notre"
            r"|nos))\b"
            r".*\b(?:consult\w+|cliqu\w+|visit\w+|decouvr\w+|rendez-vous|(?:ce|notre"
            r"|nos|le) (?:site|articles?|dossiers?|liens?|pages?)|ici)\b.*",
            r"cliquez (?:ici|sur)\b.*|en savoir plus|lire (?:la suite|plus|l'article(?: complet)?)\b.*",
            r"voir (?:plus|tout)|suite\b.{0,20}",
            r"(?:for (?:more|further) (?:information|details)|to (?:learn|find out|read) more)\b.*\b(?:click"
            r"|visit|see|read|here|website|go to)\b.*",
            r"(?:click|tap) here\b.*|(?:read|learn|see|view|show) (?:more|all|the full (?:story|article))\b.*",
            r"continue reading\b.*",
            r"(?:اضغط|انقر|اضغطوا|انقروا) (?:هنا|علي)\b.*|(?:للمزيد|لمزيد) من\b.*",
            r"(?:المزيد|اقرا المزيد|تتمه|باقي التفاصيل)",
        ),
        longest=400,
    ),
    Wording(
        "a cookie banner",
        Reach.LINE,
        _any(
            r".{0,80}\b(?:nous (?:et nos partenaires )?utilisons|ce site (?:web )?utilise"
            r"|acceptez l'utilisation)\b.{0,80}\b(?:cookies?|traceurs?)\b.*",
            r".{0,80}\b(?:we (?:and our partners )?use|this (?:web)?site uses|you (?:agree"
            r"|consent) to (?:our|the) use of)\b.{0,80}\bcookies?\b.*",
            r".{0,40}(?:نستخدم|نستعمل|يستخدم (?:هذا )?الموقع|يستعمل (?:هذا )?الموقع"
            r"|باستخدامك).{0,60}(?:تعريف الارتباط|الكوكيز|كوكيز).*",
            r"(?:tout |j')?(?:accepter?|refuser|personnaliser|gerer|parametrer)(?: et (?:continuer"
            r"|fermer))?(?: (?:les |tous les |mes |tout)?(?:cookies?|choix|preferences)?)?",
            r"(?:continuer sans accepter|parametres? des cookies|gestion des cookies"
            r"|politique (?:de cookies|de confidentialite)|vie privee).{0,40}",
            r"(?:accept|reject|decline|manage|allow)(?: all)?(?: (?:cookies?|preferences|choices|settings))?",
            r"cookie (?:policy|settings|preferences)|privacy policy|i agree|got it",
            r"(?:قبول|اوافق|موافق|رفض|رفض الكل|قبول الكل|اعدادات|سياسه الخصوصيه)",
        ),
        longest=500,
    ),
    Wording(
        "a paywall",
        Reach.LINE,
        _any(
            r"(?:cet |l')?(?:article|contenu|acces)\b.{0,30}\breserve\w* (?:aux|a nos) (?:abonnes|adherents|membres).*",
            r"il vous reste \d+.{0,60}|deja abonne.*|(?:article|contenu) (?:premium|abonnes?)",
            r"pour lire (?:la suite|l'integralite).*",
            r"(?:this |the )?(?:article|content|story) is (?:for|reserved|available"
            r"|exclusive|only).{0,40}\bsubscribers?.*",
            r"already (?:a subscriber|subscribed|a member).*|you have .{1,20} free articles?.*",
            r"(?:هذا المقال|هذا المحتوي|محتوي) (?:خاص|مخصص|حصري) .{0,20}(?:مشترك|مشتركين|بالمشتركين|للمشتركين).*",
        ),
        longest=300,
    ),
    Wording(
        "a legal notice",
        Reach.LINE,
        _any(
            r"(?:©|\(c\)|copyright\b).*",
            r".{0,60}(?:tous droits (?:de reproduction )?(?:.{0,30})?reserves|all rights reserved"
            r"|(?:جميع|كافه|كل) الحقوق محفوظه).{0,80}",
            r"(?:mentions legales|conditions generales.{0,30}|cgu|cgv|nous contacter"
            r"|contactez[- ]nous|contact|plan du site|publicite|annonceurs|qui sommes[- ]nous"
            r"|a propos(?: de nous)?|politique .{0,30})",
            r"(?:terms (?:of (?:use|service)|and conditions)|contact us|about(?: us)?"
            r"|sitemap|advertis(?:e|ing|ement).{0,20}|sponsored.{0,20})",
            r"(?:اتصل بنا|من نحن|شروط الاستخدام|شروط الاستعمال|اعلان|اعلانات|اعلانات تجاريه|هييه التحرير|فريق العمل)",
            r"(?:la )?(?:reproduction|republication)\b.{0,80}\b(?:interdite|soumise|autorisation)\b.{0,80}",
        ),
        longest=200,
    ),
    Wording(
        "the credit of a picture",
        Reach.LINE,
        _any(
            r"(?:credits?|ph|photos?|images?|illustration|legende|visuel)(?: (?:photos?"
            r"|images?|d'illustration))?\s*[:.©(/].{0,80}",
            r"(?:photo|image) (?:d'illustration|d'archives?|a la une|credit).{0,60}|dr|ph ?\. ?dr",
            r"(?:getty|shutterstock|afp|map|unsplash)(?: images?)?(?: / ?\w+)?",
            r"(?:صوره|الصوره|عدسه|تصوير)(?: (?:تعبيريه|ارشيفيه|من الارشيف))?(?:\s*[:/].{0,60})?",
        ),
        longest=120,
    ),
    Wording(
        "tags and breadcrumbs",
        Reach.LINE,
        _any(
            r"(?:tags?|etiquettes?|mots?[- ]cles?|keywords?|themes?|sujets?|topics?"
            r"|filed under|categories?|rubriques?|وسوم|الوسوم|كلمات مفتاحيه|الكلمات المفتاحيه"
            r"|كلمات دلاليه)\s*[:|].{0,150}",
            r"(?:tags?|etiquettes?|mots?[- ]cles?|keywords?|الوسوم|وسوم|كلمات دلاليه)",
            r"(?:#[\w]+[\s,]*)+",
            r"(?:accueil|home|الرييسيه)\b(?:\s*[>»/|›←-].{0,150})?|vous etes ici.{0,150}|you are here.{0,150}",
            r"(?:menu|rechercher?|search|ouvrir le menu|fermer|close|retour(?: a .{1,30})?"
            r"|back(?: to .{1,30})?|haut de page|aller au contenu(?: principal)?|skip to (?:main )?content"
            r"|القايمه|بحث|اغلاق|عوده)",
            r"(?:article )?(?:precedent|suivant)|(?:previous|next)(?: (?:article|post|story))?",
            r"(?:المقال |الخبر )?(?:السابق|التالي|الموالي)",
            r"(?:ecouter|listen to) (?:cet article|l'article|this article)|استمع (?:الي|للمقال).{0,20}",
            r"edition (?:abonne|du jour|papier).{0,20}",
            r"(?:(?:temps de lecture|reading time|مده القراءه|وقت القراءه)[\s:]*)?\d{1,2} ?(?:mins?"
            r"|minutes?|mn|دقايق|دقيقه)(?: (?:de lecture|read|reading|قراءه|للقراءه))?",
            r"(?:(?:lecture|ecoute)\s*[:]?\s*\d{1,2} ?(?:mins?|minutes?|mn))",
            r"[<>«»\s|/\\]*",
        ),
        longest=170,
    ),
    Wording(
        "what is said of the author",
        Reach.LINE,
        _any(
            r"(?:a propos de l'auteur|about the author|l'auteur|عن الكاتب|نبذه عن الكاتب)\b.{0,60}",
            r"(?:tous|toutes) (?:ses|les) articles.{0,60}|(?:voir|see|view) all (?:posts|articles) by.{0,60}",
            r"جميع مقالات.{0,40}",
        ),
        longest=120,
    ),
)
