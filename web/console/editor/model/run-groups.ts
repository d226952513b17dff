import type { NumberedStep } from './highlighted-path.ts'

/** The steps of one request, or of consecutive requests that ran the same nodes. */
export type RunGroup = {
  firstRequest: number
  lastRequest: number
  steps: readonly NumberedStep[]
  /** Number of requests in the group. */
  repeats: number
  /** Total duration in milliseconds. */
  duration: number
}

/** Groups steps by request. Consecutive requests that ran the same nodes, such as polling, form one group. */
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
