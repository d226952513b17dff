import type { NumberedStep } from './highlighted-path.ts'

/** The steps of one request; or of several that went the same way one after the other. */
export type RunGroup = {
  firstRequest: number
  lastRequest: number
  steps: readonly NumberedStep[]
  /** How often the same way was gone; 1 for a request that is like no neighbour. */
  repeats: number
  /** Milliseconds: what the nodes took together. */
  duration: number
}

/** Steps by request; requests that went the same way in a row are told once, as loops of waiting are. */
export function groupSteps(steps: readonly NumberedStep[]): RunGroup[] {
  const groups: RunGroup[] = []
  for (const [request, own] of Map.groupBy(steps, ({ request }) => request)) {
    const last = groups.at(-1)
    const duration = own.reduce((sum, step) => sum + step.duration, 0)
    if (
      last !== undefined &&
      pathKey(last.steps.slice(-own.length)) === pathKey(own) &&
      isFullRepeat(last, own)
    ) {
      groups[groups.length - 1] = {
        ...last,
        lastRequest: request,
        steps: [...last.steps, ...own],
        repeats: last.repeats + 1,
        duration: last.duration + duration,
      }
    } else {
      groups.push({ firstRequest: request, lastRequest: request, steps: own, repeats: 1, duration })
    }
  }
  return groups
}

function isFullRepeat({ steps, repeats }: RunGroup, own: readonly NumberedStep[]): boolean {
  return steps.length === repeats * own.length
}

function pathKey(steps: readonly NumberedStep[]): string {
  return steps.map(({ nodeId, result, outcome }) => `${nodeId} ${result} ${outcome ?? ''}`).join(', ')
}
