import type { JsonPage } from '../../walks/page.ts'
import type { Shown } from '../../walks/shown.ts'
import type { Browser } from '../client/browser.ts'
import type { Walk } from '../walk-file.ts'

/** One request of a party, or another step. */
export type PlayedEvent = {
  kind:
    | 'start'
    | 'answer'
    | 'open'
    | 'reject'
    | 'phone'
    | 'wait'
    | 'mail'
    | 'update'
    | 'request'
    | 'approve'
    | 'decline'
  /** Index of the step; undefined for a start that no step asked for. */
  step: number | undefined
  /** Empty in a walk of one party, and for steps of no party. */
  party: string
  /** The journey of a start, the time of a wait, the people of an update. */
  about: string
  query?: Readonly<Record<string, string>> | undefined
  /** The page as it was sent back. */
  page?: JsonPage | undefined
  shown?: Shown | undefined
  /** Index of the run. */
  run?: number | undefined
  browser?: Browser | undefined
}

/** Sees what a player does, as it happens. */
export type PlayObserver = {
  note(event: PlayedEvent): void
  /** Called after each step, when its emails and calls are sent. */
  settled(): void
}

/** A step without a party, in a few words. */
export function aboutOf(step: Exclude<Walk['steps'][number], { kind: 'action' }>): string {
  if (step.kind === 'wait') return step.wait
  if (step.kind === 'approve' || step.kind === 'decline') return step.answer.as
  if (step.kind === 'update') return Object.keys(step.update).join(', ')
  if (step.kind === 'request') return `${step.request.from} → ${step.request.to}`
  const { to, subject } = step.mail
  return [to, subject].filter((part) => part !== undefined).join(', ')
}
