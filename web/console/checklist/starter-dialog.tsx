import { Button, Radio } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addStarter, type Existing, planStarter, type StarterPlan } from '../../api/starters.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { Sheet } from '../components/sheet.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { FindingList } from '../journeys/import/finding-list.tsx'
import '../journeys/import/import-dialog.css'
import { planRows, writtenIn } from '../journeys/import/plan-rows.ts'
import { PlanView } from '../journeys/import/plan-view.tsx'
import { useStarters } from './use-checklist.ts'

type Props = { realm: string; id: string; onClose(): void }

/** Adds a starter after showing what it adds, and what stays. */
export function StarterDialog({ realm, id, onClose }: Props) {
  const queries = useQueryClient()
  const [existing, setExisting] = useState<Existing>('keep')
  const starters = useStarters(realm)
  const starter = starters.data?.find(({ _id }) => _id === id)
  const plan = useQuery({
    queryKey: ['starter-plan', realm, id, existing],
    queryFn: ({ signal }) => planStarter(realm, id, existing, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const work = useMutation({
    mutationFn: () => addStarter(realm, id, existing),
    // A starter can change anything that the console shows.
    onSuccess: () => queries.invalidateQueries(),
  })
  const choose = (chosen: Existing) => {
    // Its error was about the other choice.
    work.reset()
    setExisting(chosen)
  }
  if (work.data !== undefined)
    return <Added title={starter?.title ?? ''} plan={work.data} onClose={onClose} />
  const error = work.error ?? plan.error ?? starters.error
  const written = plan.data === undefined ? 0 : writtenIn(planRows(plan.data))
  return (
    <Sheet title={`Add “${starter?.title ?? ''}”`} size="lg" onClose={onClose}>
      <div className="import-dialog stack gap-4">
        <p className="muted breaks">{starter?.description}</p>
        {error !== null && <ErrorNotice title="Nothing was added" error={error} />}
        {plan.isPending && error === null && <Skeleton label="Reading the starter" rows={4} />}
        {plan.data !== undefined && (
          <PlanOf plan={plan.data} existing={existing} isOld={plan.isPlaceholderData} onChange={choose} />
        )}
      </div>
      <div className="sheet-acts">
        <Button className="aside" variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        <Button
          data-autofocus
          disabled={plan.data?.isPossible !== true || written === 0 || plan.isPlaceholderData}
          loading={work.isPending}
          onClick={() => work.mutate()}
        >
          {plan.data !== undefined && written === 0 ? 'Nothing to add' : `Add ${itemsOf(written)}`}
        </Button>
      </div>
    </Sheet>
  )
}

type PlanProps = { plan: StarterPlan; existing: Existing; isOld: boolean; onChange(existing: Existing): void }

function PlanOf({ plan, existing, isOld, onChange }: PlanProps) {
  const rows = planRows(plan)
  const hasDifferent =
    existing === 'replace' || plan.items.some(({ kind, status }) => status === 'kept' && isReplaceable(kind))
  return (
    <>
      {hasDifferent && (
        <Radio.Group
          label="Existing items that differ"
          value={existing}
          onChange={(chosen) => onChange(chosen === 'replace' ? 'replace' : 'keep')}
        >
          <div className="sheet-choices">
            <Radio value="keep" label="Keep" />
            <Radio value="replace" label="Replace" />
          </div>
        </Radio.Group>
      )}
      <div aria-busy={isOld} className="import-plan stack gap-3">
        {plan.findings.length > 0 && <FindingList findings={plan.findings} />}
        <PlanView rows={rows} />
      </div>
    </>
  )
}

/** Settings and people of the realm always stay. */
function isReplaceable(kind: string): boolean {
  return kind !== 'realmSetting' && kind !== 'person'
}

function Added({ title, plan, onClose }: { title: string; plan: StarterPlan; onClose(): void }) {
  const rows = planRows(plan)
  const written = writtenIn(rows)
  const rest = rows.length - written
  return (
    <Sheet title={`“${title}” was added`} onClose={onClose}>
      <p role="status">
        Added {itemsOf(written)}. {rest > 0 && `${itemsOf(rest)} stayed as they were.`}
      </p>
      <div className="sheet-acts">
        <Button data-autofocus onClick={onClose}>
          Done
        </Button>
      </div>
    </Sheet>
  )
}

function itemsOf(count: number): string {
  return count === 1 ? '1 item' : `${count} items`
}
