import type { Step } from '../../api/authenticate.ts'
import type { CallerCheck, Rejection } from '../../api/callers-page.ts'
import type { Typed } from '../step/carry-over.ts'
import type { FailedPolicy } from '../step/policies.ts'

/** What stands above a step. `message` is what the server said. */
export type Notice =
  | { kind: 'failed'; message: string }
  /** The same page came again, because what was typed would not do. */
  | { kind: 'again' }
  | { kind: 'expired' | 'elsewhere' }

/** How the page ends. `message` is what the server said. */
export type End =
  | { kind: 'signedIn' | 'finished' | 'confirmed' | 'gone' | 'cameBack' | 'linkUsed' }
  | { kind: 'rejected'; reason: Rejection; isLate: boolean }
  /** `message`: what the journey said as it failed, with the check. */
  | { kind: 'over'; check: CallerCheck; message?: string }
  | { kind: 'refused'; message: string }

export type StepView = {
  kind: 'step'
  step: Step
  /** Counts the pages that were shown: the same number means that the same page only says something new. */
  visit: number
  notice: Notice | undefined
  typed: Typed | undefined
  /** Policies that the journey failed by, by attribute. */
  failures: Readonly<Record<string, readonly FailedPolicy[]>>
  /** Whether the step waits for what happens to a transaction of this journey. */
  isHeld: boolean
}

/** How far the caller is on the page of a check, in this window. */
export type CallerStage = {
  /** The page's question is answered, or it asks none. */
  isAnswered: boolean
  /** The journey was started before. */
  isBegun: boolean
  /** The question was answered before in another window. */
  isElsewhere: boolean
}

/** What the page shows now. */
export type View =
  | { kind: 'opening' | 'leaving' }
  | ({ kind: 'caller'; check: CallerCheck } & CallerStage)
  | StepView
  | { kind: 'end'; end: End }
