import type { ReactNode } from 'react'
import { LeaveGuard } from '../../saving/leave-guard.tsx'
import { useEditorStore } from '../editor-context.tsx'
import { saveNow } from './save-now.ts'
import { useChanges } from './use-changes.ts'

/** Nobody leaves a journey with changes that are not saved without saying so. */
export function useLeaveGuard(): ReactNode {
  const store = useEditorStore()
  const { count } = useChanges()
  return <LeaveGuard count={count} save={() => saveNow(store)} />
}
