import type { CheckProof, Lacking } from '../../api/help-desk.ts'

type Needs = CheckProof['needs']

const levels: Readonly<Record<number, string>> = { 1: 'one factor', 2: 'two factors', 3: 'a passkey' }

/** For example `two factors, a second agent and a delay of 30 minutes`. Undefined if nothing is needed. */
export function needsText({ level, secondAgent, delayMinutes }: Needs): string | undefined {
  const parts = [
    levels[level],
    secondAgent ? 'a second agent' : undefined,
    delayMinutes > 0 ? `a delay of ${delayText(delayMinutes)}` : undefined,
  ].filter((part) => part !== undefined)
  if (parts.length < 2) return parts[0]
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** One line with the reason: `Reset the password needs two factors: policy “Passwords”.` */
export function needsLine(action: string, needs: Needs): string | undefined {
  const text = needsText(needs)
  if (text === undefined) return undefined
  const names = needs.because.map((name) => `“${name}”`).join(', ')
  const policies = needs.because.length === 1 ? 'policy' : 'policies'
  return `${action === '' ? 'Verifying this caller' : action} needs ${text}: ${policies} ${names}.`
}

/** What a check lacks for the chosen action and person. */
export function lackingText(lacks: readonly Lacking[], needs: Needs, isRefused: boolean): string {
  const reasons = [
    ...(lacks.includes('tooWeak') ? [`does not reach ${levels[needs.level] ?? `level ${needs.level}`}`] : []),
    ...(lacks.includes('needsSecondAgent') ? ['has no second agent'] : []),
  ]
  const text = `This check ${reasons.join(' and ')}.`
  return isRefused ? text : `${text} You can start it, but not use its result for this.`
}

function delayText(minutes: number): string {
  if (minutes >= 120 && minutes % 60 === 0) return `${minutes / 60} hours`
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
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
      return `${result}, not usable: it needs ${levels[neededLevel]}`
    case 'needsSecondAgent':
      return `${result}, not usable: it needs a second agent`
    case 'over':
      return `${result}, expired unused`
    case 'waiting':
      return usableAt === undefined
        ? `${result}, not usable yet: it needs ${needsText(needs)}`
        : `${result}, usable from ${time(usableAt)}`
    case 'withdrawn': {
      if (withdrawnBy === undefined) return result
      return `Verified, withdrawn by ${[withdrawnBy, withdrawnAt && time(withdrawnAt)].filter(Boolean).join(', ')}`
    }
    default:
      return result
  }
}

/** Why the agent can't act on a result, or not yet. Undefined if the result can be used or was used. */
export function unusableText(
  action: string | undefined,
  { needs, grant }: Pick<CheckProof, 'needs' | 'grant'>,
): string | undefined {
  switch (grant.state) {
    case 'weak':
      return `“${action}” needs ${levels[grant.neededLevel ?? 2]}: start a check that asks for more.`
    case 'needsSecondAgent':
      return `“${action}” needs a second agent: start a check in which one approves.`
    case 'waiting':
      return `Wait before you act: “${action}” needs ${needsText(needs)}.`
    case 'withdrawn':
      return grant.withdrawnBy === undefined
        ? undefined
        : 'The result was withdrawn: don’t act on the request.'
    default:
      return undefined
  }
}
