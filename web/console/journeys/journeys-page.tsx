import './journeys-page.css'
import { Button } from '@mantine/core'
import { IconPlus, IconUpload } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { ChecklistCard } from '../checklist/checklist-card.tsx'
import { Page } from '../components/page.tsx'
import { useOpenedAct } from '../components/use-opened-act.ts'
import { ActionDialog } from './actions/action-dialog.tsx'
import { ActionNotice, type ActionResult } from './actions/action-notice.tsx'
import type { JourneyAction } from './actions/journey-action.ts'
import { useJourneyActions } from './actions/use-journey-actions.ts'
import { FileDrop } from './import/file-drop.tsx'
import { Journeys } from './list/journeys.tsx'

export function JourneysPage() {
  const { realm } = useSearch({ from: '__root__' })
  return <JourneysOf key={realm} realm={realm} />
}

function JourneysOf({ realm }: { realm: string }) {
  const [action, setAction] = useState<JourneyAction>()
  const [result, setResult] = useState<ActionResult>()
  const handlers = useJourneyActions(realm, setAction, setResult)
  useOpenedAct({
    new: () => setAction({ kind: 'new' }),
    import: () => setAction({ kind: 'import', files: [] }),
    export: () => void handlers.exportAll(),
  })
  const buttons = (
    <>
      <Button
        variant="default"
        leftSection={<IconUpload size={16} aria-hidden />}
        onClick={() => setAction({ kind: 'import', files: [] })}
      >
        Import
      </Button>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAction({ kind: 'new' })}>
        New journey
      </Button>
    </>
  )
  return (
    <FileDrop isDisabled={action !== undefined} onFiles={(files) => setAction({ kind: 'import', files })}>
      <Page
        title="Journeys"
        description="How people sign in to this realm and prove who they are."
        actions={buttons}
      >
        {result !== undefined && <ActionNotice result={result} onClose={() => setResult(undefined)} />}
        <ChecklistCard key={realm} realm={realm} />
        <Journeys realm={realm} handlers={handlers} empty={buttons} />
      </Page>
      {action !== undefined && (
        <ActionDialog
          realm={realm}
          action={action}
          handlers={handlers}
          onResult={setResult}
          onClose={() => setAction(undefined)}
        />
      )}
    </FileDrop>
  )
}
