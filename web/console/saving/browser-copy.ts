import * as z from 'zod/mini'

/** What unsaved changes belong to. Other people who use this browser don't see them. */
export type CopyKey = { kind: 'journey' | 'custom-node'; id: string; realm: string; person: string }

/** Unsaved changes that this browser keeps, so that a crash, a reload or a sign-out loses none. */
export type BrowserCopy<Value> = {
  /** Epoch milliseconds. */
  at: number
  value: Value
}

/** Undefined if there is none that fits the schema. */
export function readBrowserCopy<Value>(
  key: CopyKey,
  schema: z.ZodMiniType<Value>,
): BrowserCopy<Value> | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(nameOf(key)) ?? '')
    return z.parse(z.object({ at: z.number(), value: schema }), stored)
  } catch {
    return undefined
  }
}

/** @returns whether the browser keeps it. */
export function writeBrowserCopy(key: CopyKey, value: unknown): boolean {
  try {
    localStorage.setItem(nameOf(key), JSON.stringify({ at: Date.now(), value }))
    return true
  } catch {
    return false
  }
}

export function deleteBrowserCopy(key: CopyKey): void {
  try {
    localStorage.removeItem(nameOf(key))
  } catch {
    // Storage is disabled, so there is no copy.
  }
}

function nameOf({ kind, id, realm, person }: CopyKey): string {
  return `sidegate-unsaved ${JSON.stringify([kind, person, realm, id])}`
}
