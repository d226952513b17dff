import { useEffect } from 'react'
import { isTyping } from '../keyboard/is-typing.ts'
import { useRunStore } from './run-context.tsx'

/** Through a run step by step, and request by request. */
export function useRunKeys(): void {
  const run = useRunStore()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      const { step, request } = run.getState()
      const acts: Readonly<Record<string, () => void>> = {
        '[': () => step(-1),
        ']': () => step(1),
        '{': () => request(-1),
        '}': () => request(1),
      }
      const act = acts[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [run])
}
