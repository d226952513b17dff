import { type Problem, problem } from './problem.ts'

/** One caller's run of the journey, as the caller knows it. */
export type CallerRun = {
  /** Whether the caller is the subject, with the right password if there is one. */
  mayApprove: boolean
  /** Number of notifications: at least the acknowledged ones, at most those of all steps sent. */
  notifications: { least: number; most: number }
  /** The last step: sent, or its result. */
  end?: 'sent' | 'success' | 'failure'
}

/** One read of the transaction; times in milliseconds of one clock. */
export type Look = { from: number; to: number; standing: string }

/** Everything acknowledged about one transaction. */
export type TransactionRecord = {
  runs: CallerRun[]
  /** Also acknowledged: a cancellation, or a "this is not me". */
  isCancelled?: boolean
  isRejected?: boolean
  looks: Look[]
}

/** The final state according to the server: kinds of events in order, with numbers from 1. */
export type FinalState = { numbers: readonly number[]; kinds: readonly string[] }

const ends = ['approved', 'denied', 'notMe', 'cancelled']
const ranks: Record<string, number> = { CREATED: 0, IN_PROGRESS: 1 }
const rankOf = (standing: string) => ranks[standing] ?? 2

/** All contradictions between acknowledged changes and the final state. */
export function transactionProblems(record: TransactionRecord, state: FinalState): Problem[] {
  return [
    ...completionProblems(record, state),
    ...notificationProblems(record, state),
    ...orderProblems(state),
    ...lookProblems(record.looks),
  ]
}

function completionProblems(
  { runs, isCancelled, isRejected }: TransactionRecord,
  { kinds }: FinalState,
): Problem[] {
  const problems: Problem[] = []
  const count = (kind: string) => kinds.filter((one) => one === kind).length
  const winners = runs.filter(({ end }) => end === 'success')
  if (winners.length > 1)
    problems.push(problem('a transaction was completed twice', `${winners.length} callers succeeded`))
  if (winners.some(({ mayApprove }) => !mayApprove))
    problems.push(problem('a success that the rules do not allow', 'the wrong person or password succeeded'))
  if (winners.length > 0 && count('approved') === 0)
    problems.push(problem('an acknowledged completion is lost', kinds.join()))
  const mayHaveWon = runs.some(({ mayApprove, end }) => mayApprove && end !== undefined && end !== 'failure')
  if (count('approved') > 0 && !mayHaveWon)
    problems.push(problem('a success that the rules do not allow', 'approved without a proof'))
  if (isCancelled && count('cancelled') === 0)
    problems.push(problem('an acknowledged completion is lost', `cancelled, but ${kinds.join()}`))
  if (isRejected && count('notMe') + count('rejected') === 0)
    problems.push(problem('an acknowledged completion is lost', `"not me", but ${kinds.join()}`))
  return problems
}

function notificationProblems({ runs }: TransactionRecord, { kinds }: FinalState): Problem[] {
  const there = kinds.filter((kind) => kind === 'notification').length
  const least = runs.reduce((sum, run) => sum + run.notifications.least, 0)
  const most = runs.reduce((sum, run) => sum + run.notifications.most, 0)
  const seen = `${there} notifications of ${least} to ${most}`
  if (there < least) return [problem('an acknowledged notification is lost', seen)]
  if (there > most) return [problem('an effect happened more often than requested', seen)]
  return []
}

function orderProblems({ numbers, kinds }: FinalState): Problem[] {
  const problems: Problem[] = []
  const found = kinds.filter((kind) => ends.includes(kind))
  if (found.length > 1) problems.push(problem('a transaction was completed twice', kinds.join()))
  const opened = kinds.indexOf('opened')
  if (opened !== kinds.lastIndexOf('opened')) problems.push(problem('a state moved back', kinds.join()))
  const end = kinds.findIndex((kind) => ends.includes(kind))
  const after = end < 0 ? [] : kinds.slice(end + 1).filter((kind) => kind !== 'rejected')
  if (after.length > 0) problems.push(problem('a state moved back', kinds.join()))
  if (numbers.some((number, place) => number !== place + 1))
    problems.push(problem('a feed has a gap or a repetition', numbers.join()))
  return problems
}

/** A read that began after another had ended must not show an earlier state. */
function lookProblems(looks: readonly Look[]): Problem[] {
  return looks.flatMap((look) =>
    looks
      .filter(
        ({ to, standing }) =>
          to < look.from &&
          (rankOf(standing) > rankOf(look.standing) ||
            (rankOf(standing) === 2 && standing !== look.standing)),
      )
      .map(({ standing }) => problem('a state moved back', `${standing}, then ${look.standing}`)),
  )
}
