import type { NumberedStep } from './highlighted-path.ts'

/** The steps of one request; or of several that went the same way one after the other. */
export type RunGroup = {
  firstRequest: number
  lastRequest: number
  steps: readonly NumberedStep[]
  /** How often the same way was gone; 1 for a request that is like no neighbour. */
  times: number
  /** Milliseconds: what the nodes took together. */
  duration: number
}

/** Steps by request; requests that went the same way in a row are told once, as loops of waiting are. */
export function groupsOfRun(steps: readonly NumberedStep[]): RunGroup[] {
  const groups: RunGroup[] = []
  for (const [request, own] of Map.groupBy(steps, ({ request }) => request)) {
    const last = groups.at(-1)
    const duration = own.reduce((sum, step) => sum + step.duration, 0)
    if (last !== undefined && wayOf(last.steps.slice(-own.length)) === wayOf(own) && isWhole(last, own)) {
      groups[groups.length - 1] = {
        ...last,
        lastRequest: request,
        steps: [...last.steps, ...own],
        times: last.times + 1,
        duration: last.duration + duration,
      }
    } else {
      groups.push({ firstRequest: request, lastRequest: request, steps: own, times: 1, duration })
    }
  }
  return groups
}

function isWhole({ steps, times }: RunGroup, own: readonly NumberedStep[]): boolean {
  return steps.length === times * own.length
}

function wayOf(steps: readonly NumberedStep[]): string {
  return steps.map(({ nodeId, result, outcome }) => `${nodeId} ${result} ${outcome ?? ''}`).join(', ')
}
