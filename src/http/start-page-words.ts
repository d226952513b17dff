import type { PageLanguage } from './page-language.ts'
/** The texts of the page at the root of the server. */
export type StartPageWords = {
  title: string
  desk: string
  deskText: string
  console: string
  consoleText: string
  signIn: string
  signInText: string
  realm: string
  /** For addresses without a page. */
  missingTitle: string
  missingText: string
  toStart: string
}

export const startPageWords = {
  en: {
    title: 'Where would you like to go?',
    desk: 'Help desk',
    deskText: 'Verify callers. For help-desk agents.',
    console: 'Console',
    consoleText: 'Build journeys and manage the server. For administrators.',
    signIn: 'Sign in',
    signInText: 'To your account.',
    realm: 'Realm',
    missingTitle: 'Page not found',
    missingText: 'There is no page at this address. Check it for typing errors.',
    toStart: 'Go to the start page',
  },
  de: {
    title: 'Wohin möchten Sie?',
    desk: 'Helpdesk',
    deskText: 'Anrufer überprüfen. Für Mitarbeitende am Helpdesk.',
    console: 'Konsole',
    consoleText: 'Journeys bauen und den Server verwalten. Für Administratoren.',
    signIn: 'Anmelden',
    signInText: 'Zu Ihrem Konto.',
    realm: 'Realm',
    missingTitle: 'Seite nicht gefunden',
    missingText: 'Unter dieser Adresse gibt es keine Seite. Prüfen Sie sie auf Tippfehler.',
    toStart: 'Zur Startseite',
  },
  fr: {
    title: 'Où souhaitez-vous aller ?',
    desk: 'Service d’assistance',
    deskText: 'Vérifier les appelants. Pour les agents du service d’assistance.',
    console: 'Console',
    consoleText: 'Créer des parcours et gérer le serveur. Pour les administrateurs.',
    signIn: 'Se connecter',
    signInText: 'À votre compte.',
    realm: 'Domaine (realm)',
    missingTitle: 'Page introuvable',
    missingText: 'Aucune page ne se trouve à cette adresse. Vérifiez si elle contient une faute de frappe.',
    toStart: 'Aller à la page d’accueil',
  },
  es: {
    title: '¿Adónde quiere ir?',
    desk: 'Servicio de ayuda',
    deskText: 'Verificar a quienes llaman. Para agentes del servicio de ayuda.',
    console: 'Consola',
    consoleText: 'Crear recorridos y administrar el servidor. Para administradores.',
    signIn: 'Iniciar sesión',
    signInText: 'En su cuenta.',
    realm: 'Dominio (realm)',
    missingTitle: 'Página no encontrada',
    missingText: 'No hay ninguna página en esta dirección. Compruebe si contiene algún error.',
    toStart: 'Ir a la página de inicio',
  },
  ar: {
    title: 'إلى أين تريد الذهاب؟',
    desk: 'مكتب المساعدة',
    deskText: 'التحقق من المتصلين. لموظفي مكتب المساعدة.',
    console: 'وحدة التحكم',
    consoleText: 'بناء مسارات تسجيل الدخول وإدارة الخادم. للمسؤولين.',
    signIn: 'تسجيل الدخول',
    signInText: 'إلى حسابك.',
    realm: 'النطاق (realm)',
    missingTitle: 'الصفحة غير موجودة',
    missingText: 'لا توجد صفحة على هذا العنوان. تحقق من عدم وجود أخطاء في كتابته.',
    toStart: 'الانتقال إلى صفحة البداية',
  },
} as const satisfies Record<PageLanguage, StartPageWords>
