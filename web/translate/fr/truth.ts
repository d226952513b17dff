import type { truth as german } from '../de/truth.ts'
import type { Translations } from '../translation.ts'

/** French: what results are good for, reports about a person, and drafts. */
export const truth: Translations<typeof german> = {
  'Proven, not enough': 'Prouvée, insuffisante',
  'Proven, not enough for {action}': 'Prouvée, insuffisante pour : {action}',
  'more proof': 'plus de preuves',
  'Proven, not usable: it needs {needs}': 'Prouvée, inutilisable : exige {needs}',
  'Wait before you act': 'Attendez avant d’agir',
  'Wait until {time}': 'Attendre jusqu’à {time}',
  'a delay': 'un délai',
  'Proven, not usable yet': 'Prouvée, pas encore utilisable',
  'Proven, usable from {time}': 'Prouvée, utilisable à partir de {time}',
  'The result was used, and works once. For another request, start a new check.':
    'Le résultat a été utilisé et ne vaut qu’une fois. Pour une autre demande, lancez une nouvelle vérification.',
  'Verified and used': 'Identité vérifiée, utilisée',
  'Used by {agent}': 'Utilisé par {agent}',
  'Over, not used': 'Expiré, non utilisé',
  'Nobody used the result in time. Start a new check.':
    'Personne n’a utilisé le résultat à temps. Lancez une nouvelle vérification.',
  'Proven, expired unused': 'Prouvée, expirée sans être utilisée',
  'Proven, withdrawn': 'Prouvée, retirée',
  'Proven, withdrawn by {agent}': 'Prouvée, retirée par {agent}',
  'Paused: reported': 'En pause : signalé',
  'Paused until {time}: reported': 'En pause jusqu’à {time} : signalé',
  'An attack on this person was reported. Change nothing, unless a lead lifts the pause.':
    'Une attaque contre cette personne a été signalée. Ne changez rien, sauf si un superviseur lève la pause.',
  'Proven, paused after a report': 'Prouvée, en pause après un signalement',
  'Proven, paused until {time} after a report': 'Prouvée, en pause jusqu’à {time} après un signalement',
  'Proven, but can’t be used': 'Prouvée, mais inutilisable',
  'The check was for no action, so its result allows none.':
    'La vérification ne visait aucune action : son résultat n’en permet aucune.',
  'The caller typed no code from you, so nothing ties the result to this call. Don’t act on it.':
    'La personne n’a saisi aucun code de votre part : rien ne lie le résultat à cet appel. N’y donnez pas suite.',
  'Proven, not usable: no action': 'Prouvée, inutilisable : aucune action',
  'Proven, not usable: no code': 'Prouvée, inutilisable : aucun code',
  'Identity proven': 'Identité prouvée',
  'It is not known yet whether the result can be used. Wait before you act.':
    'On ne sait pas encore si le résultat est utilisable. Attendez avant d’agir.',
  'Start a check that is enough': 'Lancer une vérification suffisante',
  '“{title}”: same caller, same ticket': '« {title} » : même personne, même ticket',
  'No check is enough for this. Ask your lead.':
    'Aucune vérification ne suffit. Demandez à votre superviseur.',
  'Rejected after the result': 'Rejetée après le résultat',
  'Stop: an attack was reported': 'Stop : une attaque a été signalée',
  '{name} reported an attack in another check, so this one ended.':
    '{name} a signalé une attaque dans une autre vérification, celle-ci a donc pris fin.',
  'The person reported an attack in another check, so this one ended.':
    'La vraie personne a signalé une attaque dans une autre vérification, celle-ci a donc pris fin.',
  'Stopped: an attack was reported': 'Arrêtée : attaque signalée',
  'An attack on this person was reported': 'Une attaque contre cette personne a été signalée',
  'The result is paused': 'Le résultat est en pause',
  'Searching older checks…': 'Recherche dans les vérifications plus anciennes…',
  'Usable now · {name}': 'Utilisable maintenant · {name}',
  'The link could not be sent · {name}': 'Le lien n’a pas pu être envoyé · {name}',
}
