# Every word of Dalil's own in English. The same keys and arguments stand in fr.ftl and ar.ftl.

## Names and labels

language-name = English
quoted = “{ $text }”
our-label = { $label } (Dalil's own description)
undated = undated
undated-about = undated; covers { $about }
summary-of-article = { $language ->
    [fr] Dalil's summary of an article in French
    [ar] Dalil's summary of an article in Arabic
   *[en] Dalil's summary of an article in English
}
quote-from-article = { $language ->
    [fr] exact quote from an article in French
    [ar] exact quote from an article in Arabic
   *[en] exact quote from an article in English
}
text-in-language = { $language ->
    [fr] [in French]
    [ar] [in Arabic]
   *[en] [in English]
}
list-separator = {", "}
value-separator = {"; "}

## Around an answer

list-may-be-incomplete = This list may be incomplete: it holds only what my sources say.
half-unanswered = None of my sources answers this part of your message: “{ $question }”
unsupported-language = I speak French, Arabic and English. I recognised none of these in your message, but I have searched all the same.

## Figures

figure-of = { $metric } – { $entity }
figure-line-plain = { $subject } ({ $period }): { $value }
figure-line-latest = { $subject }, latest known ({ $period }): { $value }
figure-line-target = { $subject }, target ({ $period }): { $value }
figure-line-estimate = { $subject }, estimate ({ $period }): { $value }
figure-said-by = { $line } — { $speaker }
figure-point = • { $period }: { $value }
figure-evolution = { $subject }, over time:
figure-targets = Targets:
figure-old = This figure is more than two years old; it may have changed since.
figures-differ = The sources do not agree:
figures-differ-in = What differs: { $differences }.
difference-period = the period
difference-scope = the scope
difference-status = the status (reached or aimed at)
difference-date = the date
difference-source = who counts
no-reason-known = No source gives the reason.
figures-incomparable = I compute no change between these figures: their sources do not count the same thing, or do not agree.
calculation-difference = Dalil's calculation: { $later } − { $earlier } = { $difference }
calculation-change = that is { $change }
option-chart = Chart
option-evolution = Over time
chart-alt = { $title }, chart. { $values }
chart-reached = Reached
chart-targets = Target
chart-source = Sources: { $publishers }
chart-one-point = There is only one dated value, so there is nothing to draw. Here it is:
chart-mixed-units = These values do not have the same unit, so I do not draw them in one chart. Here they are:
chart-choose = Which figures shall I draw?
figures-title = Choose a topic, then a figure.
figures-of-topic = { $topic }: choose a figure.
figures-back = All topics
latest-title = The newest articles in the base:
unit-mad = { $scale ->
    [billion] billion dirhams
    [million] million dirhams
   *[one] dirhams
}
unit-usd = { $scale ->
    [billion] billion dollars
    [million] million dollars
   *[one] dollars
}
unit-eur = { $scale ->
    [billion] billion euros
    [million] million euros
   *[one] euros
}
unit-people = { $scale ->
    [billion] billion people
    [million] million people
   *[one] people
}
unit-count = { $scale ->
    [billion] billions
    [million] millions
   *[one] number
}
unit-jobs = { $scale ->
    [billion] billion jobs
    [million] million jobs
   *[one] jobs
}
unit-deals = deals
unit-places = places
unit-rank = rank
unit-percent = %
unit-percent-of-gross-taxable-pay = % of gross taxable pay
unit-score-0-to-1 = score from 0 to 1
unit-mw = MW
unit-m2 = m²
period-unknown = period not stated
hedge-about = about { $value }
hedge-more-than = more than { $value }
hedge-nearly = nearly { $value }
hedge-up-to = up to { $value }
hedge-at-least = at least { $value }
value-range = { $low } to { $high }
value-mad = { $scale ->
    [billion] { $written } billion dirhams
    [million] { $written } million dirhams
   *[one] { $number ->
        [one] { $written } dirham
       *[other] { $written } dirhams
    }
}
value-usd = { $scale ->
    [billion] { $written } billion dollars
    [million] { $written } million dollars
   *[one] { $number ->
        [one] { $written } dollar
       *[other] { $written } dollars
    }
}
value-eur = { $scale ->
    [billion] { $written } billion euros
    [million] { $written } million euros
   *[one] { $number ->
        [one] { $written } euro
       *[other] { $written } euros
    }
}
value-people = { $scale ->
    [billion] { $written } billion people
    [million] { $written } million people
   *[one] { $number ->
        [one] { $written } person
       *[other] { $written } people
    }
}
value-count = { $scale ->
    [billion] { $written } billion
    [million] { $written } million
   *[one] { $written }
}
value-jobs = { $number ->
    [one] { $written } job
   *[other] { $written } jobs
}
value-deals = { $number ->
    [one] { $written } deal
   *[other] { $written } deals
}
value-places = { $number ->
    [one] { $written } place
   *[other] { $written } places
}
value-points = { $number ->
    [one] { $written } point
   *[other] { $written } points
}
value-rank = No. { $written }
value-percent = { $written }%
value-percent-of-gross-taxable-pay = { $written }% of gross taxable pay
value-score-0-to-1 = { $written }
value-mw = { $written } MW
value-m2 = { $written } m²

## Refusals

too-long = Your question is too long for me. Please ask it in fewer words.
refusal-no-passage = None of my sources answers this question. Better no answer than a wrong one.
refusal-other-period = None of my sources answers this question for the period you ask about ({ $period }).
refusal-other-place = None of my sources answers this question for the area you ask about ({ $place }).
nearest-topics = Topics I can document:

## Small talk

small-talk-greeting = Hello! What would you like to know about offshoring or the digital sector in Morocco?
small-talk-thanks = You're welcome! Do ask if you have another question.
small-talk-goodbye = Goodbye, and see you soon!
small-talk-wellbeing = All is well, thank you! What would you like to know about offshoring or the digital sector in Morocco?
small-talk-identity = I am Dalil, a program that answers questions about offshoring and the digital sector in Morocco, with its sources. In Arabic, my name means both “guide” and “evidence”.
small-talk-acknowledgement = Noted. Ask me a question whenever you like.
small-talk-complaint =
    I am sorry if my answer is not right. Check it at its source, or put your question in other words.
    To report a mistake: /about
small-talk-no-words = I found no words in your message. Ask me a question about offshoring or the digital sector in Morocco.

## Messages that are not text

media-sticker = Thanks for the sticker! I read text only, so please ask your question in writing.
media-photo = I read text only, not pictures. Please ask your question in writing.
media-voice = I read text only and cannot listen to voice messages. Please ask your question in writing.
media-other = I read text only. Please ask your question in writing.

## Pages

start =
    Hello, I am Dalil. I answer your questions about offshoring and the digital sector in Morocco, in French, Arabic and English.
    Every answer cites its sources. If none of them answers your question, I say so.

    Some questions to begin with:
help =
    Ask your question in one sentence, in French, Arabic or English. If you can, name the year or the company you have in mind.

    Every answer gives the fact first, then its source: publisher, title, date and link, where known. It also says whether you are reading a summary written for Dalil or an exact quote.

    Newest articles: /latest
    Figures by topic: /figures
    Chart of a figure over time: /chart
    Articles used: /sources
    What Dalil covers: /about
    Language of the replies: /lang
    Your data: /privacy
    Erase your data: /forget

    Example questions:
lang-choose = Which language would you like my replies in?
lang-chosen = Noted: I now reply in English.
lang-automatic = Noted: I now reply in the language of each question.
lang-automatic-label = Automatic
about =
    I draw on { $articles ->
        [one] { $articles } article
       *[other] { $articles } articles
    } in { $passages ->
        [one] { $passages } passage
       *[other] { $passages } passages
    }. Date of the newest source: { $until }.
about-topics = Topics covered: { $topics }.
about-disclaimer = I am not an official service and I give no investment advice. My summaries are written from articles whose source I always name; in case of doubt, the article is the authority.
about-contact = To report an error: { $contact }
privacy =
    What the bot keeps lies in one file on the machine that runs it:
    • each message as Telegram delivers it, until it is answered; a message that cannot be answered goes after 24 hours;
    • for 24 hours: what your last questions were about, so that I understand what you ask next, and which reply belongs to which message, so that the reply is corrected if you edit your question;
    • the language that you chose, until you choose “Automatic” or erase everything;
    • for a year at most: questions that none of my sources answers, and reports of mistakes, with their language and their day, but without your name, your number or anything else that leads to you. E-mail addresses, user names and telephone numbers in them are hidden.

    To erase everything that is kept about you, in all chats: /forget
    Questions without an answer and reports of mistakes then remain, for nobody can tell whose they are. Copies of the file that the operator may have made are not reached.

    The logs hold no text of messages, only the time, language and kind of each reply (answer, refusal…), incident numbers and technical errors.

    None of your text leaves the machine that runs the bot, except to Telegram itself. No third-party service is used.
sources-title = Sources, page { $page } of { $pages }
previous-page = Previous page
next-page = Next page

## When something does not work

unknown-action = This button or command is no longer valid. Please ask your question in words.
unknown-command = I do not know this command. Ask your question in words, or open the help page: /help
incident = Something went wrong on our side. You can send your question again. Incident number: { $id }

## Telegram's menus and profile

command-start = Welcome and examples
command-help = How to ask a question
command-latest = Newest articles
command-figures = Figures by topic
command-chart = Chart of a figure over time
command-lang = Choose the language of the replies
command-sources = Articles used
command-about = What Dalil covers
command-privacy = Your data
command-forget = Erase your data
bot-description =
    Dalil answers your questions about offshoring and the digital sector in Morocco, in French, Arabic and English.

    Every answer cites its sources: publisher, title, date and link, where known. If no source answers, Dalil says so.
bot-short-description = Offshoring and the digital sector in Morocco: answers with their sources, in French, Arabic and English.

## Console

console-welcome = Ask your question. To finish, leave the line empty or press Ctrl-D.
console-goodbye = Goodbye, and see you soon!

## Buttons under an answer

option-sources = Sources
option-some-sources = Sources { $first }–{ $last }
option-more = More
option-copy = Copy citation
option-report = Report a mistake
more-title = Also close to your question, though it may not answer it:
copy-title = To cite:
citation-with-link = { $citation }. { $link } (accessed { $date })
report-ask =
    What is wrong with this answer? Write it as a reply to this message.
    Reference of the answer: { $reference }
report-thanks = Thank you, your report is noted. An editor will look at it; your name is not kept with it.

## Cards to paste into other conversations

card-of = { $subject } ({ $period })
cards-none = Nothing found: ask me in private

## Limits

too-many = You are writing faster than I can answer. Please wait a minute; what you sent meanwhile stays unanswered.
too-busy = Many people are writing at this moment. Please try again in a minute.

## Memory

forgotten = Done. Everything that I kept about you is erased, in all chats: your language, what your last questions were about, and which reply belongs to which message. All that may remain are questions that I could not answer and reports of mistakes, and nothing in them leads to you.

## Articles that the operator has added

unknown-publisher = unknown publisher
also-published-by = { $publisher } (also published by { $others })
untitled = untitled
quote-lead = { $subject } — { $source }, { $date }:
quote-speaker = { $speaker } ({ $publisher })

## Conversation

understood = ↳ { $question }
understood-separator = {" · "}
understood-target = target { $period }
no-problem = All right. Ask me another question whenever you like.
no-last-answer = I have not given an answer in this conversation yet: ask me a question first.
nothing-more = My sources say no more about this.
no-figures-to-draw = My last answer holds no figures to follow over time. Figures by topic: /figures
who-speaker = { $speaker }, according to { $publisher }.
who-publisher = { $publisher } says so, without attributing it to anyone else.
who-quote = All that I know of who said this stands in the words themselves.
when-figure = Period: { $period }. Article published: { $published }.
when-published = Article published: { $published }.
which-reading = What would you like to know?

## Follow-ups

period-since = since { $time }
period-until = until { $year }
role = { $person }: { $title } ({ $date })
sure = Check for yourself: here are the sources of my last answer, with their dates and their words.
other-sources = Other sources give the same figures:
no-other-sources = I know of no other source than those of my last answer:
where-places = Places that this passage names: { $places }.
where-not-told = This passage names no place more precise than Morocco.
no-figure-for = My sources do not give this figure for: { $period }.
target-word = target
own-sources = My answer rests on these sources:
