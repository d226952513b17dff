import * as z from 'zod/mini'
import { create } from 'zustand'
import { stepSchema } from '../../api/authenticate.ts'
import { offeredCheckSchema, personSchema } from '../../api/help-desk.ts'

const startingSchema = z.object({
  realm: z.string(),
  /** The agent who started it, because another one may use the window later. */
  agentId: z.optional(z.string()),
  check: offeredCheckSchema,
  person: personSchema,
  purpose: z.object({ action: z.string(), reason: z.string(), ticket: z.string() }),
  /** The step that the agent has to answer. Answers are not stored. */
  step: stepSchema,
  /** The last request to a second agent. */
  approvalId: z.optional(z.string()),
  /** Why its journey ended while it waited for a second agent. */
  failure: z.optional(z.object({ title: z.string(), reason: z.string() })),
})

/** A front journey that asks the agent before it creates a link. Survives a reload, but not the window. */
export type StartingCheck = z.infer<typeof startingSchema>

const key = 'sidegate-desk-starting'

/** Checks that are being started in this window, by an id of their own. */
export const useStartingChecks = create<Readonly<Record<string, StartingCheck>>>()(() => stored())

useStartingChecks.subscribe((starting) => {
  try {
    sessionStorage.setItem(key, JSON.stringify(starting))
  } catch {
    // Storage is disabled or full: a reload then forgets what has no link yet.
  }
})

function stored(): Record<string, StartingCheck> {
  try {
    const parsed = z.safeParse(
      z.record(z.string(), startingSchema),
      JSON.parse(sessionStorage.getItem(key) ?? '{}'),
    )
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}

/** @returns the id, a new one unless it is given. */
export function keepStarting(starting: StartingCheck, id = freeId()): string {
  useStartingChecks.setState({ [id]: starting })
  return id
}

export function forgetStarting(id: string): void {
  const { [id]: _forgotten, ...others } = useStartingChecks.getState()
  useStartingChecks.setState(others, true)
}

/** Called at sign-out, because another person may use the window next. */
export function forgetAllStarting(): void {
  useStartingChecks.setState({}, true)
}

function freeId(): string {
  const taken = Object.keys(useStartingChecks.getState()).map(Number)
  return String(Math.max(0, ...taken) + 1)
}
