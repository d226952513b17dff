import type { Standing } from '../../check-model/check.ts'

/** What the words of a check are about. */
export type Called = {
  /** The whole name, and the one that people say; both `undefined` where nobody in particular is asked. */
  name: string | undefined
  firstName: string | undefined
  action: string | undefined
  /** How long the link works. */
  lifeMinutes: number
  hadSomebodyElse?: boolean
  /** Whether the caller is to type a code, and how often they may after a wrong one. */
  asksCode?: boolean
  triesLeft?: number | undefined
  /** The caller, where the person who is asked vouches for them. */
  vouchFor?: string | undefined
  /** Whether the action needs more than the caller proved. */
  isTooWeak?: boolean
  /** Whether it is a check of the agent who reads this. */
  isOwn: boolean
}

/** The answer to "may I go on?": the headline of a check, and the sentence below it. */
export function headlineOf(standing: Standing, called: Called): { headline: string; sentence: string } {
  const { name = 'the caller', firstName = 'the caller', lifeMinutes } = called
  switch (standing) {
    case 'created':
      return { headline: `Give ${firstName} the link`, sentence: linkSentence(firstName, called) }
    case 'opened':
      return called.asksCode
        ? { headline: codeHeadline(firstName, called), sentence: typingSentence(firstName, called.triesLeft) }
        : { headline: `${capital(firstName)} opened the link`, sentence: 'Nothing yet.' }
    case 'signing-in':
    case 'checking':
      return { headline: `${capital(firstName)} is signing in`, sentence: '' }
    case 'verified':
      return {
        headline: called.vouchFor === undefined ? 'Verified' : `${capital(firstName)} vouches`,
        sentence: verifiedSentence(name, called),
      }
    case 'not-verified':
      return {
        headline: 'Not verified',
        sentence: 'The caller did not pass the check. Do not go on with the request.',
      }
    case 'wrong-code':
      return {
        headline: 'Not verified',
        sentence: 'The code was typed wrong three times. Do not go on with the request.',
      }
    case 'not-me':
    case 'called-me':
    case 'wrong-person':
      return attackWords(standing, called)
    case 'not-vouched':
      return {
        headline: 'Not verified',
        sentence: `${capital(name)} does not vouch for the caller. Do not go on with the request.`,
      }
    case 'expired':
      return {
        headline: 'Time ran out',
        sentence: `Nobody finished the check within ${minutes(lifeMinutes)}. Nothing was confirmed.`,
      }
    case 'cancelled':
      return {
        headline: called.isOwn ? 'You cancelled this check' : 'This check was cancelled',
        sentence: 'The link no longer works.',
      }
  }
}

/** An attack: what the agent reads tells what happened, and to stop. */
function attackWords(
  standing: 'not-me' | 'called-me' | 'wrong-person',
  { name = 'the caller', firstName }: Called,
): { headline: string; sentence: string } {
  const stop = 'Treat this call as an attack: change nothing, and end the call.'
  switch (standing) {
    case 'not-me':
      return {
        headline: firstName === undefined ? 'This was not them' : `This was not ${firstName}`,
        sentence: `${capital(name)} pressed “This is not me”. ${stop}`,
      }
    case 'called-me':
      return {
        headline: `Stop: somebody called ${firstName ?? 'them'}`,
        sentence: `${capital(name)} says that somebody called them: the person on your phone passes your words on. ${stop}`,
      }
    case 'wrong-person':
      return { headline: 'Somebody else signed in', sentence: `Not ${name}. ${stop}` }
  }
}

function linkSentence(firstName: string, { asksCode = false, vouchFor }: Called): string {
  if (vouchFor !== undefined) {
    return `Call ${firstName} on the number that you know. ${capital(firstName)} is asked to vouch for ${vouchFor}.`
  }
  return asksCode
    ? `Then read the code aloud. ${capital(firstName)} types it on their own device.`
    : 'By mail, as a QR code or read aloud. It is opened on the caller’s own device.'
}

function codeHeadline(firstName: string, { vouchFor }: Called): string {
  return vouchFor === undefined ? 'Read the code aloud' : `Read the code to ${firstName}, not to the caller`
}

function typingSentence(firstName: string, triesLeft: number | undefined): string {
  const tries = triesLeft === undefined ? '' : ` ${triesLeft === 1 ? '1 try' : `${triesLeft} tries`} left.`
  return `${capital(firstName)} is typing it.${tries}`
}

function verifiedSentence(
  name: string,
  { action, vouchFor, isTooWeak = false, hadSomebodyElse = false }: Called,
): string {
  const warning = hadSomebodyElse ? ' Before that, somebody else signed in by the same link: ask why.' : ''
  const who = vouchFor === undefined ? `It is ${name}.` : `${name} vouches for ${vouchFor}.`
  if (isTooWeak) return `${who} “${action}” needs two factors: start a check that asks for both.${warning}`
  const goOn = action === undefined ? 'You may go on.' : `You may go on with: ${action}.`
  return `${who} ${goOn}${warning}`
}

/** How a check stands in a few words, for lists and the title of the window. */
export function shortWords(standing: Standing): string {
  switch (standing) {
    case 'created':
      return 'Link not opened yet'
    case 'opened':
      return 'Opened the link'
    case 'signing-in':
    case 'checking':
      return 'Signing in'
    case 'verified':
      return 'Verified'
    case 'not-verified':
      return 'Not verified'
    case 'wrong-code':
      return 'Wrong code, three times'
    case 'not-me':
      return 'Said “This is not me”'
    case 'called-me':
      return 'Attack: somebody called them'
    case 'not-vouched':
      return 'Did not vouch'
    case 'wrong-person':
      return 'Somebody else signed in'
    case 'expired':
      return 'Time ran out'
    case 'cancelled':
      return 'Cancelled'
  }
}

export function minutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
