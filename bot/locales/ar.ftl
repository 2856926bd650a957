# Every word of Dalil's own in Arabic. The same keys and arguments stand in fr.ftl and en.ftl.
# Wherever a number selects, all six plural forms are written out, even where two are alike: with digits before it the
# noun stays singular after 0, 1 and 2, since a dual would need its case, which a hedge such as حوالي changes.
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
value-separator = {"؛ "}

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
difference-source = الجهة صاحبة الإحصاء
no-reason-known = لا يذكر أي مصدر سبب الاختلاف.
figures-incomparable = لا أحسب الفرق بين هذه الأرقام، لأن مصادرها لا تقيس الشيء نفسه أو لا تتفق فيما بينها.
calculation-difference = حساب «دليل»: { $later } − { $earlier } = { $difference }
calculation-change = أي { $change }
option-chart = رسم بياني
option-evolution = التطور عبر السنوات
chart-alt = { $title }، رسم بياني. { $values }
chart-reached = محقق
chart-targets = هدف
chart-source = المصادر: { $publishers }
chart-one-point = لا تتوفر سوى قيمة مؤرخة واحدة، ولا تكفي لإنجاز رسم بياني. ها هي:
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
unit-percent-of-gross-taxable-pay = % من الأجر الخام الخاضع للضريبة
unit-score-0-to-1 = نقطة من 0 إلى 1
unit-mw = ميغاواط
unit-m2 = متر مربع
period-unknown = فترة غير محددة
hedge-about = حوالي { $value }
hedge-more-than = أكثر من { $value }
hedge-nearly = ما يقارب { $value }
hedge-up-to = ما يصل إلى { $value }
hedge-at-least = ما لا يقل عن { $value }
value-range = من { $low } إلى { $high }
value-mad = { $scale ->
    [billion] { $number ->
        [zero] { $written } مليار درهم
        [one] { $written } مليار درهم
        [two] { $written } مليار درهم
        [few] { $written } ملايير درهم
        [many] { $written } مليار درهم
       *[other] { $written } مليار درهم
    }
    [million] { $number ->
        [zero] { $written } مليون درهم
        [one] { $written } مليون درهم
        [two] { $written } مليون درهم
        [few] { $written } ملايين درهم
        [many] { $written } مليون درهم
       *[other] { $written } مليون درهم
    }
   *[one] { $number ->
        [zero] { $written } درهم
        [one] { $written } درهم
        [two] { $written } درهم
        [few] { $written } دراهم
        [many] { $written } درهما
       *[other] { $written } درهم
    }
}
value-usd = { $scale ->
    [billion] { $number ->
        [zero] { $written } مليار دولار
        [one] { $written } مليار دولار
        [two] { $written } مليار دولار
        [few] { $written } ملايير دولار
        [many] { $written } مليار دولار
       *[other] { $written } مليار دولار
    }
    [million] { $number ->
        [zero] { $written } مليون دولار
        [one] { $written } مليون دولار
        [two] { $written } مليون دولار
        [few] { $written } ملايين دولار
        [many] { $written } مليون دولار
       *[other] { $written } مليون دولار
    }
   *[one] { $number ->
        [zero] { $written } دولار
        [one] { $written } دولار
        [two] { $written } دولار
        [few] { $written } دولارات
        [many] { $written } دولارا
       *[other] { $written } دولار
    }
}
value-eur = { $scale ->
    [billion] { $number ->
        [zero] { $written } مليار أورو
        [one] { $written } مليار أورو
        [two] { $written } مليار أورو
        [few] { $written } ملايير أورو
        [many] { $written } مليار أورو
       *[other] { $written } مليار أورو
    }
    [million] { $number ->
        [zero] { $written } مليون أورو
        [one] { $written } مليون أورو
        [two] { $written } مليون أورو
        [few] { $written } ملايين أورو
        [many] { $written } مليون أورو
       *[other] { $written } مليون أورو
    }
   *[one] { $number ->
        [zero] { $written } أورو
        [one] { $written } أورو
        [two] { $written } أورو
        [few] { $written } أورو
        [many] { $written } أورو
       *[other] { $written } أورو
    }
}
value-people = { $scale ->
    [billion] { $number ->
        [zero] { $written } مليار شخص
        [one] { $written } مليار شخص
        [two] { $written } مليار شخص
        [few] { $written } ملايير شخص
        [many] { $written } مليار شخص
       *[other] { $written } مليار شخص
    }
    [million] { $number ->
        [zero] { $written } مليون شخص
        [one] { $written } مليون شخص
        [two] { $written } مليون شخص
        [few] { $written } ملايين شخص
        [many] { $written } مليون شخص
       *[other] { $written } مليون شخص
    }
   *[one] { $number ->
        [zero] { $written } شخص
        [one] { $written } شخص
        [two] { $written } شخص
        [few] { $written } أشخاص
        [many] { $written } شخصا
       *[other] { $written } شخص
    }
}
value-count = { $scale ->
    [billion] { $number ->
        [zero] { $written } مليار
        [one] { $written } مليار
        [two] { $written } مليار
        [few] { $written } ملايير
        [many] { $written } مليار
       *[other] { $written } مليار
    }
    [million] { $number ->
        [zero] { $written } مليون
        [one] { $written } مليون
        [two] { $written } مليون
        [few] { $written } ملايين
        [many] { $written } مليون
       *[other] { $written } مليون
    }
   *[one] { $written }
}
value-jobs = { $number ->
    [zero] { $written } منصب شغل
    [one] { $written } منصب شغل
    [two] { $written } منصب شغل
    [few] { $written } مناصب شغل
    [many] { $written } منصب شغل
   *[other] { $written } منصب شغل
}
value-deals = { $number ->
    [zero] { $written } صفقة
    [one] { $written } صفقة
    [two] { $written } صفقة
    [few] { $written } صفقات
    [many] { $written } صفقة
   *[other] { $written } صفقة
}
value-places = { $number ->
    [zero] { $written } مرتبة
    [one] { $written } مرتبة
    [two] { $written } مرتبة
    [few] { $written } مراتب
    [many] { $written } مرتبة
   *[other] { $written } مرتبة
}
value-points = { $number ->
    [zero] { $written } نقطة
    [one] { $written } نقطة
    [two] { $written } نقطة
    [few] { $written } نقاط
    [many] { $written } نقطة
   *[other] { $written } نقطة
}
value-rank = المرتبة { $written }
value-percent = { $written }%
value-percent-of-gross-taxable-pay = { $written }% من الأجر الخام الخاضع للضريبة
value-score-0-to-1 = { $written }
value-mw = { $written } ميغاواط
value-m2 = { $written } متر مربع

## Refusals

too-long = سؤالكم أطول مما أستطيع معالجته. أعيدوا صياغته بكلمات أقل من فضلكم.
refusal-no-passage = لا يجيب أي مصدر من مصادري عن هذا السؤال، وعدم الجواب خير من جواب خاطئ.
refusal-other-period = لا يجيب أي مصدر من مصادري عن هذا السؤال بخصوص الفترة المطلوبة ({ $period }).
refusal-other-place = لا يجيب أي مصدر من مصادري عن هذا السؤال بخصوص المنطقة المطلوبة ({ $place }).
nearest-topics = مواضيع تتناولها مصادري:

## Small talk

small-talk-greeting = مرحبا بكم! ماذا تودون أن تعرفوا عن ترحيل الخدمات أو القطاع الرقمي بالمغرب؟
small-talk-thanks = على الرحب والسعة! لا تترددوا إن كان لديكم سؤال آخر.
small-talk-goodbye = إلى اللقاء!
small-talk-wellbeing = كل شيء على ما يرام، شكرا! ماذا تودون أن تعرفوا عن ترحيل الخدمات أو القطاع الرقمي بالمغرب؟
small-talk-identity = أنا «دليل»، برنامج يجيب، بالاستناد إلى مصادر، عن الأسئلة المتعلقة بترحيل الخدمات والقطاع الرقمي بالمغرب. واسمي يجمع معنيين: المرشد والبرهان.
small-talk-acknowledgement = حسنا. اطرحوا علي سؤالا متى شئتم.
small-talk-complaint =
    أعتذر إن لم يكن جوابي في محله. يمكنكم التحقق منه في مصدره أو إعادة صياغة سؤالكم.
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

    يقدم كل جواب المعلومة أولا، ثم مصدرها: الناشر والعنوان والتاريخ والرابط، متى كانت معروفة. ويوضح أيضا ما إذا كان ما تقرؤونه ملخصا أعده «دليل» أم اقتباسا حرفيا.

    أحدث المقالات: /latest
    الأرقام حسب المواضيع: /figures
    رسم بياني لتطور رقم معين: /chart
    المقالات المعتمدة: /sources
    ما يغطيه «دليل»: /about
    لغة الأجوبة: /lang
    معطياتكم: /privacy
    محو معطياتكم: /forget

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
    ما يحتفظ به البرنامج يوجد في ملف واحد على الجهاز الذي يعمل عليه:
    • كل رسالة كما ينقلها تيليغرام، إلى حين الجواب عنها. والرسالة التي يتعذر الجواب عنها تحذف بعد 24 ساعة.
    • لمدة 24 ساعة: موضوع أسئلتكم الأخيرة حتى أفهم السؤال الموالي، والربط بين كل رسالة وجوابها حتى يتم تصحيح الجواب إذا عدلتم سؤالكم.
    • اللغة التي اخترتموها، إلى أن تختاروا «تلقائي» أو تمحوا كل شيء.
    • لمدة سنة على الأكثر: الأسئلة التي لا يجيب عنها أي من مصادري والتبليغات عن الأخطاء، مع لغتها وتاريخها، من دون اسمكم أو رقمكم أو أي شيء آخر يدل عليكم. وتحجب فيها عناوين البريد الإلكتروني وأسماء المستخدمين وأرقام الهاتف.

    لمحو كل ما يحفظ عنكم في جميع المحادثات: /forget
    وتبقى عندئذ الأسئلة التي لم تلق جوابا والتبليغات عن الأخطاء، إذ لا يمكن لأحد أن يعرف أصحابها. ولا يشمل المحو النسخ التي قد يكون مشغل البرنامج أخذها من الملف.

    لا تتضمن السجلات التقنية أي نص من الرسائل، بل وقت كل جواب ولغته ونوعه (جواب أو اعتذار) وأرقام الأعطال والأخطاء التقنية فقط.

    لا يغادر أي نص من نصوصكم الجهاز الذي يعمل عليه البرنامج، إلا نحو تيليغرام نفسه. ولا يتم اللجوء إلى أي خدمة خارجية.
sources-title = المصادر، الصفحة { $page } من { $pages }
previous-page = الصفحة السابقة
next-page = الصفحة التالية

## When something does not work

unknown-action = لم يعد هذا الزر أو هذا الأمر صالحا. اطرحوا علي سؤالكم كتابة.
unknown-command = لا أعرف هذا الأمر. اطرحوا علي سؤالكم كتابة، أو اطلعوا على المساعدة: /help
incident = حدث خطأ من جانبي. يمكنكم إعادة إرسال سؤالكم. رقم العطل: { $id }

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
command-forget = محو معطياتكم
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
option-report = التبليغ عن خطأ
more-title = مقاطع أخرى قريبة من سؤالكم، وقد لا تجيب عنه:
copy-title = للاستشهاد:
citation-with-link = { $citation }. { $link } (تم الاطلاع عليه في { $date })
report-ask =
    ما الخطأ في هذا الجواب؟ اكتبوه في رد على هذه الرسالة.
    مرجع الجواب: { $reference }
report-thanks = شكرا، تم تسجيل ملاحظتكم. سينظر فيها أحد المحررين، ولا يحفظ اسمكم معها.

## Cards to paste into other conversations

card-of = { $subject } ({ $period })
cards-none = لم أجد شيئا: اطرحوا سؤالكم في محادثة خاصة

## Limits

too-many = رسائلكم أسرع من أن أجيب عنها كلها. انتظروا دقيقة من فضلكم، وما أرسلتموه في هذه الأثناء يبقى دون جواب.
too-busy = يكتب إلي كثيرون في هذه اللحظة. أعيدوا المحاولة بعد دقيقة من فضلكم.

## Memory

forgotten = تم محو كل ما كنت أحفظه عنكم في جميع المحادثات: لغتكم وموضوع أسئلتكم الأخيرة والربط بين رسائلكم وأجوبتي. وقد تبقى فقط أسئلة لم أستطع الجواب عنها وتبليغات عن أخطاء، وليس فيها ما يدل عليكم.

## Articles that the operator has added

unknown-publisher = ناشر غير معروف
also-published-by = { $publisher } (نشره أيضا { $others })
untitled = دون عنوان
quote-lead = { $subject } — { $source }، { $date }:
quote-speaker = { $speaker } ({ $publisher })

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
who-quote = لا أعرف عن صاحب هذا الكلام إلا ما يرد فيه.
when-figure = الفترة: { $period }. نشر المقال: { $published }.
when-published = نشر المقال: { $published }.
which-reading = ماذا تودون أن تعرفوا؟

## Follow-ups

period-since = منذ { $time }
period-until = حتى { $year }
role = { $person }: { $title } ({ $date })
sure = تحققوا بأنفسكم: هذه مصادر جوابي الأخير بتواريخها ونصوصها.
other-sources = تورد مصادر أخرى الأرقام نفسها:
no-other-sources = لا أعرف مصدرا آخر غير مصادر جوابي الأخير:
where-places = الأماكن التي يذكرها هذا المقطع: { $places }.
where-not-told = لا يذكر هذا المقطع مكانا أدق من المغرب.
no-figure-for = لا تذكر مصادري هذا الرقم بالنسبة إلى: { $period }.
target-word = هدف
own-sources = يستند جوابي إلى هذه المصادر:
