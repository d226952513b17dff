import type { RecordedStep } from '../../engine/recorded-step.ts'

/** One run on a server, as far as the client knows it. */
export type RunThere = {
  journey: string | undefined
  hasEnded: boolean
  /** The nodes that it has left inside after as many requests. Undefined if it was not played inside. */
  inside: readonly RecordedStep[] | undefined
}

/** Reads which nodes a run has left. */
export interface NodeReader {
  /**
   * @param ids transaction ids of its requests.
   * @throws Unobservable if they can't be read.
   */
  read(ids: readonly string[], run: RunThere): Promise<readonly RecordedStep[]>
}

/** Where the project has the nodes of a server. */
export type NodeNames = {
  /** The journey of a node in the project. Undefined if it has no such node. */
  journeyOf(id: string): string | undefined
  /** The id in the project of a node on the server. */
  idOf(id: string): string
  /** The outcome in the project. Pages can have outcomes that begin with the id of a node. */
  outcomeOf(outcome: string): string
  /** The name in the project of a journey on the server. */
  nameOf(journey: string): string
  /** The type in the project of nodes of a type on the server. */
  typeOf(type: string): string
  /** Whether a node is only shown on a page of others. */
  isOnPage(id: string): boolean
}
