import type { Numbers } from '../../api/leads.ts'
import { formatNumber, t } from '../../translate/translate.ts'
import type { Text } from '../../translate/translation.ts'
import { filterOf } from '../history/filter.ts'
import { Link } from '../navigation/link.tsx'
import { Bar } from './bar.tsx'
import { endingRows, spokenMs } from './numbers-model.ts'

/** How checks ended, and how long callers took. */
export function EndingsTable({ total }: { total: Numbers }) {
  const rows = endingRows(total)
  const most = Math.max(...rows.map(({ count }) => count))
  return (
    <section className="card" aria-labelledby="endings">
      <header>
        <h2 id="endings">{t('How checks ended')}</h2>
      </header>
      <table className="full-width text-note">
        <Head names={['Result', 'Checks', 'Share']} />
        <tbody>
          {rows.map(({ key, name, count }) => (
            <tr key={key}>
              <th className="breaks" scope="row">
                <Link to={{ page: 'history', result: filterOf(key) }}>{name}</Link>
                <Bar part={count / most} tone={key} />
              </th>
              <td className="number">{formatNumber(count)}</td>
              <td className="number">{share(count, total.checks)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function TimesTable({ toOpened, toVerified }: Pick<Numbers, 'toOpened' | 'toVerified'>) {
  return (
    <section className="card" aria-labelledby="times">
      <header>
        <h2 id="times">{t('Time from the start of the check')}</h2>
      </header>
      <table className="full-width text-note">
        <Head names={['Until', 'Median', 'Nine in ten within']} />
        <tbody>
          <TimesRow name={t('the caller opened the link')} times={toOpened} />
          <TimesRow name={t('the identity was proven')} times={toVerified} />
        </tbody>
      </table>
    </section>
  )
}

/** The first column is a text, the others are numbers. */
function Head({ names }: { names: readonly Text[] }) {
  return (
    <thead>
      <tr>
        {names.map((name, place) => (
          <th key={name} scope="col" className={place === 0 ? 'fine strong' : 'number fine strong'}>
            {t(name)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function TimesRow({ name, times }: { name: string; times: Numbers['toOpened'] }) {
  return (
    <tr>
      <th className="breaks" scope="row">
        {name}
      </th>
      <td className="number">{spokenMs(times.median)}</td>
      <td className="number">{spokenMs(times.p90)}</td>
    </tr>
  )
}

function share(count: number, of: number): string {
  return of === 0 ? '–' : t('{count} %', { count: Math.round((count / of) * 100) })
}
