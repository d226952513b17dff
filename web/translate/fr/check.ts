import type { check as german } from '../de/check.ts'
import type { Translations } from '../translation.ts'

/** French: the check page and its messages. */
export const check: Translations<typeof german> = {
  'Give {name} the link': 'Donnez le lien à {name}',
  'Give the caller the link': 'Donnez le lien à la personne qui appelle',
  '{name} is looking at the page': '{name} consulte la page',
  'The caller is looking at the page': 'La personne qui appelle consulte la page',
  '{name} opened the link': '{name} a ouvert le lien',
  'The caller opened the link': 'La personne qui appelle a ouvert le lien',
  'Nothing yet': 'Rien pour l’instant',
  '{name} is signing in': '{name} se connecte',
  'The caller is signing in': 'La personne qui appelle se connecte',
  Verified: 'Identité vérifiée',
  '{name} vouches': '{name} se porte garant',
  'Vouched for': 'Quelqu’un se porte garant',
  'Result withdrawn': 'Résultat retiré',
  'Not verified': 'Identité non vérifiée',
  'The caller did not pass the check.': 'La personne qui appelle n’a pas réussi la vérification.',
  'The code was entered wrong three times.': 'Le code a été mal saisi trois fois.',
  'Don’t act on the request.': 'Ne donnez pas suite à la demande.',
  '{name} does not vouch for the caller.': '{name} ne se porte pas garant pour la personne qui appelle.',
  'The manager does not vouch for the caller.':
    'Le responsable ne se porte pas garant pour la personne qui appelle.',
  'Time ran out': 'Délai expiré',
  'The check was not completed within {count} minutes. Nobody was verified.': {
    one: 'La vérification n’a pas été terminée en {count} minute. Aucune identité n’a été vérifiée.',
    other: 'La vérification n’a pas été terminée en {count} minutes. Aucune identité n’a été vérifiée.',
  },
  'This check was cancelled': 'Cette vérification a été annulée',
  'The link no longer works.': 'Le lien ne fonctionne plus.',
  'Treat this call as an attack: change nothing, and end the call.':
    'Traitez cet appel comme une attaque : ne changez rien et mettez fin à l’appel.',
  'Stop: not {name}': 'Stop : ce n’est pas {name}',
  'Stop: not the caller': 'Stop : ce n’est pas la bonne personne',
  'The person who opened the link pressed “This is not me”.':
    'La personne qui a ouvert le lien a appuyé sur « Ce n’est pas moi ».',
  'Stop: someone called {name}': 'Stop : quelqu’un a appelé {name}',
  'Stop: someone called them': 'Stop : quelqu’un a appelé la vraie personne',
  '{name} says that someone called them. The person on your phone is relaying what you say.':
    '{name} dit avoir été appelé par quelqu’un. La personne à votre téléphone répète ce que vous dites.',
  'The caller says that someone called them. The person on your phone is relaying what you say.':
    'La vraie personne dit avoir été appelée par quelqu’un. La personne à votre téléphone répète ce que vous dites.',
  'Someone else signed in': 'Quelqu’un d’autre s’est connecté',
  'It was not {name}.': 'Ce n’était pas {name}.',
  'It was not the caller.': 'Ce n’était pas la bonne personne.',
  'Call {name} on a number you already know. {name} will be asked to vouch for {caller}.':
    'Appelez {name} à un numéro que vous connaissez déjà. {name} devra se porter garant pour {caller}.',
  'Call the manager on a number you already know. The manager will be asked to vouch for {caller}.':
    'Appelez le responsable à un numéro que vous connaissez déjà. Il devra se porter garant pour {caller}.',
  'Then read the code aloud. {name} enters it on their own device.':
    'Lisez ensuite le code à voix haute. {name} le saisit sur son propre appareil.',
  'Then read the code aloud. The caller enters it on their own device.':
    'Lisez ensuite le code à voix haute. La personne qui appelle le saisit sur son propre appareil.',
  'Send it by email, show the QR code, or read it aloud. The caller opens it on their own device.':
    'Envoyez-le par e-mail, montrez le code QR ou lisez-le à voix haute. La personne qui appelle l’ouvre sur son propre appareil.',
  'Ask the caller to answer the question. Then read the code aloud.':
    'Demandez à la personne qui appelle de répondre à la question. Lisez ensuite le code à voix haute.',
  'Ask the caller to answer the question on it.':
    'Demandez à la personne qui appelle de répondre à la question de la page.',
  'Ask them to answer the question. Then read the code aloud.':
    'Demandez au responsable de répondre à la question. Lisez ensuite le code à voix haute.',
  'Ask them to answer the question on it.': 'Demandez au responsable de répondre à la question de la page.',
  'Read the code aloud': 'Lisez le code à voix haute',
  'Read the code to {name}, not to the caller': 'Lisez le code à {name}, pas à la personne qui appelle',
  'Read the code to the manager, not to the caller':
    'Lisez le code au responsable, pas à la personne qui appelle',
  '{count} tries left.': { one: 'Encore {count} essai.', other: 'Encore {count} essais.' },
  'This is {name}.': 'C’est bien {name}.',
  'This is the caller.': 'C’est bien la bonne personne.',
  '{name} vouches for {caller}.': '{name} se porte garant pour {caller}.',
  'The manager vouches for {caller}.': 'Le responsable se porte garant pour {caller}.',
  'You may go ahead.': 'Vous pouvez continuer.',
  'You may go ahead with: {action}.': 'Vous pouvez continuer avec : {action}.',
  'Before that, someone else signed in with the same link: find out why.':
    'Auparavant, quelqu’un d’autre s’est connecté avec le même lien : cherchez pourquoi.',
  'Link not opened yet': 'Lien pas encore ouvert',
  'Looking at the page': 'Consulte la page',
  'Opened the link': 'A ouvert le lien',
  'Signing in': 'Connexion en cours',
  'Wrong code, three times': 'Code erroné, trois fois',
  'Said “This is not me”': 'A dit « Ce n’est pas moi »',
  'Attack: someone called them': 'Attaque : quelqu’un l’a appelé',
  'Did not vouch': 'Ne se porte pas garant',
  Cancelled: 'Annulée',
  'one factor': 'un facteur',
  'two factors': 'deux facteurs',
  'a passkey': 'une clé d’accès',
  'level {level}': 'le niveau {level}',
  'a second agent': 'un second agent',
  'Or {needs}.': 'Ou {needs}.',
  'a delay of {time}': 'un délai de {time}',
  '{count} minutes': { one: '{count} minute', other: '{count} minutes' },
  '{count} hours': { one: '{count} heure', other: '{count} heures' },
  '{action} needs {needs}: policy {policies}.': '{action} exige {needs} : politique {policies}.',
  '{action} needs {needs}: policies {policies}.': '{action} exige {needs} : politiques {policies}.',
  'Verifying this caller needs {needs}: policy {policies}.':
    'Vérifier cette personne exige {needs} : politique {policies}.',
  'Verifying this caller needs {needs}: policies {policies}.':
    'Vérifier cette personne exige {needs} : politiques {policies}.',
  'This check does not reach {level}.': 'Cette vérification n’exige pas {level}.',
  'This check does not reach {level} and has no second agent.':
    'Cette vérification n’exige pas {level} et n’a pas de second agent.',
  'This check has no second agent.': 'Cette vérification n’a pas de second agent.',
  'You can start it, but not use its result for this.':
    'Vous pouvez la lancer, mais pas utiliser son résultat pour cela.',
  'this request': 'cette demande',
  '“{action}” needs {needs}: start a check that asks for more.':
    '« {action} » exige {needs} : lancez une vérification plus exigeante.',
  '“{action}” needs a second agent: start a check in which one approves.':
    '« {action} » exige un second agent : lancez une vérification avec approbation.',
  'Wait before you act: “{action}” needs {needs}.': 'Attendez avant d’agir : « {action} » exige {needs}.',
  'The result was withdrawn: don’t act on the request.':
    'Le résultat a été retiré : ne donnez pas suite à la demande.',
  'The result needs {needs}.': 'Le résultat exige {needs}.',
  Password: 'Mot de passe',
  'One-time password': 'Mot de passe à usage unique',
  Passkey: 'Clé d’accès',
  'Device key': 'Clé d’appareil',
  'App notification with a number': 'Notification de l’app avec un nombre',
  'Software key': 'Clé logicielle',
  'Recovery code': 'Code de récupération',
  'Code sent by email or SMS': 'Code reçu par e-mail ou SMS',
  'Security questions': 'Questions de sécurité',
  'Identity provider': 'Fournisseur d’identité',
  'Remembered browser': 'Navigateur mémorisé',
  'Code from you': 'Code lu par vous',
  'Unnamed person': 'Personne sans nom',
  'Link created': 'Lien créé',
  Opened: 'Ouvert',
  'Code matched': 'Code correct',
  Checking: 'Contrôle',
  Result: 'Résultat',
  'Steps of this check': 'Étapes de cette vérification',
  'Sign-in failed': 'Échec de la connexion',
  'Sign-in failed ({times})': 'Échec de la connexion ({times})',
  'Sign-in failed: {reason}': 'Échec de la connexion : {reason}',
  'Sign-in failed ({times}): {reason}': 'Échec de la connexion ({times}) : {reason}',
  'Email queued, not sent yet': 'E-mail en attente, pas encore envoyé',
  'Sent by email': 'Envoyé par e-mail',
  'The email could not be sent': 'L’e-mail n’a pas pu être envoyé',
  '{time} left': 'encore {time}',
  '2 minutes left': 'Encore 2 minutes',
  '30 seconds left': 'Encore 30 secondes',
  '{seconds} s ago': 'il y a {seconds} s',
  '{minutes} min ago': 'il y a {minutes} min',
  'Vouches for': 'Se porte garant pour',
  'Vouched by': 'Garant',
  Request: 'Demande',
  Ticket: 'Ticket',
  Reason: 'Motif',
  Check: 'Vérification',
  Agent: 'Agent',
  'Second agent': 'Second agent',
  Started: 'Lancée',
  Ended: 'Terminée',
  Reference: 'Référence',
  '{time} by you': '{time}, par vous',
  '{time} by {agent}': '{time}, par {agent}',
  Record: 'Compte rendu',
  'Copy for ticket': 'Copier pour le ticket',
  Copy: 'Copier',
  Copied: 'Copié',
  '{name}: {value}': '{name} : {value}',
  Caller: 'Personne qui appelle',
  'Verified with': 'Vérifiée avec',
  'Failed sign-ins': 'Connexions échouées',
  '{number}, latest: {reason}': '{number}, dernière : {reason}',
  'Latest update': 'Dernière nouvelle',
  Used: 'Utilisé',
  'Used at {time}': 'Utilisé à {time}',
  '“{text}”': '« {text} »',
  'Mark as used': 'Marquer comme utilisé',
  'Mark as used for {ticket}': 'Marquer comme utilisé pour {ticket}',
  'Records that you acted on it, once. Expires in {time}.':
    'Enregistre, une seule fois, que vous avez donné suite. Expire dans {time}.',
  'You used this result at {time}. Undo what you changed.':
    'Vous avez utilisé ce résultat à {time}. Annulez ce que vous avez changé.',
  '{agent} used this result at {time}. Undo what you changed.':
    '{agent} a utilisé ce résultat à {time}. Annulez ce qui a été changé.',
  'You can use this result from {time}': 'Vous pouvez utiliser ce résultat à partir de : {time}',
  '(in {time})': '(dans {time})',
  'Withdraw result': 'Retirer le résultat',
  'Yes, nobody may use it': 'Oui, personne ne doit l’utiliser',
  'This can’t be undone.': 'C’est irréversible.',
  'The result can’t be used yet: a policy of the realm delays it.':
    'Le résultat n’est pas encore utilisable : une politique impose un délai.',
  'The check has no result that can be used.': 'La vérification n’a pas de résultat utilisable.',
  'The result was used already.': 'Le résultat a déjà été utilisé.',
  'The result is too old.': 'Le résultat est trop ancien.',
  'The caller reported "this is not me" after the result, or an agent withdrew it.':
    'La personne a signalé « Ce n’est pas moi » après le résultat, ou un agent l’a retiré.',
  'The caller proved less than the action needs.': 'La personne a prouvé moins que ce que la demande exige.',
  'A second agent has to approve checks for this action and person.':
    'Un second agent doit approuver les vérifications pour cette action et cette personne.',
  'The server cannot be reached': 'Le serveur est injoignable',
  Codes: 'Codes',
  'Code: {code}': 'Code : {code}',
  'Code entered correctly': 'Code saisi correctement',
  'Read this aloud. The caller enters it.': 'Lisez-le à voix haute. La personne qui appelle le saisit.',
  'Call {name} and read this to them. Don’t read it to the caller.':
    'Appelez {name} et lisez-lui ceci. Ne le lisez pas à la personne qui appelle.',
  'If the caller asks who you are, read this': 'Si la personne qui appelle demande qui vous êtes, lisez ceci',
  'If {name} asks who you are, read this': 'Si {name} demande qui vous êtes, lisez ceci',
  'The code appears here once the caller has opened the link and confirmed the call.':
    'Le code apparaît ici dès que la personne qui appelle a ouvert le lien et confirmé l’appel.',
  'The code appears here once {name} has opened the link and confirmed the call.':
    'Le code apparaît ici dès que {name} a ouvert le lien et confirmé l’appel.',
  '{code}. The caller sees the same code.': '{code}. La personne qui appelle voit le même code.',
  'You never see what the caller enters: no passwords, no codes from their phone.':
    'Vous ne voyez jamais ce que saisit la personne qui appelle : ni mots de passe, ni codes de son téléphone.',
  'A question for you': 'Une question pour vous',
  Link: 'Lien',
  'Link copied': 'Lien copié',
  'works until {time}': 'valable jusqu’à {time}',
  'opened at {time}': 'ouvert à {time}',
  'Only the window that started this check can show the link. Send it by email, or read out a short address.':
    'Seule la fenêtre qui a lancé cette vérification peut afficher le lien. Envoyez-le par e-mail ou lisez une adresse courte.',
  'This server is not set up to send email. Share the link another way.':
    'Ce serveur ne peut pas envoyer d’e-mails. Transmettez le lien autrement.',
  'Send by email': 'Envoyer par e-mail',
  'Send again': 'Renvoyer',
  'Goes to {address}. You can’t change the address here.':
    'Envoi à {address}. Vous ne pouvez pas changer l’adresse ici.',
  'Goes to the address on file. You can’t change the address here.':
    'Envoi à l’adresse enregistrée. Vous ne pouvez pas la changer ici.',
  'the address on file': 'l’adresse enregistrée',
  'the number on file': 'le numéro enregistré',
  'Queued for {address} at {time}. Not sent yet.':
    'En attente pour {address} depuis {time}. Pas encore envoyé.',
  'Sent to {address} at {time}.': 'Envoyé à {address} à {time}.',
  'The email to {address} could not be sent. Share the link another way.':
    'L’e-mail à {address} n’a pas pu être envoyé. Transmettez le lien autrement.',
  'Send text message': 'Envoyer un SMS',
  'Text again': 'Renvoyer un SMS',
  Call: 'Appeler',
  'Call again': 'Appeler de nouveau',
  'Text message to {number} queued at {time}. Not sent yet.':
    'SMS à {number} en attente depuis {time}. Pas encore envoyé.',
  'Call to {number} queued at {time}. Not sent yet.':
    'Appel au {number} en attente depuis {time}. Pas encore passé.',
  'Text message to {number} sent at {time}. Not delivered yet.':
    'SMS envoyé à {number} à {time}. Pas encore reçu.',
  'Calling {number} since {time}.': 'Appel au {number} en cours depuis {time}.',
  'Text message to {number} delivered at {time}.': 'SMS reçu par {number} à {time}.',
  'The call to {number} was answered at {time}, perhaps by voicemail.':
    'L’appel au {number} a été pris à {time}, peut-être par une messagerie.',
  'The text message to {number} failed. Share the link another way.':
    'Le SMS à {number} a échoué. Transmettez le lien autrement.',
  'The call to {number} failed. Share the link another way.':
    'L’appel au {number} a échoué. Transmettez le lien autrement.',
  'Read out a short address': 'Lire une adresse courte',
  'New code': 'Nouveau code',
  'Short address': 'Adresse courte',
  'Read this address first': 'Lisez d’abord cette adresse',
  'Go to {address} and type:': 'Allez sur {address} et saisissez :',
  '{code}. Works once, until {time}.': '{code}. Valable une fois, jusqu’à {time}.',
  'The code no longer works. Make a new one if the caller needs another browser.':
    'Le code ne fonctionne plus. Créez-en un autre si la personne qui appelle a besoin d’un autre navigateur.',
  'Short link': 'Lien court',
  'QR code': 'Code QR',
  'QR code of the link': 'Code QR du lien',
  'QR code of the short link': 'Code QR du lien court',
  'Link for the caller': 'Lien pour la personne qui appelle',
  'This check has no subject, so there is no address to send the link to.':
    'Cette vérification ne concerne aucune personne précise : il n’y a pas d’adresse où envoyer le lien.',
  'There is no email address on file.': 'Aucune adresse e-mail n’est enregistrée.',
  'There is no telephone number on file that can be used.':
    'Aucun numéro de téléphone utilisable n’est enregistré.',
  'The realm has no service for this. Tell an administrator.':
    'Aucun service n’est configuré pour cela. Prévenez un administrateur.',
  'It was changed recently, so nothing is sent there. Share the link another way.':
    'Modification récente : rien n’y est envoyé. Transmettez le lien autrement.',
  'The check has ended.': 'La vérification est terminée.',
  'The realm has no template for the link. Tell an administrator.':
    'Il n’y a pas de modèle pour le lien. Prévenez un administrateur.',
  'The link is no longer available. Start a new check.':
    'Le lien n’est plus disponible. Lancez une nouvelle vérification.',
  'The server cannot be reached. The email may not have been sent.':
    'Le serveur est injoignable. L’e-mail n’a peut-être pas été envoyé.',
  'The server cannot be reached. The text message may not have been sent.':
    'Le serveur est injoignable. Le SMS n’a peut-être pas été envoyé.',
  'The server cannot be reached. The call may not have been made.':
    'Le serveur est injoignable. L’appel n’a peut-être pas été passé.',
  'The email could not be sent.': 'L’e-mail n’a pas pu être envoyé.',
  'The text message could not be sent.': 'Le SMS n’a pas pu être envoyé.',
  'The call could not be made.': 'L’appel n’a pas pu être passé.',
  'One email per minute. Try again in {seconds} s.': 'Un e-mail par minute. Réessayez dans {seconds} s.',
  'One text message per minute. Try again in {seconds} s.': 'Un SMS par minute. Réessayez dans {seconds} s.',
  'One call per minute. Try again in {seconds} s.': 'Un appel par minute. Réessayez dans {seconds} s.',
  'The email could not be sent. Share the link another way.':
    'L’e-mail n’a pas pu être envoyé. Transmettez le lien autrement.',
  'The text message could not be sent. Share the link another way.':
    'Le SMS n’a pas pu être envoyé. Transmettez le lien autrement.',
  'The call could not be made. Share the link another way.':
    'L’appel n’a pas pu être passé. Transmettez le lien autrement.',
  'This person got too many links. Try again in {minutes} min, or share the link another way.':
    'Cette personne a reçu trop de liens. Réessayez dans {minutes} min ou transmettez le lien autrement.',
  'The server cannot be reached. Try again.': 'Le serveur est injoignable. Réessayez.',
  'The code could not be made.': 'Le code n’a pas pu être créé.',
  'Five codes per minute. Try again in {seconds} s.': 'Cinq codes par minute. Réessayez dans {seconds} s.',
  'The code could not be made. Share the link another way.':
    'Le code n’a pas pu être créé. Transmettez le lien autrement.',
}
