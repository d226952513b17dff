import { useEffect, useRef } from 'react'
import { outputOf, type Step } from '../../../api/authenticate.ts'

/** Answers a step that waits when its time is over. */
export function usePolling(step: Step, isWaiting: boolean, onTime: () => void): void {
  const act = useRef(onTime)
  act.current = onTime
  useEffect(() => {
    const callback = step.callbacks.find(({ type }) => type === 'PollingWaitCallback')
    if (callback === undefined || isWaiting) return
    const time = Number(outputOf(callback, 'waitTime'))
    const timer = setTimeout(() => act.current(), Number.isFinite(time) ? time : 5_000)
    return () => clearTimeout(timer)
  }, [step, isWaiting])
}
