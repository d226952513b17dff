import type { Step } from '../../api/authenticate.ts'
import type { CallerCheck, Rejection } from '../../api/callers-page.ts'
import type { Typed } from '../step/carry-over.ts'
import type { FailedPolicy } from '../step/policies.ts'

/** The notice above a step. `message` comes from the server. */
export type Notice =
  | { kind: 'failed'; message: string }
  /** The same page again, because the input was rejected. */
  | { kind: 'again' }
  | { kind: 'expired' | 'elsewhere' }

/** The final page. `message` comes from the server. */
export type End =
  | { kind: 'signedIn' | 'finished' | 'confirmed' | 'gone' | 'cameBack' | 'linkUsed' }
  | { kind: 'rejected'; reason: Rejection; isLate: boolean }
  /** The check has ended. `message`: the journey's message, if it failed together with the check. */
  | { kind: 'over'; check: CallerCheck; message?: string }
  /** `cameBackRefused`: after another site, which the journey's start would lead to at once again. */
  | { kind: 'refused' | 'cameBackRefused'; message: string }

export type StepView = {
  kind: 'step'
  step: Step
  /** Number of the page. A poll that only changes the message keeps it. */
  visit: number
  notice: Notice | undefined
  typed: Typed | undefined
  /** Failed policies by attribute. */
  failures: Readonly<Record<string, readonly FailedPolicy[]>>
  /** Whether the step waits for a transaction that this journey has created. */
  isHeld: boolean
}

/** The caller's progress in this window. */
export type CallerProgress = {
  /** Whether the caller has answered the page's question, or it asks none. */
  isAnswered: boolean
  /** Whether the journey was started before. */
  isBegun: boolean
  /** Whether the question was answered in another window. */
  isElsewhere: boolean
}

export type View =
  | { kind: 'opening' | 'leaving' }
  | ({ kind: 'caller'; check: CallerCheck } & CallerProgress)
  | StepView
  | { kind: 'end'; end: End }
