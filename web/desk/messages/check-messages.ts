import { serverNow } from '../../api/server-clock.ts'
import type { Standing } from '../../check-model/check.ts'
import { isResult } from '../../check-model/check-mark.ts'
import {
  type Grant,
  type ResultFacts,
  type ResultState,
  resultTable,
} from '../../check-model/result-state.ts'
import { t } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { actionText } from './action-text.ts'
import { statusFacts } from './result-facts.ts'

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
  /** Whether the caller's sign-in has begun, so that its page asks for the code. */
  hasBegun?: boolean
  /** Remaining attempts after a wrong code. */
  triesLeft?: number | undefined
  /** The caller's name, if another person is asked to vouch for them. */
  vouchFor?: string | undefined
  /** Values of the texts about the result of a verified caller. */
  result?: ResultFacts | undefined
  /** Whether the viewer started the check. */
  isOwn: boolean
}

type Message = { headline: string; sentence: string }

/** Tells the agent whether they may act on the request. */
export function resultMessage(standing: Standing, details: CheckDetails): Message {
  const { name, lifeMinutes } = details
  if (isResult(standing)) return provenMessage(standing, details)
  switch (standing) {
    case 'not-verified':
      return notVerified(t('The caller did not pass the check.'))
    case 'wrong-code':
      return notVerified(t('The code was entered wrong three times.'))
    case 'not-vouched': {
      const without = 'The manager does not vouch for the caller.'
      return notVerified(named(name, '{name} does not vouch for the caller.', without))
    }
    case 'not-me':
    case 'called-me':
    case 'reported':
    case 'wrong-person':
      return alarmMessage(standing, details)
    case 'expired': {
      const count = lifeMinutes
      const sentence = t('The check was not completed within {count} minutes. Nobody was verified.', {
        count,
      })
      return { headline: t('Time ran out'), sentence }
    }
    case 'cancelled':
      return { headline: t('This check was cancelled'), sentence: t('The link no longer works.') }
    default:
      return runningMessage(standing, details)
  }
}

function notVerified(reason: string): Message {
  return { headline: t('Not verified'), sentence: `${reason} ${t('Don’t act on the request.')}` }
}

function runningMessage(
  standing: 'created' | 'viewed' | 'opened' | 'signing-in' | 'checking',
  details: CheckDetails,
): Message {
  const { firstName, asksCode, isOwn } = details
  switch (standing) {
    case 'created':
      if (!isOwn) return { headline: t('Link not opened yet'), sentence: '' }
      return {
        headline: named(firstName, 'Give {name} the link', 'Give the caller the link'),
        sentence: linkSentence(details),
      }
    case 'viewed':
      return {
        headline: named(firstName, '{name} is looking at the page', 'The caller is looking at the page'),
        sentence: isOwn ? viewedSentence(details) : '',
      }
    case 'opened':
      // Only the agent of the check gets its code.
      if (asksCode && details.hasBegun !== true) return agentsCodeMessage(details)
      if (asksCode) return { headline: codeHeadline(details), sentence: codeSentence(details) }
      return {
        headline: named(firstName, '{name} opened the link', 'The caller opened the link'),
        sentence: t('Nothing yet'),
      }
    case 'signing-in':
    case 'checking':
      return {
        headline: named(firstName, '{name} is signing in', 'The caller is signing in'),
        sentence: '',
      }
  }
}

/** A sentence with the name, or the one without. Names are never replaced by words, which other languages inflect. */
function named(
  name: string | undefined,
  withName: Text,
  without: Text,
  values: Readonly<Record<string, string>> = {},
): string {
  return name === undefined ? t(without, values) : t(withName, { name, ...values })
}

function alarmMessage(
  standing: 'not-me' | 'called-me' | 'reported' | 'wrong-person',
  { name, firstName }: CheckDetails,
): Message {
  const asAttack = (what: string) =>
    `${what} ${t('Treat this call as an attack: change nothing, and end the call.')}`
  switch (standing) {
    case 'not-me':
      return {
        headline: named(firstName, 'Stop: not {name}', 'Stop: not the caller'),
        sentence: asAttack(t('The person who opened the link pressed “This is not me”.')),
      }
    case 'called-me': {
      const withName =
        '{name} says that someone called them. The person on your phone is relaying what you say.'
      const without =
        'The caller says that someone called them. The person on your phone is relaying what you say.'
      return {
        headline: named(firstName, 'Stop: someone called {name}', 'Stop: someone called them'),
        sentence: asAttack(named(name, withName, without)),
      }
    }
    case 'reported':
      return {
        headline: t('Stop: an attack was reported'),
        sentence: asAttack(
          named(
            name,
            '{name} reported an attack in another check, so this one ended.',
            'The person reported an attack in another check, so this one ended.',
          ),
        ),
      }
    case 'wrong-person':
      return {
        headline: t('Someone else signed in'),
        sentence: asAttack(named(name, 'It was not {name}.', 'It was not the caller.')),
      }
  }
}

function linkSentence({ firstName, asksCode = false, vouchFor }: CheckDetails): string {
  if (vouchFor !== undefined) {
    const withName = 'Call {name} on a number you already know. {name} will be asked to vouch for {caller}.'
    const without =
      'Call the manager on a number you already know. The manager will be asked to vouch for {caller}.'
    return named(firstName, withName, without, { caller: vouchFor })
  }
  if (!asksCode)
    return t('Send it by email, show the QR code, or read it aloud. The caller opens it on their own device.')
  const withName = 'Then read the code aloud. {name} enters it on their own device.'
  const without = 'Then read the code aloud. The caller enters it on their own device.'
  return named(firstName, withName, without)
}

function viewedSentence({ asksCode = false, vouchFor }: CheckDetails): string {
  if (vouchFor === undefined) {
    return asksCode
      ? t('Ask the caller to answer the question. Then read the code aloud.')
      : t('Ask the caller to answer the question on it.')
  }
  return asksCode
    ? t('Ask them to answer the question. Then read the code aloud.')
    : t('Ask them to answer the question on it.')
}

function codeHeadline({ firstName, vouchFor }: CheckDetails): string {
  if (vouchFor === undefined) return t('Read the code aloud')
  const withName = 'Read the code to {name}, not to the caller'
  const without = 'Read the code to the manager, not to the caller'
  return named(firstName, withName, without)
}

/** Before the caller enters anything, their page shows the agent's code to compare. */
function agentsCodeMessage({ firstName }: CheckDetails): Message {
  return {
    headline: named(
      firstName,
      'Read your own code to {name} first',
      'Read your own code to the caller first',
    ),
    sentence: named(
      firstName,
      'The page of {name} shows the same code. Read the digits when it asks for them.',
      'The page of the caller shows the same code. Read the digits when it asks for them.',
    ),
  }
}

function codeSentence({ firstName, triesLeft }: CheckDetails): string {
  const asking = named(firstName, 'The page asks {name} for it.', 'The page asks the caller for it.')
  return triesLeft === undefined ? asking : `${asking} ${t('{count} tries left.', { count: triesLeft })}`
}

/** Who the caller is, and whether the agent may act on it. */
function provenMessage(state: ResultState, details: CheckDetails): Message {
  const { name, firstName, action, vouchFor, result = {}, hadWrongPerson = false, isOwn } = details
  const facts = { ...result, isOwn, action: action === undefined ? undefined : actionText(action) }
  const { headline, status, advice } = resultTable[state]
  const who =
    vouchFor === undefined
      ? named(name, 'This is {name}.', 'This is the caller.')
      : named(name, '{name} vouches for {caller}.', 'The manager vouches for {caller}.', { caller: vouchFor })
  const warning = hadWrongPerson
    ? t('Before that, someone else signed in with the same link: find out why.')
    : ''
  const isVouched = state === 'ready' && vouchFor !== undefined
  return {
    headline: isVouched ? named(firstName, '{name} vouches', 'Vouched for') : (headline ?? status)(facts),
    sentence: [who, advice(facts), warning].filter((part) => part !== '').join(' '),
  }
}

/** The state of a check in a few words, for lists and the window's title. @param now the server's time. */
export function shortStatus(standing: Standing, grant?: Grant | null, now = serverNow()): string {
  if (isResult(standing)) return resultTable[standing].status(statusFacts(grant, now))
  return t(shortStatuses[standing])
}

const shortStatuses: Readonly<Record<Exclude<Standing, ResultState>, Text>> = {
  created: 'Link not opened yet',
  viewed: 'Looking at the page',
  opened: 'Opened the link',
  'signing-in': 'Signing in',
  checking: 'Signing in',
  'not-verified': 'Not verified',
  'wrong-code': 'Wrong code, three times',
  'not-me': 'Said “This is not me”',
  'called-me': 'Attack: someone called them',
  reported: 'Stopped: an attack was reported',
  'not-vouched': 'Did not vouch',
  'wrong-person': 'Someone else signed in',
  expired: 'Time ran out',
  cancelled: 'Cancelled',
}
