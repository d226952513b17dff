import type { leads as german } from '../de/leads.ts'
import type { Translations } from '../translation.ts'

/** French: the wall, alarms and the numbers. */
export const leads: Translations<typeof german> = {
  // The wall
  'Wall · Desk': 'Tableau · Service d’assistance',
  'May be out of date: last read at {time}': 'Peut-être plus à jour : dernière lecture à {time}',
  'The wall could not be read.': 'Le tableau n’a pas pu être lu.',
  'The server cannot be reached. The page tries again every two seconds.':
    'Le serveur est injoignable. La page réessaie toutes les deux secondes.',
  'Needs attention': 'À traiter',
  'Nothing needs attention.': 'Rien à traiter.',
  'No other checks are in progress.': 'Aucune autre vérification en cours.',
  'There are more checks. The wall shows 500.': 'Il y a d’autres vérifications. Le tableau en affiche 500.',
  'Your session has ended. Sign in again to see the checks.':
    'Votre session est terminée. Reconnectez-vous pour voir les vérifications.',
  'Only leads see the checks of all agents. Ask an administrator for the role “agent-lead”.':
    'Seuls les superviseurs voient les vérifications de tous les agents. Demandez le rôle « agent-lead » à un administrateur.',
  'Sign in': 'Se connecter',
  'You are no longer a lead': 'Vous n’êtes plus superviseur',
  'The wall is for leads': 'Le tableau est réservé aux superviseurs',
  'Another person signed in: talk to the agent': 'Une autre personne s’est connectée : parlez à l’agent',
  'Another person signed in: talk to {agent}': 'Une autre personne s’est connectée : parlez à {agent}',
  'Probably an attack: make sure that the agent ends the call':
    'Attaque probable : assurez-vous que l’agent met fin à l’appel',
  'Probably an attack: make sure that {agent} ends the call':
    'Attaque probable : assurez-vous que {agent} met fin à l’appel',
  'An agent': 'Un agent',
  '{agent} offers it to {name}': '{agent} la propose à {name}',
  'You offer it to the team': 'Vous la proposez à l’équipe',
  'Offered by {agent}: take over': 'Proposée par {agent} : reprenez-la',
  'Less than a minute left, and the link is not opened':
    'Moins d’une minute restante, et le lien n’est pas ouvert',
  'Not verified: ask the agent what happened':
    'Identité non vérifiée : demandez à l’agent ce qui s’est passé',
  'Not verified: ask {agent} what happened': 'Identité non vérifiée : demandez à {agent} ce qui s’est passé',
  'Mark as read': 'Marquer comme lu',
  'Mark as read: {name}': 'Marquer comme lu : {name}',
  'No action': 'Sans demande',
  Running: 'En cours',
  'Need attention': 'À traiter',
  'Identity proven today': 'Identité prouvée aujourd’hui',
  'Not verified today': 'Non vérifiées aujourd’hui',
  'Expired today': 'Expirées aujourd’hui',
  'Median time to proof': 'Médiane jusqu’à la preuve',
  // The numbers
  'Numbers · Desk': 'Chiffres · Service d’assistance',
  'Checks of all agents. They are kept for 30 days.':
    'Vérifications de tous les agents. Elles sont conservées 30 jours.',
  'Choose two days, the first one first.': 'Choisissez deux jours, le premier d’abord.',
  Period: 'Période',
  '7 days': '7 jours',
  '30 days': '30 jours',
  Custom: 'Autre',
  'First day': 'Premier jour',
  'Last day': 'Dernier jour',
  'Export CSV': 'Exporter en CSV',
  'Export JSON lines': 'Exporter en JSON Lines',
  Expired: 'Expirées',
  'Nine in ten proven within': 'Neuf sur dix prouvées en',
  'No checks started in this period.': 'Aucune vérification lancée pendant cette période.',
  'By check': 'Par vérification',
  'By action': 'Par demande',
  'By agent': 'Par agent',
  'By day': 'Par jour',
  'By hour of day': 'Par heure de la journée',
  Action: 'Demande',
  Day: 'Jour',
  'Hour of day': 'Heure',
  'Split by': 'Répartir par',
  'Only the 500 largest are shown. The export has all checks.':
    'Seuls les 500 plus grands sont affichés. L’export contient toutes les vérifications.',
  'The numbers are for leads.': 'Les chiffres sont réservés aux superviseurs.',
  'Ask an administrator for the role “agent-lead”.': 'Demandez le rôle « agent-lead » à un administrateur.',
  'The numbers could not be read.': 'Les chiffres n’ont pas pu être lus.',
  'How checks ended': 'Comment les vérifications se sont terminées',
  'Time from the start of the check': 'Temps depuis le début de la vérification',
  Share: 'Part',
  Until: 'Jusqu’à',
  Median: 'Médiane',
  'Nine in ten within': 'Neuf sur dix en',
  'the caller opened the link': 'l’ouverture du lien',
  'the identity was proven': 'la preuve de l’identité',
  'Median to opened': 'Médiane jusqu’à l’ouverture',
  'Median to proof': 'Médiane jusqu’à la preuve',
  '90 % proven in': '90 % prouvées en',
  Others: 'Autres',
  'Did not pass': 'Non réussie',
  None: 'Aucun',
  '{count} %': '{count} %',
  'Needs approval': 'À approuver',
  'You asked': 'Votre demande',
  // Alarms
  'A person': 'Une personne',
  Acknowledge: 'Prendre acte',
  'Acknowledge: {title}': 'Prendre acte : {title}',
  'You are involved, so another lead or an administrator has to acknowledge it.':
    'Vous êtes concerné : un autre superviseur ou un administrateur doit en prendre acte.',
  'It could not be acknowledged. Try again.': 'Cela n’a pas pu être enregistré. Réessayez.',
  'Callers said “This is not me” or were called, managers did not vouch, or another person signed in. The help desk may be under attack: warn the agents.':
    'Des personnes ont appuyé sur « Ce n’est pas moi » ou ont été appelées, des responsables ne se sont pas portés garants, ou quelqu’un d’autre s’est connecté. Le service d’assistance est peut-être attaqué : prévenez les agents.',
  'Callers’ journeys failed, the code was wrong too often, or callers failed to sign in. Find out whether a service is down, or somebody guesses passwords.':
    'Des parcours d’appelants ont échoué, le code a été faux trop souvent, ou des connexions ont échoué. Cherchez si un service est en panne ou si quelqu’un devine des mots de passe.',
  'Somebody may be trying one agent after the other. Warn the agents, and call the person back on the number on file.':
    'Quelqu’un essaie peut-être un agent après l’autre. Prévenez les agents et rappelez la personne au numéro enregistré.',
  'Alarm: {count} in {span}.': 'Alarme : {count} en {span}.',
  // Texts with a number
  '{names} check this person, too': {
    one: '{names} vérifie aussi cette personne',
    other: '{names} vérifient aussi cette personne',
  },
  '{count} wrong codes': { one: '{count} code incorrect', other: '{count} codes incorrects' },
  '{count} failed sign-ins': { one: '{count} connexion échouée', other: '{count} connexions échouées' },
  '{count} denials in {span}.': { one: '{count} refus en {span}.', other: '{count} refus en {span}.' },
  '{count} failures in {span}.': { one: '{count} échec en {span}.', other: '{count} échecs en {span}.' },
  '{person} was checked {count} times in {span}.': {
    one: '{person} : {count} vérification en {span}.',
    other: '{person} : {count} vérifications en {span}.',
  },
}
