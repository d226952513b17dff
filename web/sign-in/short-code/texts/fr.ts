import type { ShortCodeTexts } from './en.ts'

export const fr: ShortCodeTexts = {
  title: 'Saisissez le code du service d’assistance',
  lede: 'La personne au téléphone vous lit huit lettres. Les espaces et les minuscules sont acceptés.',
  filledIn: 'Le code de votre message est déjà saisi. Appuyez sur « Continuer ».',
  label: 'Code',
  checking: 'Vérification du code',
  opening: 'Ouverture de la page suivante',
  caution: 'Quelqu’un vous a appelé et vous demande cela ? Ne saisissez aucun code et raccrochez.',
  empty: 'Saisissez le code que l’on vous lit.',
  length: 'Le code a huit lettres. Saisissez-les toutes.',
  character: 'Aucun code ne contient « {character} ». Faites-vous répéter cette lettre.',
  script: 'Le code ne contient que des lettres latines. Passez votre clavier en A–Z.',
  unknown:
    'Ce code ne fonctionne pas. Comparez chaque lettre. S’il est juste, il a déjà servi ou a expiré : demandez-en un nouveau.',
  blocked: 'Trop de codes erronés. Réessayez dans {minutes} min, ou demandez le lien par un autre moyen.',
  paused:
    'Les codes sont bloqués pendant {minutes} min. Demandez le lien par un autre moyen, par exemple par e-mail.',
  offline: 'Vous êtes hors ligne. Votre saisie est toujours là.',
  failed: 'Cela n’a pas fonctionné. Réessayez dans un instant.',
}
