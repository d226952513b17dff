import { createContext, useContext } from 'react'
import type { NodeType } from '../../api/node-types.ts'

/** What fields offer that their setting does not say by itself. */
type FormContextValue = {
  /** Whose journeys, scripts and templates are offered. */
  realm: string
  /** Keys of the state that others write. */
  stateKeys: readonly string[]
  nodeTypes: readonly NodeType[]
}

const Context = createContext<FormContextValue | undefined>(undefined)

export const FormContext = Context.Provider

export function useFormContext(): FormContextValue {
  const surroundings = useContext(Context)
  if (surroundings === undefined) throw new Error('there is no form around this')
  return surroundings
}
