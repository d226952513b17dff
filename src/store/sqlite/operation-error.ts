import { OperationError } from '../../errors.ts'

/** An error that says what failed, with SQLite's reason. */
export function operationError(what: string, cause: unknown): OperationError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new OperationError(`${what}: ${reason}`, { cause })
}
