import { OperationError } from '../../errors.ts'

/** unique_violation */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === '23505'
}

/**
 * Whether the same unit may go well at once: after a serialisation failure, a deadlock, or when a statement was prepared
 * before a newer server added a column ("cached plan must not change result type").
 */
export function mayGoWell(error: unknown): boolean {
  const code = codeOf(error)
  return code === '40001' || code === '40P01' || isOutdated(error)
}

/** Whether the connection is of no use any more: it broke, the database shuts down, or its statements are outdated. */
export function isSpent(error: unknown): boolean {
  const code = codeOf(error)
  return code === undefined || code.startsWith('57P') || code.startsWith('08') || isOutdated(error)
}

/**
 * Says what did not work and why. Errors of data and of constraints are told by their code alone: their texts and details
 * quote what was to be saved.
 */
export function operationError(what: string, error: unknown): OperationError {
  if (error instanceof OperationError) return error
  const code = codeOf(error)
  if (code !== undefined && (code.startsWith('22') || code.startsWith('23'))) {
    return new OperationError(`${what}: PostgreSQL error ${code}`)
  }
  return new OperationError(`${what}: ${reasonOf(error)}`, { cause: error })
}

/** PostgreSQL's five letters, if it is the database that says no. Source: "PostgreSQL Error Codes". */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

function isOutdated(error: unknown): boolean {
  return codeOf(error) === '0A000' && error instanceof Error && error.message.startsWith('cached plan')
}

/** Of a host with several addresses, each has an error of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
