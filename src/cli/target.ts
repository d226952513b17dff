import type { Bundle } from '../journeys/exchange/bundle.ts'
import type { ImportOptions, Plan } from '../journeys/exchange/plan.ts'
import type { Finding } from '../journeys/lint/finding.ts'

/** The subject of a command: a running server or the data of a stopped one. */
export interface Target {
  /** @throws OperationError if no plan could be made. */
  preview(bundle: Bundle, options: ImportOptions): Promise<Plan>
  /**
   * Imports all or nothing.
   * @throws OperationError if nothing was imported.
   */
  import(bundle: Bundle, options: ImportOptions): Promise<Plan>
  /**
   * Journeys with their dependencies.
   * @throws OperationError naming a journey that does not exist.
   */
  export(journeys: readonly string[]): Promise<Bundle>
  /** Everything in the realm that exports can contain, without secrets. */
  exportAll(): Promise<Bundle>
  /**
   * Findings of these journeys, or of all if none is named.
   * @throws OperationError naming a journey that does not exist.
   */
  lint(journeys: readonly string[]): Promise<Finding[]>
  close(): Promise<void>
}

/** The environment and output of commands; tests replace it. */
export type Terminal = {
  /** Prints a result. */
  print(text: string): void
  /** Prints a warning. */
  warn(text: string): void
  /** Replaces the last line that says how far a command is. Undefined if nobody watches. */
  progress?: ((text: string) => void) | undefined
  environment: NodeJS.ProcessEnv
}

/**
 * The path of a realm in the spelling of users: `alpha`, `/alpha`, `root/alpha`, or frodo's `root-alpha`. A realm whose own
 * name starts with `root-` needs the slash: `/root-alpha`.
 */
export function realmPath(given: string): string {
  const name = given.replace(/^\/+|\/+$/g, '')
  if (name === '' || name === 'root') return '/'
  return `/${name.replace(given.startsWith('/') ? /^root\/(?=.)/ : /^root[-/](?=.)/, '')}`
}
