/** The party of walks that opens a transaction, and the one that runs its journey. */
export const [opener, caller] = ['agent', 'caller'] as const

/** A step in the form of walk files. */
export type TriedStep =
  | { wait: string }
  | { mail: { to?: string; subject?: string; keep?: Record<string, string> } }
  | {
      answer?: Record<string, unknown>
      returns?: true
      phone?: 'approves' | 'denies'
      redirect?: Record<string, string>
      opens?: string
      /** Parts of the page to keep, before everything else. */
      keep?: Record<string, string>
      rejects?: 'notMe'
      /** The party, if it is not the one that started the journey. */
      by?: typeof caller
      /** Whether it answers the page of a stub, which walks don't see. */
      isStub?: true
    }

/** A mocked call in the form of walk files. */
export type TriedMock = Record<string, unknown>

/** The outcome of a node that does not run, and the username that it leaves. `isNeeded`: nodes of its type never run here. */
export type TriedStub = { outcome: string; person?: string; isNeeded?: true }

/** How a journey is started. */
export type Start = {
  headers?: Record<string, string>
  query?: Record<string, string>
  /** A person who is signed in. */
  signedIn?: string
}

/** One attempt to leave a page. */
export type Try = {
  steps: readonly TriedStep[]
  /** Its difference from others, as the end of "after …". */
  label: string
  /** Whether it answers a known person's page with a wrong password or code. */
  isWrong?: true
  /** The node that showed the page. */
  at?: string
  /** The outcome of a node that does not run, by its id. */
  stub?: readonly [nodeId: string, stub: TriedStub]
  /** A node that could have had a stub and runs instead. */
  runs?: string
}
