import { OperationError } from '../errors.ts'

/** A command line that cannot be understood. */
export class UsageError extends OperationError {}

/** Runs the parser of the command line. @throws UsageError in the parser's words. */
export function parsing<Value>(parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(error.message, { cause: error })
  }
}
