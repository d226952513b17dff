import './checklist.css'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { EmptyState } from '../components/empty-state.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { realmName } from '../components/realm-name.ts'
import { useOwnRights } from '../components/use-own-rights.ts'
import { type ChecklistDialog, ChecklistDialogs } from './checklist-dialogs.tsx'
import { StarterList } from './starter-list.tsx'
import { StepList } from './step-list.tsx'
import { useChecklist } from './use-checklist.ts'

/** From a new realm to its first verified caller, and the starters that it can get. */
export function ChecklistPage() {
  const { realm } = useSearch({ from: '__root__' })
  const rights = useOwnRights(realm)
  return (
    <Page
      title="Checklist"
      description={`What the realm ${realmName(realm)} needs, and sets of journeys to start with.`}
    >
      <LoadState query={rights} of="rights" rows={5} />
      {rights.data?.includes('realm') === false && (
        <EmptyState title="For administrators of the realm">
          They set up the realm, and add starters to it. Ask one of them if something is missing.
        </EmptyState>
      )}
      {rights.data?.includes('realm') === true && <ChecklistOf key={realm} realm={realm} />}
    </Page>
  )
}

function ChecklistOf({ realm }: { realm: string }) {
  const checklist = useChecklist(realm, true)
  const [dialog, setDialog] = useState<ChecklistDialog>()
  return (
    <>
      <LoadState query={checklist} of="checklist" rows={5} />
      {checklist.data !== undefined && (
        <section className="checklist" aria-labelledby="checklist-steps">
          <h2 className="heading-2 below-3" id="checklist-steps">
            {checklist.data.isDone ? 'All done' : 'Until the first verified caller'}
          </h2>
          <StepList realm={realm} steps={checklist.data.steps} onOpen={setDialog} />
        </section>
      )}
      <StarterList realm={realm} onAdd={(id) => setDialog({ kind: 'starter', id })} />
      <ChecklistDialogs realm={realm} dialog={dialog} onClose={() => setDialog(undefined)} />
    </>
  )
}
