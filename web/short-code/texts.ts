import type { SignInLanguage } from '../design/sign-in-languages.ts'

/** `{name}` is a placeholder. */
const en = {
  title: 'Enter the code from the help desk',
  lede: 'The person on the phone reads eight letters to you. Spaces and small letters are fine.',
  filledIn: 'The code from your message is filled in. Press Continue.',
  label: 'Code',
  checking: 'Checking the code',
  opening: 'Opening the next page',
  caution: 'Did somebody call you and ask for this? Then don’t enter a code, and hang up.',
  empty: 'Enter the code that is read to you.',
  length: 'The code has eight letters. Enter all of them.',
  character: 'Codes never contain “{character}”. Ask for that letter again.',
  script: 'Codes have Latin letters only. Switch your keyboard to A–Z.',
  unknown:
    'This code doesn’t work. Compare each letter. If it is right, it was used or is too old: ask for a new one.',
  blocked: 'Too many wrong codes. Try again in {minutes} min, or ask for the link another way.',
  paused: 'Codes are paused for {minutes} min. Ask for the link another way, such as by email.',
  offline: 'You are offline. What you entered is still here.',
  failed: 'That didn’t work. Try again in a moment.',
}

export type ShortCodeTexts = typeof en

const de: ShortCodeTexts = {
  title: 'Code vom Helpdesk eingeben',
  lede: 'Die Person am Telefon liest Ihnen acht Buchstaben vor. Leerzeichen und Kleinbuchstaben sind kein Problem.',
  filledIn: 'Der Code aus Ihrer Nachricht ist schon eingetragen. Drücken Sie auf „Weiter“.',
  label: 'Code',
  checking: 'Der Code wird geprüft',
  opening: 'Die nächste Seite wird geöffnet',
  caution:
    'Sie wurden angerufen und sollen hier etwas eingeben? Geben Sie keinen Code ein und legen Sie auf.',
  empty: 'Geben Sie den Code ein, der Ihnen vorgelesen wird.',
  length: 'Der Code hat acht Buchstaben. Geben Sie alle ein.',
  character: '„{character}“ kommt in keinem Code vor. Lassen Sie sich diesen Buchstaben noch einmal nennen.',
  script: 'Der Code besteht aus lateinischen Buchstaben. Stellen Sie Ihre Tastatur auf A–Z um.',
  unknown:
    'Dieser Code funktioniert nicht. Vergleichen Sie jeden Buchstaben. Stimmt er, wurde er schon benutzt oder ist abgelaufen: Lassen Sie sich einen neuen geben.',
  blocked:
    'Zu viele falsche Codes. Versuchen Sie es in {minutes} Min. noch einmal, oder bitten Sie um den Link auf einem anderen Weg.',
  paused:
    'Codes sind für {minutes} Min. gesperrt. Bitten Sie um den Link auf einem anderen Weg, zum Beispiel per E-Mail.',
  offline: 'Sie sind offline. Ihre Eingabe ist noch da.',
  failed: 'Das hat nicht geklappt. Versuchen Sie es gleich noch einmal.',
}

const es: ShortCodeTexts = {
  title: 'Escriba el código del servicio de ayuda',
  lede: 'La persona al teléfono le lee ocho letras. Puede usar espacios y minúsculas.',
  filledIn: 'El código de su mensaje ya está escrito. Pulse «Continuar».',
  label: 'Código',
  checking: 'Comprobando el código',
  opening: 'Abriendo la página siguiente',
  caution: '¿Le han llamado y le piden esto? No escriba ningún código y cuelgue.',
  empty: 'Escriba el código que le leen.',
  length: 'El código tiene ocho letras. Escríbalas todas.',
  character: 'Ningún código contiene «{character}». Pida que le repitan esa letra.',
  script: 'El código solo tiene letras latinas. Cambie su teclado a A–Z.',
  unknown:
    'Este código no funciona. Compare cada letra. Si es correcto, ya se ha usado o ha caducado: pida uno nuevo.',
  blocked:
    'Demasiados códigos incorrectos. Inténtelo de nuevo en {minutes} min o pida el enlace por otra vía.',
  paused:
    'Los códigos están bloqueados durante {minutes} min. Pida el enlace por otra vía, por ejemplo por correo.',
  offline: 'Está sin conexión. Lo que ha escrito sigue aquí.',
  failed: 'No ha funcionado. Inténtelo de nuevo en un momento.',
}

const fr: ShortCodeTexts = {
  title: 'Saisissez le code du service d’assistance',
  lede: 'La personne au téléphone vous lit huit lettres. Les espaces et les minuscules sont acceptés.',
  filledIn: 'Le code de votre message est déjà saisi. Appuyez sur « Continuer ».',
  label: 'Code',
  checking: 'Vérification du code',
  opening: 'Ouverture de la page suivante',
  caution: 'Quelqu’un vous a appelé et vous demande cela ? Ne saisissez aucun code et raccrochez.',
  empty: 'Saisissez le code que l’on vous lit.',
  length: 'Le code a huit lettres. Saisissez-les toutes.',
  character: 'Aucun code ne contient « {character} ». Faites-vous répéter cette lettre.',
  script: 'Le code ne contient que des lettres latines. Passez votre clavier en A–Z.',
  unknown:
    'Ce code ne fonctionne pas. Comparez chaque lettre. S’il est juste, il a déjà servi ou a expiré : demandez-en un nouveau.',
  blocked: 'Trop de codes erronés. Réessayez dans {minutes} min, ou demandez le lien par un autre moyen.',
  paused:
    'Les codes sont bloqués pendant {minutes} min. Demandez le lien par un autre moyen, par exemple par e-mail.',
  offline: 'Vous êtes hors ligne. Votre saisie est toujours là.',
  failed: 'Cela n’a pas fonctionné. Réessayez dans un instant.',
}

const ar: ShortCodeTexts = {
  title: 'أدخل الرمز الذي يقرؤه موظف الدعم',
  lede: 'يقرأ لك الشخص على الهاتف ثمانية أحرف لاتينية. لا تهم المسافات ولا حجم الأحرف.',
  filledIn: 'الرمز الوارد في رسالتك مُدخل بالفعل. اضغط «متابعة».',
  label: 'الرمز',
  checking: 'جارٍ التحقق من الرمز',
  opening: 'جارٍ فتح الصفحة التالية',
  caution: 'هل اتصل بك شخص وطلب منك هذا؟ لا تُدخل أي رمز وأنهِ المكالمة.',
  empty: 'أدخل الرمز الذي يُقرأ لك.',
  length: 'يتكون الرمز من ثمانية أحرف. أدخلها كلها.',
  character: 'لا يحتوي أي رمز على «{character}». اطلب إعادة هذا الحرف.',
  script: 'يتكون الرمز من أحرف لاتينية فقط. بدّل لوحة المفاتيح إلى A–Z.',
  unknown: 'هذا الرمز لا يعمل. قارن كل حرف. إذا كان صحيحًا فقد استُخدم أو انتهت صلاحيته: اطلب رمزًا جديدًا.',
  blocked: 'رموز خاطئة كثيرة. حاول مجددًا بعد {minutes} دقيقة، أو اطلب الرابط بطريقة أخرى.',
  paused: 'الرموز موقوفة لمدة {minutes} دقيقة. اطلب الرابط بطريقة أخرى، مثل البريد الإلكتروني.',
  offline: 'أنت غير متصل بالإنترنت. ما أدخلته ما زال هنا.',
  failed: 'لم ينجح ذلك. حاول مجددًا بعد لحظات.',
}

/** The texts of this page, apart from those that it shares with the sign-in page. */
export const shortCodeTexts: Readonly<Record<SignInLanguage, ShortCodeTexts>> = { en, de, es, fr, ar }
