import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText } from '../messages/problem-text.ts'
import { useRealm } from '../navigation/navigation.ts'

/** Runs one action on a check, and reads all lists again. `problem` is what went wrong, in words. */
export function useHandOver() {
  const realm = useRealm()
  const queries = useQueryClient()
  const [problem, setProblem] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  /** @returns whether it succeeded. */
  const run = async (action: (realm: string) => Promise<void>): Promise<boolean> => {
    setProblem('')
    setIsBusy(true)
    try {
      await action(realm)
      return true
    } catch (error) {
      setProblem(problemText(error))
      return false
    } finally {
      setIsBusy(false)
      for (const name of ['recent', 'offered', 'record', 'rejected'])
        void queries.invalidateQueries({ queryKey: [name] })
    }
  }
  return { run, problem, isBusy }
}
