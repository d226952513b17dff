import type { Bundle } from '../journeys/exchange/bundle.ts'
import type { ImportOptions, Plan } from '../journeys/exchange/plan.ts'
import type { Finding } from '../journeys/lint/finding.ts'

/** Where the command line imports to, exports from and looks for faults: a server that runs, or the data of one that does not. */
export interface Target {
  /** @throws OperationError when nothing could be planned. */
  preview(bundle: Bundle, options: ImportOptions): Promise<Plan>
  /** All or nothing. @throws OperationError when nothing was imported. */
  import(bundle: Bundle, options: ImportOptions): Promise<Plan>
  /** Journeys with all that they need. @throws OperationError that names a journey which is not there. */
  export(journeys: readonly string[]): Promise<Bundle>
  /** What is wrong with these journeys, or with all. @throws OperationError that names a journey which is not there. */
  lint(journeys: readonly string[]): Promise<Finding[]>
  close(): Promise<void>
}

/** What commands write to and read from, so that tests can look. */
export type Terminal = {
  /** What was asked for. */
  print(text: string): void
  /** What somebody should know beside it. */
  warn(text: string): void
  environment: NodeJS.ProcessEnv
}

/**
 * The path of a realm as people spell it: `alpha`, `/alpha`, `root/alpha`, or frodo's `root-alpha`. A realm whose own
 * name starts with `root-` needs the slash: `/root-alpha`.
 */
export function realmPath(given: string): string {
  const name = given.replace(/^\/+|\/+$/g, '')
  if (name === '' || name === 'root') return '/'
  return `/${name.replace(given.startsWith('/') ? /^root\/(?=.)/ : /^root[-/](?=.)/, '')}`
}
