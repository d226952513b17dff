import { createContext, useContext } from 'react'
import type { NodeType } from '../../api/node-types.ts'

/** Context that fields need besides their setting. */
type FormContextValue = {
  /** Fields offer this realm's journeys, scripts and templates. */
  realm: string
  /** State keys that other nodes write. */
  stateKeys: readonly string[]
  nodeTypes: readonly NodeType[]
  /** Whether fields also offer journeys that were never published. */
  offersDrafts?: boolean
}

const Context = createContext<FormContextValue | undefined>(undefined)

export const FormContext = Context.Provider

export function useFormContext(): FormContextValue {
  const context = useContext(Context)
  if (context === undefined) throw new Error('useFormContext must be used inside FormContext')
  return context
}
