import type { Standing } from '../../check-model/check.ts'

/** The values that messages about a check contain. */
export type CheckDetails = {
  /** Full name and first name; undefined for a check without a subject. */
  name: string | undefined
  firstName: string | undefined
  action: string | undefined
  lifeMinutes: number
  hadWrongPerson?: boolean
  /** Whether the caller has to enter a code. */
  asksCode?: boolean
  /** Remaining attempts after a wrong code. */
  triesLeft?: number | undefined
  /** The caller's name, if another person is asked to vouch for them. */
  vouchFor?: string | undefined
  /** Why the agent can't act on the result (yet), if so. */
  unusable?: string | undefined
  /** Whether the viewer started the check. */
  isOwn: boolean
}

type Message = { headline: string; sentence: string }

/** Tells the agent whether they may act on the request. */
export function resultMessage(standing: Standing, details: CheckDetails): Message {
  const { name = 'the caller', firstName = 'the caller', lifeMinutes } = details
  switch (standing) {
    case 'created':
      return { headline: `Give ${firstName} the link`, sentence: linkSentence(firstName, details) }
    case 'viewed':
      return {
        headline: `${capitalize(firstName)} is looking at the page`,
        sentence: viewedSentence(details),
      }
    case 'opened':
      return details.asksCode
        ? { headline: codeHeadline(firstName, details), sentence: codeSentence(firstName, details.triesLeft) }
        : { headline: `${capitalize(firstName)} opened the link`, sentence: 'Nothing yet' }
    case 'signing-in':
    case 'checking':
      return { headline: `${capitalize(firstName)} is signing in`, sentence: '' }
    case 'verified':
      return {
        headline: details.vouchFor === undefined ? 'Verified' : `${capitalize(firstName)} vouches`,
        sentence: verifiedSentence(name, details),
      }
    case 'withdrawn':
      return { headline: 'Result withdrawn', sentence: withdrawnSentence(name, details) }
    case 'not-verified':
      return { headline: 'Not verified', sentence: `The caller did not pass the check. ${dontAct}` }
    case 'wrong-code':
      return { headline: 'Not verified', sentence: `The code was entered wrong three times. ${dontAct}` }
    case 'not-me':
    case 'called-me':
    case 'wrong-person':
      return alarmMessage(standing, details)
    case 'not-vouched':
      return {
        headline: 'Not verified',
        sentence: `${capitalize(name)} does not vouch for the caller. ${dontAct}`,
      }
    case 'expired':
      return {
        headline: 'Time ran out',
        sentence: `The check was not completed within ${formatMinutes(lifeMinutes)}. Nobody was verified.`,
      }
    case 'cancelled':
      return {
        headline: 'This check was cancelled',
        sentence: 'The link no longer works.',
      }
  }
}

const dontAct = 'Don’t act on the request.'
const treatAsAttack = 'Treat this call as an attack: change nothing, and end the call.'

function alarmMessage(
  standing: 'not-me' | 'called-me' | 'wrong-person',
  { name = 'the caller', firstName }: CheckDetails,
): Message {
  switch (standing) {
    case 'not-me':
      return {
        headline: `Stop: not ${firstName ?? 'the caller'}`,
        sentence: `The person who opened the link pressed “This is not me”. ${treatAsAttack}`,
      }
    case 'called-me':
      return {
        headline: `Stop: someone called ${firstName ?? 'them'}`,
        sentence: `${capitalize(name)} says that someone called them. The person on your phone is relaying what you say. ${treatAsAttack}`,
      }
    case 'wrong-person':
      return { headline: 'Someone else signed in', sentence: `It was not ${name}. ${treatAsAttack}` }
  }
}

function linkSentence(firstName: string, { asksCode = false, vouchFor }: CheckDetails): string {
  if (vouchFor !== undefined) {
    return `Call ${firstName} on a number you already know. ${capitalize(firstName)} will be asked to vouch for ${vouchFor}.`
  }
  return asksCode
    ? `Then read the code aloud. ${capitalize(firstName)} enters it on their own device.`
    : 'Send it by email, show the QR code, or read it aloud. The caller opens it on their own device.'
}

function viewedSentence({ asksCode = false, vouchFor }: CheckDetails): string {
  const who = vouchFor === undefined ? 'the caller' : 'them'
  return asksCode
    ? `Ask ${who} to answer the question. Then read the code aloud.`
    : `Ask ${who} to answer the question on it.`
}

function codeHeadline(firstName: string, { vouchFor }: CheckDetails): string {
  return vouchFor === undefined ? 'Read the code aloud' : `Read the code to ${firstName}, not to the caller`
}

function codeSentence(firstName: string, triesLeft: number | undefined): string {
  const tries = triesLeft === undefined ? '' : ` ${triesLeft === 1 ? '1 try' : `${triesLeft} tries`} left.`
  return `${capitalize(firstName)} is entering it.${tries}`
}

function verifiedSentence(
  name: string,
  { action, vouchFor, unusable, hadWrongPerson = false }: CheckDetails,
): string {
  const warning = hadWrongPerson
    ? ' Before that, someone else signed in with the same link: find out why.'
    : ''
  const who = vouchFor === undefined ? `This is ${name}.` : `${name} vouches for ${vouchFor}.`
  if (unusable !== undefined) return `${who} ${unusable}${warning}`
  const proceed = action === undefined ? 'You may go ahead.' : `You may go ahead with: ${action}.`
  return `${who} ${proceed}${warning}`
}

function withdrawnSentence(name: string, { vouchFor }: CheckDetails): string {
  const who = vouchFor === undefined ? `This is ${name}` : `${name} vouches for ${vouchFor}`
  return `${who}, but the result was withdrawn: don’t act on the request.`
}

/** The state of a check in a few words, for lists and the window's title. */
export function shortStatus(standing: Standing): string {
  switch (standing) {
    case 'created':
      return 'Link not opened yet'
    case 'viewed':
      return 'Looking at the page'
    case 'opened':
      return 'Opened the link'
    case 'signing-in':
    case 'checking':
      return 'Signing in'
    case 'verified':
      return 'Verified'
    case 'withdrawn':
      return 'Verified, then withdrawn'
    case 'not-verified':
      return 'Not verified'
    case 'wrong-code':
      return 'Wrong code, three times'
    case 'not-me':
      return 'Said “This is not me”'
    case 'called-me':
      return 'Attack: someone called them'
    case 'not-vouched':
      return 'Did not vouch'
    case 'wrong-person':
      return 'Someone else signed in'
    case 'expired':
      return 'Time ran out'
    case 'cancelled':
      return 'Cancelled'
  }
}

export function formatMinutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
