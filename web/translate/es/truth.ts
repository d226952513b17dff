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
}
