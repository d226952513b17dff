/** At most so many of something within a window, which begins with the first of them. */
export type Limit = {
  /** Whose, and of what: `/alpha agent 3f1c…`. It is stored: it holds no secret. */
  key: string
  /** 0 is no limit. */
  most: number
  windowMs: number
  /** Set: a window that fills up ends this long after it did, instead of `windowMs` after its first. */
  lockMs?: number
}

/** The window that is counted in, as long as it lasts. */
export type LimitWindow = {
  count: number
  /** Epoch milliseconds. */
  endsAt: number
}

/** A refusal: a word for programs, a sentence, and when the same may be tried again. */
export type TooMany = { problem: string; message: string; waitMs: number }

/** How long a limit is used up, in milliseconds; undefined while it is not. */
export function waitOf({ most }: Limit, held: LimitWindow | undefined, now: number): number | undefined {
  if (most === 0 || held === undefined || held.count < most || held.endsAt <= now) return undefined
  return held.endsAt - now
}
