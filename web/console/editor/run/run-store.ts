import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Run, RunStep } from '../../../api/runs.ts'
import { type NumberedStep, numberSteps } from '../model/highlighted-path.ts'

/** A run that is looked at, and where in it one is. */
export type RunView = {
  run: Run | undefined
  steps: readonly NumberedStep[]
  /** The number of the step that is looked at; 0 before the first. */
  at: number
  /** New steps are looked at as they come. */
  isFollowing: boolean
  setRun(run: Run): void
  clear(): void
  goTo(at: number): void
  moveByStep(by: 1 | -1): void
  moveByRequest(by: 1 | -1): void
}

export type RunStore = StoreApi<RunView>

export function createRunStore(): RunStore {
  return createStore<RunView>()((set, get) => ({
    run: undefined,
    steps: [],
    at: 0,
    isFollowing: true,
    setRun(run) {
      const steps = numberSteps(run.steps)
      const { at, isFollowing } = get()
      set({ run, steps, at: isFollowing ? steps.length : Math.min(at, steps.length) })
    },
    clear: () => set({ run: undefined, steps: [], at: 0, isFollowing: true }),
    goTo(at) {
      const { steps } = get()
      const place = Math.min(Math.max(at, 1), steps.length)
      set({ at: place, isFollowing: place === steps.length })
    },
    moveByStep: (by) => get().goTo(get().at + by),
    moveByRequest(by) {
      const { steps, at, goTo } = get()
      const current = steps[at - 1]?.request ?? 1
      const wanted =
        by > 0 ? steps.find(({ request }) => request > current) : firstOfRequestBefore(steps, current, at)
      if (wanted !== undefined) goTo(wanted.number)
    },
  }))
}

/** Back to where the request began, or, from there, to where the one before began. */
function firstOfRequestBefore(steps: readonly NumberedStep[], current: number, at: number) {
  const start = steps.find(({ request }) => request === current)
  if (start !== undefined && start.number < at) return start
  const before = steps.findLast(({ request }) => request < current)?.request
  return steps.find(({ request }) => request === before)
}

/** The steps of the nodes on a page while the page was run. */
export function stepsOnPage(run: Run | undefined, page: RunStep): RunStep[] {
  return (run?.steps ?? []).filter((step) => step.page === page.nodeId && step.order === page.order)
}
