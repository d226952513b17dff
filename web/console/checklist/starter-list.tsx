import { Button } from '@mantine/core'
import type { Starter } from '../../api/starters.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { useStarters } from './use-checklist.ts'

/** Sets of samples that the realm can get at any time. */
export function StarterList({ realm, onAdd }: { realm: string; onAdd(id: string): void }) {
  const starters = useStarters(realm)
  return (
    <section className="checklist" aria-labelledby="starters">
      <h2 className="heading-2 below-3" id="starters">
        Starters
      </h2>
      {starters.error !== null && (
        <ErrorNotice
          title="The starters could not be read"
          error={starters.error}
          onRetry={starters.refetch}
        />
      )}
      <ul className="checklist-steps panel">
        {starters.data?.map((starter) => (
          <StarterRow key={starter._id} starter={starter} onAdd={onAdd} />
        ))}
      </ul>
    </section>
  )
}

function StarterRow({ starter, onAdd }: { starter: Starter; onAdd(id: string): void }) {
  const { _id, title, description, isAdded, refusal } = starter
  return (
    <li className="row">
      <div className="flexible">
        <h3 className="strong">{title}</h3>
        <p className="note breaks">{description}</p>
        {refusal !== null && !isAdded && <p className="text-note breaks ink-warn">{refusal}</p>}
      </div>
      {isAdded && <span className="optional chip idle regular">Added</span>}
      {refusal === null && (
        <Button
          size="xs"
          variant={isAdded ? 'subtle' : 'default'}
          aria-label={isAdded ? `Compare ${title} with the realm` : `Add the starter ${title}`}
          onClick={() => onAdd(_id)}
        >
          {isAdded ? 'Compare' : 'Add'}
        </Button>
      )}
    </li>
  )
}
