import type { CoveredScript } from '../../sandbox/script-coverage.ts'
import type { TestedProject } from '../project/project.ts'
import type { WalkResult } from '../run-walk.ts'

export type ThreadData = {
  project: TestedProject
  environment: Readonly<Record<string, string | undefined>>
  /** Whether to measure scripts. */
  isCovered: boolean
  /** Which walks leave a trace. */
  traces: 'failed' | 'all' | undefined
}

/** `walk`: run one. `end`: there are no more. */
export type ToThread = { kind: 'walk'; file: string; index: number } | { kind: 'end' }

export type FromThread = { kind: 'result'; result: WalkResult } | { kind: 'ended'; covered: CoveredScript[] }
