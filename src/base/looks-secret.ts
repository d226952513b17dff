/**
 * Names of credentials, in lower case with one space between words. Words that are often joined have an optional space.
 * Public parts are left out: `publicKey`, `siteKey`, `accessKeyId`.
 */
const credentials = [
  'pass ?(?:word|phrase|code|wd)|pwd|secret|credential|token(?!i[sz])|cookie|authorization',
  // rule S57: otherwise fewer names are those of credentials
  '(?:private|secret|signing|encryption|decryption|symmetric|shared|hmac|mac|api|access|subscription|master) ?key',
  String.raw`private ?jwk|\bpin(?: ?code)?s?\b|\b[th]?otp|otps?\b|(?:recovery|backup) ?code|value ?base ?64|active ?value`,
].join('|')

/** Ends of names that still say the value itself: its form. */
const forms = 'value|json|jwk|pem|der|bytes|base ?64|encoded|encrypted|hash(?:ed)?|plain ?text'

const endsAsCredential = new RegExp(String.raw`(?:${credentials})s?(?: ?(?:${forms})s?)?(?: ?\d+)?$`, 'u')

const mentionsCredential = new RegExp(credentials, 'u')

/** State besides credentials that proves something, or lets its reader act for a person. */
const proof = new RegExp(
  [
    String.raw`one ?time|jwt|assertion|challenge|signature|kba|\bauth ?id|transaction$|links?$`,
    '(?:redirect|resume) ?ur[il]$|o ?auth ?data|device ?data|device binding device$',
    '(?:verification|confirmation|access|auth|invite|reset|security|activation|user|pairing) ?codes?$|^codes?$',
    'kennwort|mot de passe|contraseña|كلمة المرور',
  ].join('|'),
  'u',
)

/**
 * Whether the value of a setting with this name or title is a credential, unlike `passwordLength` and `secretQuestionLabel`:
 * the last words decide.
 */
export function isSecretSetting(name: string): boolean {
  return /-encrypted$/i.test(name) || endsAsCredential.test(wordsOf(name))
}

/** Whether state, an attribute or an answer with this name may have a credential or a proof in it: any of the words decides. */
export function isSecretState(name: string): boolean {
  const words = wordsOf(name)
  return mentionsCredential.test(words) || proof.test(words)
}

/** The words of a name in any spelling: `clientAPIKey`, `client_api-key` and `Client API Key` are all `client api key`. */
function wordsOf(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}(?!s(?:\P{L}|$))\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
