import type { CheckProof, Lacking } from '../../api/help-desk.ts'
import { listed, t } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { actionText } from './action-text.ts'
import { formatMinutes } from './check-messages.ts'

type Needs = CheckProof['needs']

const levels: Readonly<Record<number, Text>> = { 1: 'one factor', 2: 'two factors', 3: 'a passkey' }

function levelText(level: number): string {
  const text = levels[level]
  return text === undefined ? t('level {level}', { level }) : t(text)
}

/** For example `two factors, a second agent and a delay of 30 minutes`. Undefined if nothing is needed. */
export function needsText({ level, secondAgent, delayMinutes }: Needs): string | undefined {
  const parts = [
    levels[level] === undefined ? undefined : levelText(level),
    secondAgent ? t('a second agent') : undefined,
    delayMinutes > 0 ? t('a delay of {time}', { time: delayText(delayMinutes) }) : undefined,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : listed(parts)
}

/** One line with the reason: `Reset the password needs two factors: policy “Passwords”.` */
export function needsLine(action: string, needs: Needs): string | undefined {
  const text = needsText(needs)
  if (text === undefined) return undefined
  const policies = needs.because.map((name) => t('“{text}”', { text: name })).join(', ')
  const values = { action: actionText(action), needs: text, policies }
  if (needs.because.length === 1)
    return action === ''
      ? t('Verifying this caller needs {needs}: policy {policies}.', values)
      : t('{action} needs {needs}: policy {policies}.', values)
  return action === ''
    ? t('Verifying this caller needs {needs}: policies {policies}.', values)
    : t('{action} needs {needs}: policies {policies}.', values)
}

/** What a check lacks for the chosen action and person. */
export function lackingText(lacks: readonly Lacking[], needs: Needs, isRefused: boolean): string {
  const text = lackingSentence(lacks, levelText(needs.level))
  return isRefused ? text : `${text} ${t('You can start it, but not use its result for this.')}`
}

function lackingSentence(lacks: readonly Lacking[], level: string): string {
  if (!lacks.includes('tooWeak')) return t('This check has no second agent.')
  return lacks.includes('needsSecondAgent')
    ? t('This check does not reach {level} and has no second agent.', { level })
    : t('This check does not reach {level}.', { level })
}

function delayText(minutes: number): string {
  return minutes >= 120 && minutes % 60 === 0
    ? t('{count} hours', { count: minutes / 60 })
    : formatMinutes(minutes)
}

/** The result of a verified check in a record: nobody takes a result that can't be used for one that can. */
export function recordedResult(
  result: string,
  { needs, grant }: Pick<CheckProof, 'needs' | 'grant'>,
  time: (at: number) => string,
): string {
  const { state, usableAt, neededLevel = 2, withdrawnAt, withdrawnBy } = grant
  switch (state) {
    case 'weak':
      return t('{result}, not usable: it needs {needs}', { result, needs: levelText(neededLevel) })
    case 'needsSecondAgent':
      return t('{result}, not usable: it needs {needs}', { result, needs: t('a second agent') })
    case 'over':
      return t('{result}, expired unused', { result })
    case 'waiting':
      return usableAt === undefined
        ? t('{result}, not usable yet: it needs {needs}', { result, needs: needsText(needs) ?? '' })
        : t('{result}, usable from {time}', { result, time: time(usableAt) })
    case 'withdrawn': {
      if (withdrawnBy === undefined) return result
      const by = [withdrawnBy, withdrawnAt && time(withdrawnAt)].filter(Boolean).join(', ')
      return t('Verified, withdrawn by {agent}', { agent: by })
    }
    default:
      return result
  }
}

/** Why the agent can't act on a result, or not yet. Undefined if the result can be used or was used. */
export function unusableText(
  requested: string | undefined,
  { needs, grant }: Pick<CheckProof, 'needs' | 'grant'>,
): string | undefined {
  const action = requested === undefined ? t('this request') : actionText(requested)
  switch (grant.state) {
    case 'weak':
      return t('“{action}” needs {needs}: start a check that asks for more.', {
        action,
        needs: levelText(grant.neededLevel ?? 2),
      })
    case 'needsSecondAgent':
      return t('“{action}” needs a second agent: start a check in which one approves.', { action })
    case 'waiting':
      return t('Wait before you act: “{action}” needs {needs}.', { action, needs: needsText(needs) ?? '' })
    case 'withdrawn':
      return grant.withdrawnBy === undefined
        ? undefined
        : t('The result was withdrawn: don’t act on the request.')
    default:
      return undefined
  }
}
