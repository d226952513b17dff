import { useCallback, useState } from 'react'
import * as z from 'zod/mini'
import { noChoices, problemsOf, type RunChoices, runChoicesSchema } from './run-choices.ts'

export type Side = 'run' | 'caller'

/** The choices for one side of a journey's runs, which this browser remembers. Choosing again makes a new object, which starts a run. */
export function useRunChoices(realm: string, journey: string, side: Side) {
  const key = `sidegate-run-as ${JSON.stringify([realm, journey, side])}`
  const [choices, setChoices] = useState(() => storedChoices(key))
  const choose = useCallback(
    (chosen: RunChoices) => {
      store(key, chosen)
      setChoices({ ...chosen })
    },
    [key],
  )
  return [choices, choose] as const
}

function storedChoices(key: string): RunChoices {
  try {
    const choices = z.parse(runChoicesSchema, JSON.parse(localStorage.getItem(key) ?? ''))
    return Object.keys(problemsOf(choices)).length === 0 ? choices : noChoices
  } catch {
    return noChoices
  }
}

function store(key: string, choices: RunChoices): void {
  try {
    if (Object.values(choices).every((value) => value === '')) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(choices))
  } catch {
    // Storage is disabled: the choices last as long as the panel.
  }
}
