import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { RunStore, RunView } from './run-store.ts'

const Context = createContext<RunStore | undefined>(undefined)

export function RunProvider({ store, children }: { store: RunStore; children: ReactNode }) {
  return <Context value={store}>{children}</Context>
}

export function useRunStore(): RunStore {
  const store = useContext(Context)
  if (store === undefined) throw new Error('useRunStore needs a RunProvider')
  return store
}

export function useRun<T>(part: (run: RunView) => T): T {
  return useStore(useRunStore(), part)
}

/** Opens the caller's side of the run that is in progress. */
const Caller = createContext<(() => void) | undefined>(undefined)

export function CallerProvider({
  onOpen,
  children,
}: {
  onOpen: (() => void) | undefined
  children: ReactNode
}) {
  return <Caller value={onOpen}>{children}</Caller>
}

/** Undefined if the run has ended, or its caller's side is open. */
export function useOpenAsCaller(): (() => void) | undefined {
  return useContext(Caller)
}
