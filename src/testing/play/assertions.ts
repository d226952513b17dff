import type { EffectiveWalk } from '../effective-walk.ts'
import type { Asked, ExpectedMail, Walk } from '../walk-file.ts'
import { type Fact, factsIn, factText } from './fact-checks.ts'
import { Mismatch, type Subject } from './mismatch.ts'
import { Unobservable } from './walk-world.ts'

/** One thing that a walk asserts, in the words of its file, so that it has no secrets. */
export type Claim = {
  subject: Subject
  text: string
  /** Index of the step; undefined at the end of the walk. */
  step?: number | undefined
}

export type Assertion = Claim &
  ({ status: 'holds' } | { status: 'fails'; got: string } | { status: 'unobserved'; reason: string })

/** Records how the assertions of a walk end. */
export class Assertions {
  readonly all: Assertion[] = []

  /** An assertion that can't be observed doesn't end the walk. @throws Mismatch of the check. */
  check(claim: Claim, verify: () => unknown): void {
    const [mismatch] = this.tried(claim, verify)
    if (mismatch !== undefined) throw mismatch
  }

  /** @param verify throws a Mismatch, or returns several. */
  tried(claim: Claim, verify: () => unknown): Mismatch[] {
    try {
      const returned = verify()
      const found: Mismatch[] = Array.isArray(returned) ? returned : []
      const [first] = found
      this.all.push(
        first === undefined
          ? { ...claim, status: 'holds' }
          : { ...claim, status: 'fails', got: found.map(({ got }) => got).join('; ') },
      )
      return found
    } catch (error) {
      if (error instanceof Unobservable) {
        this.all.push({ ...claim, status: 'unobserved', reason: error.message })
        return []
      }
      if (!(error instanceof Mismatch)) throw error
      this.all.push({ ...claim, status: 'fails', got: error.got })
      return [error]
    }
  }

  /** Adds what the walk asserts and was not reached. */
  leaveOut(walk: EffectiveWalk, reason: string): void {
    const reached = new Set(this.all.map(keyOf))
    for (const claim of claimsOf(walk)) {
      if (!reached.has(keyOf(claim))) this.all.push({ ...claim, status: 'unobserved', reason })
    }
  }
}

function keyOf({ subject, text, step }: Claim): string {
  return `${step ?? ''}\n${subject}\n${text}`
}

/** Effects that no walk has unless it declares them. */
export const noOther: Readonly<Record<'mail' | 'calls' | 'people', Claim>> = {
  mail: { subject: 'mail', text: 'no other email' },
  calls: { subject: 'calls', text: 'no other call' },
  people: { subject: 'people', text: 'no other change' },
}

/** Everything that a walk asserts. */
export function claimsOf(walk: EffectiveWalk): Claim[] {
  const inSteps = walk.steps.flatMap((step, index): Claim[] => {
    if (step.kind === 'mail') return [mailClaim(step.mail, index)]
    if (step.kind !== 'action') return []
    const { asks = [], keep, ends } = step.action
    return [
      ...[asks].flat().map((text) => asksClaim(text, index)),
      ...(keep === undefined ? [] : [keepClaim(keep, index)]),
      ...endClaims(ends, index),
    ]
  })
  return [...inSteps, ...claimsAtEnd(walk), ...Object.values(noOther)]
}

function claimsAtEnd({ ends, path, visits, told, people, mail, outcome, writes }: EffectiveWalk): Claim[] {
  return [
    ...endClaims(ends),
    ...pathsIn(path).map(({ claim }) => claim),
    ...Object.entries(visits ?? {}).map(([text, times]) => visitsClaim(text, times)),
    ...(outcome === undefined ? [] : [outcomeClaim(outcome)]),
    ...Object.keys(writes?.shared ?? {}).map(writesClaim),
    ...(mail ?? []).map((each) => mailClaim(each)),
    ...(told === undefined ? [] : [toldClaim]),
    ...Object.keys(people ?? {}).map(personClaim),
  ]
}

export function asksClaim(asked: Asked, step: number): Claim {
  return { subject: 'asks', text: typeof asked === 'string' ? asked : `not ${asked.not}`, step }
}

export function keepClaim(keep: Readonly<Record<string, string>>, step: number): Claim {
  return { subject: 'keep', text: Object.keys(keep).join(', '), step }
}

export function endsClaim(ends: NonNullable<Walk['ends']>, step?: number): Claim {
  return { subject: 'ends', text: typeof ends === 'string' ? ends : JSON.stringify(ends), step }
}

/** How it ends, and each fact of the session. */
function endClaims(ends: Walk['ends'], step?: number): Claim[] {
  if (ends === undefined) return []
  return [endsClaim(ends, step), ...factsIn(ends).map((fact) => factClaim(fact, step))]
}

export function factClaim(fact: Fact, step?: number): Claim {
  return { subject: 'session', text: factText(fact), step }
}

export function mailClaim({ keep: _keep, ...expected }: ExpectedMail, step?: number): Claim {
  return { subject: 'mail', text: JSON.stringify(expected), step }
}

/** The expected paths: of all parties together, or of each. */
export function pathsIn(path: Walk['path']): { party: string | undefined; path: string[]; claim: Claim }[] {
  if (path === undefined) return []
  const paths = Array.isArray(path)
    ? [{ party: undefined, path }]
    : Object.entries(path).map(([party, each]) => ({ party, path: each }))
  return paths.map((each) => ({
    ...each,
    claim: {
      subject: 'path',
      text: `${each.party === undefined ? '' : `${each.party}: `}${each.path.join(', ')}`,
    },
  }))
}

export function visitsClaim(text: string, times: number): Claim {
  return { subject: 'visits', text: `${text}: ${times}` }
}

export function outcomeClaim(outcome: string): Claim {
  return { subject: 'outcome', text: outcome }
}

export function writesClaim(key: string): Claim {
  return { subject: 'writes', text: key }
}

export const toldClaim: Claim = { subject: 'told', text: 'the live feed' }

export function personClaim(name: string): Claim {
  return { subject: 'people', text: name }
}
