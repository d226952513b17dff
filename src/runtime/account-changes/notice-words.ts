import type { AccountPart } from '../../people/account-changes/account-change.ts'

/** The texts of the notices in one language. `{{object.…}}` is filled in as in any email template. */
export type NoticeWords = {
  direction: 'ltr' | 'rtl'
  parts: Readonly<Record<AccountPart, string>>
  accountChanged: { subject: string; paragraphs: readonly string[] }
  checkApproved: { subject: string; paragraphs: readonly string[] }
  vouchApproved: { subject: string; paragraphs: readonly string[] }
  resultUsed: { subject: string; paragraphs: readonly string[] }
}

const en: NoticeWords = {
  direction: 'ltr',
  parts: {
    password: 'password',
    factor: 'second factor or registered device',
    mail: 'email address',
    telephoneNumber: 'phone number',
  },
  accountChanged: {
    subject: 'Your account at {{object.organisation}} was changed',
    paragraphs: [
      'Changed in the account {{object.userName}}: {{object.changes}}.',
      'Time: {{object.at}}. All other sessions of the account were signed out.',
      'If this was you, there is nothing to do.',
      'If this was not you, call the help desk now, at a number that you already know.',
    ],
  },
  checkApproved: {
    subject: 'The help desk of {{object.organisation}} has verified you',
    paragraphs: [
      'The help desk has verified the owner of the account {{object.userName}}.',
      'Asked for: {{object.action}}. Agent: {{object.agent}}. Reference: {{object.reference}}.',
      'Time: {{object.at}}. All other sessions of the account were signed out.',
      'If this was you, there is nothing to do.',
      'If this was not you, call the help desk now, at a number that you already know.',
    ],
  },
  vouchApproved: {
    subject: 'Your manager vouched for you at the help desk of {{object.organisation}}',
    paragraphs: [
      'A caller named the account {{object.userName}} to the help desk, and the manager on file vouched for them.',
      'Asked for: {{object.action}}. Agent: {{object.agent}}. Reference: {{object.reference}}.',
      'Time: {{object.at}}.',
      'If you asked for this, there is nothing to do.',
      'If you did not, call the help desk now, at a number that you already know.',
    ],
  },
  resultUsed: {
    subject: 'The help desk of {{object.organisation}} is changing your account',
    paragraphs: [
      'The help desk verified the owner of the account {{object.userName}} and is now doing what they asked for: {{object.action}}.',
      'Asked for: {{object.action}}. Agent: {{object.agent}}. Reference: {{object.reference}}.',
      'Time: {{object.at}}. All other sessions of the account were signed out.',
      'If you asked for this, there is nothing to do.',
      'If you did not, call the help desk now, at a number that you already know.',
    ],
  },
}

const de: NoticeWords = {
  direction: 'ltr',
  parts: {
    password: 'Passwort',
    factor: 'zweiter Faktor oder registriertes Gerät',
    mail: 'E-Mail-Adresse',
    telephoneNumber: 'Telefonnummer',
  },
  accountChanged: {
    subject: 'Ihr Konto bei {{object.organisation}} wurde geändert',
    paragraphs: [
      'Im Konto {{object.userName}} geändert: {{object.changes}}.',
      'Zeit: {{object.at}}. Alle anderen Sitzungen des Kontos wurden abgemeldet.',
      'Wenn Sie das waren, brauchen Sie nichts zu tun.',
      'Wenn Sie das nicht waren, rufen Sie jetzt den Helpdesk an, unter einer Nummer, die Sie schon kennen.',
    ],
  },
  checkApproved: {
    subject: 'Der Helpdesk von {{object.organisation}} hat Ihre Identität bestätigt',
    paragraphs: [
      'Jemand hat dem Helpdesk nachgewiesen, dass ihm das Konto {{object.userName}} gehört.',
      'Anliegen: {{object.action}}. Person vom Helpdesk: {{object.agent}}. Referenz: {{object.reference}}.',
      'Zeit: {{object.at}}. Alle anderen Sitzungen des Kontos wurden abgemeldet.',
      'Wenn Sie das waren, brauchen Sie nichts zu tun.',
      'Wenn Sie das nicht waren, rufen Sie jetzt den Helpdesk an, unter einer Nummer, die Sie schon kennen.',
    ],
  },
  vouchApproved: {
    subject: 'Beim Helpdesk von {{object.organisation}} wurde für Sie gebürgt',
    paragraphs: [
      'Jemand hat dem Helpdesk am Telefon das Konto {{object.userName}} genannt, und die zuständige Führungskraft hat gebürgt.',
      'Anliegen: {{object.action}}. Person vom Helpdesk: {{object.agent}}. Referenz: {{object.reference}}.',
      'Zeit: {{object.at}}.',
      'Wenn Sie darum gebeten haben, brauchen Sie nichts zu tun.',
      'Wenn nicht, rufen Sie jetzt den Helpdesk an, unter einer Nummer, die Sie schon kennen.',
    ],
  },
  resultUsed: {
    subject: 'Der Helpdesk von {{object.organisation}} ändert Ihr Konto',
    paragraphs: [
      'Der Helpdesk hat die Identität der Person mit dem Konto {{object.userName}} geprüft und tut nun, worum sie bat: {{object.action}}.',
      'Anliegen: {{object.action}}. Person vom Helpdesk: {{object.agent}}. Referenz: {{object.reference}}.',
      'Zeit: {{object.at}}. Alle anderen Sitzungen des Kontos wurden abgemeldet.',
      'Wenn Sie darum gebeten haben, brauchen Sie nichts zu tun.',
      'Wenn nicht, rufen Sie jetzt den Helpdesk an, unter einer Nummer, die Sie schon kennen.',
    ],
  },
}

const es: NoticeWords = {
  direction: 'ltr',
  parts: {
    password: 'contraseña',
    factor: 'segundo factor o dispositivo registrado',
    mail: 'dirección de correo',
    telephoneNumber: 'número de teléfono',
  },
  accountChanged: {
    subject: 'Se ha cambiado su cuenta en {{object.organisation}}',
    paragraphs: [
      'Cambios en la cuenta {{object.userName}}: {{object.changes}}.',
      'Hora: {{object.at}}. Se han cerrado todas las demás sesiones de la cuenta.',
      'Si ha sido usted, no tiene que hacer nada.',
      'Si no ha sido usted, llame ahora al servicio de ayuda, a un número que ya conozca.',
    ],
  },
  checkApproved: {
    subject: 'El servicio de ayuda de {{object.organisation}} ha verificado su identidad',
    paragraphs: [
      'Alguien ha demostrado al servicio de ayuda que la cuenta {{object.userName}} es suya.',
      'Petición: {{object.action}}. Agente: {{object.agent}}. Referencia: {{object.reference}}.',
      'Hora: {{object.at}}. Se han cerrado todas las demás sesiones de la cuenta.',
      'Si ha sido usted, no tiene que hacer nada.',
      'Si no ha sido usted, llame ahora al servicio de ayuda, a un número que ya conozca.',
    ],
  },
  vouchApproved: {
    subject: 'Su responsable ha respondido por usted en el servicio de ayuda de {{object.organisation}}',
    paragraphs: [
      'Alguien ha llamado al servicio de ayuda por la cuenta {{object.userName}}, y el responsable registrado ha respondido por esa persona.',
      'Petición: {{object.action}}. Agente: {{object.agent}}. Referencia: {{object.reference}}.',
      'Hora: {{object.at}}.',
      'Si usted lo ha pedido, no tiene que hacer nada.',
      'Si no, llame ahora al servicio de ayuda, a un número que ya conozca.',
    ],
  },
  resultUsed: {
    subject: 'El servicio de ayuda de {{object.organisation}} está cambiando su cuenta',
    paragraphs: [
      'El servicio de ayuda ha verificado la identidad del titular de la cuenta {{object.userName}} y hace ahora lo que se pidió: {{object.action}}.',
      'Petición: {{object.action}}. Agente: {{object.agent}}. Referencia: {{object.reference}}.',
      'Hora: {{object.at}}. Se han cerrado todas las demás sesiones de la cuenta.',
      'Si usted lo ha pedido, no tiene que hacer nada.',
      'Si no, llame ahora al servicio de ayuda, a un número que ya conozca.',
    ],
  },
}

const fr: NoticeWords = {
  direction: 'ltr',
  parts: {
    password: 'mot de passe',
    factor: 'second facteur ou appareil enregistré',
    mail: 'adresse de courriel',
    telephoneNumber: 'numéro de téléphone',
  },
  accountChanged: {
    subject: 'Votre compte chez {{object.organisation}} a été modifié',
    paragraphs: [
      'Modifié dans le compte {{object.userName}} : {{object.changes}}.',
      'Heure : {{object.at}}. Toutes les autres sessions du compte ont été fermées.',
      'Si c’était vous, vous n’avez rien à faire.',
      'Sinon, appelez maintenant le service d’assistance, à un numéro que vous connaissez déjà.',
    ],
  },
  checkApproved: {
    subject: 'Le service d’assistance de {{object.organisation}} a vérifié votre identité',
    paragraphs: [
      'Quelqu’un a prouvé au service d’assistance que le compte {{object.userName}} est le sien.',
      'Demande : {{object.action}}. Agent : {{object.agent}}. Référence : {{object.reference}}.',
      'Heure : {{object.at}}. Toutes les autres sessions du compte ont été fermées.',
      'Si c’était vous, vous n’avez rien à faire.',
      'Sinon, appelez maintenant le service d’assistance, à un numéro que vous connaissez déjà.',
    ],
  },
  vouchApproved: {
    subject:
      'Votre responsable s’est porté garant de vous auprès du service d’assistance de {{object.organisation}}',
    paragraphs: [
      'Quelqu’un a appelé le service d’assistance pour le compte {{object.userName}}, et le responsable enregistré s’est porté garant de cette personne.',
      'Demande : {{object.action}}. Agent : {{object.agent}}. Référence : {{object.reference}}.',
      'Heure : {{object.at}}.',
      'Si vous l’avez demandé, vous n’avez rien à faire.',
      'Sinon, appelez maintenant le service d’assistance, à un numéro que vous connaissez déjà.',
    ],
  },
  resultUsed: {
    subject: 'Le service d’assistance de {{object.organisation}} modifie votre compte',
    paragraphs: [
      'Le service d’assistance a vérifié l’identité du titulaire du compte {{object.userName}} et fait maintenant ce qui a été demandé : {{object.action}}.',
      'Demande : {{object.action}}. Agent : {{object.agent}}. Référence : {{object.reference}}.',
      'Heure : {{object.at}}. Toutes les autres sessions du compte ont été fermées.',
      'Si vous l’avez demandé, vous n’avez rien à faire.',
      'Sinon, appelez maintenant le service d’assistance, à un numéro que vous connaissez déjà.',
    ],
  },
}

const ar: NoticeWords = {
  direction: 'rtl',
  parts: {
    password: 'كلمة المرور',
    factor: 'العامل الثاني أو الجهاز المسجَّل',
    mail: 'عنوان البريد',
    telephoneNumber: 'رقم الهاتف',
  },
  accountChanged: {
    subject: 'تم تغيير حسابك لدى {{object.organisation}}',
    paragraphs: [
      'ما تغيّر في الحساب {{object.userName}}: {{object.changes}}.',
      'الوقت: {{object.at}}. تم إنهاء جميع الجلسات الأخرى للحساب.',
      'إذا كنت أنت من فعل ذلك فلا داعي لفعل أي شيء.',
      'إذا لم تكن أنت، فاتصل الآن بمكتب المساعدة على رقم تعرفه من قبل.',
    ],
  },
  checkApproved: {
    subject: 'تحقق مكتب المساعدة لدى {{object.organisation}} من هويتك',
    paragraphs: [
      'أثبت شخص ما لمكتب المساعدة أنه صاحب الحساب {{object.userName}}.',
      'الطلب: {{object.action}}. الموظف: {{object.agent}}. المرجع: {{object.reference}}.',
      'الوقت: {{object.at}}. تم إنهاء جميع الجلسات الأخرى للحساب.',
      'إذا كنت أنت من فعل ذلك فلا داعي لفعل أي شيء.',
      'إذا لم تكن أنت، فاتصل الآن بمكتب المساعدة على رقم تعرفه من قبل.',
    ],
  },
  vouchApproved: {
    subject: 'ضمنك مديرك لدى مكتب المساعدة في {{object.organisation}}',
    paragraphs: [
      'اتصل شخص بمكتب المساعدة بشأن الحساب {{object.userName}}، وضمنه المدير المسجل.',
      'الطلب: {{object.action}}. الموظف: {{object.agent}}. المرجع: {{object.reference}}.',
      'الوقت: {{object.at}}.',
      'إذا كنت أنت من طلب ذلك فلا داعي لفعل أي شيء.',
      'إذا لم تطلب ذلك، فاتصل الآن بمكتب المساعدة على رقم تعرفه من قبل.',
    ],
  },
  resultUsed: {
    subject: 'يقوم مكتب المساعدة لدى {{object.organisation}} بتغيير حسابك',
    paragraphs: [
      'تحقق مكتب المساعدة من هوية صاحب الحساب {{object.userName}} وينفذ الآن ما طُلب: {{object.action}}.',
      'الطلب: {{object.action}}. الموظف: {{object.agent}}. المرجع: {{object.reference}}.',
      'الوقت: {{object.at}}. تم إنهاء جميع الجلسات الأخرى للحساب.',
      'إذا كنت أنت من طلب ذلك فلا داعي لفعل أي شيء.',
      'إذا لم تطلب ذلك، فاتصل الآن بمكتب المساعدة على رقم تعرفه من قبل.',
    ],
  },
}

/** By language, the same languages as the pages. */
export const noticeWords: Readonly<Record<string, NoticeWords>> = { en, de, es, fr, ar }
