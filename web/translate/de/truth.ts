/** German: what results are good for, reports about a person, and drafts. */
export const truth = {
  'Proven, not enough': 'Belegt, reicht nicht aus',
  'Proven, not enough for {action}': 'Belegt, reicht nicht für: {action}',
  'more proof': 'mehr Nachweise',
  'Proven, not usable: it needs {needs}': 'Belegt, nicht verwendbar: erfordert {needs}',
  'Wait before you act': 'Warten Sie noch',
  'Wait until {time}': 'Warten bis {time}',
  'a delay': 'eine Wartezeit',
  'Proven, not usable yet': 'Belegt, noch nicht verwendbar',
  'Proven, usable from {time}': 'Belegt, verwendbar ab {time}',
  'The result was used, and works once. For another request, start a new check.':
    'Das Ergebnis wurde verwendet und gilt nur einmal. Starten Sie für ein weiteres Anliegen eine neue Prüfung.',
  'Verified and used': 'Identität bestätigt, verwendet',
  'Used by {agent}': 'Verwendet von {agent}',
  'Over, not used': 'Abgelaufen, nicht verwendet',
  'Nobody used the result in time. Start a new check.':
    'Niemand hat das Ergebnis rechtzeitig verwendet. Starten Sie eine neue Prüfung.',
  'Proven, expired unused': 'Belegt, ungenutzt abgelaufen',
  'Proven, withdrawn': 'Belegt, zurückgezogen',
  'Proven, withdrawn by {agent}': 'Belegt, zurückgezogen von {agent}',
  'Paused: reported': 'Pausiert: gemeldet',
  'Paused until {time}: reported': 'Pausiert bis {time}: gemeldet',
  'An attack on this person was reported. Change nothing, unless a lead lifts the pause.':
    'Für diese Person wurde ein Angriff gemeldet. Ändern Sie nichts, außer eine Leitung hebt die Pause auf.',
  'Proven, paused after a report': 'Belegt, nach einer Meldung pausiert',
  'Proven, paused until {time} after a report': 'Belegt, nach einer Meldung pausiert bis {time}',
  'Proven, but can’t be used': 'Belegt, aber nicht verwendbar',
  'The check was for no action, so its result allows none.':
    'Die Prüfung galt keiner Aktion, deshalb erlaubt ihr Ergebnis keine.',
  'The caller typed no code from you, so nothing ties the result to this call. Don’t act on it.':
    'Die anrufende Person hat keinen Code von Ihnen eingegeben, deshalb gehört das Ergebnis nicht nachweislich zu diesem Anruf. Handeln Sie nicht danach.',
  'Proven, not usable: no action': 'Belegt, nicht verwendbar: keine Aktion',
  'Proven, not usable: no code': 'Belegt, nicht verwendbar: kein Code',
  'The agent of the check may go ahead.': 'Der Agent der Prüfung darf fortfahren.',
  'Identity proven': 'Identität belegt',
  'It is not known yet whether the result can be used. Wait before you act.':
    'Es ist noch nicht bekannt, ob das Ergebnis verwendet werden kann. Warten Sie noch.',
  'Start a check that is enough': 'Ausreichende Prüfung starten',
  '“{title}”: same caller, same ticket': '„{title}“: dieselbe Person, dasselbe Ticket',
  'No check is enough for this. Ask your lead.': 'Dafür reicht keine Prüfung. Fragen Sie Ihre Leitung.',
  'Rejected after the result': 'Nach dem Ergebnis abgelehnt',
  'Stop: an attack was reported': 'Stopp: Ein Angriff wurde gemeldet',
  '{name} reported an attack in another check, so this one ended.':
    '{name} hat in einer anderen Prüfung einen Angriff gemeldet, deshalb endete diese.',
  'The person reported an attack in another check, so this one ended.':
    'Die echte Person hat in einer anderen Prüfung einen Angriff gemeldet, deshalb endete diese.',
  'Stopped: an attack was reported': 'Gestoppt: Angriff gemeldet',
  'An attack on this person was reported': 'Für diese Person wurde ein Angriff gemeldet',
  'The result is paused': 'Das Ergebnis ist pausiert',
  'Searching older checks…': 'Ältere Prüfungen werden durchsucht…',
  'Usable now · {name}': 'Jetzt verwendbar · {name}',
  'The link could not be sent · {name}': 'Der Link konnte nicht gesendet werden · {name}',
  '{name} lifted the pause {time}: {reason}': '{name} hob die Pause auf {time}: {reason}',
  '{count} checks in 24 hours': {
    one: '{count} Prüfung in 24 Stunden',
    other: '{count} Prüfungen in 24 Stunden',
  },
  'a client': 'ein Programm',
  'verified by you {time}': 'bestätigt von Ihnen {time}',
  'verified by {agent} {time}': 'bestätigt von {agent} {time}',
  'reported an attack {time}': 'Angriff gemeldet {time}',
  'pressed “Not me” {time}': '„Das bin ich nicht“ gedrückt {time}',
  'This may be {name} who calls back, or the attacker.':
    'Das kann {name} mit einem Rückruf sein oder der Angreifer.',
  'Don’t act on the call: call {name} back on the number on file, then ask your lead to lift the pause.':
    'Führen Sie nichts aus: Rufen Sie {name} unter der hinterlegten Nummer zurück und bitten Sie dann Ihre Leitung, die Pause aufzuheben.',
  'An attack on this person was reported.': 'Für diese Person wurde ein Angriff gemeldet.',
  '{name} reported at {time} that a stranger called.':
    '{name} hat um {time} gemeldet, dass ein Fremder angerufen hat.',
  'Somebody who opened a link for {name} pressed “This is not me” at {time}.':
    'Wer einen Link für {name} geöffnet hat, hat um {time} „Das bin ich nicht“ gedrückt.',
  'Last 24 hours': 'Letzte 24 Stunden',
  'Called back on the number on file': 'Unter der hinterlegten Nummer zurückgerufen',
  'Sign in as an agent to start checks': 'Melden Sie sich als Agent an, um Prüfungen zu starten',
  'You see the desk as an administrator. Open it in a private window, and sign in there as an agent.':
    'Sie sehen den Helpdesk als Administrator. Öffnen Sie ihn in einem privaten Fenster und melden Sie sich dort als Agent an.',
  'Read your own code to {name} first': 'Lesen Sie {name} zuerst Ihren eigenen Code vor',
  'Read your own code to the caller first': 'Lesen Sie der anrufenden Person zuerst Ihren eigenen Code vor',
  'The page of {name} shows the same code. Read the digits when it asks for them.':
    'Die Seite von {name} zeigt denselben Code. Lesen Sie die Ziffern vor, wenn die Seite danach fragt.',
  'The page of the caller shows the same code. Read the digits when it asks for them.':
    'Die Seite der anrufenden Person zeigt denselben Code. Lesen Sie die Ziffern vor, wenn die Seite danach fragt.',
  'The page asks {name} for it.': 'Die Seite fragt {name} danach.',
  'The page asks the caller for it.': 'Die Seite fragt die anrufende Person danach.',
  'Read this first: your own code': 'Lesen Sie das zuerst vor: Ihr eigener Code',
  'Read this again: the page asks for it again.':
    'Lesen Sie das noch einmal vor: Die Seite fragt erneut danach.',
  'Not usable yet': 'Noch nicht verwendbar',
  Starting: 'Wird gestartet',
  'A colleague checks this person, too': 'Jemand aus dem Team prüft diese Person auch',
  'A colleague checks {name}, too': 'Jemand aus dem Team prüft {name} auch',
  'Caller, agent or ticket': 'Person, Agent oder Ticket',
  'No matching checks.': 'Keine passenden Prüfungen.',
  'Its caller types no code from you, so nobody can use the result.':
    'Dabei wird kein Code von Ihnen eingegeben, deshalb kann niemand das Ergebnis verwenden.',
  'This person has no factor that it asks for.': 'Diese Person hat keinen Faktor, den sie verlangt.',
} as const
