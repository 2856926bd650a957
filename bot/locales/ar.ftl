# Every word of Dalil's own in Arabic. The same keys and arguments stand in fr.ftl and en.ftl.
# No bidi controls here: replies isolate numbers, Latin names and commands where they are rendered.

## Names and labels

language-name = العربية
quoted = «{ $text }»
our-label = { $label } (عنوان من وضع «دليل»)
undated = دون تاريخ
undated-about = دون تاريخ؛ يتناول { $about }
summary-of-article = { $language ->
    [fr] ملخص أعده «دليل» لمقال بالفرنسية
    [ar] ملخص أعده «دليل» لمقال بالعربية
   *[en] ملخص أعده «دليل» لمقال بالإنجليزية
}
quote-from-article = { $language ->
    [fr] اقتباس حرفي من مقال بالفرنسية
    [ar] اقتباس حرفي من مقال بالعربية
   *[en] اقتباس حرفي من مقال بالإنجليزية
}
text-in-language = { $language ->
    [fr] [بالفرنسية]
    [ar] [بالعربية]
   *[en] [بالإنجليزية]
}
list-separator = {"، "}

## Around an answer

list-may-be-incomplete = قد لا تكون هذه اللائحة كاملة، فهي تقتصر على ما ورد في مصادري.
half-unanswered = لا يجيب أي مصدر من مصادري عن هذا الجزء من رسالتكم: «{ $question }»
unsupported-language = أتحدث العربية والفرنسية والإنجليزية. لم أتعرف على أي من هذه اللغات في رسالتكم، لكنني بحثت مع ذلك عن جواب.

## Figures

figure-of = { $metric } – { $entity }
figure-line-plain = { $subject } ({ $period }): { $value }
figure-line-latest = { $subject }، آخر قيمة معروفة ({ $period }): { $value }
figure-line-target = { $subject }، الهدف ({ $period }): { $value }
figure-line-estimate = { $subject }، تقدير ({ $period }): { $value }
figure-said-by = { $line } — { $speaker }
figure-point = • { $period }: { $value }
figure-evolution = { $subject }، عبر السنوات:
figure-targets = الأهداف:
figure-old = مضى على هذا الرقم أكثر من سنتين، وربما تغير منذ ذلك الحين.
figures-differ = المصادر غير متفقة:
figures-differ-in = وجه الاختلاف: { $differences }.
difference-period = الفترة
difference-scope = النطاق
difference-status = الوضعية (محقق أو مستهدف)
difference-date = التاريخ
difference-source = الجهة التي تحصي
no-reason-known = لا يذكر أي مصدر سبب الاختلاف.
figures-incomparable = لا أحسب الفرق بين هذه الأرقام: مصادرها لا تقيس الشيء نفسه أو لا تتفق.
calculation-difference = حساب «دليل»: { $later } − { $earlier } = { $difference }
calculation-change = أي { $change }
option-chart = رسم بياني
option-evolution = التطور عبر السنوات
chart-alt = { $title }، رسم بياني. { $values }
chart-reached = محقق
chart-targets = هدف
chart-source = المصادر: { $publishers }
chart-one-point = لا توجد سوى قيمة مؤرخة واحدة، فلا شيء يمكن رسمه. ها هي:
chart-mixed-units = هذه القيم ليست بالوحدة نفسها، لذلك لا أرسمها في رسم بياني واحد. ها هي:
chart-choose = أي أرقام تريدون عرضها في رسم بياني؟
figures-title = اختاروا موضوعا ثم رقما.
figures-of-topic = { $topic }: اختاروا رقما.
figures-back = جميع المواضيع
latest-title = أحدث المقالات في القاعدة:
unit-mad = { $scale ->
    [billion] مليار درهم
    [million] مليون درهم
   *[one] درهم
}
unit-usd = { $scale ->
    [billion] مليار دولار
    [million] مليون دولار
   *[one] دولار
}
unit-eur = { $scale ->
    [billion] مليار أورو
    [million] مليون أورو
   *[one] أورو
}
unit-people = { $scale ->
    [billion] مليار شخص
    [million] مليون شخص
   *[one] عدد الأشخاص
}
unit-count = { $scale ->
    [billion] بالمليار
    [million] بالمليون
   *[one] العدد
}
unit-jobs = { $scale ->
    [billion] مليار منصب شغل
    [million] مليون منصب شغل
   *[one] منصب شغل
}
unit-deals = صفقة
unit-places = مرتبة
unit-rank = المرتبة
unit-percent = %
unit-percent-of-gross-taxable-pay = % من الأجر الإجمالي الخاضع للضريبة
unit-score-0-to-1 = نقطة من 0 إلى 1
unit-mw = ميغاواط
unit-m2 = متر مربع
period-unknown = فترة غير محددة
hedge-about = حوالي { $value }
hedge-more-than = أكثر من { $value }
hedge-nearly = ما يناهز { $value }
hedge-up-to = إلى غاية { $value }
hedge-at-least = ما لا يقل عن { $value }
value-range = من { $low } إلى { $high }
value-mad = { $scale ->
    [billion] { $number ->
        [few] { $written } ملايير درهم
       *[other] { $written } مليار درهم
    }
    [million] { $number ->
        [few] { $written } ملايين درهم
       *[other] { $written } مليون درهم
    }
   *[one] { $number ->
        [few] { $written } دراهم
        [many] { $written } درهما
       *[other] { $written } درهم
    }
}
value-usd = { $scale ->
    [billion] { $number ->
        [few] { $written } ملايير دولار
       *[other] { $written } مليار دولار
    }
    [million] { $number ->
        [few] { $written } ملايين دولار
       *[other] { $written } مليون دولار
    }
   *[one] { $number ->
        [few] { $written } دولارات
        [many] { $written } دولارا
       *[other] { $written } دولار
    }
}
value-eur = { $scale ->
    [billion] { $number ->
        [few] { $written } ملايير أورو
       *[other] { $written } مليار أورو
    }
    [million] { $number ->
        [few] { $written } ملايين أورو
       *[other] { $written } مليون أورو
    }
   *[one] { $number ->
        [few] { $written } أورو
        [many] { $written } أورو
       *[other] { $written } أورو
    }
}
value-people = { $scale ->
    [billion] { $number ->
        [few] { $written } ملايير شخص
       *[other] { $written } مليار شخص
    }
    [million] { $number ->
        [few] { $written } ملايين شخص
       *[other] { $written } مليون شخص
    }
   *[one] { $number ->
        [few] { $written } أشخاص
        [many] { $written } شخصا
       *[other] { $written } شخص
    }
}
value-count = { $scale ->
    [billion] { $number ->
        [few] { $written } ملايير
       *[other] { $written } مليار
    }
    [million] { $number ->
        [few] { $written } ملايين
       *[other] { $written } مليون
    }
   *[one] { $written }
}
value-jobs = { $number ->
    [few] { $written } مناصب شغل
   *[other] { $written } منصب شغل
}
value-deals = { $number ->
    [few] { $written } صفقات
   *[other] { $written } صفقة
}
value-places = { $number ->
    [few] { $written } مراتب
   *[other] { $written } مرتبة
}
value-points = { $number ->
    [few] { $written } نقاط
   *[other] { $written } نقطة
}
value-rank = المرتبة { $written }
value-percent = { $written }%
value-percent-of-gross-taxable-pay = { $written }% من الأجر الإجمالي الخاضع للضريبة
value-score-0-to-1 = { $written }
value-mw = { $written } ميغاواط
value-m2 = { $written } متر مربع

## Refusals

too-long = سؤالكم أطول مما أستطيع معالجته. أعيدوا صياغته بكلمات أقل من فضلكم.
refusal-no-passage = لا يجيب أي مصدر من مصادري عن هذا السؤال، وعدم الجواب خير من جواب خاطئ.
refusal-other-period = لا يجيب أي مصدر من مصادري عن هذا السؤال بخصوص الفترة المطلوبة ({ $period }).
refusal-other-place = لا يجيب أي مصدر من مصادري عن هذا السؤال بخصوص المنطقة المطلوبة ({ $place }).
nearest-topics = مواضيع أتوفر على مصادر حولها:

## Small talk

small-talk-greeting = مرحبا بكم! ماذا تودون أن تعرفوا عن ترحيل الخدمات أو القطاع الرقمي بالمغرب؟
small-talk-thanks = على الرحب والسعة! لا تترددوا إن كان لديكم سؤال آخر.
small-talk-goodbye = إلى اللقاء!
small-talk-wellbeing = كل شيء على ما يرام، شكرا! ماذا تودون أن تعرفوا عن ترحيل الخدمات أو القطاع الرقمي بالمغرب؟
small-talk-identity = أنا «دليل»، برنامج يجيب، بالاستناد إلى مصادر، عن الأسئلة المتعلقة بترحيل الخدمات والقطاع الرقمي بالمغرب. واسمي يجمع معنيين: المرشد والبرهان.
small-talk-acknowledgement = حسنا. اطرحوا علي سؤالا متى شئتم.
small-talk-complaint =
    أعتذر إن لم يكن جوابي صحيحا. يمكنكم التحقق منه في مصدره أو إعادة صياغة سؤالكم.
    للتبليغ عن خطأ: /about
small-talk-no-words = لم أجد كلمات في رسالتكم. اطرحوا علي سؤالا عن ترحيل الخدمات أو القطاع الرقمي بالمغرب.

## Messages that are not text

media-sticker = شكرا على الملصق! أقرأ النصوص فقط، فاطرحوا علي سؤالكم كتابة.
media-photo = أقرأ النصوص فقط، لا الصور. اطرحوا علي سؤالكم كتابة من فضلكم.
media-voice = أقرأ النصوص فقط، ولا يمكنني الاستماع إلى الرسائل الصوتية. اطرحوا علي سؤالكم كتابة من فضلكم.
media-other = أقرأ النصوص فقط. اطرحوا علي سؤالكم كتابة من فضلكم.

## Pages

start =
    مرحبا بكم، أنا «دليل». أجيب عن أسئلتكم حول ترحيل الخدمات والقطاع الرقمي بالمغرب، بالعربية والفرنسية والإنجليزية.
    كل جواب يذكر مصادره. وإذا لم يجب أي مصدر عن سؤالكم، أخبرتكم بذلك.

    هذه بعض الأسئلة للبداية:
help =
    اطرحوا سؤالكم في جملة واحدة، بالعربية أو الفرنسية أو الإنجليزية، مع تحديد السنة أو الشركة التي تهمكم إن أمكن.

    يقدم كل جواب المعلومة أولا، ثم مصدرها: الناشر والعنوان والتاريخ والرابط، متى كانت معروفة. ويوضح أيضا هل يتعلق الأمر بملخص محرر من أجل «دليل» أم باقتباس حرفي.

    أحدث المقالات: /latest
    الأرقام حسب المواضيع: /figures
    رسم بياني لتطور رقم معين: /chart
    المقالات المعتمدة: /sources
    ما يغطيه «دليل»: /about
    لغة الأجوبة: /lang
    معطياتكم: /privacy

    أمثلة من الأسئلة:
lang-choose = بأي لغة تريدون أن أجيبكم؟
lang-chosen = حسنا، سأجيبكم بالعربية من الآن فصاعدا.
lang-automatic = حسنا، سأجيب من الآن فصاعدا بلغة كل سؤال.
lang-automatic-label = تلقائي
about =
    { $articles ->
        [zero] لا تضم قاعدتي أي مقال
        [one] تضم قاعدتي مقالا واحدا
        [two] تضم قاعدتي مقالين
        [few] تضم قاعدتي { $articles } مقالات
        [many] تضم قاعدتي { $articles } مقالا
       *[other] تضم قاعدتي { $articles } مقال
    } { $passages ->
        [zero] ولا أي مقطع
        [one] ومقطعا واحدا
        [two] ومقطعين
        [few] و{ $passages } مقاطع
        [many] و{ $passages } مقطعا
       *[other] و{ $passages } مقطع
    }. تاريخ أحدث مصدر: { $until }.
about-topics = المواضيع المغطاة: { $topics }.
about-disclaimer = لست خدمة رسمية ولا أقدم نصائح في الاستثمار. ملخصاتي محررة انطلاقا من مقالات أذكر مصدرها دائما، وعند الشك يبقى المقال هو المرجع.
about-contact = للتبليغ عن خطأ: { $contact }
privacy =
    لا يتم تسجيل أي شيء من رسائلكم على القرص. ولا يبقى في الذاكرة المؤقتة عن كل محادثة، إلى حين إعادة تشغيل البرنامج، سوى معطيات قليلة: اللغة التي اخترتموها أو آخر لغة مستعملة، ولغة تطبيق تيليغرام لديكم، والربط بين كل رسالة وجوابها حتى يتم تصحيح الجواب إذا عدلتم سؤالكم.

    لا تتضمن السجلات التقنية أي نص من الرسائل، بل وقت كل جواب ولغته ونوعه (جواب أو اعتذار) وأرقام الأعطال والأخطاء التقنية فقط.

    لا يغادر أي نص من نصوصكم الجهاز الذي يعمل عليه البرنامج، إلا نحو تيليغرام نفسه. ولا يتم اللجوء إلى أي خدمة خارجية.
sources-title = المصادر، الصفحة { $page } من { $pages }
previous-page = الصفحة السابقة
next-page = الصفحة التالية

## When something does not work

unknown-action = لم يعد هذا الزر أو الأمر صالحا. اطرحوا علي سؤالكم كتابة.
unknown-command = لا أعرف هذا الأمر. اطرحوا علي سؤالكم كتابة، أو اطلعوا على المساعدة: /help
incident = حدث خطأ من جانبنا. يمكنكم إعادة إرسال سؤالكم. رقم العطل: { $id }

## Telegram's menus and profile

command-start = البداية وأمثلة من الأسئلة
command-help = كيفية طرح سؤال
command-latest = أحدث المقالات
command-figures = الأرقام حسب المواضيع
command-chart = رسم بياني لتطور رقم معين
command-lang = اختيار لغة الأجوبة
command-sources = المقالات المعتمدة
command-about = ما يغطيه «دليل»
command-privacy = معطياتكم
bot-description =
    يجيب «دليل» عن أسئلتكم حول ترحيل الخدمات والقطاع الرقمي بالمغرب، بالعربية والفرنسية والإنجليزية.

    كل جواب يذكر مصادره: الناشر والعنوان والتاريخ والرابط، متى كانت معروفة. وإذا لم يجب أي مصدر، أخبركم «دليل» بذلك.
bot-short-description = ترحيل الخدمات والقطاع الرقمي بالمغرب: أجوبة بمصادرها، بالعربية والفرنسية والإنجليزية.

## Console

console-welcome = اطرحوا سؤالكم. لإنهاء المحادثة، اتركوا السطر فارغا أو اضغطوا على Ctrl-D.
console-goodbye = إلى اللقاء!

## Buttons under an answer

option-sources = المصادر
option-some-sources = المصادر { $first }–{ $last }
option-more = المزيد
option-copy = نسخ المرجع
more-title = مقاطع أخرى قريبة من سؤالكم، وقد لا تجيب عنه:
copy-title = للاستشهاد:
citation-with-link = { $citation }. { $link } (تم الاطلاع عليه في { $date })
report-ask =
    ما الخطأ في هذا الجواب؟ اكتبوه في رد على هذه الرسالة.
    مرجع الجواب: { $reference }

## Conversation

understood = ↳ { $question }
understood-separator = {" · "}
understood-target = هدف { $period }
no-problem = حسنا. اطرحوا علي سؤالا آخر متى شئتم.
no-last-answer = لم أقدم بعد أي جواب في هذه المحادثة: اطرحوا علي سؤالا أولا.
nothing-more = لا تقول مصادري أكثر من هذا في هذه النقطة.
no-figures-to-draw = لا يتضمن جوابي الأخير أرقاما يمكن تتبعها عبر الزمن. الأرقام حسب الموضوع: /figures
who-speaker = { $speaker }، حسب { $publisher }.
who-publisher = ورد ذلك في { $publisher } دون نسبته إلى جهة أخرى.
when-figure = الفترة: { $period }. نشر المقال: { $published }.
when-published = نشر المقال: { $published }.
which-reading = ماذا تودون أن تعرفوا؟
