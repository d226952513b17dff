/**
 * German: the frame, new checks, approvals, hand-over, history, and refusals of the server. These texts exist, and the other languages
 * must have the same.
 */
export const team = {
  // The frame
  '{name} · Desk': '{name} · Helpdesk',
  'Page not found': 'Seite nicht gefunden',
  'Check the address.': 'Prüfen Sie die Adresse.',
  'The server sent an unexpected answer.': 'Der Server hat unerwartet geantwortet.',
  Continue: 'Weiter',
  Back: 'Zurück',
  // New checks
  'New check · Desk': 'Neue Prüfung · Helpdesk',
  'No checks yet': 'Noch keine Prüfungen',
  'This realm offers no check that you could start. Ask an administrator: in the console, the page “Checklist” adds a set of checks.':
    'Dieser Bereich bietet keine Prüfung an, die Sie starten könnten. Wenden Sie sich an die Administration: In der Konsole fügt die Seite „Checklist“ Prüfungen hinzu.',
  'What do they need?': 'Was ist das Anliegen?',
  'Only verify the caller': 'Nur die Identität prüfen',
  'How will you verify them?': 'Wie prüfen Sie die Identität?',
  'Could not read what this needs.': 'Es ließ sich nicht laden, was dafür nötig ist.',
  'Until then it is not known which checks are enough.':
    'Bis dahin ist unbekannt, welche Prüfungen ausreichen.',
  'No check is enough for this.': 'Keine Prüfung reicht dafür aus.',
  'Don’t act on the request. Ask your lead how this person can be verified.':
    'Führen Sie das Anliegen nicht aus. Fragen Sie Ihre Leitung, wie sich diese Identität prüfen lässt.',
  '{name} has no email address on file, and this check looks people up by it.':
    'Für {name} ist keine E-Mail-Adresse hinterlegt, und diese Prüfung sucht Personen über die E-Mail-Adresse.',
  'Not enough for this ({count})': 'Reicht dafür nicht aus ({count})',
  'Who is calling': 'Wer ruft an',
  'Who is calling?': 'Wer ruft an?',
  Change: 'Ändern',
  '{name} chosen': '{name} ausgewählt',
  'People found': 'Gefundene Personen',
  'The server cannot be reached. Type again to retry.':
    'Der Server ist nicht erreichbar. Tippen Sie erneut, um es noch einmal zu versuchen.',
  'The search failed. Type again to retry.':
    'Die Suche ist fehlgeschlagen. Tippen Sie erneut, um es noch einmal zu versuchen.',
  'You have searched very often. Wait a few minutes, then type again.':
    'Sie haben sehr oft gesucht. Warten Sie ein paar Minuten und tippen Sie dann erneut.',
  'Search by name, email or phone number. You only see what your role allows.':
    'Suchen Sie nach Name, E-Mail-Adresse oder Telefonnummer. Sie sehen nur, was Ihre Rolle erlaubt.',
  'Nobody found for “{text}”. Try only the surname, the email address or the phone number.':
    'Niemand gefunden für „{text}“. Versuchen Sie es nur mit dem Nachnamen, der E-Mail-Adresse oder der Telefonnummer.',
  'There are more results. Type more of the name.':
    'Es gibt weitere Ergebnisse. Geben Sie mehr vom Namen ein.',
  Inactive: 'Inaktiv',
  'phone ending {digits}': 'Telefon endet auf {digits}',
  'no email address on file': 'keine E-Mail-Adresse hinterlegt',
  'Reason (optional)': 'Grund (optional)',
  'Shown to the caller': 'Die anrufende Person sieht das',
  'Lift the pause': 'Pause aufheben',
  'Why can checks go on?': 'Warum können Prüfungen weitergehen?',
  'Checks of {name} are paused until {time}.': 'Prüfungen von {name} sind bis {time} pausiert.',
  'The pause could not be lifted.': 'Die Pause konnte nicht aufgehoben werden.',
  'What the caller will see': 'Das sieht die anrufende Person',
  'What {name} will see': 'Das sieht {name}',
  'Start check': 'Prüfung starten',
  'Choose the caller first.': 'Wählen Sie zuerst die anrufende Person.',
  'Choose what they need.': 'Wählen Sie das Anliegen.',
  'Choose how to verify them.': 'Wählen Sie die Prüfung.',
  'Starting · {name}': 'Wird gestartet · {name}',
  'Nothing to start here': 'Hier gibt es nichts zu starten',
  'Only the window that began to start this check can go on with it.':
    'Nur das Fenster, in dem Sie diese Prüfung begonnen haben, kann sie fortsetzen.',
  'Back to the form': 'Zurück zum Formular',
  'The desk can’t show this step. Ask an administrator.':
    'Der Helpdesk kann diesen Schritt nicht anzeigen. Fragen Sie einen Administrator.',
  Choose: 'Auswählen',
  'The server cannot be reached. Nothing was started; try again.':
    'Der Server ist nicht erreichbar. Es wurde nichts gestartet; versuchen Sie es erneut.',
  'The check was not started.': 'Die Prüfung wurde nicht gestartet.',
  'You can’t verify yourself. Ask a colleague.':
    'Sie können Ihre eigene Identität nicht prüfen. Bitten Sie jemanden aus dem Team.',
  'This check is not available.': 'Diese Prüfung ist nicht verfügbar.',
  'This request is not available.': 'Dieses Anliegen ist nicht verfügbar.',
  'No other agent can approve this check now. Ask your lead.':
    'Zurzeit kann kein anderer Agent diese Prüfung freigeben. Fragen Sie Ihre Leitung.',
  'A second agent has to approve this. Use a check in which one does.':
    'Ein zweiter Agent muss das freigeben. Verwenden Sie eine Prüfung mit Freigabe.',
  'This check is not enough for this request and person. Use a stronger one.':
    'Diese Prüfung reicht für dieses Anliegen und diese Person nicht aus. Verwenden Sie eine stärkere.',
  'The manager on file is a help-desk agent, and agents can’t vouch. Use another way.':
    'Die hinterlegte Führungskraft ist Agent des Helpdesks, und Agenten können nicht bürgen. Wählen Sie einen anderen Weg.',
  'Your session has ended. Sign in again, then start the check.':
    'Ihre Sitzung ist beendet. Melden Sie sich erneut an und starten Sie dann die Prüfung.',
  'You have started many checks. You can start the next one at {time}.':
    'Sie haben viele Prüfungen gestartet. Die nächste können Sie um {time} starten.',
  'If you did not start them, tell your lead immediately.':
    'Wenn Sie diese nicht gestartet haben, informieren Sie sofort Ihre Leitung.',
  'You have asked for many approvals. You can ask for the next one at {time}.':
    'Sie haben um viele Freigaben gebeten. Um die nächste können Sie um {time} bitten.',
  'If you did not ask for them, tell your lead immediately.':
    'Wenn Sie nicht darum gebeten haben, informieren Sie sofort Ihre Leitung.',
  'Too many checks of {name}. You can start the next one at {time}.':
    'Zu viele Prüfungen von {name}. Die nächste können Sie um {time} starten.',
  'A caller who keeps trying may not be who they say. If it can’t wait, ask your lead.':
    'Wer es immer wieder versucht, gibt sich vielleicht nur als diese Person aus. Wenn es eilt, fragen Sie Ihre Leitung.',
  '“{title}” did not find {name} by email address.':
    '„{title}“ hat {name} über die E-Mail-Adresse nicht gefunden.',
  '“{title}” did not find {name} by username.': '„{title}“ hat {name} über den Benutzernamen nicht gefunden.',
  '“{title}” ended without creating a link.': '„{title}“ endete, ohne einen Link zu erstellen.',
  '“{title}” can’t be started: {message} Pick another check, or ask an administrator.':
    '„{title}“ kann nicht gestartet werden: {message} Wählen Sie eine andere Prüfung oder fragen Sie einen Administrator.',
  // The caller's page, as the sign-in pages translate it
  'Who called?': 'Wer hat angerufen?',
  'I called the help desk': 'Ich habe den Helpdesk angerufen',
  'Somebody called me': 'Jemand hat mich angerufen',
  '{agent} of {organisation} wants to make sure it’s you.':
    '{agent} von {organisation} möchte sichergehen, dass Sie es sind.',
  '{organisation} wants to make sure it’s you.': '{organisation} möchte sichergehen, dass Sie es sind.',
  'You’re asking for': 'Ihr Anliegen',
  // Approvals
  Approval: 'Freigabe',
  'Approval · {name}': 'Freigabe · {name}',
  'Approvals ({count})': 'Freigaben ({count})',
  Approve: 'Freigeben',
  Decline: 'Ablehnen',
  'Approve this check?': 'Diese Prüfung freigeben?',
  'Decline this check?': 'Diese Prüfung ablehnen?',
  'Not yet': 'Noch nicht',
  'Approve the check': 'Prüfung freigeben',
  'Decline the check': 'Prüfung ablehnen',
  'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls. If in doubt, talk to your colleague first.':
    'Sie stehen gemeinsam mit {agent} für diese Prüfung ein. Die anrufende Person, der Verlauf und das Prüfprotokoll nennen Ihren Namen. Geben Sie nur frei, wenn Sie wissen, warum {caller} anruft. Sprechen Sie im Zweifel zuerst mit {agent}.',
  'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls and needs this: {action}. If in doubt, talk to your colleague first.':
    'Sie stehen gemeinsam mit {agent} für diese Prüfung ein. Die anrufende Person, der Verlauf und das Prüfprotokoll nennen Ihren Namen. Geben Sie nur frei, wenn Sie wissen, warum {caller} anruft und dieses Anliegen hat: {action}. Sprechen Sie im Zweifel zuerst mit {agent}.',
  '{name} reads it.': '{name} liest ihn.',
  '{name} asks you': '{name} fragt Sie',
  '{agent} needs a second agent for a check of {caller}.':
    '{agent} braucht einen zweiten Agenten für eine Prüfung von {caller}.',
  'Look at it': 'Ansehen',
  'Your answer was not sent.': 'Ihre Antwort wurde nicht gesendet.',
  '{name} asks for a second agent': '{name} bittet um einen zweiten Agenten',
  'The request could not be loaded.': 'Die Anfrage konnte nicht geladen werden.',
  'A colleague may be waiting for your answer.': 'Vielleicht wartet jemand aus dem Team auf Ihre Antwort.',
  'Nothing to approve here': 'Hier gibt es nichts freizugeben',
  'The colleague has stopped waiting, somebody else has answered, or nobody did in time.':
    'Die Anfrage wurde zurückgezogen, jemand anderes hat geantwortet, oder niemand hat rechtzeitig geantwortet.',
  Username: 'Benutzername',
  Department: 'Abteilung',
  'Time left': 'Verbleibende Zeit',
  'Your colleagues see this request at their desks.': 'Ihr Team sieht diese Anfrage im Helpdesk.',
  'You can’t answer this request.': 'Sie können auf diese Anfrage nicht antworten.',
  '{name} approved this check.': '{name} hat diese Prüfung freigegeben.',
  '{name} declined this check.': '{name} hat diese Prüfung abgelehnt.',
  'The agent has stopped waiting.': 'Der Agent wartet nicht mehr.',
  'Nobody answered in time.': 'Niemand hat rechtzeitig geantwortet.',
  'Your colleagues see the request at their desks now. The check starts as soon as one of them approves.':
    'Ihr Team sieht die Anfrage jetzt im Helpdesk. Die Prüfung startet, sobald jemand sie freigibt.',
  'Stop waiting': 'Nicht länger warten',
  'Ask a colleague to look at their desk.': 'Bitten Sie jemanden aus dem Team, in den Helpdesk zu sehen.',
  '{name} declined.': '{name} hat abgelehnt.',
  'They gave no reason.': 'Ein Grund wurde nicht genannt.',
  // Hand-over
  'This is a check of {agent}.': 'Das ist eine Prüfung von {agent}.',
  'This is a check of {agent}, offered to you.':
    'Das ist eine Prüfung von {agent}, die Ihnen angeboten wird.',
  'This is a check of {agent}, offered to the team.':
    'Das ist eine Prüfung von {agent}, die dem Team angeboten wird.',
  'After you take it over, you see its codes, and callers read your name. The link stays the same.':
    'Wenn Sie sie übernehmen, sehen Sie die Codes, und die anrufende Person liest Ihren Namen. Der Link bleibt derselbe.',
  'Taken over · Desk': 'Übernommen · Helpdesk',
  'It is no longer your check. You can’t see its codes, or use its result.':
    'Es ist nicht mehr Ihre Prüfung. Sie sehen ihre Codes nicht und können ihr Ergebnis nicht verwenden.',
  'Hand over': 'Übergeben',
  'Hand this check over?': 'Diese Prüfung übergeben?',
  'Anyone on the team': 'Alle im Team',
  'The check of {name} stays yours until somebody takes it over. The caller can go on meanwhile.':
    'Die Prüfung von {name} bleibt Ihre, bis jemand sie übernimmt. Die anrufende Person kann inzwischen weitermachen.',
  To: 'An',
  'Your colleagues could not be loaded. You can offer the check to the team.':
    'Die Liste Ihres Teams konnte nicht geladen werden. Sie können die Prüfung allen im Team anbieten.',
  'Keep the check': 'Behalten',
  Offer: 'Anbieten',
  'Only its agent sees the codes.': 'Die Codes sieht nur der Agent der Prüfung.',
  'Offered to the team.': 'Dem Team angeboten.',
  'Offered to {name}.': '{name} angeboten.',
  'Withdraw offer': 'Angebot zurückziehen',
  'It stays your check until somebody takes it over.': 'Es bleibt Ihre Prüfung, bis jemand sie übernimmt.',
  'Offered to you': 'Ihnen angeboten',
  '{agent}, to the team': '{agent}, an das Team',
  'Take over': 'Übernehmen',
  'Take over: {name}': 'Übernehmen: {name}',
  // History
  'History · Desk': 'Verlauf · Helpdesk',
  'Your checks of the last 30 days. Leads see everyone’s checks.':
    'Ihre Prüfungen der letzten 30 Tage. Leitungen sehen die Prüfungen aller.',
  'Search history': 'Verlauf durchsuchen',
  'Caller, ticket or reference': 'Person, Ticket oder Referenz',
  All: 'Alle',
  'Not me': 'Nicht ich',
  Unfinished: 'Nicht beendet',
  'The history could not be read.': 'Der Verlauf konnte nicht geladen werden.',
  'This may be out of date.': 'Das hier ist vielleicht nicht aktuell.',
  'Show more': 'Mehr anzeigen',
  'No matching checks. Remove words, or choose All.':
    'Keine passenden Prüfungen. Entfernen Sie Wörter oder wählen Sie „Alle“.',
  'No checks yet. Checks that you start are kept here for 30 days.':
    'Noch keine Prüfungen. Prüfungen, die Sie starten, bleiben hier 30 Tage lang.',
  Duration: 'Dauer',
  When: 'Wann',
  // Refusals of the server
  '{name} has approved this request already.': '{name} hat diese Anfrage schon freigegeben.',
  '{name} has declined this request already.': '{name} hat diese Anfrage schon abgelehnt.',
  'The request was not answered: try again.':
    'Ihre Antwort wurde nicht gespeichert: Versuchen Sie es erneut.',
  'The agent has withdrawn this request.': 'Der Agent hat diese Anfrage zurückgezogen.',
  'Nobody answered this request in time.': 'Niemand hat rechtzeitig auf diese Anfrage geantwortet.',
  'There is no such request': 'Diese Anfrage gibt es nicht.',
  'Only an agent of this realm can approve a check.':
    'Nur ein Agent dieses Bereichs kann eine Prüfung freigeben.',
  'Another agent has to approve this check.': 'Ein anderer Agent muss diese Prüfung freigeben.',
  'You can’t approve a check that is about you.':
    'Sie können keine Prüfung freigeben, bei der es um Sie selbst geht.',
  'The check is over, and its result can no longer be used.':
    'Die Prüfung ist beendet, und ihr Ergebnis kann nicht mehr verwendet werden.',
  'This person is the agent of the check already.': 'Diese Person ist schon Agent der Prüfung.',
  'Only an active agent of this realm can be the agent of the check.':
    'Nur ein aktiver Agent dieses Bereichs kann Agent der Prüfung sein.',
  'Agents cannot verify themselves.': 'Agenten können ihre eigene Identität nicht prüfen.',
  'The person who is asked to vouch cannot be the agent of the check.':
    'Die Person, die bürgen soll, kann nicht Agent der Prüfung sein.',
  'The second agent of a check cannot become its agent.':
    'Der zweite Agent einer Prüfung kann nicht ihr Agent werden.',
  'The check is not offered to you, or no longer.': 'Die Prüfung wird Ihnen nicht oder nicht mehr angeboten.',
  'Nobody rejected this check.': 'Niemand hat diese Prüfung abgelehnt.',
  Language: 'Sprache',
  'Change the language?': 'Sprache wechseln?',
  'The page loads again. What you typed, a check that is just starting and a code that nobody used yet are lost.':
    'Die Seite wird neu geladen. Ihre Eingaben, eine gerade startende Prüfung und ein noch nicht benutzter Code gehen verloren.',
  'Stay on this page': 'Auf der Seite bleiben',
  'Change language': 'Sprache wechseln',
  // Texts with a number
  'The link works for {count} minutes.': {
    one: 'Der Link gilt {count} Minute.',
    other: 'Der Link gilt {count} Minuten.',
  },
  '{count} people found.': { one: '{count} Person gefunden.', other: '{count} Personen gefunden.' },
} as const
