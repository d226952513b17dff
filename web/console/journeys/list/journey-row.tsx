import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { JourneyPicture, JourneyRow as Row } from '../../../api/journeys.ts'
import { OnOff } from '../../components/on-off.tsx'
import { Time } from '../../components/time.tsx'
import { familyClass } from '../../editor/model/node-type-catalogue.ts'
import type { ActionHandlers } from '../actions/journey-action.ts'
import { FindingsCount } from './findings-count.tsx'
import { RowMenu } from './row-menu.tsx'
import { thumbnailLayout, thumbnailSize } from './thumbnail-layout.ts'

const { width, height } = thumbnailSize

/** A small picture of a journey. Decorative. */
function Thumbnail({ picture }: { picture: JourneyPicture }) {
  const { boxes, path } = thumbnailLayout(picture)
  return (
    <svg
      className="thumbnail"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
    >
      <path d={path} />
      {boxes.map(({ id, family, ...box }) => (
        <rect key={id} {...box} rx={Math.min(2.5, box.height / 3)} className={familyClass(family)} />
      ))}
    </svg>
  )
}

type Props = {
  row: Row
  realm: string
  /** Whether the signed-in administrator saved it last. */
  isMine: boolean
  isPicked: boolean
  handlers: ActionHandlers
  onPick(name: string, isPicked: boolean): void
}

/** A row of the list. Memoised, because there may be hundreds. */
export const JourneyRow = memo(({ row, realm, isMine, isPicked, handlers, onPick }: Props) => {
  const { _id: name, categories, enabled } = row
  return (
    <tr className={enabled ? undefined : 'off'}>
      <td className="pick">
        <input
          type="checkbox"
          aria-label={`Select ${name}`}
          checked={isPicked}
          disabled={row.draft === 'new'}
          onChange={({ currentTarget }) => onPick(name, currentTarget.checked)}
        />
      </td>
      <td className="shape">
        <Thumbnail picture={row.picture} />
      </td>
      <td className="what">
        <What row={row} realm={realm} />
      </td>
      <td className="in">
        <span className="chips wrap">
          {categories.map((category) => (
            <span key={category} className="chip align-center breaks">
              <bdi>{category}</bdi>
            </span>
          ))}
        </span>
      </td>
      <td className="state">{row.draft === 'new' ? '—' : <OnOff isOn={enabled} />}</td>
      <td className="found">
        <FindingsCount findings={row.findings} />
      </td>
      <td className="when muted">
        <Saved row={row} isMine={isMine} />
      </td>
      <td className="more">
        <RowMenu row={row} handlers={handlers} />
      </td>
    </tr>
  )
})

function What({ row, realm }: { row: Row; realm: string }) {
  const { _id: name, description, draft, isDefault, innerTreeOnly, transactionalOnly, unsupported } = row
  return (
    <>
      <Link
        className="name-link inked text-body medium breaks"
        to="/journeys/$name"
        params={{ name }}
        search={{ realm }}
        preload={false}
      >
        <bdi>{name}</bdi>
      </Link>
      {isDefault && <span className="chip accent align-center breaks">Default</span>}
      {draft === 'new' && <span className="chip align-center breaks">Draft</span>}
      {draft === 'changes' && <span className="chip align-center breaks">Has a draft</span>}
      {innerTreeOnly && <span className="chip align-center breaks">Inner only</span>}
      {transactionalOnly && <span className="chip align-center breaks">Transactions only</span>}
      {description !== null && description !== '' && (
        <p className="desc muted breaks">
          <bdi>{description}</bdi>
        </p>
      )}
      {unsupported.length > 0 && (
        <p className="unsupported breaks ink-warn">
          Not supported: <bdi>{unsupported.join(', ')}</bdi>
        </p>
      )}
    </>
  )
}

function Saved({ row: { savedAt, savedBy }, isMine }: { row: Row; isMine: boolean }) {
  if (savedAt === null) return '—'
  return (
    <>
      <Time at={savedAt} />
      {savedBy !== null && (
        <small className="block text-small"> by {isMine ? 'you' : <bdi>{savedBy}</bdi>}</small>
      )}
    </>
  )
}
