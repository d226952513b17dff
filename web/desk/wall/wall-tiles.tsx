import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { readNumbers } from '../../api/leads.ts'
import { formatNumber, t } from '../../translate/translate.ts'
import { Tile } from '../components/tile.tsx'
import { useRealm } from '../navigation/navigation.ts'
import { notVerified, periodOf, spokenMs } from '../numbers/numbers-model.ts'

type WallTilesProps = { running: string; needy: number; now: number }

const refreshMs = 15_000

/** The counts at the top. "Today" is a day of the browser's time zone, by the server's clock. */
export function WallTiles({ running, needy, now }: WallTilesProps) {
  const realm = useRealm()
  const today = periodOf('today', now)
  const { data } = useQuery({
    queryKey: ['wall-numbers', realm, today.from],
    queryFn: ({ signal }) => readNumbers(realm, today, signal),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  const total = data?.total
  const countOf = (count: number | undefined) => (count === undefined ? '–' : formatNumber(count))
  return (
    <dl className="tiles">
      <Tile label={t('Running')} value={running} />
      <Tile label={t('Need attention')} value={formatNumber(needy)} tone={needy > 0 ? 'warn' : undefined} />
      <Tile label={t('Identity proven today')} value={countOf(total?.endings.approved)} />
      <Tile label={t('Not verified today')} value={countOf(total && notVerified(total))} />
      <Tile label={t('Expired today')} value={countOf(total?.endings.expired)} />
      <Tile label={t('Median time to proof')} value={spokenMs(total?.toVerified.median ?? null)} />
    </dl>
  )
}
