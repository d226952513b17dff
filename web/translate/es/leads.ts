import type { leads as german } from '../de/leads.ts'
import type { Translations } from '../translation.ts'

/** Spanish: the wall, alarms and the numbers. */
export const leads: Translations<typeof german> = {
  // The wall
  'Wall · Desk': 'Panel · Servicio de ayuda',
  'May be out of date: last read at {time}': 'Puede no estar al día: última lectura a las {time}',
  'The wall could not be read.': 'No se ha podido leer el panel.',
  'The server cannot be reached. The page tries again every two seconds.':
    'No se puede conectar con el servidor. La página lo intenta de nuevo cada dos segundos.',
  'Needs attention': 'Requieren atención',
  'Nothing needs attention.': 'Nada requiere atención.',
  'No other checks are in progress.': 'No hay otras comprobaciones en curso.',
  'There are more checks. The wall shows 500.': 'Hay más comprobaciones. El panel muestra 500.',
  'Your session has ended. Sign in again to see the checks.':
    'Su sesión ha terminado. Vuelva a iniciar sesión para ver las comprobaciones.',
  'Only leads see the checks of all agents. Ask an administrator for the role “agent-lead”.':
    'Solo los supervisores ven las comprobaciones de todos los agentes. Pida a un administrador el rol «agent-lead».',
  'Sign in': 'Iniciar sesión',
  'You are no longer a lead': 'Ya no es supervisor',
  'The wall is for leads': 'El panel es para supervisores',
  'Another person signed in: talk to the agent': 'Ha iniciado sesión otra persona: hable con el agente',
  'Another person signed in: talk to {agent}': 'Ha iniciado sesión otra persona: hable con {agent}',
  'Probably an attack: make sure that the agent ends the call':
    'Probable ataque: asegúrese de que el agente termine la llamada',
  'Probably an attack: make sure that {agent} ends the call':
    'Probable ataque: asegúrese de que {agent} termine la llamada',
  'An agent': 'Un agente',
  '{agent} offers it to {name}': '{agent} se la ofrece a {name}',
  'You offer it to the team': 'Usted la ofrece al equipo',
  'Offered by {agent}: take over': 'Ofrecida por {agent}: hágase cargo',
  'Less than a minute left, and the link is not opened':
    'Queda menos de un minuto y el enlace no se ha abierto',
  'Not verified: ask the agent what happened': 'Identidad no verificada: pregunte al agente qué ha pasado',
  'Not verified: ask {agent} what happened': 'Identidad no verificada: pregunte a {agent} qué ha pasado',
  'Mark as read': 'Marcar como leído',
  'Mark as read: {name}': 'Marcar como leído: {name}',
  'No action': 'Sin petición',
  Running: 'En curso',
  'Need attention': 'Requieren atención',
  'Identity proven today': 'Identidad probada hoy',
  'Not verified today': 'No verificadas hoy',
  'Expired today': 'Caducadas hoy',
  'Median time to proof': 'Mediana hasta la prueba',
  // The numbers
  'Numbers · Desk': 'Cifras · Servicio de ayuda',
  'Checks of all agents. They are kept for 30 days.':
    'Comprobaciones de todos los agentes. Se guardan durante 30 días.',
  'Choose two days, the first one first.': 'Elija dos días, primero el anterior.',
  Period: 'Periodo',
  '7 days': '7 días',
  '30 days': '30 días',
  Custom: 'Otro',
  'First day': 'Primer día',
  'Last day': 'Último día',
  'Export CSV': 'Exportar CSV',
  'Export JSON lines': 'Exportar JSON Lines',
  Expired: 'Caducadas',
  'Nine in ten proven within': 'Nueve de cada diez probadas en',
  'No checks started in this period.': 'No se ha iniciado ninguna comprobación en este periodo.',
  'By check': 'Por comprobación',
  'By action': 'Por petición',
  'By agent': 'Por agente',
  'By day': 'Por día',
  'By hour of day': 'Por hora del día',
  Action: 'Petición',
  Day: 'Día',
  'Hour of day': 'Hora del día',
  'Split by': 'Dividir por',
  'Only the 500 largest are shown. The export has all checks.':
    'Solo se muestran los 500 mayores. La exportación tiene todas las comprobaciones.',
  'The numbers are for leads.': 'Las cifras son para supervisores.',
  'Ask an administrator for the role “agent-lead”.': 'Pida a un administrador el rol «agent-lead».',
  'The numbers could not be read.': 'No se han podido leer las cifras.',
  'How checks ended': 'Cómo terminaron las comprobaciones',
  'Time from the start of the check': 'Tiempo desde el inicio de la comprobación',
  Share: 'Proporción',
  Until: 'Hasta',
  Median: 'Mediana',
  'Nine in ten within': 'Nueve de cada diez en',
  'the caller opened the link': 'que la persona abrió el enlace',
  'the identity was proven': 'que se probó la identidad',
  'Median to opened': 'Mediana hasta la apertura',
  'Median to proof': 'Mediana hasta la prueba',
  '90 % proven in': '90 % probadas en',
  Others: 'Otras',
  'Did not pass': 'No superada',
  None: 'Ninguno',
  '{count} %': '{count} %',
  'Needs approval': 'Necesita aprobación',
  'You asked': 'Su solicitud',
  // Alarms
  'A person': 'Una persona',
  Acknowledge: 'Darse por enterado',
  'Acknowledge: {title}': 'Darse por enterado: {title}',
  'You are involved, so another lead or an administrator has to acknowledge it.':
    'Usted está implicado, así que otro supervisor o un administrador tiene que darse por enterado.',
  'It could not be acknowledged. Try again.': 'No se ha podido registrar. Inténtelo de nuevo.',
  'Callers said “This is not me” or were called, managers did not vouch, or another person signed in. The help desk may be under attack: warn the agents.':
    'Las personas pulsaron «No soy yo» o alguien las llamó, los responsables no respondieron por ellas, o inició sesión otra persona. Puede ser un ataque al servicio de ayuda: avise a los agentes.',
  'Callers’ journeys failed, the code was wrong too often, or callers failed to sign in. Find out whether a service is down, or somebody guesses passwords.':
    'Fallaron recorridos de personas que llaman, el código fue incorrecto demasiadas veces o hubo inicios de sesión fallidos. Averigüe si un servicio no funciona o si alguien adivina contraseñas.',
  'Somebody may be trying one agent after the other. Warn the agents, and call the person back on the number on file.':
    'Puede que alguien lo esté intentando con un agente tras otro. Avise a los agentes y llame a la persona al número registrado.',
  'Alarm: {count} in {span}.': 'Alarma: {count} en {span}.',
  // Texts with a number
  '{names} check this person, too': {
    one: '{names} también comprueba a esta persona',
    other: '{names} también comprueban a esta persona',
  },
  '{count} wrong codes': { one: '{count} código incorrecto', other: '{count} códigos incorrectos' },
  '{count} failed sign-ins': {
    one: '{count} inicio de sesión fallido',
    other: '{count} inicios de sesión fallidos',
  },
  '{count} denials in {span}.': { one: '{count} rechazo en {span}.', other: '{count} rechazos en {span}.' },
  '{count} failures in {span}.': { one: '{count} fallo en {span}.', other: '{count} fallos en {span}.' },
  '{person} was checked {count} times in {span}.': {
    one: '{person}: {count} comprobación en {span}.',
    other: '{person}: {count} comprobaciones en {span}.',
  },
}
