import type { Comparison, Difference, Version } from '../../api/versions.ts'
import { DifferenceList } from './difference-list.tsx'

type Props = {
  comparison: Pick<Comparison, 'differences'> & Partial<Comparison>
  kind: Version['kind']
  isOpen?: boolean
  onReveal?: (difference: Difference) => void
}

/** A comparison in words, also if nothing differs. */
export function ComparisonWords({ comparison, kind, ...list }: Props) {
  const { differences, unknown = [], isIdentical = false } = comparison
  return (
    <>
      {differences.length === 0 && <p>{isIdentical ? 'Nothing differs.' : sameWords(kind)}</p>}
      <DifferenceList differences={differences} {...list} />
      {unknown.length > 0 && (
        <>
          <p>Secrets that only one side has, so that they can’t be compared:</p>
          <DifferenceList differences={unknown} />
        </>
      )}
    </>
  )
}

/** Said if two versions differ, but not in a way that has words. */
function sameWords(kind: Version['kind']): string {
  if (kind === 'journey') return 'Only positions on the canvas differ.'
  return kind === 'script' ? 'Only author and time differ.' : 'Nothing else differs.'
}
