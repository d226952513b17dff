import { useEffect } from 'react'
import { isTyping } from '../keyboard/is-typing.ts'
import { useRunStore } from './run-context.tsx'

/** Keys to move through a run by step and by request. */
export function useRunKeys(): void {
  const run = useRunStore()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      const { moveByStep, moveByRequest } = run.getState()
      const actions: Readonly<Record<string, () => void>> = {
        '[': () => moveByStep(-1),
        ']': () => moveByStep(1),
        '{': () => moveByRequest(-1),
        '}': () => moveByRequest(1),
      }
      const action = actions[event.key]
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [run])
}
