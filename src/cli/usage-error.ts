import { OperationError } from '../base/errors.ts'

/** An invalid command line, or input that can't be read: exit status 2. */
export class UsageError extends OperationError {}

/**
 * Runs the command-line parser.
 * @throws UsageError with the parser's message.
 */
export function parsing<Value>(parse: () => Value): Value {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(error.message, { cause: error })
  }
}
