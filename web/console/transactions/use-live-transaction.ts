import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { readTransaction } from '../../api/transactions.ts'
import { type Check, checkFrom } from '../../check-model/check.ts'
import { type FeedStatus, watchCheck } from '../../check-model/watch-check.ts'

/** A transaction, kept current by its live feed. */
export function useLiveTransaction(realm: string, reference: string) {
  const queries = useQueryClient()
  const [check, setCheck] = useState<Check>()
  const [feed, setFeed] = useState<FeedStatus>()
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
      onStatus: setFeed,
      onCheck(updated, event) {
        setCheck(updated)
        if (event === undefined) return
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
  return { record, check: check ?? (record.data && checkFrom(record.data)), feed, retry }
}
