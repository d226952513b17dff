/**
 * German: the check page and its messages. These texts exist, and the other languages must have the
 * same.
 *
 * One word for each thing, at the desk in all files of texts (German · Spanish · French · Arabic):
 * - check: Prüfung · comprobación · vérification · تحقق
 * - caller: die anrufende Person · la persona que llama · la personne qui appelle · المتصل
 * - agent: Agent · agente · agent · موظف. A second agent: zweiter Agent · segundo agente · second agent · موظف ثانٍ
 * - lead: Leitung · supervisor · superviseur · مشرف. Team: Team · equipo · équipe · الفريق
 * - colleague: jemand aus dem Team · un compañero · un collègue · زميل
 * - client (a program): ein Programm · un programa · un programme · برنامج
 * - verified: Identität bestätigt · identidad verificada · identité vérifiée · تم التحقق من الهوية
 * - not verified: Identität nicht bestätigt · identidad no verificada · identité non vérifiée · لم يتم التحقق من الهوية
 * - "This is not me": Das bin ich nicht · No soy yo · Ce n’est pas moi · لست أنا (as on the caller's page)
 * - request (of the caller): Anliegen · petición · demande · طلب. To act on it: ausführen · atender · donner suite · نفّذ
 * - reason, ticket, reference: Grund, Ticket, Referenz · motivo, incidencia, referencia · motif, ticket, référence ·
 *   السبب, التذكرة, المرجع
 * - result: Ergebnis · resultado · résultat · النتيجة. To withdraw: zurückziehen · retirar · retirer · سحب
 * - to cancel: abbrechen · cancelar · annuler · ألغى. To use: verwenden · usar · utiliser · استخدم
 * - to offer, to take over: anbieten, übernehmen · ofrecer, hacerse cargo · proposer, reprendre · عرض, تولّى
 * - to vouch: bürgen · responder por · se porter garant · ضمن
 * - approval, to approve: Freigabe, freigeben · aprobación, aprobar · approbation, approuver · الموافقة, وافق
 * - link, code: Link, Code · enlace, código · lien, code · الرابط, الرمز
 * - short code, short address: Kurzcode, Kurzadresse · código corto, dirección corta · code court, adresse courte ·
 *   الرمز القصير, العنوان القصير
 * - factor, policy: Faktor, Richtlinie · factor, política · facteur, politique · عامل, سياسة
 * - attack: Angriff · ataque · attaque · هجوم. Pause: Pause · pausa · pause · إيقاف مؤقت
 * - desk: Helpdesk · Servicio de ayuda · Service d’assistance · مكتب المساعدة
 * - history, wall, numbers: Verlauf, Übersicht, Zahlen · historial, panel, cifras · historique, tableau, chiffres ·
 *   السجل, اللوحة, الأرقام. Record: Protokoll · informe · compte rendu · المحضر
 */
export const check = {
  'Give {name} the link': 'Geben Sie {name} den Link',
  'Give the caller the link': 'Geben Sie der anrufenden Person den Link',
  '{name} is looking at the page': '{name} sieht die Seite',
  'The caller is looking at the page': 'Die anrufende Person sieht die Seite',
  '{name} opened the link': '{name} hat den Link geöffnet',
  'The caller opened the link': 'Die anrufende Person hat den Link geöffnet',
  'Nothing yet': 'Noch nichts',
  '{name} is signing in': '{name} meldet sich an',
  'The caller is signing in': 'Die anrufende Person meldet sich an',
  Verified: 'Identität bestätigt',
  '{name} vouches': '{name} bürgt',
  'Vouched for': 'Jemand bürgt',
  'Result withdrawn': 'Ergebnis zurückgezogen',
  'Not verified': 'Identität nicht bestätigt',
  'The caller did not pass the check.': 'Die anrufende Person hat die Prüfung nicht bestanden.',
  'The code was entered wrong three times.': 'Der Code wurde dreimal falsch eingegeben.',
  'Don’t act on the request.': 'Führen Sie das Anliegen nicht aus.',
  '{name} does not vouch for the caller.': '{name} bürgt nicht für die anrufende Person.',
  'The manager does not vouch for the caller.': 'Die Führungskraft bürgt nicht für die anrufende Person.',
  'Time ran out': 'Zeit abgelaufen',
  'The check was not completed within {count} minutes. Nobody was verified.': {
    one: 'Die Prüfung wurde nicht innerhalb von {count} Minute abgeschlossen. Es wurde keine Identität bestätigt.',
    other:
      'Die Prüfung wurde nicht innerhalb von {count} Minuten abgeschlossen. Es wurde keine Identität bestätigt.',
  },
  'This check was cancelled': 'Diese Prüfung wurde abgebrochen',
  'The link no longer works.': 'Der Link funktioniert nicht mehr.',
  'Treat this call as an attack: change nothing, and end the call.':
    'Behandeln Sie diesen Anruf als Angriff: Ändern Sie nichts und beenden Sie das Gespräch.',
  'Stop: not {name}': 'Stopp: nicht {name}',
  'Stop: not the caller': 'Stopp: nicht die richtige Person',
  'The person who opened the link pressed “This is not me”.':
    'Die Person, die den Link geöffnet hat, hat „Das bin ich nicht“ gedrückt.',
  'Stop: someone called {name}': 'Stopp: {name} wurde angerufen',
  'Stop: someone called them': 'Stopp: Die echte Person wurde angerufen',
  '{name} says that someone called them. The person on your phone is relaying what you say.':
    '{name} wurde von jemandem angerufen. Die Person an Ihrem Telefon gibt weiter, was Sie sagen.',
  'The caller says that someone called them. The person on your phone is relaying what you say.':
    'Die echte Person wurde von jemandem angerufen. Die Person an Ihrem Telefon gibt weiter, was Sie sagen.',
  'Someone else signed in': 'Jemand anderes hat sich angemeldet',
  'It was not {name}.': 'Es war nicht {name}.',
  'It was not the caller.': 'Es war nicht die richtige Person.',
  'Call {name} on a number you already know. {name} will be asked to vouch for {caller}.':
    'Rufen Sie {name} unter einer Nummer an, die Sie schon kennen. {name} wird gebeten, für {caller} zu bürgen.',
  'Call the manager on a number you already know. The manager will be asked to vouch for {caller}.':
    'Rufen Sie die Führungskraft unter einer Nummer an, die Sie schon kennen. Sie wird gebeten, für {caller} zu bürgen.',
  'Then read the code aloud. {name} enters it on their own device.':
    'Lesen Sie dann den Code vor. {name} gibt ihn auf dem eigenen Gerät ein.',
  'Then read the code aloud. The caller enters it on their own device.':
    'Lesen Sie dann den Code vor. Die anrufende Person gibt ihn auf dem eigenen Gerät ein.',
  'Send it by email, show the QR code, or read it aloud. The caller opens it on their own device.':
    'Senden Sie ihn per E-Mail, zeigen Sie den QR-Code oder lesen Sie ihn vor. Die anrufende Person öffnet ihn auf dem eigenen Gerät.',
  'Ask the caller to answer the question. Then read the code aloud.':
    'Bitten Sie die anrufende Person, die Frage zu beantworten. Lesen Sie dann den Code vor.',
  'Ask the caller to answer the question on it.':
    'Bitten Sie die anrufende Person, die Frage darauf zu beantworten.',
  'Ask them to answer the question. Then read the code aloud.':
    'Bitten Sie die Führungskraft, die Frage zu beantworten. Lesen Sie dann den Code vor.',
  'Ask them to answer the question on it.': 'Bitten Sie die Führungskraft, die Frage darauf zu beantworten.',
  'Read the code aloud': 'Lesen Sie den Code vor',
  'Read the code to {name}, not to the caller': 'Lesen Sie {name} den Code vor, nicht der anrufenden Person',
  'Read the code to the manager, not to the caller':
    'Lesen Sie den Code der Führungskraft vor, nicht der anrufenden Person',
  '{count} tries left.': { one: 'Noch {count} Versuch.', other: 'Noch {count} Versuche.' },
  'This is {name}.': 'Das ist {name}.',
  'This is the caller.': 'Das ist die richtige Person.',
  '{name} vouches for {caller}.': '{name} bürgt für {caller}.',
  'The manager vouches for {caller}.': 'Die Führungskraft bürgt für {caller}.',
  'You may go ahead.': 'Sie können fortfahren.',
  'You may go ahead with: {action}.': 'Sie können fortfahren mit: {action}.',
  'Before that, someone else signed in with the same link: find out why.':
    'Zuvor hat sich jemand anderes mit demselben Link angemeldet: Finden Sie heraus, warum.',
  'Link not opened yet': 'Link noch nicht geöffnet',
  'Looking at the page': 'Sieht die Seite',
  'Opened the link': 'Link geöffnet',
  'Signing in': 'Anmeldung läuft',
  'Wrong code, three times': 'Code dreimal falsch',
  'Said “This is not me”': 'Sagt: „Das bin ich nicht“',
  'Attack: someone called them': 'Angriff: wurde angerufen',
  'Did not vouch': 'Bürgt nicht',
  Cancelled: 'Abgebrochen',
  'one factor': 'einen Faktor',
  'two factors': 'zwei Faktoren',
  'a passkey': 'einen Passkey',
  'level {level}': 'Stufe {level}',
  'a second agent': 'einen zweiten Agenten',
  'Or {needs}.': 'Oder {needs}.',
  'a delay of {time}': 'eine Wartezeit von {time}',
  '{count} minutes': { one: '{count} Minute', other: '{count} Minuten' },
  '{count} hours': { one: '{count} Stunde', other: '{count} Stunden' },
  '{action} needs {needs}: policy {policies}.': '{action} erfordert {needs}: Richtlinie {policies}.',
  '{action} needs {needs}: policies {policies}.': '{action} erfordert {needs}: Richtlinien {policies}.',
  'Verifying this caller needs {needs}: policy {policies}.':
    'Diese Person zu prüfen erfordert {needs}: Richtlinie {policies}.',
  'Verifying this caller needs {needs}: policies {policies}.':
    'Diese Person zu prüfen erfordert {needs}: Richtlinien {policies}.',
  'This check does not reach {level}.': 'Diese Prüfung verlangt weniger als {level}.',
  'This check does not reach {level} and has no second agent.':
    'Diese Prüfung verlangt weniger als {level} und hat keinen zweiten Agenten.',
  'This check has no second agent.': 'Diese Prüfung hat keinen zweiten Agenten.',
  'You can start it, but not use its result for this.':
    'Sie können sie starten, das Ergebnis aber nicht dafür verwenden.',
  'this request': 'dieses Anliegen',
  '“{action}” needs {needs}: start a check that asks for more.':
    '„{action}“ erfordert {needs}: Starten Sie eine Prüfung, die mehr verlangt.',
  '“{action}” needs a second agent: start a check in which one approves.':
    '„{action}“ erfordert einen zweiten Agenten: Starten Sie eine Prüfung mit Freigabe.',
  'Wait before you act: “{action}” needs {needs}.': 'Warten Sie noch: „{action}“ erfordert {needs}.',
  'The result was withdrawn: don’t act on the request.':
    'Das Ergebnis wurde zurückgezogen: Führen Sie das Anliegen nicht aus.',
  'The result needs {needs}.': 'Das Ergebnis erfordert {needs}.',
  Password: 'Passwort',
  'One-time password': 'Einmalpasswort',
  Passkey: 'Passkey',
  'Device key': 'Geräteschlüssel',
  'App notification with a number': 'App-Benachrichtigung mit Zahl',
  'Software key': 'Softwareschlüssel',
  'Recovery code': 'Wiederherstellungscode',
  'Code sent by email or SMS': 'Code per E-Mail oder SMS',
  'Security questions': 'Sicherheitsfragen',
  'Identity provider': 'Identitätsanbieter',
  'Remembered browser': 'Bekannter Browser',
  'Code from you': 'Code von Ihnen',
  'Unnamed person': 'Person ohne Namen',
  'Link created': 'Link erstellt',
  Opened: 'Geöffnet',
  'Code matched': 'Code stimmt',
  Checking: 'Prüfung läuft',
  Result: 'Ergebnis',
  'Steps of this check': 'Schritte dieser Prüfung',
  'Sign-in failed': 'Anmeldung fehlgeschlagen',
  'Sign-in failed ({times})': 'Anmeldung fehlgeschlagen ({times})',
  'Sign-in failed: {reason}': 'Anmeldung fehlgeschlagen: {reason}',
  'Sign-in failed ({times}): {reason}': 'Anmeldung fehlgeschlagen ({times}): {reason}',
  'Email queued, not sent yet': 'E-Mail wartet, noch nicht gesendet',
  'Sent by email': 'Per E-Mail gesendet',
  'The email could not be sent': 'Die E-Mail konnte nicht gesendet werden',
  '{time} left': 'noch {time}',
  '2 minutes left': 'Noch 2 Minuten',
  '30 seconds left': 'Noch 30 Sekunden',
  '{seconds} s ago': 'vor {seconds} s',
  '{minutes} min ago': 'vor {minutes} Min.',
  'Vouches for': 'Bürgt für',
  'Vouched by': 'Bürgende Person',
  Request: 'Anliegen',
  Ticket: 'Ticket',
  Reason: 'Grund',
  Check: 'Prüfung',
  Agent: 'Agent',
  'Second agent': 'Zweiter Agent',
  Started: 'Gestartet',
  Ended: 'Beendet',
  Reference: 'Referenz',
  '{time} by you': '{time} von Ihnen',
  '{time} by {agent}': '{time} von {agent}',
  Record: 'Protokoll',
  'Copy for ticket': 'Für Ticket kopieren',
  Copy: 'Kopieren',
  Copied: 'Kopiert',
  '{name}: {value}': '{name}: {value}',
  Caller: 'Anrufende Person',
  'Verified with': 'Bestätigt mit',
  'Failed sign-ins': 'Fehlgeschlagene Anmeldungen',
  '{number}, latest: {reason}': '{number}, zuletzt: {reason}',
  'Latest update': 'Letzte Meldung',
  Used: 'Verwendet',
  'Used at {time}': 'Verwendet um {time}',
  '“{text}”': '„{text}“',
  'Mark as used': 'Als verwendet markieren',
  'Mark as used for {ticket}': 'Als verwendet markieren für {ticket}',
  'Records that you acted on it, once. Expires in {time}.':
    'Hält einmalig fest, dass Sie das Anliegen ausgeführt haben. Läuft in {time} ab.',
  'You used this result at {time}. Undo what you changed.':
    'Sie haben dieses Ergebnis um {time} verwendet. Machen Sie Ihre Änderungen rückgängig.',
  '{agent} used this result at {time}. Undo what you changed.':
    '{agent} hat dieses Ergebnis um {time} verwendet. Machen Sie die Änderungen rückgängig.',
  'You can use this result from {time}': 'Sie können dieses Ergebnis verwenden ab: {time}',
  '(in {time})': '(in {time})',
  'Withdraw result': 'Ergebnis zurückziehen',
  'Yes, nobody may use it': 'Ja, niemand darf es verwenden',
  'This can’t be undone.': 'Das lässt sich nicht rückgängig machen.',
  'The result can’t be used yet: a policy of the realm delays it.':
    'Das Ergebnis kann noch nicht verwendet werden: Eine Richtlinie verlangt eine Wartezeit.',
  'The check has no result that can be used.': 'Die Prüfung hat kein Ergebnis, das verwendet werden kann.',
  'The result was used already.': 'Das Ergebnis wurde schon verwendet.',
  'The result is too old.': 'Das Ergebnis ist zu alt.',
  'The caller reported "this is not me" after the result, or an agent withdrew it.':
    'Die echte Person hat nach dem Ergebnis „Das bin ich nicht“ gemeldet, oder ein Agent hat es zurückgezogen.',
  'The caller proved less than the action needs.':
    'Die anrufende Person hat weniger nachgewiesen, als das Anliegen erfordert.',
  'A second agent has to approve checks for this action and person.':
    'Ein zweiter Agent muss Prüfungen für diese Aktion und Person freigeben.',
  'The server cannot be reached': 'Der Server ist nicht erreichbar',
  Codes: 'Codes',
  'Code: {code}': 'Code: {code}',
  'Code entered correctly': 'Code richtig eingegeben',
  'Read this aloud. The caller enters it.': 'Lesen Sie das vor. Die anrufende Person gibt es ein.',
  'Call {name} and read this to them. Don’t read it to the caller.':
    'Rufen Sie {name} an und lesen Sie das vor. Lesen Sie es nicht der anrufenden Person vor.',
  'If the caller asks who you are, read this':
    'Wenn die anrufende Person fragt, wer Sie sind, lesen Sie das vor',
  'If {name} asks who you are, read this': 'Wenn {name} fragt, wer Sie sind, lesen Sie das vor',
  'The code appears here once the caller has opened the link and confirmed the call.':
    'Der Code erscheint hier, sobald die anrufende Person den Link geöffnet und den Anruf bestätigt hat.',
  'The code appears here once {name} has opened the link and confirmed the call.':
    'Der Code erscheint hier, sobald {name} den Link geöffnet und den Anruf bestätigt hat.',
  '{code}. The caller sees the same code.': '{code}. Die anrufende Person sieht denselben Code.',
  'You never see what the caller enters: no passwords, no codes from their phone.':
    'Sie sehen nie, was die anrufende Person eingibt: keine Passwörter, keine Codes von ihrem Telefon.',
  'A question for you': 'Eine Frage an Sie',
  Link: 'Link',
  'Link copied': 'Link kopiert',
  'works until {time}': 'gültig bis {time}',
  'opened at {time}': 'geöffnet um {time}',
  'Only the window that started this check can show the link. Send it by email, or read out a short address.':
    'Nur das Fenster, in dem diese Prüfung gestartet wurde, kann den Link zeigen. Senden Sie ihn per E-Mail oder lesen Sie eine Kurzadresse vor.',
  'This server is not set up to send email. Share the link another way.':
    'Dieser Server kann keine E-Mails senden. Geben Sie den Link auf anderem Weg weiter.',
  'Send by email': 'Per E-Mail senden',
  'Send again': 'Erneut senden',
  'Goes to {address}. You can’t change the address here.':
    'Geht an {address}. Die Adresse lässt sich hier nicht ändern.',
  'Goes to the address on file. You can’t change the address here.':
    'Geht an die hinterlegte Adresse. Sie lässt sich hier nicht ändern.',
  'the address on file': 'die hinterlegte Adresse',
  'the number on file': 'die hinterlegte Nummer',
  'Queued for {address} at {time}. Not sent yet.':
    'Wartet seit {time} auf den Versand an {address}. Noch nicht gesendet.',
  'Sent to {address} at {time}.': 'Um {time} an {address} gesendet.',
  'The email to {address} could not be sent. Share the link another way.':
    'Die E-Mail an {address} konnte nicht gesendet werden. Geben Sie den Link auf anderem Weg weiter.',
  'Send text message': 'SMS senden',
  'Text again': 'Erneut SMS senden',
  Call: 'Anrufen',
  'Call again': 'Erneut anrufen',
  'Text message to {number} queued at {time}. Not sent yet.':
    'SMS an {number} wartet seit {time}. Noch nicht gesendet.',
  'Call to {number} queued at {time}. Not sent yet.':
    'Anruf an {number} wartet seit {time}. Noch nicht ausgeführt.',
  'Text message to {number} sent at {time}. Not delivered yet.':
    'SMS um {time} an {number} gesendet. Noch nicht zugestellt.',
  'Calling {number} since {time}.': '{number} wird seit {time} angerufen.',
  'Text message to {number} delivered at {time}.': 'SMS an {number} um {time} zugestellt.',
  'The call to {number} was answered at {time}, perhaps by voicemail.':
    'Der Anruf an {number} wurde um {time} angenommen, vielleicht von einer Mailbox.',
  'The text message to {number} failed. Share the link another way.':
    'Die SMS an {number} ist fehlgeschlagen. Geben Sie den Link auf anderem Weg weiter.',
  'The call to {number} failed. Share the link another way.':
    'Der Anruf an {number} ist fehlgeschlagen. Geben Sie den Link auf anderem Weg weiter.',
  'Read out a short address': 'Kurzadresse vorlesen',
  'New code': 'Neuer Code',
  'Short address': 'Kurzadresse',
  'Read this address first': 'Lesen Sie zuerst diese Adresse vor',
  'Go to {address} and type:': 'Öffnen Sie {address} und geben Sie ein:',
  '{code}. Works once, until {time}.': '{code}. Funktioniert einmal, bis {time}.',
  'The code no longer works. Make a new one if the caller needs another browser.':
    'Der Code funktioniert nicht mehr. Erstellen Sie einen neuen, wenn die anrufende Person einen anderen Browser braucht.',
  'Short link': 'Kurzlink',
  'QR code': 'QR-Code',
  'QR code of the link': 'QR-Code des Links',
  'QR code of the short link': 'QR-Code des Kurzlinks',
  'Link for the caller': 'Link für die anrufende Person',
  'This check has no subject, so there is no address to send the link to.':
    'Diese Prüfung gilt keiner bestimmten Person, deshalb gibt es keine Adresse für den Link.',
  'There is no email address on file.': 'Es ist keine E-Mail-Adresse hinterlegt.',
  'There is no telephone number on file that can be used.':
    'Es ist keine verwendbare Telefonnummer hinterlegt.',
  'The realm has no service for this. Tell an administrator.':
    'Dafür ist kein Dienst eingerichtet. Sagen Sie einer Administratorin oder einem Administrator Bescheid.',
  'It was changed recently, so nothing is sent there. Share the link another way.':
    'Sie wurde kürzlich geändert, deshalb wird dorthin nichts gesendet. Geben Sie den Link auf anderem Weg weiter.',
  'The check has ended.': 'Die Prüfung ist beendet.',
  'The realm has no template for the link. Tell an administrator.':
    'Für den Link gibt es keine Vorlage. Sagen Sie einer Administratorin oder einem Administrator Bescheid.',
  'The link is no longer available. Start a new check.':
    'Der Link ist nicht mehr verfügbar. Starten Sie eine neue Prüfung.',
  'The server cannot be reached. The email may not have been sent.':
    'Der Server ist nicht erreichbar. Die E-Mail wurde vielleicht nicht gesendet.',
  'The server cannot be reached. The text message may not have been sent.':
    'Der Server ist nicht erreichbar. Die SMS wurde vielleicht nicht gesendet.',
  'The server cannot be reached. The call may not have been made.':
    'Der Server ist nicht erreichbar. Der Anruf wurde vielleicht nicht ausgeführt.',
  'The email could not be sent.': 'Die E-Mail konnte nicht gesendet werden.',
  'The text message could not be sent.': 'Die SMS konnte nicht gesendet werden.',
  'The call could not be made.': 'Der Anruf konnte nicht ausgeführt werden.',
  'One email per minute. Try again in {seconds} s.':
    'Eine E-Mail pro Minute. Versuchen Sie es in {seconds} s erneut.',
  'One text message per minute. Try again in {seconds} s.':
    'Eine SMS pro Minute. Versuchen Sie es in {seconds} s erneut.',
  'One call per minute. Try again in {seconds} s.':
    'Ein Anruf pro Minute. Versuchen Sie es in {seconds} s erneut.',
  'The email could not be sent. Share the link another way.':
    'Die E-Mail konnte nicht gesendet werden. Geben Sie den Link auf anderem Weg weiter.',
  'The text message could not be sent. Share the link another way.':
    'Die SMS konnte nicht gesendet werden. Geben Sie den Link auf anderem Weg weiter.',
  'The call could not be made. Share the link another way.':
    'Der Anruf konnte nicht ausgeführt werden. Geben Sie den Link auf anderem Weg weiter.',
  'This person got too many links. Try again in {minutes} min, or share the link another way.':
    'Diese Person hat zu viele Links bekommen. Versuchen Sie es in {minutes} Min. erneut oder geben Sie den Link auf anderem Weg weiter.',
  'The server cannot be reached. Try again.': 'Der Server ist nicht erreichbar. Versuchen Sie es erneut.',
  'The code could not be made.': 'Der Code konnte nicht erstellt werden.',
  'Five codes per minute. Try again in {seconds} s.':
    'Fünf Codes pro Minute. Versuchen Sie es in {seconds} s erneut.',
  'The code could not be made. Share the link another way.':
    'Der Code konnte nicht erstellt werden. Geben Sie den Link auf anderem Weg weiter.',
} as const
