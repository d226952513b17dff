/** Texts of the pages for people. `{name}` is replaced by the application's name. */
export type PageWords = {
  direction: 'ltr' | 'rtl'
  allowTitle: string
  allowText: string
  allow: string
  deny: string
  signedInAs: string
  scopes: Readonly<Record<string, string>>
  signOutTitle: string
  signOutText: string
  signOut: string
  signedOutTitle: string
  signedOutText: string
  errorTitle: string
  errorText: string
}

const en: PageWords = {
  direction: 'ltr',
  allowTitle: 'Allow {name}?',
  allowText: '{name} asks for this:',
  allow: 'Allow',
  deny: 'Don’t allow',
  signedInAs: 'You are signed in as',
  scopes: {
    openid: 'To recognise you',
    profile: 'Your name and language',
    email: 'Your email address',
    phone: 'Your telephone number',
    address: 'Your postal address',
    offline_access: 'To keep this access while you are away',
  },
  signOutTitle: 'Sign out?',
  signOutText: 'This ends your session here. Close the page to stay signed in.',
  signOut: 'Sign out',
  signedOutTitle: 'You are signed out',
  signedOutText: 'You can close this page.',
  errorTitle: 'This request is invalid',
  errorText:
    'The application that sent you here made an invalid request, or asked for data that it may not have. Go back to it and try again.',
}

const de: PageWords = {
  direction: 'ltr',
  allowTitle: '{name} erlauben?',
  allowText: '{name} möchte Folgendes:',
  allow: 'Erlauben',
  deny: 'Nicht erlauben',
  signedInAs: 'Sie sind angemeldet als',
  scopes: {
    openid: 'Sie wiedererkennen',
    profile: 'Ihren Namen und Ihre Sprache',
    email: 'Ihre E-Mail-Adresse',
    phone: 'Ihre Telefonnummer',
    address: 'Ihre Postanschrift',
    offline_access: 'All das behalten, wenn Sie nicht da sind',
  },
  signOutTitle: 'Abmelden?',
  signOutText: 'Ihre Sitzung endet hier. Schließen Sie die Seite, um angemeldet zu bleiben.',
  signOut: 'Abmelden',
  signedOutTitle: 'Sie sind abgemeldet',
  signedOutText: 'Sie können diese Seite schließen.',
  errorTitle: 'Diese Anfrage ist ungültig',
  errorText:
    'Die Anwendung, von der Sie kommen, hat eine ungültige Anfrage gestellt oder Daten verlangt, die sie nicht haben darf. Gehen Sie zu ihr zurück und versuchen Sie es noch einmal.',
}

const es: PageWords = {
  direction: 'ltr',
  allowTitle: '¿Permitir {name}?',
  allowText: '{name} pide lo siguiente:',
  allow: 'Permitir',
  deny: 'No permitir',
  signedInAs: 'Ha iniciado sesión como',
  scopes: {
    openid: 'Reconocerle',
    profile: 'Su nombre e idioma',
    email: 'Su dirección de correo',
    phone: 'Su número de teléfono',
    address: 'Su dirección postal',
    offline_access: 'Conservar todo esto cuando usted no esté',
  },
  signOutTitle: '¿Cerrar sesión?',
  signOutText: 'Su sesión termina aquí. Cierre la página para seguir conectado.',
  signOut: 'Cerrar sesión',
  signedOutTitle: 'La sesión está cerrada',
  signedOutText: 'Puede cerrar esta página.',
  errorTitle: 'Esta solicitud no es válida',
  errorText:
    'La aplicación de la que viene ha hecho una solicitud no válida o ha pedido datos a los que no tiene derecho. Vuelva a ella e inténtelo de nuevo.',
}

const fr: PageWords = {
  direction: 'ltr',
  allowTitle: 'Autoriser {name} ?',
  allowText: '{name} demande ceci :',
  allow: 'Autoriser',
  deny: 'Ne pas autoriser',
  signedInAs: 'Vous êtes connecté en tant que',
  scopes: {
    openid: 'Vous reconnaître',
    profile: 'Votre nom et votre langue',
    email: 'Votre adresse e-mail',
    phone: 'Votre numéro de téléphone',
    address: 'Votre adresse postale',
    offline_access: 'Garder tout cela en votre absence',
  },
  signOutTitle: 'Se déconnecter ?',
  signOutText: 'Votre session se termine ici. Fermez la page pour rester connecté.',
  signOut: 'Se déconnecter',
  signedOutTitle: 'Vous êtes déconnecté',
  signedOutText: 'Vous pouvez fermer cette page.',
  errorTitle: 'Cette demande n’est pas valide',
  errorText:
    'L’application qui vous a envoyé ici a fait une demande non valide, ou demande des données auxquelles elle n’a pas droit. Retournez-y et essayez de nouveau.',
}

const ar: PageWords = {
  direction: 'rtl',
  allowTitle: 'هل تسمح لـ {name}؟',
  allowText: 'يطلب {name} ما يلي:',
  allow: 'السماح',
  deny: 'عدم السماح',
  signedInAs: 'تم تسجيل دخولك باسم',
  scopes: {
    openid: 'التعرّف عليك',
    profile: 'اسمك ولغتك',
    email: 'عنوان بريدك الإلكتروني',
    phone: 'رقم هاتفك',
    address: 'عنوانك البريدي',
    offline_access: 'الاحتفاظ بكل ذلك في غيابك',
  },
  signOutTitle: 'تسجيل الخروج؟',
  signOutText: 'تنتهي جلستك هنا. أغلق الصفحة للبقاء مسجلاً.',
  signOut: 'تسجيل الخروج',
  signedOutTitle: 'تم تسجيل خروجك',
  signedOutText: 'يمكنك إغلاق هذه الصفحة.',
  errorTitle: 'هذا الطلب غير صالح',
  errorText:
    'أرسل التطبيق الذي جئت منه طلبًا غير صالح، أو طلب بيانات لا يحق له الحصول عليها. ارجع إليه وحاول مرة أخرى.',
}

/** Has the same languages as the sign-in page. */
export const pageWords = { en, de, es, fr, ar } as const

export type PageLanguage = keyof typeof pageWords
