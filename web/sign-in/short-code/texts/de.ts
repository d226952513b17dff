import type { ShortCodeTexts } from './en.ts'

export const de: ShortCodeTexts = {
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
