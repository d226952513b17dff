import { methodsProperty } from '../../engine/system-properties.ts'
import { isSteady } from '../../walks/steady-texts.ts'
import type { PartyEnd } from '../play/end-checks.ts'
import type { SessionFacts } from '../play/session-facts.ts'
import { Unobservable } from '../play/walk-world.ts'
import { reasons } from './reasons.ts'

/** How one fact of a session compares. */
export type ComparedFact = { text: string } & (
  | { status: 'agrees' }
  | { status: 'differs'; inside: string; there: string }
  | { status: 'unobserved'; reason: string }
)

/** Compares who is signed in, the level, the lifetime and the properties after the same success. */
export function comparedSessions(inside: PartyEnd['session'], there: PartyEnd['session']): ComparedFact[] {
  try {
    const [here, other] = [inside?.(), there?.()]
    if (here === undefined && other === undefined) return []
    if (here === undefined || other === undefined) {
      const textOf = (session: unknown) => (session === undefined ? 'no session' : 'a session')
      return [{ text: 'session', status: 'differs', inside: textOf(here), there: textOf(other) }]
    }
    return comparedFacts(here, other)
  } catch (error) {
    if (error instanceof Unobservable)
      return [{ text: 'session', status: 'unobserved', reason: error.message }]
    throw error
  }
}

function comparedFacts(here: SessionFacts, there: SessionFacts): ComparedFact[] {
  const factsOf = ({ person, level, minutes, properties }: SessionFacts) =>
    new Map<string, string | undefined>([
      ['person', person],
      ['level', level === undefined ? undefined : String(level)],
      ['session', `${minutes}m`],
      ...Object.entries(properties).map(([name, value]) => [`property ${name}`, value] as const),
    ])
  const [own, others] = [factsOf(here), factsOf(there)]
  // Only Sidegate sets this property itself.
  const names = new Set([...own.keys(), ...others.keys()])
  names.delete(`property ${methodsProperty}`)
  return [...names].map((text): ComparedFact => {
    const [inside, other] = [own.get(text), others.get(text)]
    if (other === undefined) return { text, status: 'unobserved', reason: reasons.sessionFact }
    if (inside === other) return { text, status: 'agrees' }
    const isRandom = inside !== undefined && !isSteady(inside) && !isSteady(other)
    if (isRandom) return { text, status: 'unobserved', reason: reasons.random }
    return { text, status: 'differs', inside: inside ?? 'none', there: other }
  })
}
