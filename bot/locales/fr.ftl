# Every word of Dalil's own in French. The same keys and arguments stand in ar.ftl and en.ftl.
# A no-break space (U+00A0) stands before : ; ? ! and inside « ».

## Names and labels

language-name = français
quoted = « { $text } »
our-label = { $label } (intitulé de Dalil)
undated = sans date
undated-about = sans date ; période couverte : { $about }
summary-of-article = { $language ->
    [fr] résumé par Dalil d'un article en français
    [ar] résumé par Dalil d'un article en arabe
   *[en] résumé par Dalil d'un article en anglais
}
quote-from-article = { $language ->
    [fr] citation exacte d'un article en français
    [ar] citation exacte d'un article en arabe
   *[en] citation exacte d'un article en anglais
}
text-in-language = { $language ->
    [fr] [en français]
    [ar] [en arabe]
   *[en] [en anglais]
}
list-separator = {", "}
value-separator = {" ; "}

## Around an answer

list-may-be-incomplete = Cette liste peut être incomplète : elle se limite à ce que disent mes sources.
half-unanswered = Aucune de mes sources ne répond à cette partie de votre message : « { $question } »
unsupported-language = Je parle français, arabe et anglais. Je n'ai reconnu aucune de ces langues dans votre message, mais j'ai tout de même cherché.

## Figures

figure-of = { $metric } – { $entity }
figure-line-plain = { $subject } ({ $period }) : { $value }
figure-line-latest = { $subject }, dernière valeur connue ({ $period }) : { $value }
figure-line-target = { $subject }, objectif ({ $period }) : { $value }
figure-line-estimate = { $subject }, estimation ({ $period }) : { $value }
figure-said-by = { $line } — { $speaker }
figure-point = • { $period } : { $value }
figure-evolution = { $subject }, au fil du temps :
figure-targets = Objectifs :
figure-old = Ce chiffre a plus de deux ans : la situation a pu changer.
figures-differ = Les sources ne concordent pas :
figures-differ-in = Ce qui diffère : { $differences }.
difference-period = la période
difference-scope = le périmètre
difference-status = le statut (atteint ou visé)
difference-date = la date
difference-source = l'organisme qui établit le chiffre
no-reason-known = Aucune source n'en donne la raison.
figures-incomparable = Je ne calcule pas d'écart entre ces chiffres : leurs sources ne mesurent pas la même chose ou ne concordent pas.
calculation-difference = Calcul de Dalil : { $later } − { $earlier } = { $difference }
calculation-change = soit { $change }
option-chart = Graphique
option-evolution = Évolution
chart-alt = { $title }, graphique. { $values }
chart-reached = Atteint
chart-targets = Objectif
chart-source = Sources : { $publishers }
chart-one-point = Je n'ai qu'une valeur datée : aucune courbe à tracer. La voici :
chart-mixed-units = Ces valeurs n'ont pas toutes la même unité : je ne les trace pas dans un même graphique. Les voici :
chart-choose = Quels chiffres voulez-vous voir en graphique ?
figures-title = Choisissez un sujet, puis un chiffre.
figures-of-topic = { $topic } : choisissez un chiffre.
figures-back = Tous les sujets
latest-title = Les articles les plus récents de la base :
unit-mad = { $scale ->
    [billion] milliards de dirhams
    [million] millions de dirhams
   *[one] dirhams
}
unit-usd = { $scale ->
    [billion] milliards de dollars
    [million] millions de dollars
   *[one] dollars
}
unit-eur = { $scale ->
    [billion] milliards d'euros
    [million] millions d'euros
   *[one] euros
}
unit-people = { $scale ->
    [billion] milliards de personnes
    [million] millions de personnes
   *[one] personnes
}
unit-count = { $scale ->
    [billion] milliards
    [million] millions
   *[one] nombre
}
unit-jobs = { $scale ->
    [billion] milliards d'emplois
    [million] millions d'emplois
   *[one] emplois
}
unit-deals = opérations
unit-places = places
unit-rank = rang
unit-percent = %
unit-percent-of-gross-taxable-pay = % du salaire brut imposable
unit-score-0-to-1 = score de 0 à 1
unit-mw = MW
unit-m2 = m²
period-unknown = période non précisée
hedge-about = environ { $value }
hedge-more-than = plus de { $value }
hedge-nearly = près de { $value }
hedge-up-to = jusqu'à { $value }
hedge-at-least = au moins { $value }
value-range = de { $low } à { $high }
value-mad = { $scale ->
    [billion] { $number ->
        [one] { $written } milliard de dirhams
       *[other] { $written } milliards de dirhams
    }
    [million] { $number ->
        [one] { $written } million de dirhams
       *[other] { $written } millions de dirhams
    }
   *[one] { $number ->
        [one] { $written } dirham
       *[other] { $written } dirhams
    }
}
value-usd = { $scale ->
    [billion] { $number ->
        [one] { $written } milliard de dollars
       *[other] { $written } milliards de dollars
    }
    [million] { $number ->
        [one] { $written } million de dollars
       *[other] { $written } millions de dollars
    }
   *[one] { $number ->
        [one] { $written } dollar
       *[other] { $written } dollars
    }
}
value-eur = { $scale ->
    [billion] { $number ->
        [one] { $written } milliard d'euros
       *[other] { $written } milliards d'euros
    }
    [million] { $number ->
        [one] { $written } million d'euros
       *[other] { $written } millions d'euros
    }
   *[one] { $number ->
        [one] { $written } euro
       *[other] { $written } euros
    }
}
value-people = { $scale ->
    [billion] { $number ->
        [one] { $written } milliard de personnes
       *[other] { $written } milliards de personnes
    }
    [million] { $number ->
        [one] { $written } million de personnes
       *[other] { $written } millions de personnes
    }
   *[one] { $number ->
        [one] { $written } personne
       *[other] { $written } personnes
    }
}
value-count = { $scale ->
    [billion] { $number ->
        [one] { $written } milliard
       *[other] { $written } milliards
    }
    [million] { $number ->
        [one] { $written } million
       *[other] { $written } millions
    }
   *[one] { $written }
}
value-jobs = { $number ->
    [one] { $written } emploi
   *[other] { $written } emplois
}
value-deals = { $number ->
    [one] { $written } opération
   *[other] { $written } opérations
}
value-places = { $number ->
    [one] { $written } place
   *[other] { $written } places
}
value-points = { $number ->
    [one] { $written } point
   *[other] { $written } points
}
value-rank = { $number ->
    [1] { $written }er
   *[other] { $written }e
}
value-percent = { $written } %
value-percent-of-gross-taxable-pay = { $written } % du salaire brut imposable
value-score-0-to-1 = { $written }
value-mw = { $written } MW
value-m2 = { $written } m²

## Refusals

too-long = Votre question est trop longue pour moi. Reformulez-la en moins de mots, s'il vous plaît.
refusal-no-passage = Aucune de mes sources ne répond à cette question. Mieux vaut aucune réponse qu'une réponse fausse.
refusal-other-period = Aucune de mes sources ne répond à cette question pour la période demandée ({ $period }).
refusal-other-place = Aucune de mes sources ne répond à cette question pour le lieu demandé ({ $place }).
nearest-topics = Sujets que je peux documenter :

## Small talk

small-talk-greeting = Bonjour ! Que souhaitez-vous savoir sur l'offshoring ou le numérique au Maroc ?
small-talk-thanks = Je vous en prie ! N'hésitez pas si vous avez une autre question.
small-talk-goodbye = Au revoir, et à bientôt !
small-talk-wellbeing = Tout va bien, merci ! Que souhaitez-vous savoir sur l'offshoring ou le numérique au Maroc ?
small-talk-identity = Je suis Dalil, un programme qui répond aux questions sur l'offshoring et le numérique au Maroc, sources à l'appui. En arabe, mon nom signifie à la fois « guide » et « preuve ».
small-talk-acknowledgement = Bien noté. Posez-moi une question quand vous voulez.
small-talk-complaint =
    Je suis désolé si ma réponse ne convient pas. Vérifiez-la à sa source, ou reformulez votre question.
    Pour signaler une erreur : /about
small-talk-no-words = Je n'ai pas trouvé de mots dans votre message. Posez-moi une question sur l'offshoring ou le numérique au Maroc.

## Messages that are not text

media-sticker = Merci pour l'autocollant ! Je ne lis que le texte : posez-moi votre question par écrit.
media-photo = Je ne lis que le texte, pas les images. Posez-moi votre question par écrit, s'il vous plaît.
media-voice = Je ne lis que le texte et ne peux pas écouter les messages vocaux. Posez-moi votre question par écrit, s'il vous plaît.
media-other = Je ne lis que le texte. Posez-moi votre question par écrit, s'il vous plaît.

## Pages

start =
    Bonjour, je suis Dalil. Je réponds à vos questions sur l'offshoring et le numérique au Maroc, en français, en arabe et en anglais.
    Chaque réponse cite ses sources. Si aucune ne répond à votre question, je vous le dis.

    Quelques questions pour commencer :
help =
    Posez votre question en une phrase, en français, en arabe ou en anglais. Précisez si possible l'année ou l'entreprise qui vous intéresse.

    Chaque réponse donne d'abord le fait, puis sa source : éditeur, titre, date et lien, s'ils sont connus. Elle précise aussi s'il s'agit d'un résumé rédigé pour Dalil ou d'une citation exacte.

    Articles les plus récents : /latest
    Chiffres par sujet : /figures
    Évolution d'un chiffre en graphique : /chart
    Articles utilisés : /sources
    Ce que couvre Dalil : /about
    Langue des réponses : /lang
    Vos données : /privacy
    Effacer vos données : /forget

    Exemples de questions :
lang-choose = Dans quelle langue souhaitez-vous mes réponses ?
lang-chosen = C'est noté : je vous répondrai désormais en français.
lang-automatic = C'est noté : je répondrai désormais dans la langue de chaque question.
lang-automatic-label = Automatique
about =
    Je m'appuie sur { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    }, soit { $passages ->
        [one] { $passages } passage
       *[other] { $passages } passages
    }. Date de la source la plus récente : { $until }.
about-topics = Sujets couverts : { $topics }.
about-disclaimer = Je ne suis pas un service officiel et je ne donne pas de conseils en investissement. Mes résumés sont rédigés à partir d'articles dont j'indique toujours la source : en cas de doute, c'est l'article qui fait foi.
about-contact = Pour signaler une erreur : { $contact }
privacy =
    Ce que le bot garde se trouve dans un seul fichier, sur la machine qui l'héberge :
    • chaque message tel que Telegram le transmet, jusqu'à la réponse ; un message auquel il est impossible de répondre est effacé au bout de 24 heures ;
    • pendant 24 heures : le sujet de vos dernières questions, afin que je comprenne la suivante, et le lien entre chaque message et sa réponse, afin que la réponse soit corrigée si vous modifiez votre question ;
    • la langue que vous avez choisie, jusqu'à ce que vous choisissiez « Automatique » ou que vous effaciez tout ;
    • pendant un an au plus : les questions auxquelles aucune de mes sources ne répond et les signalements d'erreurs, avec leur langue et leur date, mais sans votre nom, sans votre numéro et sans rien d'autre qui mène à vous. Les adresses électroniques, les noms d'utilisateur et les numéros de téléphone y sont masqués.

    Pour effacer tout ce qui est gardé sur vous, dans toutes les conversations : /forget
    Les questions restées sans réponse et les signalements d'erreurs demeurent alors, car nul ne peut savoir de qui ils viennent. Les copies du fichier que l'exploitant aurait faites ne sont pas concernées.

    Les journaux techniques ne contiennent aucun texte de message : seulement l'heure, la langue et la nature des réponses (réponse, refus…), des numéros d'incident et des erreurs techniques.

    Aucun de vos textes ne quitte la machine qui héberge le bot, sauf vers Telegram lui-même. Aucun service tiers n'est utilisé.
sources-title = Sources, page { $page } sur { $pages }
previous-page = Page précédente
next-page = Page suivante

## When something does not work

unknown-action = Ce bouton ou cette commande n'est plus valable. Posez-moi plutôt votre question par écrit.
unknown-command = Je ne connais pas cette commande. Posez-moi votre question par écrit, ou consultez l'aide : /help
incident = Une erreur s'est produite de mon côté. Vous pouvez renvoyer votre question. Numéro d'incident : { $id }

## Telegram's menus and profile

command-start = Accueil et exemples
command-help = Comment poser une question
command-latest = Articles les plus récents
command-figures = Chiffres par sujet
command-chart = Évolution d'un chiffre en graphique
command-lang = Choisir la langue des réponses
command-sources = Articles utilisés
command-about = Ce que couvre Dalil
command-privacy = Vos données
command-forget = Effacer vos données
bot-description =
    Dalil répond à vos questions sur l'offshoring et le numérique au Maroc, en français, en arabe et en anglais.

    Chaque réponse cite ses sources : éditeur, titre, date et lien, s'ils sont connus. Si aucune source ne répond, Dalil vous le dit.
bot-short-description = L'offshoring et le numérique au Maroc : des réponses sourcées, en français, arabe et anglais.

## Console

console-welcome = Posez votre question. Pour terminer, laissez la ligne vide ou tapez Ctrl-D.
console-goodbye = Au revoir, et à bientôt !

## Buttons under an answer

option-sources = Sources
option-some-sources = Sources { $first }–{ $last }
option-more = En savoir plus
option-copy = Copier la citation
option-report = Une erreur ?
more-title = Proche aussi de votre question, sans forcément y répondre :
copy-title = Pour citer :
citation-with-link = { $citation }. { $link } (consulté le { $date })
report-ask =
    Qu'est-ce qui est faux dans cette réponse ? Écrivez-le en réponse à ce message.
    Référence de la réponse : { $reference }
report-thanks = Merci, votre signalement est noté. Un éditeur l'examinera ; votre nom n'est pas conservé avec lui.

## Cards to paste into other conversations

card-of = { $subject } ({ $period })
cards-none = Rien trouvé : posez-moi la question en privé

## Limits

too-many = Vous écrivez plus vite que je ne peux répondre. Patientez une minute, s'il vous plaît ; ce que vous avez envoyé entre-temps reste sans réponse.
too-busy = Beaucoup de personnes m'écrivent en ce moment. Réessayez dans une minute, s'il vous plaît.

## Memory

forgotten = C'est fait. Tout ce que je gardais sur vous est effacé, dans toutes les conversations : votre langue, le sujet de vos dernières questions et le lien entre vos messages et mes réponses. Seuls peuvent subsister des questions auxquelles je n'ai pas su répondre et des signalements d'erreurs ; rien n'y mène à vous.

## Articles that the operator has added

unknown-publisher = éditeur inconnu
also-published-by = { $publisher } (également publié par { $others })
untitled = sans titre
quote-lead = { $subject } — { $source }, { $date } :
quote-speaker = { $speaker } ({ $publisher })

## Conversation

understood = ↳ { $question }
understood-separator = {" · "}
understood-target = objectif { $period }
no-problem = Très bien. Posez-moi une autre question quand vous voulez.
no-last-answer = Je n'ai pas encore donné de réponse dans cette conversation : posez-moi d'abord une question.
nothing-more = Mes sources n'en disent pas plus sur ce point.
no-figures-to-draw = Ma dernière réponse ne contient pas de chiffres à suivre dans le temps. Chiffres par sujet : /figures
who-speaker = { $speaker }, selon { $publisher }.
who-publisher = C'est { $publisher } qui l'écrit, sans l'attribuer à une autre personne.
who-quote = De qui sont ces mots, je ne sais que ce qu'ils en disent eux-mêmes.
when-figure = Période : { $period }. Publication de l'article : { $published }.
when-published = Publication de l'article : { $published }.
which-reading = Que souhaitez-vous savoir ?

## Follow-ups

period-since = depuis { $time }
period-until = jusqu'en { $year }
role = { $person } : { $title } ({ $date })
sure = Vérifiez par vous-même : voici les sources de ma dernière réponse, avec leur date et leurs mots.
other-sources = D'autres sources donnent les mêmes chiffres :
no-other-sources = Je ne connais pas d'autre source que celles de ma dernière réponse :
where-places = Lieux que nomme ce passage : { $places }.
where-not-told = Ce passage ne nomme aucun lieu plus précis que le Maroc.
no-figure-for = Mes sources ne donnent pas ce chiffre pour : { $period }.
target-word = objectif
own-sources = Ma réponse s'appuie sur ces sources :
