import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Line, watchCheck } from '../../api/check-feed.ts'
import { readTransaction } from '../../api/transactions.ts'
import { type Check, heard } from '../../check-model/check.ts'

/** A transaction as its feed tells it, from the moment on that it is shown. */
export function useLiveTransaction(realm: string, reference: string) {
  const queries = useQueryClient()
  const [check, setCheck] = useState<Check>()
  const [line, setLine] = useState<Line>()
  const [attempt, setAttempt] = useState(0)
  const record = useQuery({
    queryKey: ['transaction', realm, reference],
    queryFn: ({ signal }) => readTransaction(realm, reference, signal),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens the feed anew
  useEffect(() => {
    const abort = new AbortController()
    watchCheck({
      realm,
      reference,
      signal: abort.signal,
      tell(told) {
        if (told.kind === 'line') return setLine(told.line)
        setCheck((known) => heard(known, told))
        if (told.kind === 'snapshot') return
        // What lists and records say of it has changed.
        queries.invalidateQueries({ queryKey: ['transaction', realm, reference] })
        queries.invalidateQueries({ queryKey: ['transactions', realm] })
      },
    })
    return () => abort.abort()
  }, [realm, reference, attempt, queries])
  const again = () => {
    record.refetch()
    setAttempt((count) => count + 1)
  }
  return { record, check, line, again }
}
