import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Run, RunStep } from '../../../api/runs.ts'
import { type NumberedStep, numberSteps } from '../model/highlighted-path.ts'

/** A run and the selected step in it. */
export type RunView = {
  run: Run | undefined
  steps: readonly NumberedStep[]
  /** The number of the selected step; 0 before the first. */
  at: number
  /** Selects new steps as they arrive. */
  isFollowing: boolean
  setRun(run: Run): void
  clear(): void
  goTo(at: number): void
  /** Selects the last step of a node, if the run has one. */
  goToNode(id: string): void
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
    goToNode(id) {
      const step = get().steps.findLast(({ nodeId }) => nodeId === id)
      if (step !== undefined) get().goTo(step.number)
    },
    moveByStep: (by) => get().goTo(get().at + by),
    moveByRequest(by) {
      const { steps, at, goTo } = get()
      const current = steps[at - 1]?.request ?? 1
      const target =
        by > 0 ? steps.find(({ request }) => request > current) : firstOfRequestBefore(steps, current, at)
      if (target !== undefined) goTo(target.number)
    },
  }))
}

/** The first step of the current request or, if that is selected, of the request before. */
function firstOfRequestBefore(steps: readonly NumberedStep[], current: number, at: number) {
  const start = steps.find(({ request }) => request === current)
  if (start !== undefined && start.number < at) return start
  const before = steps.findLast(({ request }) => request < current)?.request
  return steps.find(({ request }) => request === before)
}

/** The steps of the nodes on a page, from the same pass through the page. */
export function stepsOnPage(run: Run | undefined, page: RunStep): RunStep[] {
  return (run?.steps ?? []).filter((step) => step.page === page.nodeId && step.order === page.order)
}
