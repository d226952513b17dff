import { Button, Select } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { compareVersion, type Version } from '../../api/versions.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { ComparisonWords } from './comparison-words.tsx'
import { versionLabel } from './version-text.ts'

// Most pages with a history don't need the canvas.
const CompareCanvas = lazy(async () => ({ default: (await import('./compare-canvas.tsx')).CompareCanvas }))

type Props = {
  realm: string
  version: Version
  /** The known versions of the thing, newest first. */
  versions: readonly Version[]
  hasUnsaved: boolean
  onRestore(version: Version): void
  onBack(): void
}

/** In menus, instead of the number of a version. */
const present = 'present'

/** Compares a version with the present state, or with another version. The older one counts as before. */
export function CompareView({ realm, version, versions, hasUnsaved, onRestore, onBack }: Props) {
  const others = versions.filter(({ number, isDeletion }) => number !== version.number && !isDeletion)
  const isCurrent = versions[0]?.number === version.number
  const isGone = versions[0]?.isDeletion ?? false
  const [chosen, setChosen] = useState(String(isCurrent || isGone ? (others[0]?.number ?? present) : present))
  const other = others.find(({ number }) => String(number) === chosen)
  const [before = version, after] =
    other === undefined ? [version] : [version, other].toSorted((one, next) => one.number - next.number)
  return (
    <div className="compare">
      <div className="compare-bar row wrap below-3">
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          autoFocus
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={onBack}
        >
          All versions
        </Button>
        <p className="flexible medium">
          <bdi>{versionLabel(version)}</bdi>
        </p>
        <span>with</span>
        <OtherVersion chosen={chosen} others={others} isGone={isGone} onChoose={setChosen} />
        {version.isRestorable && !isCurrent && (
          <Button variant="default" onClick={() => onRestore(version)}>
            Restore this version…
          </Button>
        )}
      </div>
      {hasUnsaved && (
        <p className="callout accent below-3 pad-2 text-note" role="status">
          {version.kind === 'journey'
            ? 'Drafts and unsaved changes are not compared: “Now” is what is published.'
            : 'Your unsaved changes are not compared: “Now” is what is saved.'}
        </p>
      )}
      <Compared
        key={`${before.number} ${after?.number}`}
        realm={realm}
        before={before}
        after={after}
        isGone={isGone}
      />
    </div>
  )
}

type OtherProps = {
  /** The number of a version, or `present`. */
  chosen: string
  others: readonly Version[]
  isGone: boolean
  onChoose(chosen: string): void
}

function OtherVersion({ chosen, others, isGone, onChoose }: OtherProps) {
  return (
    <Select
      aria-label="Compare with"
      allowDeselect={false}
      value={chosen}
      onChange={(value) => onChoose(value ?? present)}
      data={[
        { value: present, label: isGone ? 'Now (deleted)' : 'Now' },
        ...others.map((one) => ({ value: String(one.number), label: versionLabel(one) })),
      ]}
    />
  )
}

type ComparedProps = {
  realm: string
  before: Version
  /** Undefined for the present state. */
  after: Version | undefined
  /** Whether the thing is deleted, so that its present state has no canvas. */
  isGone: boolean
}

function Compared({ realm, before, after, isGone }: ComparedProps) {
  const { kind, id, number } = before
  const comparison = useQuery({
    queryKey: ['version-comparison', realm, kind, id, number, after?.number ?? present],
    queryFn: ({ signal }) => compareVersion(realm, before, after?.number, signal),
    staleTime: 0,
    gcTime: 0,
  })
  const { data, error, refetch } = comparison
  if (error !== null)
    return <ErrorNotice title="The versions could not be compared" error={error} onRetry={refetch} />
  if (data === undefined) return <p role="status">Comparing…</p>
  const words = <ComparisonWords comparison={data} kind={kind} isOpen />
  if (kind !== 'journey' || (after === undefined && isGone)) return words
  return (
    <Suspense fallback={words}>
      <CompareCanvas realm={realm} before={before} after={after} comparison={data} />
    </Suspense>
  )
}
