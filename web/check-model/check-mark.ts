import type { GateEnd } from '../design/gate.tsx'
import type { MarkState } from '../design/mark.tsx'
import type { Standing } from './check.ts'
import { type ResultState, resultTable } from './result-state.ts'

export function checkMark(standing: Standing): MarkState {
  switch (standing) {
    case 'created':
    case 'viewed':
      return { kind: 'live', place: 0 }
    case 'opened':
      return { kind: 'live', place: 1 }
    case 'signing-in':
      return { kind: 'live', place: 2 }
    case 'checking':
      return { kind: 'live', place: 3 }
    default:
      return { kind: gateEnd(standing) }
  }
}

/** A standing of a check that has ended. */
export type Ended = Exclude<Standing, 'created' | 'viewed' | 'opened' | 'signing-in' | 'checking'>

/** The gate's look at the end. All alarms look the same. */
export function gateEnd(standing: Ended): GateEnd {
  if (isResult(standing)) return resultTable[standing].end
  switch (standing) {
    case 'wrong-code':
    case 'not-vouched':
      return 'not-verified'
    case 'called-me':
    case 'reported':
    case 'wrong-person':
      return 'not-me'
    default:
      return standing
  }
}

export function isEnded(standing: Standing): standing is Ended {
  return !['created', 'viewed', 'opened', 'signing-in', 'checking'].includes(standing)
}

/** Whether the caller was verified and did not reject it afterwards. */
export function isResult(standing: Standing): standing is ResultState {
  return Object.hasOwn(resultTable, standing)
}
