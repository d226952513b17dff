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
}
