import { OperationError, StorageError, type StorageProblem } from '../../base/errors.ts'

/** PostgreSQL's unique_violation. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === '23505'
}

/**
 * Whether an immediate retry of the unit can succeed: after a serialization failure, a deadlock, or when a newer server
 * added a column after a statement was prepared ("cached plan must not change result type").
 */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error)
  return code === '40001' || code === '40P01' || isOutdated(error)
}

/** Whether the connection can't be used again: it broke, or the database shuts down, or {@link endsConnections}. */
export function isBroken(error: unknown): boolean {
  return isLost(codeOf(error)) || endsConnections(error)
}

/**
 * Whether no connection opened before can be used again: the server was demoted or refuses changes (PostgreSQL's
 * read_only_sql_transaction), or prepared statements are outdated.
 */
export function endsConnections(error: unknown): boolean {
  return codeOf(error) === '25006' || isOutdated(error)
}

/**
 * An error with the failed operation and the reason. For errors about data and constraints, it only contains their code,
 * because their texts and details quote the data.
 */
export function operationError(what: string, error: unknown): OperationError {
  if (error instanceof OperationError) return error
  const code = codeOf(error)
  if (code !== undefined && (code.startsWith('22') || code.startsWith('23'))) {
    return new OperationError(`${what}: PostgreSQL error ${code}`)
  }
  const text = `${what}: ${reasonOf(error)}`
  const problem = problemOf(code)
  return problem === undefined
    ? new OperationError(text, { cause: error })
    : new StorageError(problem, text, { cause: error })
}

/** Refused connections and statements that took too long count as a database that doesn't answer. */
function problemOf(code: string | undefined): StorageProblem | undefined {
  if (isLost(code) || code === '53300' || code === '57014') return 'away'
  if (code === '25006') return 'readOnly'
  if (code === '53100') return 'full'
  return code === '58030' || code?.startsWith('XX00') === true ? 'failing' : undefined
}

/** Without a code, the error is not an answer of the database. */
function isLost(code: string | undefined): boolean {
  return code === undefined || code.startsWith('57P') || code.startsWith('08')
}

/**
 * PostgreSQL's five-character code, if the database returned the error. Source: PostgreSQL documentation, "PostgreSQL
 * Error Codes".
 */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

function isOutdated(error: unknown): boolean {
  return codeOf(error) === '0A000' && error instanceof Error && error.message.startsWith('cached plan')
}

/** A host with several addresses has one error for each. The first one is enough. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
