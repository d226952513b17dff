import type { truth as german } from '../de/truth.ts'
import type { Translations } from '../translation.ts'

/** Spanish: what results are good for, reports about a person, and drafts. */
export const truth: Translations<typeof german> = {
  'Proven, not enough': 'Probada, no es suficiente',
  'Proven, not enough for {action}': 'Probada, no es suficiente para: {action}',
  'more proof': 'más pruebas',
  'Proven, not usable: it needs {needs}': 'Probada, no utilizable: requiere {needs}',
  'Wait before you act': 'Espere antes de actuar',
  'Wait until {time}': 'Espere hasta {time}',
  'a delay': 'un tiempo de espera',
  'Proven, not usable yet': 'Probada, aún no utilizable',
  'Proven, usable from {time}': 'Probada, utilizable desde {time}',
  'The result was used, and works once. For another request, start a new check.':
    'El resultado se usó y solo vale una vez. Para otra petición, inicie una nueva comprobación.',
  'Verified and used': 'Identidad verificada y usada',
  'Used by {agent}': 'Usado por {agent}',
  'Over, not used': 'Caducado sin usar',
  'Nobody used the result in time. Start a new check.':
    'Nadie usó el resultado a tiempo. Inicie una nueva comprobación.',
  'Proven, expired unused': 'Probada, caducada sin usar',
  'Proven, withdrawn': 'Probada, retirada',
  'Proven, withdrawn by {agent}': 'Probada, retirada por {agent}',
  'Paused: reported': 'En pausa: denunciado',
  'Paused until {time}: reported': 'En pausa hasta {time}: denunciado',
  'An attack on this person was reported. Change nothing, unless a lead lifts the pause.':
    'Se denunció un ataque a esta persona. No cambie nada, salvo que un supervisor levante la pausa.',
  'Proven, paused after a report': 'Probada, en pausa tras una denuncia',
  'Proven, paused until {time} after a report': 'Probada, en pausa hasta {time} tras una denuncia',
  'Proven, but can’t be used': 'Probada, pero no se puede usar',
  'The check was for no action, so its result allows none.':
    'La comprobación no era para ninguna acción, así que su resultado no permite ninguna.',
  'The caller typed no code from you, so nothing ties the result to this call. Don’t act on it.':
    'La persona que llama no escribió ningún código suyo, así que nada une el resultado a esta llamada. No actúe.',
  'Proven, not usable: no action': 'Probada, no utilizable: sin acción',
  'Proven, not usable: no code': 'Probada, no utilizable: sin código',
  'The agent of the check may go ahead.': 'El agente de la comprobación puede continuar.',
  'Identity proven': 'Identidad probada',
  'It is not known yet whether the result can be used. Wait before you act.':
    'Aún no se sabe si el resultado se puede usar. Espere antes de actuar.',
  'Start a check that is enough': 'Iniciar una comprobación suficiente',
  '“{title}”: same caller, same ticket': '«{title}»: misma persona, misma incidencia',
  'No check is enough for this. Ask your lead.':
    'Ninguna comprobación es suficiente. Pregunte a su supervisor.',
  'Rejected after the result': 'Rechazado tras el resultado',
  'Stop: an attack was reported': 'Alto: se denunció un ataque',
  '{name} reported an attack in another check, so this one ended.':
    '{name} denunció un ataque en otra comprobación, por eso terminó esta.',
  'The person reported an attack in another check, so this one ended.':
    'La persona denunció un ataque en otra comprobación, por eso terminó esta.',
  'Stopped: an attack was reported': 'Detenida: ataque denunciado',
  'An attack on this person was reported': 'Se denunció un ataque a esta persona',
  'The result is paused': 'El resultado está en pausa',
  'Searching older checks…': 'Buscando en comprobaciones anteriores…',
  'Usable now · {name}': 'Ya se puede usar · {name}',
  'The link could not be sent · {name}': 'No se pudo enviar el enlace · {name}',
  '{name} lifted the pause {time}: {reason}': '{name} levantó la pausa {time}: {reason}',
  '{count} checks in 24 hours': {
    one: '{count} comprobación en 24 horas',
    other: '{count} comprobaciones en 24 horas',
  },
  'a client': 'un programa',
  'verified by you {time}': 'verificada por usted {time}',
  'verified by {agent} {time}': 'verificada por {agent} {time}',
  'reported an attack {time}': 'ataque denunciado {time}',
  'pressed “Not me” {time}': 'pulsó «No soy yo» {time}',
  'This may be {name} who calls back, or the attacker.':
    'Puede ser {name} que devuelve la llamada, o el atacante.',
  'Don’t act on the call: call {name} back on the number on file, then ask your lead to lift the pause.':
    'No atienda la llamada: llame a {name} al número registrado y pida después a su supervisor que levante la pausa.',
  'An attack on this person was reported.': 'Se denunció un ataque a esta persona.',
  '{name} reported at {time} that a stranger called.':
    '{name} denunció a las {time} que llamó un desconocido.',
  'Somebody who opened a link for {name} pressed “This is not me” at {time}.':
    'Quien abrió un enlace para {name} pulsó «No soy yo» a las {time}.',
  'Last 24 hours': 'Últimas 24 horas',
  'Called back on the number on file': 'Se llamó al número registrado',
  'Sign in as an agent to start checks': 'Inicie sesión como agente para iniciar comprobaciones',
  'You see the desk as an administrator. Open it in a private window, and sign in there as an agent.':
    'Ve el servicio de ayuda como administrador. Ábralo en una ventana privada e inicie sesión allí como agente.',
  'Read your own code to {name} first': 'Lea primero a {name} su propio código',
  'Read your own code to the caller first': 'Lea primero a la persona que llama su propio código',
  'The page of {name} shows the same code. Read the digits when it asks for them.':
    'La página de {name} muestra el mismo código. Lea las cifras cuando las pida.',
  'The page of the caller shows the same code. Read the digits when it asks for them.':
    'La página de la persona que llama muestra el mismo código. Lea las cifras cuando las pida.',
  'The page asks {name} for it.': 'La página se lo pide a {name}.',
  'The page asks the caller for it.': 'La página se lo pide a la persona que llama.',
  'Read this first: your own code': 'Lea esto primero: su propio código',
  'Read this again: the page asks for it again.': 'Léalo otra vez: la página lo pide de nuevo.',
  'Not usable yet': 'Aún no utilizable',
  Starting: 'Iniciándose',
  'A colleague checks this person, too': 'Un compañero también comprueba a esta persona',
  'A colleague checks {name}, too': 'Un compañero también comprueba a {name}',
  'Caller, agent or ticket': 'Persona, agente o incidencia',
  'No matching checks.': 'Ninguna comprobación coincide.',
  'Its caller types no code from you, so nobody can use the result.':
    'En ella no se escribe ningún código suyo, así que nadie puede usar el resultado.',
  'This person has no factor that it asks for.': 'Esta persona no tiene ningún factor de los que pide.',
}
