import { flushCompileCache } from 'node:module'

/** Keeps the compiled code, which a killed process would never write, and then reports the address to the parent. */
export function listens(url: string): void {
  flushCompileCache()
  console.log(`listens at ${url}`)
}
