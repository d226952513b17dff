import type { CheckProof, Lacking } from '../../api/help-desk.ts'
import { listed, t } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { actionText } from './action-text.ts'

type Needs = CheckProof['needs']

const levels: Readonly<Record<number, Text>> = { 1: 'one factor', 2: 'two factors', 3: 'a passkey' }

export function levelText(level: number): string {
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

/** One line with the reason, and the way for callers who lost a factor: `Reset the password needs two factors: policy “Passwords”.` */
export function needsLine(action: string, needs: Needs): string | undefined {
  const text = needsText(needs)
  if (text === undefined) return undefined
  return [policyLine(action, text, needs.because), recoveryLine(needs)].filter(Boolean).join(' ')
}

function policyLine(action: string, needs: string, because: readonly string[]): string {
  const policies = because.map((name) => t('“{text}”', { text: name })).join(', ')
  const values = { action: actionText(action), needs, policies }
  if (because.length === 1)
    return action === ''
      ? t('Verifying this caller needs {needs}: policy {policies}.', values)
      : t('{action} needs {needs}: policy {policies}.', values)
  return action === ''
    ? t('Verifying this caller needs {needs}: policies {policies}.', values)
    : t('{action} needs {needs}: policies {policies}.', values)
}

function recoveryLine({ recoveryMinutes, delayMinutes }: Needs): string | undefined {
  if (recoveryMinutes === undefined) return undefined
  const needs = {
    level: 1,
    secondAgent: true,
    delayMinutes: Math.max(recoveryMinutes, delayMinutes),
    because: [],
  }
  return t('Or {needs}.', { needs: needsText(needs) ?? '' })
}

/** What a check lacks for the chosen action and person. */
export function lackingText(lacks: readonly Lacking[], needs: Needs, isRefused: boolean): string {
  const text = lackingSentence(lacks, levelText(needs.level))
  return isRefused ? text : `${text} ${t('You can start it, but not use its result for this.')}`
}

function lackingSentence(lacks: readonly Lacking[], level: string): string {
  const lacked = new Set<string>(lacks)
  const others = [
    ...(lacked.has('noFactor') ? [t('This person has no factor that it asks for.')] : []),
    ...(lacked.has('noCode') ? [t('Its caller types no code from you, so nobody can use the result.')] : []),
  ]
  const isTooLittle = lacked.has('tooWeak') || lacked.has('needsSecondAgent')
  return [...(isTooLittle ? [tooLittleSentence(lacks, level)] : []), ...others].join(' ')
}

function tooLittleSentence(lacks: readonly Lacking[], level: string): string {
  if (!lacks.includes('tooWeak')) return t('This check has no second agent.')
  return lacks.includes('needsSecondAgent')
    ? t('This check does not reach {level} and has no second agent.', { level })
    : t('This check does not reach {level}.', { level })
}

function delayText(minutes: number): string {
  return minutes >= 120 && minutes % 60 === 0
    ? t('{count} hours', { count: minutes / 60 })
    : t('{count} minutes', { count: minutes })
}
