import { type Problem, problem } from './problem.ts'

/** How far one caller's run through the journey came, as the caller knows it. */
export type CallerRun = {
  /** Whether the transaction is for the person whose name is entered, and the password, if there is one, is theirs. */
  mayApprove: boolean
  /** How many notifications of it there are: acknowledged ones at least, those of steps that were sent at most. */
  notifications: { least: number; most: number }
  /** The last step: sent, or what its answer came to. */
  end?: 'sent' | 'success' | 'failure'
}

/** A look at a transaction from outside; milliseconds of one clock. */
export type Look = { from: number; to: number; standing: string }

/** What was acknowledged of one transaction. */
export type TransactionRecord = {
  runs: CallerRun[]
  /** What was acknowledged besides: it was cancelled, or the caller said that it was not them. */
  isCancelled?: boolean
  isRejected?: boolean
  looks: Look[]
}

/** What the server tells of it in the end: kinds of events in order, their numbers beginning with 1. */
export type Told = { numbers: readonly number[]; kinds: readonly string[] }

const ends = ['approved', 'denied', 'notMe', 'cancelled']
const ranks: Record<string, number> = { CREATED: 0, IN_PROGRESS: 1 }
const rankOf = (standing: string) => ranks[standing] ?? 2

/** Everything in which what was acknowledged and what is there contradict each other. */
export function transactionProblems(record: TransactionRecord, told: Told): Problem[] {
  return [
    ...completionProblems(record, told),
    ...notificationProblems(record, told),
    ...orderProblems(told),
    ...lookProblems(record.looks),
  ]
}

function completionProblems(
  { runs, isCancelled, isRejected }: TransactionRecord,
  { kinds }: Told,
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
    problems.push(problem('a success that the rules do not allow', 'approved, and nobody proved anything'))
  if (isCancelled && count('cancelled') === 0)
    problems.push(problem('an acknowledged completion is lost', `cancelled, but ${kinds.join()}`))
  if (isRejected && count('notMe') + count('rejected') === 0)
    problems.push(problem('an acknowledged completion is lost', `"not me", but ${kinds.join()}`))
  return problems
}

function notificationProblems({ runs }: TransactionRecord, { kinds }: Told): Problem[] {
  const there = kinds.filter((kind) => kind === 'notification').length
  const least = runs.reduce((sum, run) => sum + run.notifications.least, 0)
  const most = runs.reduce((sum, run) => sum + run.notifications.most, 0)
  const seen = `${there} notifications of ${least} to ${most}`
  if (there < least) return [problem('an acknowledged notification is lost', seen)]
  if (there > most) return [problem('an effect happened more often than it was asked for', seen)]
  return []
}

function orderProblems({ numbers, kinds }: Told): Problem[] {
  const problems: Problem[] = []
  const found = kinds.filter((kind) => ends.includes(kind))
  if (found.length > 1) problems.push(problem('a transaction was completed twice', kinds.join()))
  const opened = kinds.indexOf('opened')
  if (opened !== kinds.lastIndexOf('opened')) problems.push(problem('a state moved back', kinds.join()))
  const end = kinds.findIndex((kind) => ends.includes(kind))
  const after = end < 0 ? [] : kinds.slice(end + 1).filter((kind) => kind !== 'rejected')
  if (after.length > 0) problems.push(problem('a state moved back', kinds.join()))
  if (numbers.some((number, place) => number !== place + 1))
    problems.push(problem('a feed has a gap or tells something twice', numbers.join()))
  return problems
}

/** A look that began after another one had ended shows the same or more. */
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
