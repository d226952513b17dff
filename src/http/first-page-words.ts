import type { PageLanguage } from './page-language.ts'

/** The texts of a sign-in page before its script runs. The script has all others (`web/sign-in/translations`). */
type FirstPageWords = {
  signIn: string
  shortCode: string
  ownSessions: string
  moment: string
  /** After some seconds without the script. */
  slow: string
  needsScript: string
}

export const firstPageWords: Readonly<Record<PageLanguage, FirstPageWords>> = {
  en: {
    signIn: 'Sign in',
    shortCode: 'Enter the code from the help desk',
    ownSessions: 'Your sessions and devices',
    moment: 'One moment',
    slow: 'This is taking longer than usual. You don’t have to do anything.',
    needsScript: 'This page needs JavaScript. Turn it on in your browser, then load the page again.',
  },
  de: {
    signIn: 'Anmelden',
    shortCode: 'Code vom Helpdesk eingeben',
    ownSessions: 'Ihre Sitzungen und Geräte',
    moment: 'Einen Moment',
    slow: 'Das dauert länger als sonst. Sie müssen nichts tun.',
    needsScript:
      'Diese Seite braucht JavaScript. Schalten Sie es in Ihrem Browser ein und laden Sie die Seite neu.',
  },
  es: {
    signIn: 'Iniciar sesión',
    shortCode: 'Escriba el código del servicio de ayuda',
    ownSessions: 'Sus sesiones y dispositivos',
    moment: 'Un momento',
    slow: 'Está tardando más de lo habitual. No tiene que hacer nada.',
    needsScript: 'Esta página necesita JavaScript. Actívelo en su navegador y vuelva a cargar la página.',
  },
  fr: {
    signIn: 'Se connecter',
    shortCode: 'Saisissez le code du service d’assistance',
    ownSessions: 'Vos sessions et appareils',
    moment: 'Un instant',
    slow: 'C’est plus long que d’habitude. Vous n’avez rien à faire.',
    needsScript:
      'Cette page a besoin de JavaScript. Activez-le dans votre navigateur, puis rechargez la page.',
  },
  ar: {
    signIn: 'تسجيل الدخول',
    shortCode: 'أدخل رمز مكتب المساعدة',
    ownSessions: 'جلساتك وأجهزتك',
    moment: 'لحظة',
    slow: 'يستغرق هذا وقتًا أطول من المعتاد. لا حاجة إلى فعل أي شيء.',
    needsScript: 'تحتاج هذه الصفحة إلى JavaScript. شغّله في متصفحك ثم أعد تحميل الصفحة.',
  },
}
