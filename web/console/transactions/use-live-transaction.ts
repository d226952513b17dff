import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type FeedStatus, watchCheck } from '../../api/check-feed.ts'
import { readTransaction } from '../../api/transactions.ts'
import { applyUpdate, type Check } from '../../check-model/check.ts'

/** A transaction, kept current by its live feed. */
export function useLiveTransaction(realm: string, reference: string) {
  const queries = useQueryClient()
  const [check, setCheck] = useState<Check>()
  const [line, setLine] = useState<FeedStatus>()
  const [attempt, setAttempt] = useState(0)
  const record = useQuery({
    queryKey: ['transaction', realm, reference],
    queryFn: ({ signal }) => readTransaction(realm, reference, signal),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reopens the feed
  useEffect(() => {
    const abort = new AbortController()
    watchCheck({
      realm,
      reference,
      signal: abort.signal,
      onUpdate(update) {
        if (update.kind === 'status') return setLine(update.status)
        setCheck((known) => applyUpdate(known, update))
        if (update.kind === 'snapshot') return
        // Lists and records of the transaction are out of date.
        queries.invalidateQueries({ queryKey: ['transaction', realm, reference] })
        queries.invalidateQueries({ queryKey: ['transactions', realm] })
      },
    })
    return () => abort.abort()
  }, [realm, reference, attempt, queries])
  const retry = () => {
    record.refetch()
    setAttempt((count) => count + 1)
  }
  return { record, check, line, retry }
}
