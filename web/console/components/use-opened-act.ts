import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/**
 * Opens what the URL asks for, such as `act=new`, once, and removes it from the URL, so that a reload doesn't open it
 * again. The search of the console leads to dialogs this way.
 */
export function useOpenedAct(acts: Readonly<Record<string, () => void>>): void {
  const { act } = useSearch({ from: '__root__' })
  const navigate = useNavigate()
  const latest = useRef(acts)
  latest.current = acts
  useEffect(() => {
    if (act === undefined) return
    void navigate({ to: '.', replace: true, search: (now) => ({ ...now, act: undefined }) })
    if (Object.hasOwn(latest.current, act)) latest.current[act]?.()
  }, [act, navigate])
}
