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
  'The agent of the check may go ahead.': 'L’agent de la vérification peut continuer.',
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
  '{name} lifted the pause {time}: {reason}': '{name} a levé la pause {time} : {reason}',
  '{count} checks in 24 hours': {
    one: '{count} vérification en 24 heures',
    other: '{count} vérifications en 24 heures',
  },
  'a client': 'un programme',
  'verified by you {time}': 'vérifiée par vous {time}',
  'verified by {agent} {time}': 'vérifiée par {agent} {time}',
  'reported an attack {time}': 'attaque signalée {time}',
  'pressed “Not me” {time}': 'a appuyé sur « Ce n’est pas moi » {time}',
  'This may be {name} who calls back, or the attacker.':
    'C’est peut-être {name} qui rappelle, ou l’attaquant.',
  'Don’t act on the call: call {name} back on the number on file, then ask your lead to lift the pause.':
    'N’y donnez pas suite : rappelez {name} au numéro enregistré, puis demandez à votre superviseur de lever la pause.',
  'An attack on this person was reported.': 'Une attaque contre cette personne a été signalée.',
  '{name} reported at {time} that a stranger called.': '{name} a signalé à {time} l’appel d’un inconnu.',
  'Somebody who opened a link for {name} pressed “This is not me” at {time}.':
    'La personne qui a ouvert un lien pour {name} a appuyé sur « Ce n’est pas moi » à {time}.',
  'Last 24 hours': 'Dernières 24 heures',
  'Called back on the number on file': 'Rappel au numéro enregistré',
  'Sign in as an agent to start checks': 'Connectez-vous en tant qu’agent pour lancer des vérifications',
  'You see the desk as an administrator. Open it in a private window, and sign in there as an agent.':
    'Vous voyez le service d’assistance en tant qu’administrateur. Ouvrez-le dans une fenêtre privée et connectez-vous-y en tant qu’agent.',
  'Read your own code to {name} first': 'Lisez d’abord votre propre code à {name}',
  'Read your own code to the caller first': 'Lisez d’abord votre propre code à la personne qui appelle',
  'The page of {name} shows the same code. Read the digits when it asks for them.':
    'La page de {name} affiche le même code. Lisez les chiffres quand elle les demande.',
  'The page of the caller shows the same code. Read the digits when it asks for them.':
    'La page de la personne qui appelle affiche le même code. Lisez les chiffres quand elle les demande.',
  'The page asks {name} for it.': 'La page le demande à {name}.',
  'The page asks the caller for it.': 'La page le demande à la personne qui appelle.',
  'Read this first: your own code': 'Lisez d’abord ceci : votre propre code',
  'Read this again: the page asks for it again.': 'Relisez ceci : la page le redemande.',
  'Not usable yet': 'Pas encore utilisable',
  Starting: 'En cours de lancement',
  'A colleague checks this person, too': 'Un collègue vérifie aussi cette personne',
  'A colleague checks {name}, too': 'Un collègue vérifie aussi {name}',
  'Caller, agent or ticket': 'Personne, agent ou ticket',
  'No matching checks.': 'Aucune vérification correspondante.',
  'Its caller types no code from you, so nobody can use the result.':
    'Aucun code de votre part n’y est saisi : personne ne peut utiliser le résultat.',
  'This person has no factor that it asks for.': 'Cette personne n’a aucun facteur qu’elle exige.',
}
