/** Texts of the pages for people. `named` replaces `{name}` by the application's name. */
export type PageWords = {
  direction: 'ltr' | 'rtl'
  allowTitle: string
  allowText: string
  allow: string
  deny: string
  signedInAs: string
  registeredWarning: string
  scopes: Readonly<Record<string, string>>
  signOutTitle: string
  signOutText: string
  signOut: string
  signedOutTitle: string
  signedOutText: string
  next: string
  deviceTitle: string
  deviceText: string
  deviceCode: string
  deviceWarning: string
  deviceUnknown: string
  deviceBlocked: string
  deviceAllowTitle: string
  deviceAllowText: string
  deviceAllowedTitle: string
  deviceAllowedText: string
  deviceDeniedTitle: string
  deviceDeniedText: string
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
  registeredWarning:
    'This application registered itself, and nobody here has checked it. Allow it only if you know {name}.',
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
  next: 'Continue',
  deviceTitle: 'Connect a device',
  deviceText: 'Type the code that your device shows.',
  deviceCode: 'Code',
  deviceWarning:
    'Only go on if you started this yourself, on a device in front of you. Did someone send you a code, or read one to you? Then stop: with it they would get into your account. No help desk ever asks you to type a code here.',
  deviceUnknown: 'This code is wrong, or no longer valid. Check it on your device, or start again there.',
  deviceBlocked: 'Too many wrong codes. Try again in ten minutes.',
  deviceAllowTitle: 'Allow {name} on your device?',
  deviceAllowText: 'On the device that shows your code, {name} asks for this:',
  deviceAllowedTitle: 'Your device is connected',
  deviceAllowedText: 'Close this page, and go on with your device.',
  deviceDeniedTitle: 'Your device is not connected',
  deviceDeniedText: 'It has no access to your account. You can close this page.',
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
  registeredWarning:
    'Diese Anwendung hat sich selbst registriert, und niemand hier hat sie geprüft. Erlauben Sie es nur, wenn Sie {name} kennen.',
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
  next: 'Weiter',
  deviceTitle: 'Ein Gerät verbinden',
  deviceText: 'Geben Sie den Code ein, den Ihr Gerät anzeigt.',
  deviceCode: 'Code',
  deviceWarning:
    'Machen Sie nur weiter, wenn Sie das selbst begonnen haben, an einem Gerät, das vor Ihnen steht. Hat Ihnen jemand einen Code geschickt oder vorgelesen? Dann hören Sie hier auf: Damit käme diese Person in Ihr Konto. Kein Helpdesk bittet Sie je, hier einen Code einzugeben.',
  deviceUnknown:
    'Dieser Code ist falsch oder nicht mehr gültig. Prüfen Sie ihn an Ihrem Gerät, oder beginnen Sie dort noch einmal.',
  deviceBlocked: 'Zu viele falsche Codes. Versuchen Sie es in zehn Minuten noch einmal.',
  deviceAllowTitle: '{name} auf Ihrem Gerät erlauben?',
  deviceAllowText: 'Auf dem Gerät, das Ihren Code anzeigt, möchte {name} Folgendes:',
  deviceAllowedTitle: 'Ihr Gerät ist verbunden',
  deviceAllowedText: 'Schließen Sie diese Seite, und machen Sie an Ihrem Gerät weiter.',
  deviceDeniedTitle: 'Ihr Gerät ist nicht verbunden',
  deviceDeniedText: 'Es hat keinen Zugriff auf Ihr Konto. Sie können diese Seite schließen.',
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
  registeredWarning:
    'Esta aplicación se registró por su cuenta y nadie aquí la ha comprobado. Permítalo solo si conoce {name}.',
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
  next: 'Continuar',
  deviceTitle: 'Conectar un dispositivo',
  deviceText: 'Escriba el código que muestra su dispositivo.',
  deviceCode: 'Código',
  deviceWarning:
    'Continúe solo si usted mismo ha empezado esto, en un dispositivo que tiene delante. ¿Alguien le ha enviado o leído un código? Entonces deténgase: con él entraría en su cuenta. Ningún servicio de asistencia le pide nunca que escriba aquí un código.',
  deviceUnknown:
    'Este código es incorrecto o ya no es válido. Compruébelo en su dispositivo o empiece allí de nuevo.',
  deviceBlocked: 'Demasiados códigos incorrectos. Inténtelo de nuevo dentro de diez minutos.',
  deviceAllowTitle: '¿Permitir {name} en su dispositivo?',
  deviceAllowText: 'En el dispositivo que muestra su código, {name} pide lo siguiente:',
  deviceAllowedTitle: 'Su dispositivo está conectado',
  deviceAllowedText: 'Cierre esta página y continúe en su dispositivo.',
  deviceDeniedTitle: 'Su dispositivo no está conectado',
  deviceDeniedText: 'No tiene acceso a su cuenta. Puede cerrar esta página.',
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
  registeredWarning:
    'Cette application s’est enregistrée elle-même, et personne ici ne l’a vérifiée. Autorisez-la seulement si vous connaissez {name}.',
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
  next: 'Continuer',
  deviceTitle: 'Connecter un appareil',
  deviceText: 'Saisissez le code affiché par votre appareil.',
  deviceCode: 'Code',
  deviceWarning:
    'Continuez seulement si vous avez vous-même commencé, sur un appareil devant vous. Quelqu’un vous a envoyé ou lu un code ? Alors arrêtez : il entrerait ainsi dans votre compte. Aucun service d’assistance ne vous demande jamais de saisir un code ici.',
  deviceUnknown:
    'Ce code est faux ou n’est plus valable. Vérifiez-le sur votre appareil, ou recommencez à partir de celui-ci.',
  deviceBlocked: 'Trop de codes faux. Réessayez dans dix minutes.',
  deviceAllowTitle: 'Autoriser {name} sur votre appareil ?',
  deviceAllowText: 'Sur l’appareil qui affiche votre code, {name} demande ceci :',
  deviceAllowedTitle: 'Votre appareil est connecté',
  deviceAllowedText: 'Fermez cette page et continuez sur votre appareil.',
  deviceDeniedTitle: 'Votre appareil n’est pas connecté',
  deviceDeniedText: 'Il n’a pas accès à votre compte. Vous pouvez fermer cette page.',
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
  registeredWarning: 'سجّل هذا التطبيق نفسه بنفسه، ولم يتحقق منه أحد هنا. اسمح له فقط إذا كنت تعرف {name}.',
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
  next: 'متابعة',
  deviceTitle: 'توصيل جهاز',
  deviceText: 'اكتب الرمز الذي يعرضه جهازك.',
  deviceCode: 'الرمز',
  deviceWarning:
    'تابع فقط إذا بدأت هذا بنفسك على جهاز أمامك. هل أرسل إليك أحد رمزًا أو قرأه عليك؟ إذن توقّف: فبهذا الرمز يمكنه الدخول إلى حسابك. لن يطلب منك أي مكتب مساعدة أبدًا كتابة رمز هنا.',
  deviceUnknown: 'هذا الرمز خاطئ أو لم يعد صالحًا. تحقّق منه على جهازك، أو ابدأ هناك من جديد.',
  deviceBlocked: 'رموز خاطئة كثيرة جدًا. حاول مرة أخرى بعد عشر دقائق.',
  deviceAllowTitle: 'هل تسمح لـ {name} على جهازك؟',
  deviceAllowText: 'على الجهاز الذي يعرض رمزك، يطلب {name} ما يلي:',
  deviceAllowedTitle: 'تم توصيل جهازك',
  deviceAllowedText: 'أغلق هذه الصفحة وتابع على جهازك.',
  deviceDeniedTitle: 'لم يتم توصيل جهازك',
  deviceDeniedText: 'ليس له وصول إلى حسابك. يمكنك إغلاق هذه الصفحة.',
  errorTitle: 'هذا الطلب غير صالح',
  errorText:
    'أرسل التطبيق الذي جئت منه طلبًا غير صالح، أو طلب بيانات لا يحق له الحصول عليها. ارجع إليه وحاول مرة أخرى.',
}

/** Has the same languages as the sign-in page. */
export const pageWords = { en, de, es, fr, ar } as const

export type PageLanguage = keyof typeof pageWords
