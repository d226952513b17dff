import type { NumbersGroup } from '../../api/leads.ts'
import { formatNumber, t } from '../../translate/translate.ts'
import { Bar } from './bar.tsx'
import { groupName, notVerified, type PageSplit, splitNamed, spokenMs } from './numbers-model.ts'

const mainColumns = ['Checks', 'Identity proven', 'Not verified'] as const
/** Not on phones. */
const rareColumns = [
  'Used',
  'Expired',
  'Cancelled',
  'Median to opened',
  'Median to proof',
  '90 % proven in',
] as const

type GroupsTableProps = { groups: readonly NumbersGroup[]; by: PageSplit }

/** The numbers of each group; days and hours also as columns. */
export function GroupsTable({ groups, by }: GroupsTableProps) {
  const most = Math.max(1, ...groups.map(({ checks }) => checks))
  const isTime = by === 'day' || by === 'hour'
  return (
    <>
      {isTime && <Columns groups={groups} by={by} most={most} />}
      <table className="full-width text-note">
        <thead>
          <tr>
            <th className="fine strong" scope="col">
              {t(splitNamed(by).label)}
            </th>
            {mainColumns.map((name) => (
              <th key={name} scope="col" className="number fine strong">
                {t(name)}
              </th>
            ))}
            {rareColumns.map((name) => (
              <th key={name} scope="col" className="number rare fine strong">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Group key={group.key} group={group} by={by} most={isTime ? undefined : most} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function Group({ group, by, most }: { group: NumbersGroup; by: PageSplit; most: number | undefined }) {
  const { checks, endings, used, toOpened, toVerified } = group
  const counts = [checks, endings.approved, notVerified(group)]
  const rare = [
    ...[used, endings.expired, endings.cancelled].map(formatNumber),
    ...[toOpened.median, toVerified.median, toVerified.p90].map(spokenMs),
  ]
  return (
    <tr>
      <th className="breaks" scope="row">
        <bdi>{groupName(group, by)}</bdi>
        {most !== undefined && <Bar part={checks / most} />}
      </th>
      {counts.map((count, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have a fixed order
        <td key={place} className="number">
          {formatNumber(count)}
        </td>
      ))}
      {rare.map((text, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns have a fixed order
        <td key={place} className="number rare">
          {text}
        </td>
      ))}
    </tr>
  )
}

/** Proven and other checks over time. The table below has the same numbers. */
function Columns({ groups, by, most }: GroupsTableProps & { most: number }) {
  const last = groups.length - 1
  return (
    <figure className="columns pad-4" aria-hidden="true">
      <div className="plot flex align-end gap-2px">
        <span className="most figures fine">{formatNumber(most)}</span>
        {groups.map(({ key, checks, endings }) => (
          <span key={key} className="column flex justify-end flexible">
            <span className="rest" style={{ blockSize: `${((checks - endings.approved) / most) * 100}%` }} />
            <span className="filled" style={{ blockSize: `${(endings.approved / most) * 100}%` }} />
          </span>
        ))}
      </div>
      <figcaption className="fine flex gap-2px">
        {groups.map((group, place) => {
          const isNamed = place === 0 || place === last || place % Math.ceil(groups.length / 8) === 0
          return <span key={group.key}>{isNamed && <span>{groupName(group, by, 'short')}</span>}</span>
        })}
      </figcaption>
      <p className="legend fine flex gap-4">
        <span className="filled-key">{t('Identity proven')}</span>
        <span className="rest-key">{t('Others')}</span>
      </p>
    </figure>
  )
}
