import type { PoolClient, QueryArrayResult } from 'pg'
import type { StatementResult, UnitResult } from '../database.ts'
import { isRefusing, needsUndo, type Statement } from '../query.ts'
import { isTaken } from './failures.ts'
import { requestOf, resultOf } from './prepared.ts'

/**
 * Runs a unit in one database transaction. All statements are sent at once and their results are checked in order. If a
 * statement is refused, later ones may have run already; they are rolled back with the rest. A statement alone needs no
 * transaction: if it is refused or fails, it has written nothing.
 * @throws the database's error, after the database transaction has ended.
 */
export async function runUnit<Guard extends string>(
  client: PoolClient,
  unit: readonly Statement<Guard>[],
): Promise<UnitResult<Guard>> {
  const send = (statement: Statement<Guard>) => client.query(requestOf(statement))
  if (!needsUndo(unit)) return judge(unit, await Promise.allSettled(unit.map(send)))
  const begin = client.query('begin')
  const sent = unit.map(send)
  const [begun, ...answers] = await Promise.allSettled([begin, ...sent])
  if (begun?.status === 'rejected') throw begun.reason
  try {
    const judged = judge(unit, answers)
    await client.query(judged.kind === 'saved' ? 'commit' : 'rollback')
    return judged
  } catch (error) {
    // Fails if the connection broke. The pool then discards the connection.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

function judge<Guard extends string>(
  unit: readonly Statement<Guard>[],
  answers: readonly PromiseSettledResult<QueryArrayResult>[],
): UnitResult<Guard> {
  const results: StatementResult[] = []
  for (const [index, statement] of unit.entries()) {
    const answer = answers[index]
    if (answer?.status !== 'fulfilled') {
      if (statement.guard !== undefined && isTaken(answer?.reason)) {
        return { kind: 'refused', guard: statement.guard }
      }
      throw answer?.reason
    }
    const result = resultOf(answer.value)
    if (statement.guard !== undefined && isRefusing(statement, result.affected)) {
      return { kind: 'refused', guard: statement.guard }
    }
    results.push(result)
  }
  return { kind: 'saved', results }
}
