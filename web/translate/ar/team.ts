import type { team as german } from '../de/team.ts'
import type { Translations } from '../translation.ts'

/** Arabic: the frame, new checks, approvals, hand-over, history, and refusals of the server. */
export const team: Translations<typeof german> = {
  // The frame
  '{name} · Desk': '{name} · مكتب المساعدة',
  'Page not found': 'الصفحة غير موجودة',
  'Check the address.': 'تحقق من العنوان.',
  'The server sent an unexpected answer.': 'أرسل الخادم رداً غير متوقع.',
  Continue: 'متابعة',
  Back: 'رجوع',
  // New checks
  'New check · Desk': 'تحقق جديد · مكتب المساعدة',
  'No checks yet': 'لا توجد عمليات تحقق بعد',
  'This realm offers no check that you could start. Ask an administrator: in the console, the page “Checklist” adds a set of checks.':
    'لا يقدم هذا النطاق أي تحقق يمكنك بدؤه. اطلب من مسؤول: في لوحة الإدارة تضيف صفحة «Checklist» مجموعة من عمليات التحقق.',
  'What do they need?': 'ماذا يحتاج المتصل؟',
  'Only verify the caller': 'التحقق من هوية المتصل فقط',
  'How will you verify them?': 'كيف ستتحقق من هوية المتصل؟',
  'Could not read what this needs.': 'تعذرت قراءة ما يتطلبه هذا الطلب.',
  'Until then it is not known which checks are enough.': 'إلى ذلك الحين لا يُعرف أي عمليات التحقق تكفي.',
  'No check is enough for this.': 'لا يكفي أي تحقق لهذا الطلب.',
  'Don’t act on the request. Ask your lead how this person can be verified.':
    'لا تنفّذ الطلب. اسأل مشرفك كيف يمكن التحقق من هوية هذا الشخص.',
  '{name} has no email address on file, and this check looks people up by it.':
    'لا يوجد بريد إلكتروني مسجل باسم {name}، وهذا التحقق يبحث عن الأشخاص ببريدهم.',
  'Not enough for this ({count})': 'لا يكفي لهذا الطلب ({count})',
  'Who is calling': 'من المتصل',
  'Who is calling?': 'من المتصل؟',
  Change: 'تغيير',
  '{name} chosen': 'تم اختيار {name}',
  'People found': 'الأشخاص الذين عُثر عليهم',
  'The server cannot be reached. Type again to retry.':
    'تعذر الوصول إلى الخادم. اكتب من جديد لإعادة المحاولة.',
  'The search failed. Type again to retry.': 'فشل البحث. اكتب من جديد لإعادة المحاولة.',
  'You have searched very often. Wait a few minutes, then type again.':
    'أجريت عمليات بحث كثيرة. انتظر بضع دقائق ثم اكتب من جديد.',
  'Search by name, email or phone number. You only see what your role allows.':
    'ابحث بالاسم أو البريد الإلكتروني أو رقم الهاتف. لا ترى إلا ما يسمح به دورك.',
  'Nobody found for “{text}”. Try only the surname, the email address or the phone number.':
    'لم يُعثر على أحد بالبحث عن «{text}». جرب اسم العائلة أو البريد الإلكتروني أو رقم الهاتف وحده.',
  'There are more results. Type more of the name.': 'توجد نتائج أخرى. اكتب المزيد من الاسم.',
  Inactive: 'غير نشط',
  'phone ending {digits}': 'هاتف ينتهي بـ {digits}',
  'no email address on file': 'لا يوجد بريد إلكتروني مسجل',
  'Reason (optional)': 'السبب (اختياري)',
  'Shown to the caller': 'يراه المتصل',
  'Lift the pause': 'إلغاء الإيقاف المؤقت',
  'Why can checks go on?': 'لماذا يمكن متابعة التحقق؟',
  'Checks of {name} are paused until {time}.': 'عمليات التحقق من {name} موقوفة مؤقتاً حتى {time}.',
  'The pause could not be lifted.': 'تعذر إلغاء الإيقاف المؤقت.',
  'What the caller will see': 'ما سيراه المتصل',
  'What {name} will see': 'ما سيراه {name}',
  'Start check': 'بدء التحقق',
  'Choose the caller first.': 'اختر المتصل أولاً.',
  'Choose what they need.': 'اختر ما يحتاجه المتصل.',
  'Choose how to verify them.': 'اختر طريقة التحقق.',
  'Starting · {name}': 'قيد البدء · {name}',
  'Nothing to start here': 'لا شيء يمكن بدؤه هنا',
  'Only the window that began to start this check can go on with it.':
    'لا يمكن متابعة هذا التحقق إلا في النافذة التي بدأته فيها.',
  'Back to the form': 'العودة إلى النموذج',
  'The desk can’t show this step. Ask an administrator.':
    'لا يمكن لمكتب المساعدة عرض هذه الخطوة. اسأل أحد المسؤولين.',
  Choose: 'اختر',
  'The server cannot be reached. Nothing was started; try again.':
    'تعذر الوصول إلى الخادم. لم يبدأ شيء؛ حاول مرة أخرى.',
  'The check was not started.': 'لم يبدأ التحقق.',
  'You can’t verify yourself. Ask a colleague.': 'لا يمكنك التحقق من هويتك بنفسك. اطلب ذلك من زميل.',
  'This check is not available.': 'هذا التحقق غير متاح.',
  'This request is not available.': 'هذا الطلب غير متاح.',
  'No other agent can approve this check now. Ask your lead.':
    'لا يوجد الآن موظف آخر يمكنه الموافقة على هذا التحقق. اسأل مشرفك.',
  'A second agent has to approve this. Use a check in which one does.':
    'يجب أن يوافق موظف ثانٍ على ذلك. استخدم تحققاً يتضمن هذه الموافقة.',
  'This check is not enough for this request and person. Use a stronger one.':
    'هذا التحقق لا يكفي لهذا الطلب ولهذا الشخص. استخدم تحققاً أقوى.',
  'The manager on file is a help-desk agent, and agents can’t vouch. Use another way.':
    'المدير المسجل موظف في مكتب المساعدة، ولا يمكن للموظفين أن يضمنوا أحداً. استخدم طريقة أخرى.',
  'Your session has ended. Sign in again, then start the check.':
    'انتهت جلستك. سجّل الدخول مجدداً ثم ابدأ التحقق.',
  'You have started many checks. You can start the next one at {time}.':
    'بدأت عمليات تحقق كثيرة. يمكنك بدء التالية في {time}.',
  'If you did not start them, tell your lead immediately.': 'إن لم تبدأها أنت، فأبلغ مشرفك فوراً.',
  'You have asked for many approvals. You can ask for the next one at {time}.':
    'طلبت موافقات كثيرة. يمكنك طلب التالية في {time}.',
  'If you did not ask for them, tell your lead immediately.': 'إن لم تطلبها أنت، فأبلغ مشرفك فوراً.',
  'Too many checks of {name}. You can start the next one at {time}.':
    'عمليات تحقق كثيرة جداً من {name}. يمكنك بدء التالية في {time}.',
  'A caller who keeps trying may not be who they say. If it can’t wait, ask your lead.':
    'من يكرر المحاولة قد لا يكون من يدّعي أنه هو. إن كان الأمر لا يحتمل الانتظار، فاسأل مشرفك.',
  '“{title}” did not find {name} by email address.': 'لم يعثر «{title}» على {name} بالبريد الإلكتروني.',
  '“{title}” did not find {name} by username.': 'لم يعثر «{title}» على {name} باسم المستخدم.',
  '“{title}” ended without creating a link.': 'انتهى «{title}» دون إنشاء رابط.',
  '“{title}” can’t be started: {message} Pick another check, or ask an administrator.':
    'لا يمكن بدء «{title}»: {message} اختر تحققاً آخر أو اسأل أحد المسؤولين.',
  // The caller's page, as the sign-in pages translate it
  'Who called?': 'من اتصل؟',
  'I called the help desk': 'أنا اتصلت بمكتب المساعدة',
  'Somebody called me': 'شخص ما اتصل بي',
  '{agent} of {organisation} wants to make sure it’s you.':
    'يريد {agent} من {organisation} التأكد من أنك المتصل.',
  '{organisation} wants to make sure it’s you.': 'تريد {organisation} التأكد من أنك المتصل.',
  'You’re asking for': 'طلبك',
  // Approvals
  Approval: 'الموافقة',
  'Approval · {name}': 'موافقة · {name}',
  'Approvals ({count})': 'الموافقات ({count})',
  Approve: 'موافقة',
  Decline: 'رفض',
  'Approve this check?': 'هل توافق على هذا التحقق؟',
  'Decline this check?': 'هل ترفض هذا التحقق؟',
  'Not yet': 'ليس الآن',
  'Approve the check': 'الموافقة على التحقق',
  'Decline the check': 'رفض التحقق',
  'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls. If in doubt, talk to your colleague first.':
    'أنت مسؤول عن هذا التحقق مع {agent}. يظهر اسمك للمتصل وفي السجل وفي سجل التدقيق. لا توافق إلا إذا كنت تعلم لماذا يتصل {caller}. عند الشك تحدث أولاً مع {agent}.',
  'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls and needs this: {action}. If in doubt, talk to your colleague first.':
    'أنت مسؤول عن هذا التحقق مع {agent}. يظهر اسمك للمتصل وفي السجل وفي سجل التدقيق. لا توافق إلا إذا كنت تعلم لماذا يتصل {caller} ويطلب ما يلي: {action}. عند الشك تحدث أولاً مع {agent}.',
  '{name} reads it.': 'يقرؤه {name}.',
  '{name} asks you': 'يطلبها منك {name}',
  '{agent} needs a second agent for a check of {caller}.': 'يحتاج {agent} إلى موظف ثانٍ للتحقق من {caller}.',
  'Look at it': 'عرض',
  'Your answer was not sent.': 'لم تُرسل إجابتك.',
  '{name} asks for a second agent': 'يطلب {name} موظفاً ثانياً',
  'The request could not be loaded.': 'تعذر تحميل طلب الموافقة.',
  'A colleague may be waiting for your answer.': 'ربما ينتظر زميل إجابتك.',
  'Nothing to approve here': 'لا شيء يحتاج إلى موافقة هنا',
  'The colleague has stopped waiting, somebody else has answered, or nobody did in time.':
    'لم يعد الزميل ينتظر، أو أجاب شخص آخر، أو لم يجب أحد في الوقت المحدد.',
  Username: 'اسم المستخدم',
  Department: 'القسم',
  'Time left': 'الوقت المتبقي',
  'Your colleagues see this request at their desks.': 'يرى زملاؤك هذا الطلب في مكتب المساعدة.',
  'You can’t answer this request.': 'لا يمكنك الإجابة عن هذا الطلب.',
  '{name} approved this check.': 'وافق {name} على هذا التحقق.',
  '{name} declined this check.': 'رفض {name} هذا التحقق.',
  'The agent has stopped waiting.': 'لم يعد الموظف ينتظر.',
  'Nobody answered in time.': 'لم يجب أحد في الوقت المحدد.',
  'Your colleagues see the request at their desks now. The check starts as soon as one of them approves.':
    'يرى زملاؤك الطلب الآن في مكتب المساعدة. يبدأ التحقق عندما يوافق أحدهم.',
  'Stop waiting': 'إيقاف الانتظار',
  'Ask a colleague to look at their desk.': 'اطلب من زميل أن ينظر في مكتب المساعدة.',
  '{name} declined.': 'رفض {name}.',
  'They gave no reason.': 'لم يُذكر أي سبب.',
  // Hand-over
  'This is a check of {agent}.': 'هذا التحقق يخص {agent}.',
  'This is a check of {agent}, offered to you.': 'هذا التحقق يخص {agent} وهو معروض عليك.',
  'This is a check of {agent}, offered to the team.': 'هذا التحقق يخص {agent} وهو معروض على الفريق.',
  'After you take it over, you see its codes, and callers read your name. The link stays the same.':
    'بعد أن تتولاه ترى رموزه ويقرأ المتصل اسمك. يبقى الرابط كما هو.',
  'Taken over · Desk': 'تم تولّيه · مكتب المساعدة',
  'It is no longer your check. You can’t see its codes, or use its result.':
    'لم يعد هذا التحقق يخصك. لا يمكنك رؤية رموزه ولا استخدام نتيجته.',
  'Hand over': 'تسليم',
  'Hand this check over?': 'هل تريد تسليم هذا التحقق؟',
  'Anyone on the team': 'أي شخص في الفريق',
  'The check of {name} stays yours until somebody takes it over. The caller can go on meanwhile.':
    'يبقى التحقق من {name} لك حتى يتولاه شخص آخر. يمكن للمتصل أن يتابع في هذه الأثناء.',
  To: 'إلى',
  'Your colleagues could not be loaded. You can offer the check to the team.':
    'تعذر تحميل قائمة زملائك. يمكنك عرض التحقق على الفريق.',
  'Keep the check': 'الاحتفاظ به',
  Offer: 'عرض على الزملاء',
  'Only its agent sees the codes.': 'لا يرى الرموز إلا موظف هذا التحقق.',
  'Offered to the team.': 'معروض على الفريق.',
  'Offered to {name}.': 'معروض على {name}.',
  'Withdraw offer': 'سحب العرض',
  'It stays your check until somebody takes it over.': 'يبقى هذا التحقق لك حتى يتولاه شخص آخر.',
  'Offered to you': 'معروض عليك',
  '{agent}, to the team': '{agent}، للفريق',
  'Take over': 'تولّي التحقق',
  'Take over: {name}': 'تولّي التحقق: {name}',
  // History
  'History · Desk': 'السجل · مكتب المساعدة',
  'Your checks of the last 30 days. Leads see everyone’s checks.':
    'عمليات التحقق التي أجريتها في آخر 30 يوماً. يرى المشرفون عمليات الجميع.',
  'Search history': 'البحث في السجل',
  'Caller, ticket or reference': 'المتصل أو التذكرة أو المرجع',
  All: 'الكل',
  'Not me': 'لست أنا',
  Unfinished: 'غير مكتملة',
  'The history could not be read.': 'تعذرت قراءة السجل.',
  'This may be out of date.': 'قد لا تكون هذه البيانات محدثة.',
  'Show more': 'عرض المزيد',
  'No matching checks. Remove words, or choose All.':
    'لا توجد عمليات تحقق مطابقة. احذف بعض الكلمات أو اختر «الكل».',
  'No checks yet. Checks that you start are kept here for 30 days.':
    'لا توجد عمليات تحقق بعد. تُحفظ هنا العمليات التي تبدؤها لمدة 30 يوماً.',
  Duration: 'المدة',
  When: 'الوقت',
  // Refusals of the server
  '{name} has approved this request already.': 'وافق {name} على هذا التحقق من قبل.',
  '{name} has declined this request already.': 'رفض {name} هذا التحقق من قبل.',
  'The request was not answered: try again.': 'لم تُسجل إجابتك: حاول مرة أخرى.',
  'The agent has withdrawn this request.': 'سحب الموظف طلب الموافقة هذا.',
  'Nobody answered this request in time.': 'لم يجب أحد عن هذا الطلب في الوقت المحدد.',
  'There is no such request': 'هذا الطلب غير موجود.',
  'Only an agent of this realm can approve a check.': 'لا يمكن إلا لموظف في هذا النطاق أن يوافق على تحقق.',
  'Another agent has to approve this check.': 'يجب أن يوافق موظف آخر على هذا التحقق.',
  'You can’t approve a check that is about you.': 'لا يمكنك الموافقة على تحقق يخصك.',
  'The check is over, and its result can no longer be used.':
    'انتهى هذا التحقق، ولم يعد بالإمكان استخدام نتيجته.',
  'This person is the agent of the check already.': 'هذا الشخص هو موظف هذا التحقق من قبل.',
  'Only an active agent of this realm can be the agent of the check.':
    'لا يمكن إلا لموظف نشط في هذا النطاق أن يكون موظف هذا التحقق.',
  'Agents cannot verify themselves.': 'لا يمكن للموظفين التحقق من هوياتهم بأنفسهم.',
  'The person who is asked to vouch cannot be the agent of the check.':
    'الشخص المطلوب منه الضمان لا يمكن أن يكون موظف هذا التحقق.',
  'The second agent of a check cannot become its agent.': 'الموظف الثاني في تحقق لا يمكن أن يصبح موظفه.',
  'The check is not offered to you, or no longer.': 'هذا التحقق غير معروض عليك، أو لم يعد معروضاً.',
  'Nobody rejected this check.': 'لم يرفض أحد هذا التحقق.',
  Language: 'اللغة',
  'Change the language?': 'هل تريد تغيير اللغة؟',
  'The page loads again. What you typed, a check that is just starting and a code that nobody used yet are lost.':
    'سيُعاد تحميل الصفحة. سيُفقد ما كتبته، وأي تحقق يبدأ الآن، وأي رمز لم يُستخدم بعد.',
  'Stay on this page': 'البقاء في هذه الصفحة',
  'Change language': 'تغيير اللغة',
  // Texts with a number
  'The link works for {count} minutes.': {
    zero: 'يعمل الرابط لأقل من دقيقة.',
    one: 'يعمل الرابط لمدة دقيقة واحدة.',
    two: 'يعمل الرابط لمدة دقيقتين.',
    few: 'يعمل الرابط لمدة {count} دقائق.',
    many: 'يعمل الرابط لمدة {count} دقيقة.',
    other: 'يعمل الرابط لمدة {count} دقيقة.',
  },
  '{count} people found.': {
    zero: 'لم يُعثر على أحد.',
    one: 'عُثر على شخص واحد.',
    two: 'عُثر على شخصين.',
    few: 'عُثر على {count} أشخاص.',
    many: 'عُثر على {count} شخصاً.',
    other: 'عُثر على {count} شخص.',
  },
}
