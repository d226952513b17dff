/**
 * German: the wall, alarms and the numbers. These texts exist, and the other languages
 * must have the same.
 */
export const leads = {
  // The wall
  'Wall · Desk': 'Übersicht · Helpdesk',
  'May be out of date: last read at {time}': 'Vielleicht nicht aktuell: zuletzt gelesen um {time}',
  'The wall could not be read.': 'Die Übersicht konnte nicht geladen werden.',
  'The server cannot be reached. The page tries again every two seconds.':
    'Der Server ist nicht erreichbar. Die Seite versucht es alle zwei Sekunden erneut.',
  'Needs attention': 'Handlungsbedarf',
  'Nothing needs attention.': 'Kein Handlungsbedarf.',
  'No other checks are in progress.': 'Es laufen keine weiteren Prüfungen.',
  'There are more checks. The wall shows 500.': 'Es gibt weitere Prüfungen. Die Übersicht zeigt 500.',
  'Your session has ended. Sign in again to see the checks.':
    'Ihre Sitzung ist beendet. Melden Sie sich erneut an, um die Prüfungen zu sehen.',
  'Only leads see the checks of all agents. Ask an administrator for the role “agent-lead”.':
    'Nur Leitungen sehen die Prüfungen aller Agenten. Bitten Sie einen Administrator um die Rolle „agent-lead“.',
  'Sign in': 'Anmelden',
  'You are no longer a lead': 'Sie gehören nicht mehr zur Leitung',
  'The wall is for leads': 'Die Übersicht ist für Leitungen',
  'Another person signed in: talk to the agent':
    'Jemand anderes hat sich angemeldet: Sprechen Sie mit dem Agenten',
  'Another person signed in: talk to {agent}': 'Jemand anderes hat sich angemeldet: Sprechen Sie mit {agent}',
  'Probably an attack: make sure that the agent ends the call':
    'Wahrscheinlich ein Angriff: Sorgen Sie dafür, dass der Agent den Anruf beendet',
  'Probably an attack: make sure that {agent} ends the call':
    'Wahrscheinlich ein Angriff: Sorgen Sie dafür, dass {agent} den Anruf beendet',
  'An agent': 'Ein Agent',
  '{agent} offers it to {name}': '{agent} bietet sie {name} an',
  'You offer it to the team': 'Sie bieten sie dem Team an',
  'Offered by {agent}: take over': 'Angeboten von {agent}: übernehmen',
  'Less than a minute left, and the link is not opened':
    'Weniger als eine Minute übrig, und der Link ist nicht geöffnet',
  'Not verified: ask the agent what happened':
    'Identität nicht bestätigt: Fragen Sie den Agenten, was passiert ist',
  'Not verified: ask {agent} what happened':
    'Identität nicht bestätigt: Fragen Sie {agent}, was passiert ist',
  'Mark as read': 'Als gelesen markieren',
  'Mark as read: {name}': 'Als gelesen markieren: {name}',
  'No action': 'Kein Anliegen',
  Running: 'Laufend',
  'Need attention': 'Handlungsbedarf',
  'Identity proven today': 'Heute Identität belegt',
  'Not verified today': 'Heute nicht bestätigt',
  'Expired today': 'Heute abgelaufen',
  'Median time to proof': 'Median bis zum Nachweis',
  // The numbers
  'Numbers · Desk': 'Zahlen · Helpdesk',
  'Checks of all agents. They are kept for 30 days.':
    'Prüfungen aller Agenten. Sie bleiben 30 Tage gespeichert.',
  'Choose two days, the first one first.': 'Wählen Sie zwei Tage, den früheren zuerst.',
  Period: 'Zeitraum',
  '7 days': '7 Tage',
  '30 days': '30 Tage',
  Custom: 'Eigener',
  'First day': 'Erster Tag',
  'Last day': 'Letzter Tag',
  'Export CSV': 'CSV exportieren',
  'Export JSON lines': 'JSON Lines exportieren',
  Expired: 'Abgelaufen',
  'Nine in ten proven within': 'Neun von zehn belegt in',
  'No checks started in this period.': 'In diesem Zeitraum wurde keine Prüfung gestartet.',
  'By check': 'Nach Prüfung',
  'By action': 'Nach Anliegen',
  'By agent': 'Nach Agent',
  'By day': 'Nach Tag',
  'By hour of day': 'Nach Tageszeit',
  Action: 'Anliegen',
  Day: 'Tag',
  'Hour of day': 'Tageszeit',
  'Split by': 'Aufteilen nach',
  'Only the 500 largest are shown. The export has all checks.':
    'Nur die 500 größten werden angezeigt. Der Export enthält alle Prüfungen.',
  'The numbers are for leads.': 'Die Zahlen sind für Leitungen.',
  'Ask an administrator for the role “agent-lead”.':
    'Bitten Sie einen Administrator um die Rolle „agent-lead“.',
  'The numbers could not be read.': 'Die Zahlen konnten nicht geladen werden.',
  'How checks ended': 'Wie Prüfungen endeten',
  'Time from the start of the check': 'Zeit ab dem Start der Prüfung',
  Share: 'Anteil',
  Until: 'Bis',
  Median: 'Median',
  'Nine in ten within': 'Neun von zehn in',
  'the caller opened the link': 'die anrufende Person den Link öffnete',
  'the identity was proven': 'die Identität belegt war',
  'Median to opened': 'Median bis geöffnet',
  'Median to proof': 'Median bis zum Nachweis',
  '90 % proven in': '90 % belegt in',
  Others: 'Andere',
  'Did not pass': 'Nicht bestanden',
  None: 'Keine Angabe',
  '{count} %': '{count} %',
  'Needs approval': 'Braucht eine Freigabe',
  'You asked': 'Ihre Anfrage',
  // Alarms
  'A person': 'Eine Person',
  Acknowledge: 'Zur Kenntnis nehmen',
  'Acknowledge: {title}': 'Zur Kenntnis nehmen: {title}',
  'You are involved, so another lead or an administrator has to acknowledge it.':
    'Sie sind beteiligt, deshalb muss eine andere Leitung oder ein Administrator den Alarm zur Kenntnis nehmen.',
  'It could not be acknowledged. Try again.': 'Das konnte nicht gespeichert werden. Versuchen Sie es erneut.',
  'Callers said “This is not me” or were called, managers did not vouch, or another person signed in. The help desk may be under attack: warn the agents.':
    'Anrufende haben „Das bin ich nicht“ gedrückt oder wurden selbst angerufen, Führungskräfte haben nicht gebürgt, oder jemand anderes hat sich angemeldet. Vielleicht wird der Helpdesk angegriffen: Warnen Sie die Agenten.',
  'Callers’ journeys failed, the code was wrong too often, or callers failed to sign in. Find out whether a service is down, or somebody guesses passwords.':
    'Anrufende kamen in ihrem Ablauf nicht weiter, gaben zu oft einen falschen Code ein, oder ihre Anmeldung schlug fehl. Klären Sie, ob ein Dienst ausgefallen ist oder jemand Passwörter errät.',
  'Somebody may be trying one agent after the other. Warn the agents, and call the person back on the number on file.':
    'Vielleicht versucht es jemand bei einem Agenten nach dem anderen. Warnen Sie die Agenten, und rufen Sie die Person unter der hinterlegten Nummer zurück.',
  'Alarm: {count} in {span}.': 'Alarm: {count} in {span}.',
  // Texts with a number
  '{names} check this person, too': {
    one: '{names} prüft diese Person auch',
    other: '{names} prüfen diese Person auch',
  },
  '{count} wrong codes': { one: '{count} falscher Code', other: '{count} falsche Codes' },
  '{count} failed sign-ins': {
    one: '{count} fehlgeschlagene Anmeldung',
    other: '{count} fehlgeschlagene Anmeldungen',
  },
  '{count} denials in {span}.': {
    one: '{count} Ablehnung in {span}.',
    other: '{count} Ablehnungen in {span}.',
  },
  '{count} failures in {span}.': {
    one: '{count} Fehlschlag in {span}.',
    other: '{count} Fehlschläge in {span}.',
  },
  '{person} was checked {count} times in {span}.': {
    one: '{person} wurde in {span} {count}-mal geprüft.',
    other: '{person} wurde in {span} {count}-mal geprüft.',
  },
} as const
