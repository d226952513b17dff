import { OperationError } from '../../errors.ts'

/** An error with the failed operation and SQLite's reason. */
export function operationError(what: string, cause: unknown): OperationError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new OperationError(`${what}: ${reason}`, { cause })
}
