import type { team as german } from '../de/team.ts'
import type { Translations } from '../translation.ts'

/** French: the frame, new checks, approvals, hand-over, history, and refusals of the server. */
export const team: Translations<typeof german> = {
  // The frame
  '{name} · Desk': '{name} · Service d’assistance',
  'Page not found': 'Page introuvable',
  'Check the address.': 'Vérifiez l’adresse.',
  'The server sent an unexpected answer.': 'Le serveur a envoyé une réponse inattendue.',
  Continue: 'Continuer',
  Back: 'Retour',
  // New checks
  'New check · Desk': 'Nouvelle vérification · Service d’assistance',
  'No checks yet': 'Aucune vérification pour l’instant',
  'This realm offers no check that you could start. Ask an administrator: in the console, the page “Checklist” adds a set of checks.':
    'Ce domaine ne propose aucune vérification que vous puissiez lancer. Adressez-vous à un administrateur : dans la console, la page « Checklist » ajoute un ensemble de vérifications.',
  'What do they need?': 'De quoi cette personne a-t-elle besoin ?',
  'Only verify the caller': 'Vérifier seulement l’identité',
  'How will you verify them?': 'Comment allez-vous vérifier l’identité ?',
  'Could not read what this needs.': 'Impossible de lire ce qui est requis.',
  'Until then it is not known which checks are enough.':
    'D’ici là, on ne sait pas quelles vérifications suffisent.',
  'No check is enough for this.': 'Aucune vérification ne suffit pour cela.',
  'Don’t act on the request. Ask your lead how this person can be verified.':
    'Ne donnez pas suite à la demande. Demandez à votre superviseur comment vérifier cette personne.',
  '{name} has no email address on file, and this check looks people up by it.':
    'Aucune adresse e-mail n’est enregistrée pour {name}, et cette vérification recherche les personnes par leur adresse e-mail.',
  'Not enough for this ({count})': 'Insuffisant pour cela ({count})',
  'Who is calling': 'Qui appelle',
  'Who is calling?': 'Qui appelle ?',
  Change: 'Modifier',
  '{name} chosen': '{name} : personne choisie',
  'People found': 'Personnes trouvées',
  'The server cannot be reached. Type again to retry.':
    'Le serveur est injoignable. Tapez de nouveau pour réessayer.',
  'The search failed. Type again to retry.': 'La recherche a échoué. Tapez de nouveau pour réessayer.',
  'You have searched very often. Wait a few minutes, then type again.':
    'Vous avez fait beaucoup de recherches. Attendez quelques minutes, puis tapez de nouveau.',
  'Search by name, email or phone number. You only see what your role allows.':
    'Cherchez par nom, adresse e-mail ou numéro de téléphone. Vous ne voyez que ce que votre rôle permet.',
  'Nobody found for “{text}”. Try only the surname, the email address or the phone number.':
    'Aucune personne trouvée pour « {text} ». Essayez seulement le nom de famille, l’adresse e-mail ou le numéro de téléphone.',
  'There are more results. Type more of the name.':
    'Il y a d’autres résultats. Tapez une plus grande partie du nom.',
  Inactive: 'Inactif',
  'phone ending {digits}': 'téléphone se terminant par {digits}',
  'no email address on file': 'aucune adresse e-mail enregistrée',
  'Reason (optional)': 'Motif (facultatif)',
  'Shown to the caller': 'Visible par la personne qui appelle',
  'Lift the pause': 'Lever la pause',
  'Why can checks go on?': 'Pourquoi les vérifications peuvent-elles reprendre ?',
  'Checks of {name} are paused until {time}.': 'Les vérifications de {name} sont en pause jusqu’à {time}.',
  'The pause could not be lifted.': 'La pause n’a pas pu être levée.',
  'What the caller will see': 'Ce que verra la personne qui appelle',
  'What {name} will see': 'Ce que verra {name}',
  'Start check': 'Lancer la vérification',
  'Choose the caller first.': 'Choisissez d’abord la personne qui appelle.',
  'Choose what they need.': 'Choisissez la demande.',
  'Choose how to verify them.': 'Choisissez la vérification.',
  'Starting · {name}': 'Lancement · {name}',
  'Nothing to start here': 'Rien à lancer ici',
  'Only the window that began to start this check can go on with it.':
    'Seule la fenêtre où vous avez commencé cette vérification peut la poursuivre.',
  'Back to the form': 'Retour au formulaire',
  'The desk can’t show this step. Ask an administrator.':
    'Le service d’assistance ne peut pas afficher cette étape. Demandez à un administrateur.',
  Choose: 'Choisir',
  'The server cannot be reached. Nothing was started; try again.':
    'Le serveur est injoignable. Rien n’a été lancé ; réessayez.',
  'The check was not started.': 'La vérification n’a pas été lancée.',
  'You can’t verify yourself. Ask a colleague.':
    'Vous ne pouvez pas vérifier votre propre identité. Demandez à un collègue.',
  'This check is not available.': 'Cette vérification n’est pas disponible.',
  'This request is not available.': 'Cette demande n’est pas disponible.',
  'No other agent can approve this check now. Ask your lead.':
    'Aucun autre agent ne peut approuver cette vérification en ce moment. Demandez à votre superviseur.',
  'A second agent has to approve this. Use a check in which one does.':
    'Un second agent doit approuver cela. Utilisez une vérification avec approbation.',
  'This check is not enough for this request and person. Use a stronger one.':
    'Cette vérification ne suffit pas pour cette demande et cette personne. Utilisez-en une plus forte.',
  'The manager on file is a help-desk agent, and agents can’t vouch. Use another way.':
    'Le responsable enregistré est un agent du service d’assistance, et les agents ne peuvent pas se porter garants. Choisissez un autre moyen.',
  'Your session has ended. Sign in again, then start the check.':
    'Votre session est terminée. Reconnectez-vous, puis lancez la vérification.',
  'You have started many checks. You can start the next one at {time}.':
    'Vous avez lancé beaucoup de vérifications. Vous pourrez lancer la prochaine à {time}.',
  'If you did not start them, tell your lead immediately.':
    'Si ce n’est pas vous qui les avez lancées, prévenez immédiatement votre superviseur.',
  'You have asked for many approvals. You can ask for the next one at {time}.':
    'Vous avez demandé beaucoup d’approbations. Vous pourrez demander la prochaine à {time}.',
  'If you did not ask for them, tell your lead immediately.':
    'Si ce n’est pas vous qui les avez demandées, prévenez immédiatement votre superviseur.',
  'Too many checks of {name}. You can start the next one at {time}.':
    'Trop de vérifications de {name}. Vous pourrez lancer la prochaine à {time}.',
  'A caller who keeps trying may not be who they say. If it can’t wait, ask your lead.':
    'Une personne qui insiste n’est peut-être pas celle qu’elle prétend être. Si cela ne peut pas attendre, demandez à votre superviseur.',
  '“{title}” did not find {name} by email address.':
    '« {title} » n’a pas trouvé {name} par son adresse e-mail.',
  '“{title}” did not find {name} by username.':
    '« {title} » n’a pas trouvé {name} par son nom d’utilisateur.',
  '“{title}” ended without creating a link.': '« {title} » s’est terminée sans créer de lien.',
  '“{title}” can’t be started: {message} Pick another check, or ask an administrator.':
    '« {title} » ne peut pas être lancée : {message} Choisissez une autre vérification ou demandez à un administrateur.',
  // The caller's page, as the sign-in pages translate it
  'Who called?': 'Qui a appelé ?',
  'I called the help desk': 'J’ai appelé le service d’assistance',
  'Somebody called me': 'Quelqu’un m’a appelé',
  '{agent} of {organisation} wants to make sure it’s you.':
    '{agent}, {organisation}, veut s’assurer que c’est bien vous.',
  '{organisation} wants to make sure it’s you.': '{organisation} veut s’assurer que c’est bien vous.',
  'You’re asking for': 'Votre demande',
  // Approvals
  Approval: 'Approbation',
  'Approval · {name}': 'Approbation · {name}',
  'Approvals ({count})': 'Approbations ({count})',
  Approve: 'Approuver',
  Decline: 'Refuser',
  'Approve this check?': 'Approuver cette vérification ?',
  'Decline this check?': 'Refuser cette vérification ?',
  'Not yet': 'Pas encore',
  'Approve the check': 'Approuver la vérification',
  'Decline the check': 'Refuser la vérification',
  'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls. If in doubt, talk to your colleague first.':
    'Vous répondez de cette vérification avec {agent}. La personne qui appelle, l’historique et le journal d’audit indiquent votre nom. N’approuvez que si vous savez pourquoi {caller} appelle. En cas de doute, parlez d’abord à {agent}.',
  'You answer for this check together with {agent}. The caller, the history and the audit trail name you. Approve only if you know why {caller} calls and needs this: {action}. If in doubt, talk to your colleague first.':
    'Vous répondez de cette vérification avec {agent}. La personne qui appelle, l’historique et le journal d’audit indiquent votre nom. N’approuvez que si vous savez pourquoi {caller} appelle et a besoin de ceci : {action}. En cas de doute, parlez d’abord à {agent}.',
  '{name} reads it.': '{name} le lira.',
  '{name} asks you': '{name} vous le demande',
  '{agent} needs a second agent for a check of {caller}.':
    '{agent} a besoin d’un second agent pour une vérification de {caller}.',
  'Look at it': 'Voir',
  'Your answer was not sent.': 'Votre réponse n’a pas été envoyée.',
  '{name} asks for a second agent': '{name} demande un second agent',
  'The request could not be loaded.': 'La demande d’approbation n’a pas pu être chargée.',
  'A colleague may be waiting for your answer.': 'Un collègue attend peut-être votre réponse.',
  'Nothing to approve here': 'Rien à approuver ici',
  'The colleague has stopped waiting, somebody else has answered, or nobody did in time.':
    'Le collègue n’attend plus, quelqu’un d’autre a répondu, ou personne ne l’a fait à temps.',
  Username: 'Nom d’utilisateur',
  Department: 'Service',
  'Time left': 'Temps restant',
  'Your colleagues see this request at their desks.':
    'Vos collègues voient cette demande dans leur service d’assistance.',
  'You can’t answer this request.': 'Vous ne pouvez pas répondre à cette demande.',
  '{name} approved this check.': '{name} a approuvé cette vérification.',
  '{name} declined this check.': '{name} a refusé cette vérification.',
  'The agent has stopped waiting.': 'L’agent n’attend plus.',
  'Nobody answered in time.': 'Personne n’a répondu à temps.',
  'Your colleagues see the request at their desks now. The check starts as soon as one of them approves.':
    'Vos collègues voient maintenant la demande dans leur service d’assistance. La vérification commence dès que l’un d’eux l’approuve.',
  'Stop waiting': 'Ne plus attendre',
  'Ask a colleague to look at their desk.': 'Demandez à un collègue de regarder son service d’assistance.',
  '{name} declined.': '{name} a refusé.',
  'They gave no reason.': 'Aucun motif n’a été donné.',
  // Hand-over
  'This is a check of {agent}.': 'C’est une vérification de {agent}.',
  'This is a check of {agent}, offered to you.': 'C’est une vérification de {agent}, qui vous est proposée.',
  'This is a check of {agent}, offered to the team.':
    'C’est une vérification de {agent}, proposée à l’équipe.',
  'After you take it over, you see its codes, and callers read your name. The link stays the same.':
    'Une fois que vous l’avez reprise, vous voyez ses codes et la personne qui appelle lit votre nom. Le lien reste le même.',
  'Taken over · Desk': 'Reprise · Service d’assistance',
  'It is no longer your check. You can’t see its codes, or use its result.':
    'Ce n’est plus votre vérification. Vous ne pouvez pas voir ses codes ni utiliser son résultat.',
  'Hand over': 'Transmettre',
  'Hand this check over?': 'Transmettre cette vérification ?',
  'Anyone on the team': 'N’importe qui dans l’équipe',
  'The check of {name} stays yours until somebody takes it over. The caller can go on meanwhile.':
    'La vérification de {name} reste la vôtre jusqu’à ce que quelqu’un la reprenne. En attendant, la personne qui appelle peut continuer.',
  To: 'À',
  'Your colleagues could not be loaded. You can offer the check to the team.':
    'La liste de vos collègues n’a pas pu être chargée. Vous pouvez proposer la vérification à l’équipe.',
  'Keep the check': 'La garder',
  Offer: 'Proposer',
  'Only its agent sees the codes.': 'Seul son agent voit les codes.',
  'Offered to the team.': 'Proposée à l’équipe.',
  'Offered to {name}.': 'Proposée à {name}.',
  'Withdraw offer': 'Retirer la proposition',
  'It stays your check until somebody takes it over.':
    'Elle reste votre vérification jusqu’à ce que quelqu’un la reprenne.',
  'Offered to you': 'Vérifications proposées',
  '{agent}, to the team': '{agent}, à l’équipe',
  'Take over': 'Reprendre',
  'Take over: {name}': 'Reprendre : {name}',
  // History
  'History · Desk': 'Historique · Service d’assistance',
  'Your checks of the last 30 days. Leads see everyone’s checks.':
    'Vos vérifications des 30 derniers jours. Les superviseurs voient celles de tous.',
  'Search history': 'Rechercher dans l’historique',
  'Caller, ticket or reference': 'Personne, ticket ou référence',
  All: 'Toutes',
  'Not me': 'Pas moi',
  Unfinished: 'Inachevées',
  'The history could not be read.': 'L’historique n’a pas pu être lu.',
  'This may be out of date.': 'Ces données ne sont peut-être plus à jour.',
  'Show more': 'Afficher plus',
  'No matching checks. Remove words, or choose All.':
    'Aucune vérification ne correspond. Retirez des mots ou choisissez « Toutes ».',
  'No checks yet. Checks that you start are kept here for 30 days.':
    'Aucune vérification pour l’instant. Celles que vous lancez restent ici pendant 30 jours.',
  Duration: 'Durée',
  When: 'Quand',
  // Refusals of the server
  '{name} has approved this request already.': '{name} a déjà approuvé cette vérification.',
  '{name} has declined this request already.': '{name} a déjà refusé cette vérification.',
  'The request was not answered: try again.': 'Votre réponse n’a pas été enregistrée : réessayez.',
  'The agent has withdrawn this request.': 'L’agent a retiré cette demande d’approbation.',
  'Nobody answered this request in time.': 'Personne n’a répondu à temps à cette demande.',
  'There is no such request': 'Cette demande n’existe pas.',
  'Only an agent of this realm can approve a check.':
    'Seul un agent de ce domaine peut approuver une vérification.',
  'Another agent has to approve this check.': 'Un autre agent doit approuver cette vérification.',
  'You can’t approve a check that is about you.':
    'Vous ne pouvez pas approuver une vérification qui vous concerne.',
  'The check is over, and its result can no longer be used.':
    'La vérification est terminée et son résultat ne peut plus être utilisé.',
  'This person is the agent of the check already.': 'Cette personne est déjà l’agent de la vérification.',
  'Only an active agent of this realm can be the agent of the check.':
    'Seul un agent actif de ce domaine peut être l’agent de la vérification.',
  'Agents cannot verify themselves.': 'Les agents ne peuvent pas vérifier leur propre identité.',
  'The person who is asked to vouch cannot be the agent of the check.':
    'La personne qui doit se porter garante ne peut pas être l’agent de la vérification.',
  'The second agent of a check cannot become its agent.':
    'Le second agent d’une vérification ne peut pas en devenir l’agent.',
  'The check is not offered to you, or no longer.':
    'La vérification ne vous est pas proposée, ou ne l’est plus.',
  'Nobody rejected this check.': 'Personne n’a rejeté cette vérification.',
  Language: 'Langue',
  'Change the language?': 'Changer de langue ?',
  'The page loads again. What you typed, a check that is just starting and a code that nobody used yet are lost.':
    'La page se recharge. Votre saisie, une vérification en cours de lancement et un code pas encore utilisé seront perdus.',
  'Stay on this page': 'Rester sur cette page',
  'Change language': 'Changer de langue',
  // Texts with a number
  'The link works for {count} minutes.': {
    one: 'Le lien fonctionne pendant {count} minute.',
    other: 'Le lien fonctionne pendant {count} minutes.',
  },
  '{count} people found.': { one: '{count} personne trouvée.', other: '{count} personnes trouvées.' },
}
