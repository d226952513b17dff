import { flushCompileCache } from 'node:module'

/** Reports the address to the parent, and keeps the compiled code: a killed process would never write it. */
export function listens(url: string): void {
  console.log(`listens at ${url}`)
  flushCompileCache()
}
