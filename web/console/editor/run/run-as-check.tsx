import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { journeyUsages } from '../../../api/journeys.ts'

/** On a caller's journey: the journeys that open a transaction for it, to run both sides. */
export function RunAsCheck({ realm, journey }: { realm: string; journey: string }) {
  const usages = useQuery({
    queryKey: ['usages', realm, journey],
    queryFn: ({ signal }) => journeyUsages(realm, journey, signal),
  })
  const opening = usages.data?.flatMap(({ kind, journey }) =>
    kind === 'transaction' && journey ? [journey] : [],
  )
  const names = [...new Set(opening)]
  if (names.length === 0) return null
  return (
    <p className="run-as-check text-note ink-accent">
      Run as a check of{' '}
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 && ', '}
          <Link to="/journeys/$name" params={{ name }} search={{ realm, run: true }}>
            <bdi>{name}</bdi>
          </Link>
        </span>
      ))}
    </p>
  )
}
