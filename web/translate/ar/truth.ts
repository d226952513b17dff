import type { truth as german } from '../de/truth.ts'
import type { Translations } from '../translation.ts'

/** Arabic: what results are good for, reports about a person, and drafts. */
export const truth: Translations<typeof german> = {
  'Proven, not enough': 'مثبتة، غير كافية',
  'Proven, not enough for {action}': 'مثبتة، لا تكفي لـ: {action}',
  'more proof': 'إثباتاً أكثر',
  'Proven, not usable: it needs {needs}': 'مثبتة، غير قابلة للاستخدام: يلزم {needs}',
  'Wait before you act': 'انتظر قبل التنفيذ',
  'Wait until {time}': 'انتظر حتى {time}',
  'a delay': 'مهلة انتظار',
  'Proven, not usable yet': 'مثبتة، غير قابلة للاستخدام بعد',
  'Proven, usable from {time}': 'مثبتة، قابلة للاستخدام من {time}',
  'The result was used, and works once. For another request, start a new check.':
    'استُخدمت النتيجة وهي صالحة مرة واحدة. لطلب آخر، ابدأ تحققاً جديداً.',
  'Verified and used': 'تم التحقق من الهوية واستُخدمت',
  'Used by {agent}': 'استخدمها {agent}',
  'Over, not used': 'انتهت دون استخدام',
  'Nobody used the result in time. Start a new check.':
    'لم يستخدم أحد النتيجة في الوقت المحدد. ابدأ تحققاً جديداً.',
  'Proven, expired unused': 'مثبتة، انتهت دون استخدام',
  'Proven, withdrawn': 'مثبتة، مسحوبة',
  'Proven, withdrawn by {agent}': 'مثبتة، سحبها {agent}',
  'Paused: reported': 'موقوفة: تم الإبلاغ',
  'Paused until {time}: reported': 'موقوفة حتى {time}: تم الإبلاغ',
  'An attack on this person was reported. Change nothing, unless a lead lifts the pause.':
    'تم الإبلاغ عن هجوم على هذا الشخص. لا تغيّر شيئاً ما لم يرفع مشرف الإيقاف المؤقت.',
  'Proven, paused after a report': 'مثبتة، موقوفة بعد إبلاغ',
  'Proven, paused until {time} after a report': 'مثبتة، موقوفة حتى {time} بعد إبلاغ',
  'Proven, but can’t be used': 'مثبتة، لكن لا يمكن استخدامها',
  'The check was for no action, so its result allows none.':
    'لم يكن التحقق لأي إجراء، لذلك لا تسمح نتيجته بأي إجراء.',
  'The caller typed no code from you, so nothing ties the result to this call. Don’t act on it.':
    'لم يكتب المتصل رمزاً منك، فلا شيء يربط النتيجة بهذه المكالمة. لا تنفّذ شيئاً.',
  'Proven, not usable: no action': 'مثبتة، غير قابلة للاستخدام: لا إجراء',
  'Proven, not usable: no code': 'مثبتة، غير قابلة للاستخدام: لا رمز',
  'The agent of the check may go ahead.': 'يمكن لموظف هذا التحقق المتابعة.',
  'Identity proven': 'الهوية مثبتة',
  'It is not known yet whether the result can be used. Wait before you act.':
    'لم يُعرف بعد إن كان يمكن استخدام النتيجة. انتظر قبل التنفيذ.',
  'Start a check that is enough': 'بدء تحقق كافٍ',
  '“{title}”: same caller, same ticket': '«{title}»: المتصل نفسه والتذكرة نفسها',
  'No check is enough for this. Ask your lead.': 'لا يوجد تحقق كافٍ لذلك. اسأل مشرفك.',
  'Rejected after the result': 'رُفض بعد النتيجة',
  'Stop: an attack was reported': 'توقف: تم الإبلاغ عن هجوم',
  '{name} reported an attack in another check, so this one ended.':
    'أبلغ {name} عن هجوم في تحقق آخر، فانتهى هذا التحقق.',
  'The person reported an attack in another check, so this one ended.':
    'أبلغ الشخص عن هجوم في تحقق آخر، فانتهى هذا التحقق.',
  'Stopped: an attack was reported': 'أُوقف: تم الإبلاغ عن هجوم',
  'An attack on this person was reported': 'تم الإبلاغ عن هجوم على هذا الشخص',
  'The result is paused': 'النتيجة موقوفة مؤقتاً',
  'Searching older checks…': 'يجري البحث في عمليات التحقق الأقدم…',
  'Usable now · {name}': 'قابلة للاستخدام الآن · {name}',
  'The link could not be sent · {name}': 'تعذر إرسال الرابط · {name}',
  '{name} lifted the pause {time}: {reason}': 'رفع {name} الإيقاف {time}: {reason}',
  '{count} checks in 24 hours': {
    zero: 'لا عمليات تحقق خلال 24 ساعة',
    one: 'عملية تحقق واحدة خلال 24 ساعة',
    two: 'عمليتا تحقق خلال 24 ساعة',
    few: '{count} عمليات تحقق خلال 24 ساعة',
    many: '{count} عملية تحقق خلال 24 ساعة',
    other: '{count} عملية تحقق خلال 24 ساعة',
  },
  'a client': 'برنامج',
  'verified by you {time}': 'تم التحقق بواسطتك {time}',
  'verified by {agent} {time}': 'تحقق {agent} {time}',
  'reported an attack {time}': 'أُبلغ عن هجوم {time}',
  'pressed “Not me” {time}': 'ضغط «لست أنا» {time}',
  'This may be {name} who calls back, or the attacker.': 'قد يكون هذا {name} يعاود الاتصال، أو المهاجم.',
  'Don’t act on the call: call {name} back on the number on file, then ask your lead to lift the pause.':
    'لا تنفّذ شيئاً: عاود الاتصال بـ{name} على الرقم المسجل، ثم اطلب من مشرفك رفع الإيقاف.',
  'An attack on this person was reported.': 'تم الإبلاغ عن هجوم على هذا الشخص.',
  '{name} reported at {time} that a stranger called.': 'أبلغ {name} في {time} أن غريباً اتصل به.',
  'Somebody who opened a link for {name} pressed “This is not me” at {time}.':
    'من فتح رابطاً لـ{name} ضغط «لست أنا» في {time}.',
  'Last 24 hours': 'آخر 24 ساعة',
  'Called back on the number on file': 'تمت معاودة الاتصال على الرقم المسجل',
  'Sign in as an agent to start checks': 'سجّل الدخول كموظف لبدء التحقق',
  'You see the desk as an administrator. Open it in a private window, and sign in there as an agent.':
    'أنت ترى مكتب المساعدة كمسؤول. افتحه في نافذة خاصة وسجّل الدخول فيها كموظف.',
  'Read your own code to {name} first': 'اقرأ لـ{name} رمزك أولاً',
  'Read your own code to the caller first': 'اقرأ للمتصل رمزك أولاً',
  'The page of {name} shows the same code. Read the digits when it asks for them.':
    'تعرض صفحة {name} الرمز نفسه. اقرأ الأرقام عندما تطلبها.',
  'The page of the caller shows the same code. Read the digits when it asks for them.':
    'تعرض صفحة المتصل الرمز نفسه. اقرأ الأرقام عندما تطلبها.',
  'The page asks {name} for it.': 'تطلبه الصفحة من {name}.',
  'The page asks the caller for it.': 'تطلبه الصفحة من المتصل.',
  'Read this first: your own code': 'اقرأ هذا أولاً: رمزك',
  'Read this again: the page asks for it again.': 'اقرأ هذا مجدداً: تطلبه الصفحة مرة أخرى.',
  'Not usable yet': 'غير قابلة للاستخدام بعد',
  Starting: 'قيد البدء',
  'A colleague checks this person, too': 'زميل يتحقق من هذا الشخص أيضاً',
  'A colleague checks {name}, too': 'زميل يتحقق من {name} أيضاً',
  'Caller, agent or ticket': 'المتصل أو الموظف أو التذكرة',
  'No matching checks.': 'لا توجد عمليات تحقق مطابقة.',
  'Its caller types no code from you, so nobody can use the result.':
    'لا يكتب المتصل فيه رمزاً منك، فلا يمكن لأحد استخدام النتيجة.',
  'This person has no factor that it asks for.': 'ليس لدى هذا الشخص أي عامل يطلبه.',
}
