import { dateAndTime } from '../../../check-model/times.ts'
import '../editor.css'
import './run-panel.css'
import { Tabs } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Run } from '../../../api/runs.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Canvas } from '../canvas/canvas.tsx'
import { EditorProvider, useEditor } from '../editor-context.tsx'
import { createEditorStore } from '../store/editor-store.ts'
import { namesFrom, useJourney } from '../use-journey.ts'
import { OutcomeChip, RecentRuns } from './recent-runs.tsx'
import { Scrubber } from './scrubber.tsx'
import { Steps } from './steps.tsx'
import { useHighlight } from './use-highlight.ts'
import { useRunKeys } from './use-run-keys.ts'

type Props = { realm: string; run: Run; journey: string }

/** A recorded run next to the canvas of the journey that the selected step ran in. */
export function StoredRun({ realm, run, journey }: Props) {
  const read = useJourney(realm, journey)
  if (read.state === 'loading') return <RunLayout realm={realm} run={run} centre={null} side={null} />
  if (read.state === 'failed') {
    const trouble = (
      <ErrorNotice title="The journey could not be read" error={read.error} onRetry={read.retry} />
    )
    return <RunLayout realm={realm} run={run} centre={trouble} side={null} />
  }
  return <OnCanvas {...read} realm={realm} run={run} />
}

type Ready = Extract<ReturnType<typeof useJourney>, { state: 'ready' }>

function OnCanvas({ realm, run, stored, catalogue, scripts }: Omit<Props, 'journey'> & Omit<Ready, 'state'>) {
  const [store] = useState(() =>
    createEditorStore({
      realm,
      // Only runs of a draft that was never published have nothing else to show.
      stored: stored.published === null ? stored : { ...stored, draft: null },
      catalogue,
      referenceNames: namesFrom(scripts),
      isReadOnly: true,
    }),
  )
  return (
    <EditorProvider store={store}>
      <RunLayout
        realm={realm}
        run={run}
        centre={
          <>
            <Canvas />
            <Scrubber />
          </>
        }
        side={<RunSide run={run} />}
      />
    </EditorProvider>
  )
}

function RunSide({ run }: { run: Run }) {
  useHighlight()
  useRunKeys()
  const name = useEditor(({ name }) => name)
  return (
    <Tabs defaultValue="steps" keepMounted={false} className="tabs">
      <Tabs.List>
        <Tabs.Tab value="steps">Steps</Tabs.Tab>
        <Tabs.Tab value="recent">Recent runs</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="steps">
        {name !== run.journey && (
          <p className="fine pad-4">
            The canvas shows <bdi>{name}</bdi>, an inner journey.
          </p>
        )}
        {!run.isWatched && (
          <p className="fine pad-4">
            Recorded without state values: only runs started in the editor record them.
          </p>
        )}
        <Steps />
      </Tabs.Panel>
      <Tabs.Panel value="recent">
        <RecentRuns journey={run.journey} current={run._id} />
      </Tabs.Panel>
    </Tabs>
  )
}

type RunLayoutProps = { realm: string; run: Run; centre: ReactNode; side: ReactNode }

function RunLayout({ realm, run, centre, side }: RunLayoutProps) {
  return (
    <div className="editor run">
      <header className="top-bar row gap-2">
        <nav className="crumb row shrink gap-6px" aria-label="Breadcrumb">
          <Link to="/journeys" search={{ realm }}>
            Journeys
          </Link>
          <span aria-hidden>/</span>
          <Link to="/journeys/$name" params={{ name: run.journey }} search={{ realm }}>
            <bdi>{run.journey}</bdi>
          </Link>
          <span aria-hidden>/</span>
          <h1 className="one-line heading-3">Run</h1>
        </nav>
        <OutcomeChip outcome={run.outcome} />
      </header>
      <div className="centre">{centre}</div>
      <div className="run-sides stack shrink">
        <section className="run-panel flex shrink" aria-label="Run">
          <header className="row wrap">
            <h2 className="heading-3 rigid">
              <bdi>{run.user ?? 'User not known'}</bdi>
            </h2>
            <span className="stretch flexible" />
            <span className="fine">{dateAndTime(run.startedAt)}</span>
          </header>
          {side}
        </section>
      </div>
    </div>
  )
}
