import type { Pause, Recent } from '../../api/recent.ts'
import { serverNow } from '../../api/server-clock.ts'
import { nearTime } from '../../check-model/times.ts'
import { t } from '../../translate/translate.ts'

/** The events of a person's last day, oldest first. */
export type RecentParts = { parts: string[]; isAlarm: boolean }

/** More would hide the newest. */
const maxParts = 5

type Part = { at: number; text: string }

/**
 * What an agent should know before another check: results, reports and lifted pauses.
 * @param own the reference of the check that is on the page.
 */
export function recentParts(
  { checks, pause, lifts }: Recent,
  now: number,
  own?: string | undefined,
): RecentParts {
  const others = checks.filter(({ reference }) => reference !== own)
  const parts = [
    ...others.flatMap((check) => checkParts(check, now)),
    ...lifts.map(({ at, by, reason }) => ({
      at,
      text: t('{name} lifted the pause {time}: {reason}', { name: by, time: nearTime(at, now), reason }),
    })),
  ]
  const count = checks.length
  const shown = parts.toSorted((one, other) => one.at - other.at).slice(-maxParts)
  return {
    parts: [
      ...shown.map(({ text }) => text),
      ...(others.length === 0 ? [] : [t('{count} checks in 24 hours', { count })]),
    ],
    isAlarm: pause !== null || others.some(({ report }) => isAttack(report)),
  }
}

function checkParts(
  { agent, isOwn, ending, endedAt, report }: Recent['checks'][number],
  now: number,
): Part[] {
  const by = agent ?? t('a client')
  const verified = (at: number) => {
    const time = nearTime(at, now)
    return {
      at,
      text: isOwn
        ? t('verified by you {time}', { time })
        : t('verified by {agent} {time}', { agent: by, time }),
    }
  }
  const isVerified = ending === 'approved' && endedAt !== null
  return [
    ...(isVerified ? [verified(endedAt)] : []),
    ...(isAttack(report) ? [{ at: report.at, text: reportText(report, now) }] : []),
  ]
}

type Report = Recent['checks'][number]['report']

/** A manager who does not vouch reports no attack. */
function isAttack(report: Report): report is NonNullable<Report> {
  return report !== null && report.kind !== 'notVouched'
}

function reportText({ kind, at }: { kind: string; at: number }, now: number): string {
  const time = nearTime(at, now)
  return kind === 'calledMe'
    ? t('reported an attack {time}', { time })
    : t('pressed “Not me” {time}', { time })
}

/** Why checks of a caller are paused, and what the agent does: it may be the victim who calls back. */
export function pauseText(
  pause: { [Member in 'kind' | 'reportedAt']?: Pause[Member] | undefined },
  name: string,
): string {
  const { kind, reportedAt } = pause
  const time = reportedAt == null ? undefined : nearTime(reportedAt, serverNow())
  return [
    reportedSentence(kind, time, name),
    t('This may be {name} who calls back, or the attacker.', { name }),
    t(
      'Don’t act on the call: call {name} back on the number on file, then ask your lead to lift the pause.',
      { name },
    ),
  ].join(' ')
}

function reportedSentence(kind: string | null | undefined, time: string | undefined, name: string): string {
  if (time === undefined || kind == null) return t('An attack on this person was reported.')
  return kind === 'calledMe'
    ? t('{name} reported at {time} that a stranger called.', { name, time })
    : t('Somebody who opened a link for {name} pressed “This is not me” at {time}.', { name, time })
}
