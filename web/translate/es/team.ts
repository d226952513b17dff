import type { team as german } from '../de/team.ts'
import type { Translations } from '../translation.ts'

/** Spanish: the frame, new checks, approvals, hand-over, history, and refusals of the server. */
export const team: Translations<typeof german> = {
  // The frame
  '{name} · Desk': '{name} · Servicio de ayuda',
  'Page not found': 'Página no encontrada',
  'Check the address.': 'Revise la dirección.',
  'The server sent an unexpected answer.': 'El servidor ha dado una respuesta inesperada.',
  Continue: 'Continuar',
  Back: 'Volver',
  // New checks
  'New check · Desk': 'Nueva comprobación · Servicio de ayuda',
  'No checks yet': 'Aún no hay comprobaciones',
  'This realm offers no check that you could start. Ask an administrator: in the console, the page “Checklist” adds a set of checks.':
    'Este ámbito no ofrece ninguna comprobación que pueda iniciar. Diríjase a un administrador: en la consola, la página «Checklist» añade un conjunto de comprobaciones.',
  'What do they need?': '¿Qué necesita la persona que llama?',
  'Only verify the caller': 'Solo verificar la identidad',
  'How will you verify them?': '¿Cómo va a verificar la identidad?',
  'Could not read what this needs.': 'No se ha podido leer qué se necesita para esto.',
  'Until then it is not known which checks are enough.':
    'Hasta entonces no se sabe qué comprobaciones bastan.',
  'No check is enough for this.': 'Ninguna comprobación basta para esto.',
  'Don’t act on the request. Ask your lead how this person can be verified.':
    'No atienda la petición. Pregunte a su supervisor cómo se puede verificar a esta persona.',
  '{name} has no email address on file, and this check looks people up by it.':
    '{name} no tiene ningún correo electrónico registrado, y esta comprobación busca a las personas por su correo.',
  'Not enough for this ({count})': 'No basta para esto ({count})',
  'Who is calling': 'Quién llama',
  'Who is calling?': '¿Quién llama?',
  Change: 'Cambiar',
  '{name} chosen': '{name}: persona elegida',
  'People found': 'Personas encontradas',
  'The server cannot be reached. Type again to retry.':
    'No se puede conectar con el servidor. Vuelva a escribir para intentarlo de nuevo.',
  'The search failed. Type again to retry.':
    'La búsqueda ha fallado. Vuelva a escribir para intentarlo de nuevo.',
  'You have searched very often. Wait a few minutes, then type again.':
    'Ha hecho muchas búsquedas. Espere unos minutos y vuelva a escribir.',
  'Search by name, email or phone number. You only see what your role allows.':
    'Busque por nombre, correo o número de teléfono. Solo ve lo que permite su rol.',
  'Nobody found for “{text}”. Try only the surname, the email address or the phone number.':
    'No se ha encontrado a nadie con «{text}». Pruebe solo con el apellido, el correo o el número de teléfono.',
  'There are more results. Type more of the name.': 'Hay más resultados. Escriba más letras del nombre.',
  Inactive: 'Inactiva',
  'phone ending {digits}': 'teléfono acabado en {digits}',
  'no email address on file': 'sin correo electrónico registrado',
  'Reason (optional)': 'Motivo (opcional)',
  'Shown to the caller': 'Lo ve la persona que llama',
  'Lift the pause': 'Levantar la pausa',
  'Why can checks go on?': '¿Por qué pueden continuar las comprobaciones?',
  'Checks of {name} are paused until {time}.':
    'Las comprobaciones de {name} están en pausa hasta las {time}.',
  'The pause could not be lifted.': 'No se ha podido levantar la pausa.',
  'What the caller will see': 'Lo que verá la persona que llama',
  'What {name} will see': 'Lo que verá {name}',
  'Start check': 'Iniciar la comprobación',
  'Choose the caller first.': 'Elija primero a la persona que llama.',
  'Choose what they need.': 'Elija qué necesita.',
  'Choose how to verify them.': 'Elija cómo verificar la identidad.',
  'Starting · {name}': 'Iniciando · {name}',
  'Nothing to start here': 'Aquí no hay nada que iniciar',
  'Only the window that began to start this check can go on with it.':
    'Solo puede continuar la ventana en la que se inició esta comprobación.',
  'Back to the form': 'Volver al formulario',
  'The desk can’t show this step. Ask an administrator.':
    'El servicio de ayuda no puede mostrar este paso. Pregunte a un administrador.',
  Choose: 'Elegir',
  'The server cannot be reached. Nothing was started; try again.':
    'No se puede conectar con el servidor. No se ha iniciado nada; inténtelo de nuevo.',
  'The check was not started.': 'La comprobación no se ha iniciado.',
  'You can’t verify yourself. Ask a colleague.':
    'No puede verificar su propia identidad. Pídaselo a un compañero.',
  'This check is not available.': 'Esta comprobación no está disponible.',
  'This request is not available.': 'Esta petición no está disponible.',
  'No other agent can approve this check now. Ask your lead.':
    'Ahora ningún otro agente puede aprobar esta comprobación. Pregunte a su supervisor.',
  'A second agent has to approve this. Use a check in which one does.':
    'Un segundo agente tiene que aprobar esto. Use una comprobación con aprobación.',
  'This check is not enough for this request and person. Use a stronger one.':
    'Esta comprobación no basta para esta petición y esta persona. Use una más fuerte.',
  'The manager on file is a help-desk agent, and agents can’t vouch. Use another way.':
    'El responsable registrado es agente del servicio de ayuda, y los agentes no pueden responder por nadie. Use otra vía.',
  'Your session has ended. Sign in again, then start the check.':
    'Su sesión ha terminado. Vuelva a iniciar sesión y después inicie la comprobación.',
  'You have started many checks. You can start the next one at {time}.':
    'Ha iniciado muchas comprobaciones. Puede iniciar la siguiente a las {time}.',
  'If you did not start them, tell your lead immediately.':
    'Si no las ha iniciado usted, avise de inmediato a su supervisor.',
  'You have asked for many approvals. You can ask for the next one at {time}.':
    'Ha pedido muchas aprobaciones. Puede pedir la siguiente a las {time}.',
  'If you did not ask for them, tell your lead immediately.':
    'Si no las ha pedido usted, avise de inmediato a su supervisor.',
  'Too many checks of {name}. You can start the next one at {time}.':
    'Demasiadas comprobaciones de {name}. Puede iniciar la siguiente a las {time}.',
  'A caller who keeps trying may not be who they say. If it can’t wait, ask your lead.':
    'Quien lo intenta una y otra vez quizá no sea quien dice ser. Si no puede esperar, pregunte a su supervisor.',
  '“{title}” did not find {name} by email address.':
    '«{title}» no ha encontrado a {name} por su correo electrónico.',
  '“{title}” did not find {name} by username.':
    '«{title}» no ha encontrado a {name} por su nombre de usuario.',
  '“{title}” ended without creating a link.': '«{title}» ha terminado sin crear ningún enlace.',
  '“{title}” can’t be started: {message} Pick another check, or ask an administrator.':
    '«{title}» no se puede iniciar: {message} Elija otra comprobación o pregunte a un administrador.',
  // The caller's page, as the sign-in pages translate it
  'Who called?': '¿Quién ha llamado?',
  'I called the help desk': 'He llamado yo al servicio de ayuda',
  'Somebody called me': 'Alguien me ha llamado',
  '{agent} of {organisation} wants to make sure it’s you.':
    '{agent}, de {organisation}, quiere asegurarse de que es usted.',
  '{organisation} wants to make sure it’s you.': '{organisation} quiere asegurarse de que es usted.',
  'You’re asking for': 'Su petición',
  // Approvals
  Approval: 'Aprobación',
  'Approval · {name}': 'Aprobación · {name}',
  'Approvals ({count})': 'Aprobaciones ({count})',
  Approve: 'Aprobar',
  Decline: 'Rechazar',
  'Approve this check?': '¿Aprobar esta comprobación?',
  'Decline this check?': '¿Rechazar esta comprobación?',
  'Not yet': 'Todavía no',
  'Approve the check': 'Aprobar la comprobación',
  'Decline the check': 'Rechazar la comprobación',
  'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls. If in doubt, talk to your colleague first.':
    'Usted responde de esta comprobación junto con {agent}. La persona que llama, el historial y el registro de auditoría ven su nombre. Apruebe solo si sabe por qué llama {caller}. Si tiene dudas, hable antes con {agent}.',
  'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls and needs this: {action}. If in doubt, talk to your colleague first.':
    'Usted responde de esta comprobación junto con {agent}. La persona que llama, el historial y el registro de auditoría ven su nombre. Apruebe solo si sabe por qué {caller} llama y necesita esto: {action}. Si tiene dudas, hable antes con {agent}.',
  '{name} reads it.': '{name} lo lee.',
  '{name} asks you': '{name} se lo pide',
  '{agent} needs a second agent for a check of {caller}.':
    '{agent} necesita un segundo agente para una comprobación de {caller}.',
  'Look at it': 'Ver',
  'Your answer was not sent.': 'Su respuesta no se ha enviado.',
  '{name} asks for a second agent': '{name} pide un segundo agente',
  'The request could not be loaded.': 'No se ha podido cargar la solicitud.',
  'A colleague may be waiting for your answer.': 'Quizá un compañero espera su respuesta.',
  'Nothing to approve here': 'Aquí no hay nada que aprobar',
  'The colleague has stopped waiting, somebody else has answered, or nobody did in time.':
    'El compañero ha dejado de esperar, ha respondido otra persona o nadie lo ha hecho a tiempo.',
  Username: 'Nombre de usuario',
  Department: 'Departamento',
  'Time left': 'Tiempo restante',
  'Your colleagues see this request at their desks.':
    'Sus compañeros ven esta solicitud en su servicio de ayuda.',
  'You can’t answer this request.': 'No puede responder a esta solicitud.',
  '{name} approved this check.': '{name} ha aprobado esta comprobación.',
  '{name} declined this check.': '{name} ha rechazado esta comprobación.',
  'The agent has stopped waiting.': 'El agente ha dejado de esperar.',
  'Nobody answered in time.': 'Nadie ha respondido a tiempo.',
  'Your colleagues see the request at their desks now. The check starts as soon as one of them approves.':
    'Sus compañeros ven ahora la solicitud en su servicio de ayuda. La comprobación se inicia en cuanto uno de ellos la aprueba.',
  'Stop waiting': 'Dejar de esperar',
  'Ask a colleague to look at their desk.': 'Pida a un compañero que mire su servicio de ayuda.',
  '{name} declined.': '{name} lo ha rechazado.',
  'They gave no reason.': 'No ha dado ningún motivo.',
  // Hand-over
  'This is a check of {agent}.': 'Esta es una comprobación de {agent}.',
  'This is a check of {agent}, offered to you.':
    'Esta es una comprobación de {agent} que se le ofrece a usted.',
  'This is a check of {agent}, offered to the team.':
    'Esta es una comprobación de {agent} que se ofrece al equipo.',
  'After you take it over, you see its codes, and callers read your name. The link stays the same.':
    'Cuando se haga cargo, verá sus códigos y la persona que llama leerá su nombre. El enlace sigue siendo el mismo.',
  'Taken over · Desk': 'Otro agente se ha hecho cargo · Servicio de ayuda',
  'It is no longer your check. You can’t see its codes, or use its result.':
    'Ya no es su comprobación. No puede ver sus códigos ni usar su resultado.',
  'Hand over': 'Ceder',
  'Hand this check over?': '¿Ceder esta comprobación?',
  'Anyone on the team': 'Cualquiera del equipo',
  'The check of {name} stays yours until somebody takes it over. The caller can go on meanwhile.':
    'La comprobación de {name} sigue siendo suya hasta que alguien se haga cargo. Mientras tanto, la persona que llama puede continuar.',
  To: 'Para',
  'Your colleagues could not be loaded. You can offer the check to the team.':
    'No se ha podido cargar la lista de compañeros. Puede ofrecer la comprobación al equipo.',
  'Keep the check': 'Conservarla',
  Offer: 'Ofrecer',
  'Only its agent sees the codes.': 'Solo su agente ve los códigos.',
  'Offered to the team.': 'Ofrecida al equipo.',
  'Offered to {name}.': 'Ofrecida a {name}.',
  'Withdraw offer': 'Retirar la oferta',
  'It stays your check until somebody takes it over.':
    'Sigue siendo su comprobación hasta que alguien se haga cargo.',
  'Offered to you': 'Ofrecidas a usted',
  '{agent}, to the team': '{agent}, al equipo',
  'Take over': 'Hacerse cargo',
  'Take over: {name}': 'Hacerse cargo: {name}',
  // History
  'History · Desk': 'Historial · Servicio de ayuda',
  'Your checks of the last 30 days. Leads see everyone’s checks.':
    'Sus comprobaciones de los últimos 30 días. Los supervisores ven las de todos.',
  'Search history': 'Buscar en el historial',
  'Caller, ticket or reference': 'Persona, incidencia o referencia',
  All: 'Todas',
  'Not me': 'No soy yo',
  Unfinished: 'Sin terminar',
  'The history could not be read.': 'No se ha podido leer el historial.',
  'This may be out of date.': 'Puede que esto no esté al día.',
  'Show more': 'Mostrar más',
  'No matching checks. Remove words, or choose All.':
    'Ninguna comprobación coincide. Quite palabras o elija «Todas».',
  'No checks yet. Checks that you start are kept here for 30 days.':
    'Aún no hay comprobaciones. Las que inicie se guardan aquí durante 30 días.',
  Duration: 'Duración',
  When: 'Cuándo',
  // Refusals of the server
  '{name} has approved this request already.': '{name} ya ha aprobado esta solicitud.',
  '{name} has declined this request already.': '{name} ya ha rechazado esta solicitud.',
  'The request was not answered: try again.': 'Su respuesta no se ha registrado: inténtelo de nuevo.',
  'The agent has withdrawn this request.': 'El agente ha retirado esta solicitud.',
  'Nobody answered this request in time.': 'Nadie ha respondido a tiempo a esta solicitud.',
  'There is no such request': 'Esta solicitud no existe.',
  'Only an agent of this realm can approve a check.':
    'Solo un agente de este ámbito puede aprobar una comprobación.',
  'Another agent has to approve this check.': 'Otro agente tiene que aprobar esta comprobación.',
  'You can’t approve a check that is about you.': 'No puede aprobar una comprobación sobre usted.',
  'The check is over, and its result can no longer be used.':
    'La comprobación ha terminado y su resultado ya no se puede usar.',
  'This person is the agent of the check already.': 'Esta persona ya es el agente de la comprobación.',
  'Only an active agent of this realm can be the agent of the check.':
    'Solo un agente activo de este ámbito puede ser el agente de la comprobación.',
  'Agents cannot verify themselves.': 'Los agentes no pueden verificar su propia identidad.',
  'The person who is asked to vouch cannot be the agent of the check.':
    'La persona que debe responder no puede ser el agente de la comprobación.',
  'The second agent of a check cannot become its agent.':
    'El segundo agente de una comprobación no puede ser su agente.',
  'The check is not offered to you, or no longer.': 'La comprobación no se le ofrece o ya no se le ofrece.',
  'Nobody rejected this check.': 'Nadie ha rechazado esta comprobación.',
  Language: 'Idioma',
  'Change the language?': '¿Cambiar de idioma?',
  'The page loads again. What you typed, a check that is just starting and a code that nobody used yet are lost.':
    'La página se vuelve a cargar. Se perderán lo que ha escrito, una comprobación que se está iniciando y un código aún sin usar.',
  'Stay on this page': 'Seguir en esta página',
  'Change language': 'Cambiar de idioma',
  // Texts with a number
  'The link works for {count} minutes.': {
    one: 'El enlace funciona durante {count} minuto.',
    other: 'El enlace funciona durante {count} minutos.',
  },
  '{count} people found.': { one: '{count} persona encontrada.', other: '{count} personas encontradas.' },
}
