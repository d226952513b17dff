import { OperationError } from '../../errors.ts'

/** Says what did not work and, in SQLite's words, why. */
export function operationError(what: string, cause: unknown): OperationError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new OperationError(`${what}: ${reason}`, { cause })
}
