import { OperationError, StorageError, type StorageProblem } from '../../base/errors.ts'

/** SQLite's primary result codes. Source: SQLite documentation, "Result and Error Codes". */
const problems: Readonly<Record<number, StorageProblem>> = {
  /** SQLITE_BUSY: another program holds the lock. */
  5: 'away',
  /** SQLITE_READONLY. */
  8: 'readOnly',
  /** SQLITE_IOERR. */
  10: 'failing',
  /** SQLITE_CORRUPT. */
  11: 'failing',
  /** SQLITE_FULL. */
  13: 'full',
  /** SQLITE_CANTOPEN. */
  14: 'failing',
  /** SQLITE_NOTADB. */
  26: 'failing',
}

/** An error with the failed operation and SQLite's reason. */
export function operationError(what: string, cause: unknown): OperationError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const text = `${what}: ${reason}`
  const problem = problemOf(cause)
  return problem === undefined
    ? new OperationError(text, { cause })
    : new StorageError(problem, text, { cause })
}

/** The lowest byte of an extended code is its primary code. */
function problemOf(error: unknown): StorageProblem | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return problems[error.errcode & 0xff]
}
