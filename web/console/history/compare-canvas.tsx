import '../editor/editor.css'
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type JourneyParts, readJourney } from '../../api/journey-document.ts'
import type { WorkingCopy } from '../../api/journey-drafts.ts'
import type { ScriptName } from '../../api/references.ts'
import { type Comparison, type Difference, readJourneyVersion, type Version } from '../../api/versions.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Canvas } from '../editor/canvas/canvas.tsx'
import { EditorProvider } from '../editor/editor-context.tsx'
import { changeMarks, type Side } from '../editor/model/change-marks.ts'
import type { NodeTypeCatalogue } from '../editor/model/node-type-catalogue.ts'
import { useOutcomes } from '../editor/saving/use-outcomes.ts'
import { draftOf } from '../editor/store/editor-state.ts'
import { createEditorStore } from '../editor/store/editor-store.ts'
import { namesFrom, useCatalogue } from '../editor/use-journey.ts'
import { ComparisonWords } from './comparison-words.tsx'

type Drafts = Readonly<Record<Side, JourneyParts>>

type Props = {
  realm: string
  before: Version
  /** Undefined for the present state. */
  after: Version | undefined
  comparison: Comparison
}

/** The differences of a journey in words, beside a canvas that marks them. */
export function CompareCanvas({ realm, before, after, comparison }: Props) {
  const drafts = useQuery({
    queryKey: ['compared-journeys', realm, before.id, before.number, after?.number ?? 'present'],
    queryFn: ({ signal }) => readBoth(realm, before, after, signal),
    staleTime: 0,
    gcTime: 0,
  })
  const known = useCatalogue(realm)
  const error = drafts.error ?? known.error
  if (drafts.data !== undefined && known.catalogue !== undefined && known.scripts !== undefined) {
    const { catalogue, scripts } = known
    return <MarkedJourney {...{ realm, comparison, catalogue, scripts }} drafts={drafts.data} />
  }
  const retry = () => {
    if (drafts.error !== null) drafts.refetch()
    known.retry()
  }
  return (
    <>
      {error !== null && <ErrorNotice title="The journey could not be read" error={error} onRetry={retry} />}
      <ComparisonWords comparison={comparison} kind="journey" isOpen />
    </>
  )
}

async function readBoth(
  realm: string,
  { id, number }: Version,
  after: Version | undefined,
  signal: AbortSignal,
): Promise<Drafts> {
  const [old, now] = await Promise.all([
    readJourneyVersion(realm, id, number, signal),
    after === undefined
      ? readJourney(realm, id, signal)
      : readJourneyVersion(realm, id, after.number, signal),
  ])
  return { before: old, after: now }
}

type MarkedProps = Pick<Props, 'realm' | 'comparison'> & {
  drafts: Drafts
  catalogue: NodeTypeCatalogue
  scripts: readonly ScriptName[]
}

function MarkedJourney({ realm, comparison, drafts, catalogue, scripts }: MarkedProps) {
  const [side, setSide] = useState<Side>('after')
  const [stores] = useState(() => {
    const storeOf = (which: Side) =>
      createEditorStore({
        realm,
        stored: workingCopyOf(drafts[which]),
        catalogue,
        referenceNames: namesFrom(scripts),
        isReadOnly: true,
        marks: changeMarks(comparison.differences, drafts, which),
      })
    return { before: storeOf('before'), after: storeOf('after') }
  })
  const reveal = ({ node }: Difference) => {
    const shown = node?.[side] !== undefined ? side : side === 'after' ? 'before' : 'after'
    const id = node?.[shown]
    setSide(shown)
    if (id === undefined) return
    stores[shown].getState().select([id])
    stores[shown].getState().canvasControl?.reveal(id)
  }
  return (
    <div className="compare-journey stack gap-4">
      <section aria-label="Differences">
        <ComparisonWords comparison={comparison} kind="journey" onReveal={reveal} />
      </section>
      <section aria-label="Journey" className="compare-board stack items-start gap-2">
        <SegmentedControl
          size="xs"
          aria-label="On the canvas"
          value={side}
          onChange={(chosen) => setSide(chosen === 'before' ? 'before' : 'after')}
          data={[
            { value: 'before', label: 'Before' },
            { value: 'after', label: 'After' },
          ]}
        />
        <EditorProvider key={side} store={stores[side]}>
          <MarkedCanvas />
        </EditorProvider>
      </section>
    </div>
  )
}

function workingCopyOf(parts: JourneyParts): WorkingCopy {
  const { _id } = parts.tree
  return { _id, draft: null, published: { ...unknown, _id, ...draftOf(parts) }, base: null }
}

/** Versions don't contain what the server knows about a stored journey. */
const unknown = {
  _rev: '',
  _findings: [],
  savedAt: null,
  savedBy: null,
  savedById: null,
  saves: 0,
  isDefault: false,
}

function MarkedCanvas() {
  useOutcomes()
  return <Canvas />
}
