/** A maximum number of events in a time window, which starts with the first event. */
export type Limit = {
  /** Names what is counted, such as `/alpha agent 3f1c…`. Stored, so it must not contain a secret. */
  key: string
  /** 0 means no limit. */
  max: number
  windowMs: number
  /** If set, a full window ends this long after it filled up, instead of `windowMs` after its first event. */
  lockMs?: number
}

export type LimitWindow = {
  count: number
  /** Epoch milliseconds. */
  endsAt: number
}

/** A refusal: a code for programs, a sentence, and the time until the next attempt can succeed. */
export type LimitRefusal = { problem: string; message: string; waitMs: number }

/** Milliseconds until a used-up limit allows another event; undefined if it isn't used up. */
export function waitOf({ max }: Limit, window: LimitWindow | undefined, now: number): number | undefined {
  // rule H10: otherwise one password can be tried with many names
  if (max === 0 || window === undefined || window.count < max || window.endsAt <= now) return undefined
  return window.endsAt - now
}

/** Transactions that one client opens, by any route. @param max 0 means no limit. */
export function clientTransactionLimit(realm: string, clientId: string, max: number): Limit {
  return { key: `${realm} transactions of ${clientId}`, max, windowMs: 60_000 }
}
