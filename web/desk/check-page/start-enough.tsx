import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { findPeople, type OfferedCheck, type Person, readRequirements } from '../../api/help-desk.ts'
import { t } from '../../translate/translate.ts'
import { useHelpDesk } from '../layout/queries.ts'
import { Link } from '../navigation/link.tsx'
import { useRealm } from '../navigation/navigation.ts'
import { repeatRowRoute } from '../new-check/repeat-route.ts'
import { useStart } from '../new-check/use-start.ts'
import type { CheckView } from './use-check.ts'

/** Starts a check that is enough for the same request of the same person, in one press. For the agent of the check. */
export function StartEnough(view: CheckView) {
  const { row, details } = view
  if (row === undefined || row.action === null || !details.isOwn) return null
  // A vouch names its caller in words only, so the form asks who it is.
  if (row.subjectId === null || row.vouchFor !== null) return <OpenForm {...view} />
  return <EnoughFor {...view} subjectId={row.subjectId} action={row.action} />
}

type EnoughProps = CheckView & { subjectId: string; action: string }

function EnoughFor({ subjectId, action, ...view }: EnoughProps) {
  const { row, journey } = view
  const realm = useRealm()
  const { checks } = useHelpDesk()
  const { state, start } = useStart()
  const q = row?.subject ?? ''
  const { data, isPending } = useQuery({
    queryKey: ['enough', realm, subjectId, action],
    queryFn: async ({ signal }) => {
      const requirements = await readRequirements(realm, { personId: subjectId, action }, signal)
      const { people } = await findPeople(realm, q, signal)
      // This check was not enough, whatever was expected of it.
      const enough = requirements.checks.find(
        ({ lacks, journey: offered }) => lacks.length === 0 && offered !== row?.check,
      )
      return { journey: enough?.journey, person: people.find(({ _id }) => _id === subjectId) }
    },
    staleTime: 60_000,
  })
  const check = checks.find((each: OfferedCheck) => each.journey === data?.journey)
  const person: Person | undefined = journey?.person ?? data?.person
  if (isPending) return null
  if (data?.journey === undefined || check === undefined)
    return <p className="next">{t('No check is enough for this. Ask your lead.')}</p>
  if (person === undefined) return <OpenForm {...view} />
  const purpose = { action, reason: row?.reason ?? '', ticket: row?.ticket ?? '' }
  return (
    <div className="next" data-unsaved={state.kind === 'starting' || undefined}>
      <Button
        size="md"
        loading={state.kind === 'starting'}
        onClick={() => start({ realm, check, person, purpose })}
      >
        {t('Start a check that is enough')}
      </Button>
      {state.kind === 'failed' ? (
        <span role="alert">
          {state.title} {state.reason}
        </span>
      ) : (
        <span>{t('“{title}”: same caller, same ticket', { title: check.title })}</span>
      )}
    </div>
  )
}

function OpenForm({ row }: CheckView) {
  if (row === undefined) return null
  const { check: _weaker, ...route } = repeatRowRoute(row)
  return (
    <p className="next">
      <Link to={route}>{t('Start a check that is enough')}</Link>
    </p>
  )
}
