import type { check as german } from '../de/check.ts'
import type { Translations } from '../translation.ts'

/** Spanish: the check page and its messages. */
export const check: Translations<typeof german> = {
  'Give {name} the link': 'Dé el enlace a {name}',
  'Give the caller the link': 'Dé el enlace a la persona que llama',
  '{name} is looking at the page': '{name} está viendo la página',
  'The caller is looking at the page': 'La persona que llama está viendo la página',
  '{name} opened the link': '{name} ha abierto el enlace',
  'The caller opened the link': 'La persona que llama ha abierto el enlace',
  'Nothing yet': 'Nada todavía',
  '{name} is signing in': '{name} está iniciando sesión',
  'The caller is signing in': 'La persona que llama está iniciando sesión',
  Verified: 'Identidad verificada',
  '{name} vouches': '{name} responde por la persona',
  'Vouched for': 'Alguien responde por la persona',
  'Result withdrawn': 'Resultado retirado',
  'Not verified': 'Identidad no verificada',
  'The caller did not pass the check.': 'La persona que llama no ha superado la comprobación.',
  'The code was entered wrong three times.': 'El código se ha escrito mal tres veces.',
  'Don’t act on the request.': 'No atienda la petición.',
  '{name} does not vouch for the caller.': '{name} no responde por la persona que llama.',
  'The manager does not vouch for the caller.':
    'La persona responsable no responde por la persona que llama.',
  'Time ran out': 'Tiempo agotado',
  'The check was not completed within {count} minutes. Nobody was verified.': {
    one: 'La comprobación no se completó en {count} minuto. No se ha verificado ninguna identidad.',
    other: 'La comprobación no se completó en {count} minutos. No se ha verificado ninguna identidad.',
  },
  'This check was cancelled': 'Esta comprobación se ha cancelado',
  'The link no longer works.': 'El enlace ya no funciona.',
  'Treat this call as an attack: change nothing, and end the call.':
    'Trate esta llamada como un ataque: no cambie nada y termine la llamada.',
  'Stop: not {name}': 'Alto: no es {name}',
  'Stop: not the caller': 'Alto: no es la persona correcta',
  'The person who opened the link pressed “This is not me”.':
    'La persona que abrió el enlace ha pulsado «No soy yo».',
  'Stop: someone called {name}': 'Alto: alguien ha llamado a {name}',
  'Stop: someone called them': 'Alto: alguien ha llamado a la persona auténtica',
  '{name} says that someone called them. The person on your phone is relaying what you say.':
    '{name} dice que alguien le ha llamado. La persona con la que habla transmite lo que usted dice.',
  'The caller says that someone called them. The person on your phone is relaying what you say.':
    'La persona auténtica dice que alguien le ha llamado. La persona con la que habla transmite lo que usted dice.',
  'Someone else signed in': 'Otra persona ha iniciado sesión',
  'It was not {name}.': 'No era {name}.',
  'It was not the caller.': 'No era la persona correcta.',
  'Call {name} on a number you already know. {name} will be asked to vouch for {caller}.':
    'Llame a {name} a un número que usted ya conozca. Se pedirá a {name} que responda por {caller}.',
  'Call the manager on a number you already know. The manager will be asked to vouch for {caller}.':
    'Llame a la persona responsable a un número que usted ya conozca. Se le pedirá que responda por {caller}.',
  'Then read the code aloud. {name} enters it on their own device.':
    'Después lea el código en voz alta. {name} lo escribe en su propio dispositivo.',
  'Then read the code aloud. The caller enters it on their own device.':
    'Después lea el código en voz alta. La persona que llama lo escribe en su propio dispositivo.',
  'Send it by email, show the QR code, or read it aloud. The caller opens it on their own device.':
    'Envíelo por correo, muestre el código QR o léalo en voz alta. La persona que llama lo abre en su propio dispositivo.',
  'Ask the caller to answer the question. Then read the code aloud.':
    'Pida a la persona que llama que responda a la pregunta. Después lea el código en voz alta.',
  'Ask the caller to answer the question on it.':
    'Pida a la persona que llama que responda a la pregunta de la página.',
  'Ask them to answer the question. Then read the code aloud.':
    'Pida a la persona responsable que responda a la pregunta. Después lea el código en voz alta.',
  'Ask them to answer the question on it.':
    'Pida a la persona responsable que responda a la pregunta de la página.',
  'Read the code aloud': 'Lea el código en voz alta',
  'Read the code to {name}, not to the caller': 'Lea el código a {name}, no a la persona que llama',
  'Read the code to the manager, not to the caller':
    'Lea el código a la persona responsable, no a la persona que llama',
  '{count} tries left.': { one: 'Queda {count} intento.', other: 'Quedan {count} intentos.' },
  'This is {name}.': 'Es {name}.',
  'This is the caller.': 'Es la persona correcta.',
  '{name} vouches for {caller}.': '{name} responde por {caller}.',
  'The manager vouches for {caller}.': 'La persona responsable responde por {caller}.',
  'You may go ahead.': 'Puede continuar.',
  'You may go ahead with: {action}.': 'Puede continuar con: {action}.',
  'Before that, someone else signed in with the same link: find out why.':
    'Antes, otra persona inició sesión con el mismo enlace: averigüe por qué.',
  'Link not opened yet': 'Enlace aún sin abrir',
  'Looking at the page': 'Viendo la página',
  'Opened the link': 'Ha abierto el enlace',
  'Signing in': 'Iniciando sesión',
  'Wrong code, three times': 'Código erróneo tres veces',
  'Said “This is not me”': 'Ha dicho «No soy yo»',
  'Attack: someone called them': 'Ataque: alguien le ha llamado',
  'Did not vouch': 'No responde por la persona',
  Cancelled: 'Cancelada',
  'one factor': 'un factor',
  'two factors': 'dos factores',
  'a passkey': 'una llave de acceso',
  'level {level}': 'el nivel {level}',
  'a second agent': 'un segundo agente',
  'Or {needs}.': 'O bien {needs}.',
  'a delay of {time}': 'una espera de {time}',
  '{count} minutes': { one: '{count} minuto', other: '{count} minutos' },
  '{count} hours': { one: '{count} hora', other: '{count} horas' },
  '{action} needs {needs}: policy {policies}.': '{action} exige {needs}: política {policies}.',
  '{action} needs {needs}: policies {policies}.': '{action} exige {needs}: políticas {policies}.',
  'Verifying this caller needs {needs}: policy {policies}.':
    'Comprobar a esta persona exige {needs}: política {policies}.',
  'Verifying this caller needs {needs}: policies {policies}.':
    'Comprobar a esta persona exige {needs}: políticas {policies}.',
  'This check does not reach {level}.': 'Esta comprobación no exige {level}.',
  'This check does not reach {level} and has no second agent.':
    'Esta comprobación no exige {level} ni un segundo agente.',
  'This check has no second agent.': 'Esta comprobación no tiene un segundo agente.',
  'You can start it, but not use its result for this.':
    'Puede iniciarla, pero no usar su resultado para esto.',
  'this request': 'esta petición',
  '“{action}” needs {needs}: start a check that asks for more.':
    '«{action}» exige {needs}: inicie una comprobación que pida más.',
  '“{action}” needs a second agent: start a check in which one approves.':
    '«{action}» exige un segundo agente: inicie una comprobación con aprobación.',
  'Wait before you act: “{action}” needs {needs}.': 'Espere antes de actuar: «{action}» exige {needs}.',
  'The result was withdrawn: don’t act on the request.':
    'El resultado se ha retirado: no atienda la petición.',
  'The result needs {needs}.': 'El resultado exige {needs}.',
  Password: 'Contraseña',
  'One-time password': 'Contraseña de un solo uso',
  Passkey: 'Llave de acceso',
  'Device key': 'Clave del dispositivo',
  'App notification with a number': 'Notificación de la app con número',
  'Software key': 'Clave de software',
  'Recovery code': 'Código de recuperación',
  'Code sent by email or SMS': 'Código por correo o SMS',
  'Security questions': 'Preguntas de seguridad',
  'Identity provider': 'Proveedor de identidad',
  'Remembered browser': 'Navegador recordado',
  'Code from you': 'Código leído por usted',
  'Unnamed person': 'Persona sin nombre',
  'Link created': 'Enlace creado',
  Opened: 'Abierto',
  'Code matched': 'Código correcto',
  Checking: 'Comprobando',
  Result: 'Resultado',
  'Steps of this check': 'Pasos de esta comprobación',
  'Sign-in failed': 'El inicio de sesión ha fallado',
  'Sign-in failed ({times})': 'El inicio de sesión ha fallado ({times})',
  'Sign-in failed: {reason}': 'El inicio de sesión ha fallado: {reason}',
  'Sign-in failed ({times}): {reason}': 'El inicio de sesión ha fallado ({times}): {reason}',
  'Email queued, not sent yet': 'Correo en cola, aún sin enviar',
  'Sent by email': 'Enviado por correo',
  'The email could not be sent': 'No se ha podido enviar el correo',
  '{time} left': 'quedan {time}',
  '2 minutes left': 'Quedan 2 minutos',
  '30 seconds left': 'Quedan 30 segundos',
  '{seconds} s ago': 'hace {seconds} s',
  '{minutes} min ago': 'hace {minutes} min',
  'Vouches for': 'Responde por',
  'Vouched by': 'Persona que responde',
  Request: 'Petición',
  Ticket: 'Incidencia',
  Reason: 'Motivo',
  Check: 'Comprobación',
  Agent: 'Agente',
  'Second agent': 'Segundo agente',
  Started: 'Iniciada',
  Ended: 'Terminada',
  Reference: 'Referencia',
  '{time} by you': '{time}, por usted',
  '{time} by {agent}': '{time}, por {agent}',
  Record: 'Informe',
  'Copy for ticket': 'Copiar para la incidencia',
  Copy: 'Copiar',
  Copied: 'Copiado',
  '{name}: {value}': '{name}: {value}',
  Caller: 'Persona que llama',
  'Verified with': 'Verificada con',
  'Failed sign-ins': 'Inicios de sesión fallidos',
  '{number}, latest: {reason}': '{number}, último: {reason}',
  'Latest update': 'Último aviso',
  Used: 'Usado',
  'Used at {time}': 'Usado a las {time}',
  '“{text}”': '«{text}»',
  'Mark as used': 'Marcar como usado',
  'Mark as used for {ticket}': 'Marcar como usado para {ticket}',
  'Records that you acted on it, once. Expires in {time}.':
    'Anota, una sola vez, que ha atendido la petición. Caduca en {time}.',
  'You used this result at {time}. Undo what you changed.':
    'Usted usó este resultado a las {time}. Deshaga lo que cambió.',
  '{agent} used this result at {time}. Undo what you changed.':
    '{agent} usó este resultado a las {time}. Deshaga lo que se cambió.',
  'You can use this result from {time}': 'Puede usar este resultado a partir de: {time}',
  '(in {time})': '(en {time})',
  'Withdraw result': 'Retirar el resultado',
  'Yes, nobody may use it': 'Sí, nadie puede usarlo',
  'This can’t be undone.': 'Esto no se puede deshacer.',
  'The result can’t be used yet: a policy of the realm delays it.':
    'El resultado aún no se puede usar: una política lo retrasa.',
  'The check has no result that can be used.': 'La comprobación no tiene un resultado que se pueda usar.',
  'The result was used already.': 'El resultado ya se ha usado.',
  'The result is too old.': 'El resultado es demasiado antiguo.',
  'The caller reported "this is not me" after the result, or an agent withdrew it.':
    'La persona ha dicho «No soy yo» después del resultado, o un agente lo ha retirado.',
  'The caller proved less than the action needs.':
    'La persona ha demostrado menos de lo que la petición exige.',
  'A second agent has to approve checks for this action and person.':
    'Un segundo agente debe aprobar las comprobaciones para esta acción y persona.',
  'The server cannot be reached': 'No se puede conectar con el servidor',
  Codes: 'Códigos',
  'Code: {code}': 'Código: {code}',
  'Code entered correctly': 'Código escrito correctamente',
  'Read this aloud. The caller enters it.': 'Léalo en voz alta. La persona que llama lo escribe.',
  'Call {name} and read this to them. Don’t read it to the caller.':
    'Llame a {name} y léaselo. No lo lea a la persona que llama.',
  'If the caller asks who you are, read this': 'Si la persona que llama pregunta quién es usted, lea esto',
  'If {name} asks who you are, read this': 'Si {name} pregunta quién es usted, lea esto',
  'The code appears here once the caller has opened the link and confirmed the call.':
    'El código aparece aquí cuando la persona que llama abre el enlace y confirma la llamada.',
  'The code appears here once {name} has opened the link and confirmed the call.':
    'El código aparece aquí cuando {name} abre el enlace y confirma la llamada.',
  '{code}. The caller sees the same code.': '{code}. La persona que llama ve el mismo código.',
  'You never see what the caller enters: no passwords, no codes from their phone.':
    'Usted nunca ve lo que escribe la persona que llama: ni contraseñas ni códigos de su teléfono.',
  'A question for you': 'Una pregunta para usted',
  Link: 'Enlace',
  'Link copied': 'Enlace copiado',
  'works until {time}': 'funciona hasta las {time}',
  'opened at {time}': 'abierto a las {time}',
  'Only the window that started this check can show the link. Send it by email, or read out a short address.':
    'Solo la ventana que inició esta comprobación puede mostrar el enlace. Envíelo por correo o lea una dirección corta.',
  'This server is not set up to send email. Share the link another way.':
    'Este servidor no puede enviar correo. Comparta el enlace de otra manera.',
  'Send by email': 'Enviar por correo',
  'Send again': 'Enviar de nuevo',
  'Goes to {address}. You can’t change the address here.':
    'Se envía a {address}. Aquí no puede cambiar la dirección.',
  'Goes to the address on file. You can’t change the address here.':
    'Se envía a la dirección registrada. Aquí no puede cambiarla.',
  'the address on file': 'la dirección registrada',
  'the number on file': 'el número registrado',
  'Queued for {address} at {time}. Not sent yet.': 'En cola para {address} desde las {time}. Aún sin enviar.',
  'Sent to {address} at {time}.': 'Enviado a {address} a las {time}.',
  'The email to {address} could not be sent. Share the link another way.':
    'No se ha podido enviar el correo a {address}. Comparta el enlace de otra manera.',
  'Send text message': 'Enviar SMS',
  'Text again': 'Enviar otro SMS',
  Call: 'Llamar',
  'Call again': 'Llamar de nuevo',
  'Text message to {number} queued at {time}. Not sent yet.':
    'SMS a {number} en cola desde las {time}. Aún sin enviar.',
  'Call to {number} queued at {time}. Not sent yet.':
    'Llamada a {number} en cola desde las {time}. Aún sin hacer.',
  'Text message to {number} sent at {time}. Not delivered yet.':
    'SMS enviado a {number} a las {time}. Aún sin entregar.',
  'Calling {number} since {time}.': 'Llamando a {number} desde las {time}.',
  'Text message to {number} delivered at {time}.': 'SMS entregado a {number} a las {time}.',
  'The call to {number} was answered at {time}, perhaps by voicemail.':
    'La llamada a {number} se atendió a las {time}, quizá por un buzón de voz.',
  'The text message to {number} failed. Share the link another way.':
    'El SMS a {number} ha fallado. Comparta el enlace de otra manera.',
  'The call to {number} failed. Share the link another way.':
    'La llamada a {number} ha fallado. Comparta el enlace de otra manera.',
  'Read out a short address': 'Leer una dirección corta',
  'New code': 'Código nuevo',
  'Short address': 'Dirección corta',
  'Read this address first': 'Lea primero esta dirección',
  'Go to {address} and type:': 'Vaya a {address} y escriba:',
  '{code}. Works once, until {time}.': '{code}. Funciona una vez, hasta las {time}.',
  'The code no longer works. Make a new one if the caller needs another browser.':
    'El código ya no funciona. Cree otro si la persona que llama necesita otro navegador.',
  'Short link': 'Enlace corto',
  'QR code': 'Código QR',
  'QR code of the link': 'Código QR del enlace',
  'QR code of the short link': 'Código QR del enlace corto',
  'Link for the caller': 'Enlace para la persona que llama',
  'This check has no subject, so there is no address to send the link to.':
    'Esta comprobación no es de una persona concreta, así que no hay dirección a la que enviar el enlace.',
  'There is no email address on file.': 'No hay ninguna dirección de correo registrada.',
  'There is no telephone number on file that can be used.':
    'No hay ningún número de teléfono registrado que se pueda usar.',
  'The realm has no service for this. Tell an administrator.':
    'No hay ningún servicio para esto. Avise a un administrador.',
  'It was changed recently, so nothing is sent there. Share the link another way.':
    'Se ha cambiado hace poco, así que no se envía nada allí. Comparta el enlace de otra manera.',
  'The check has ended.': 'La comprobación ha terminado.',
  'The realm has no template for the link. Tell an administrator.':
    'No hay ninguna plantilla para el enlace. Avise a un administrador.',
  'The link is no longer available. Start a new check.':
    'El enlace ya no está disponible. Inicie una comprobación nueva.',
  'The server cannot be reached. The email may not have been sent.':
    'No se puede conectar con el servidor. Quizá no se haya enviado el correo.',
  'The server cannot be reached. The text message may not have been sent.':
    'No se puede conectar con el servidor. Quizá no se haya enviado el SMS.',
  'The server cannot be reached. The call may not have been made.':
    'No se puede conectar con el servidor. Quizá no se haya hecho la llamada.',
  'The email could not be sent.': 'No se ha podido enviar el correo.',
  'The text message could not be sent.': 'No se ha podido enviar el SMS.',
  'The call could not be made.': 'No se ha podido hacer la llamada.',
  'One email per minute. Try again in {seconds} s.':
    'Un correo por minuto. Inténtelo de nuevo en {seconds} s.',
  'One text message per minute. Try again in {seconds} s.':
    'Un SMS por minuto. Inténtelo de nuevo en {seconds} s.',
  'One call per minute. Try again in {seconds} s.':
    'Una llamada por minuto. Inténtelo de nuevo en {seconds} s.',
  'The email could not be sent. Share the link another way.':
    'No se ha podido enviar el correo. Comparta el enlace de otra manera.',
  'The text message could not be sent. Share the link another way.':
    'No se ha podido enviar el SMS. Comparta el enlace de otra manera.',
  'The call could not be made. Share the link another way.':
    'No se ha podido hacer la llamada. Comparta el enlace de otra manera.',
  'This person got too many links. Try again in {minutes} min, or share the link another way.':
    'Esta persona ha recibido demasiados enlaces. Inténtelo de nuevo en {minutes} min o comparta el enlace de otra manera.',
  'The server cannot be reached. Try again.': 'No se puede conectar con el servidor. Inténtelo de nuevo.',
  'The code could not be made.': 'No se ha podido crear el código.',
  'Five codes per minute. Try again in {seconds} s.':
    'Cinco códigos por minuto. Inténtelo de nuevo en {seconds} s.',
  'The code could not be made. Share the link another way.':
    'No se ha podido crear el código. Comparta el enlace de otra manera.',
}
